"""Several lists of rows in one query: a page's budget counts round trips."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.db import connection

from core.prepared import Formed, Prepared, filled, forming

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from django.db.models import Model, QuerySet


def bundle(*querysets: QuerySet[Any], annotated: bool = False) -> tuple[list[Any], ...]:
    """Fetch each queryset's rows, all in one query.

    Args:
        querysets: of whole rows of one model each, in the order that is wanted;
            ``values`` and ``select_related`` are not carried.
        annotated: annotations are carried, as JSON has them: a truth, a text, a list of
            them; a date or a number that must be exact is not one of them.

    Returns:
        For each queryset the list of its instances, as if it had been evaluated.
    """
    if annotated:
        return _annotated(querysets)
    return _fetched(querysets, *_statement(querysets))


def _annotated(querysets: Sequence[QuerySet[Any]]) -> tuple[list[Any], ...]:
    """Fetch the rows with what they are annotated with beside their fields."""
    told = [tuple(rows.query.annotation_select) for rows in querysets]
    found = _columns(*_statement(querysets, told))
    made = []
    for rows, names, column in zip(querysets, told, found, strict=True):
        instances = _instances(rows, column)
        for instance, row in zip(instances, column, strict=True):
            for name in names:
                setattr(instance, name, row[name])
        made.append(instances)
    return tuple(made)


def bundled(form: Callable[..., tuple[QuerySet[Any], ...]]) -> Bundled:
    """Make a prepared question of a function that gives querysets to be bundled.

    It is asked as :func:`core.prepared.prepared` says, and gives what ``bundle`` does.
    """
    return Bundled(form)


class Bundled(Prepared[Any]):
    """Several lists of rows that are formed once; see :func:`bundled`."""

    def make(self, rows: Any) -> Formed:
        """Form what the function gave."""
        return FormedBundle(rows)


class FormedBundle(Formed):
    """The one statement of several lists, with its open places."""

    def __init__(self, querysets: Sequence[QuerySet[Any]]) -> None:
        self.querysets = querysets
        with forming():
            self.sql, self.params = _statement(querysets)

    def ask(self, given: Mapping[str, Any]) -> list[Any]:
        """Give a list of instances for each queryset."""
        return list(_fetched(self.querysets, self.sql, filled(self.params, given)))


def _statement(
    querysets: Sequence[QuerySet[Any]], more: Sequence[tuple[str, ...]] = ()
) -> tuple[str, Sequence[Any]]:
    parts: list[str] = []
    params: list[Any] = []
    for at, rows in enumerate(querysets):
        names = [field.attname for field in _fields(rows)]
        names += more[at] if more else ()
        sql, values = rows.select_related(None).values(*names).query.sql_with_params()
        # Django's own SQL with its placeholders; values go as parameters.
        parts.append(f"(SELECT coalesce(json_agg(r), '[]') FROM ({sql}) r)")  # noqa: S608
        params.extend(values)
    return f"SELECT {', '.join(parts)}", params


def _fetched(
    querysets: Sequence[QuerySet[Any]], sql: str, params: Sequence[Any]
) -> tuple[list[Any], ...]:
    found = _columns(sql, params)
    return tuple(
        _instances(rows, column) for rows, column in zip(querysets, found, strict=True)
    )


def _columns(sql: str, params: Sequence[Any]) -> list[list[dict[str, Any]]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return [_plain(column) for column in cursor.fetchone()]


def _fields(rows: QuerySet[Any]) -> tuple[Any, ...]:
    return tuple(rows.model._meta.concrete_fields)  # noqa: SLF001 -- Django's public door


def _plain(column: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (
        json.loads(column) if isinstance(column, str) else column
    )
    return found


def _instances(rows: QuerySet[Any], found: list[dict[str, Any]]) -> list[Model]:
    fields = _fields(rows)
    names = [field.attname for field in fields]
    columns = [(field.column, field.to_python) for field in fields]
    using, made = rows.db, rows.model.from_db
    return [
        made(using, names, [read(row[column]) for column, read in columns])
        for row in found
    ]
