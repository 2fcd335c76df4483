"""What is asked of a column that holds several ids."""

from __future__ import annotations

from typing import Any

from django.db.models import BooleanField, F, Func, OuterRef


def is_among(column: str, ids: Any) -> Any:
    """Whether a column is one of the ids that a column of the outer query holds.

    Args:
        ids: that column; ``OuterRef(…)`` for one of the query around the outer one.
    """
    return Func(
        F(column),
        OuterRef(ids),
        template="(%(expressions)s))",
        arg_joiner=" = ANY(",
        output_field=BooleanField(),
    )
