"""Several lists of rows in one query: a page's budget counts round trips."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.db import connection

if TYPE_CHECKING:
    from django.db.models import Model, QuerySet


def bundle(*querysets: QuerySet[Any]) -> tuple[list[Any], ...]:
    """Fetch each queryset's rows, all in one query.

    Args:
        querysets: of whole rows of one model each, in the order that is wanted;
            annotations, ``values`` and ``select_related`` are not carried.

    Returns:
        For each queryset the list of its instances, as if it had been evaluated.
    """
    parts: list[str] = []
    params: list[Any] = []
    for rows in querysets:
        names = [field.attname for field in _fields(rows)]
        sql, values = rows.select_related(None).values(*names).query.sql_with_params()
        # Django's own SQL with its placeholders; values go as parameters.
        parts.append(f"(SELECT coalesce(json_agg(r), '[]') FROM ({sql}) r)")  # noqa: S608
        params.extend(values)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(parts)}", params)
        found = cursor.fetchone()
    return tuple(
        [_instance(rows, row) for row in _plain(column)]
        for rows, column in zip(querysets, found, strict=True)
    )


def _fields(rows: QuerySet[Any]) -> tuple[Any, ...]:
    return tuple(rows.model._meta.concrete_fields)  # noqa: SLF001 -- Django's public door


def _plain(column: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (
        json.loads(column) if isinstance(column, str) else column
    )
    return found


def _instance(rows: QuerySet[Any], row: dict[str, Any]) -> Model:
    fields = _fields(rows)
    values = [field.to_python(row[field.column]) for field in fields]
    made: Model = rows.model.from_db(rows.db, [f.attname for f in fields], values)
    return made
