"""Rows that are formed of values read as JSON: thousands a page, none of them saved."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from django.db.models import DEFERRED

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.db.models import Field, Model


def unsaved[Row: Model](model: type[Row], values: Mapping[str, Any]) -> Row:
    """Give a row of some of its values, the others as they begin.

    It is ``model(**values)``, which sorts its names anew for each row and takes three
    times as long. What begins with the moment has no value: asking for it fails.

    Args:
        values: by the names of the columns: "shared_id", not "shared" nor "pk".
    """
    return model(*[values.get(name, begins) for name, begins in _columns(model)])


@cache
def _columns(model: type[Model]) -> tuple[tuple[str, Any], ...]:
    return tuple(
        (field.attname, _beginning(field))
        for field in model._meta.concrete_fields  # noqa: SLF001
    )


def _beginning(field: Field[Any, Any]) -> Any:
    is_the_moment = field.has_default() and callable(field.default)
    return DEFERRED if is_the_moment else field.get_default()
