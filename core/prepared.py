"""Questions to the database that are formed once a process and asked with other values.

Forming a long queryset and its SQL costs Django more than the database takes to answer
it. What changes from one time to the next is a value here and there: the user, the
meeting, the moment. A prepared question leaves those open.
"""

from __future__ import annotations

import inspect
from contextlib import contextmanager
from contextvars import ContextVar
from copy import copy
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Final

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.models import Expression

from core import clock

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from django.db.models import Field, QuerySet

_is_forming: Final = ContextVar("a question is being formed", default=False)
FIELDS: Final[dict[str, Callable[[], Field[Any, Any]]]] = {
    "int": models.BigIntegerField,
    "str": models.TextField,
    "date": models.DateField,
    "datetime": models.DateTimeField,
    "list[int]": lambda: ArrayField(models.BigIntegerField()),
    "list[str]": lambda: ArrayField(models.TextField()),
}


@contextmanager
def forming() -> Iterator[None]:
    """Let what stays open stand for itself among the parameters of a statement."""
    token = _is_forming.set(True)
    try:
        yield
    finally:
        _is_forming.reset(token)


def filled(params: Iterable[Any], given: Mapping[str, Any]) -> tuple[Any, ...]:
    """Give a formed statement's parameters with a value in each open place."""
    return tuple(
        each.value(given) if isinstance(each, Open) else each for each in params
    )


class Open(Expression):
    """A value that is filled in when the question is asked."""

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:  # noqa: ARG002
        """Give a placeholder, and what it stands for: itself, while a question is formed."""
        return "%s", (self if _is_forming.get() else self.value({}),)

    def value(self, given: Mapping[str, Any]) -> Any:
        """Give the value, of those a question is asked with."""
        raise NotImplementedError


class Slot(Open):
    """An argument of a prepared question."""

    def __init__(self, name: str, output_field: Field[Any, Any]) -> None:
        super().__init__(output_field=output_field)
        self.name = name

    def value(self, given: Mapping[str, Any]) -> Any:
        """Give what the question is asked with under its name."""
        return given[self.name]


class Now(Open):
    """The moment at which a question is asked, by the portal's clock.

    A question that may be prepared says this where it would say ``clock.now()``.
    """

    def __init__(self) -> None:
        super().__init__(output_field=models.DateTimeField())

    def value(self, given: Mapping[str, Any]) -> Any:  # noqa: ARG002
        """Give the present moment."""
        return clock.now()


class Prepared[R]:
    """A question that is formed once and then only asked; see :func:`prepared`."""

    every: Final[list[Prepared[Any]]] = []

    def __init__(self, form: Callable[..., Any]) -> None:
        self.form = form
        parameters = inspect.signature(form).parameters.values()
        self.slots = {
            each.name: FIELDS[each.annotation]()
            for each in parameters
            if each.kind is not each.KEYWORD_ONLY
        }
        self.shapes: dict[frozenset[tuple[str, bool]], Formed] = {}
        self.every.append(self)

    def __call__(self, *values: Any, **shape: bool) -> list[R]:
        """Ask it: one query, and those of its ``prefetch_related``.

        Args:
            values: of its open places, in order.
            shape: its keyword-only parameters.
        """
        formed = self.formed(**shape)
        return formed.ask(dict(zip(self.slots, values, strict=True)))

    def first(self, *values: Any, **shape: bool) -> R | None:
        """Ask it and give the first row; the question itself says that one is enough."""
        return next(iter(self(*values, **shape)), None)

    def formed(self, **shape: bool) -> Formed:
        """Give its formed shape; the first time it is formed."""
        known = frozenset(shape.items())
        if known not in self.shapes:
            slots = {name: Slot(name, field) for name, field in self.slots.items()}
            self.shapes[known] = self.make(self.form(*slots.values(), **shape))
        return self.shapes[known]

    def make(self, rows: Any) -> Formed:
        """Form what the function gave."""
        return Formed(rows)


def prepared[R](form: Callable[..., QuerySet[Any, R]]) -> Prepared[R]:
    """Make a question of a function that gives a queryset.

    Its positional parameters are values that stay open: annotate each with a word of
    ``FIELDS``; the function gets expressions in their place. It may not look at them, nor
    at anything else that changes: for the present moment it says ``Now()``. Keyword-only
    parameters are true or false, and the question has another shape for each.
    """
    return Prepared(form)


class Formed:
    """The SQL of a question with its open places, and how its rows are read."""

    def __init__(self, rows: QuerySet[Any, Any]) -> None:
        self.rows = rows
        self.compiler: Any = rows.query.get_compiler(DEFAULT_DB_ALIAS)
        self.is_empty = False
        try:
            with forming():
                self.sql, self.params = self.compiler.as_sql()
        except EmptyResultSet:
            self.is_empty = True

    def ask(self, given: Mapping[str, Any]) -> list[Any]:
        """Give the rows for these values."""
        if self.is_empty:
            return []
        params = filled(self.params, given)
        compiler = copy(self.compiler)
        compiler.connection = connections[DEFAULT_DB_ALIAS]
        compiler.as_sql = lambda *_args, **_named: (self.sql, params)
        # As ``QuerySet._clone`` does, but for the query: that is only read.
        rows: Any = type(self.rows)(self.rows.model, _light(self.rows.query, compiler))
        names = ("_prefetch_related_lookups", "_iterable_class", "_fields",
                 "_fetch_mode", "_known_related_objects")  # fmt: skip
        for name in names:
            setattr(rows, name, getattr(self.rows, name))
        return list(rows)


def _light(query: Any, compiler: Any) -> Any:
    """Give a query that brings the formed compiler."""
    light = object.__new__(type(query))
    light.__dict__.update(query.__dict__)
    light.get_compiler = lambda *_args, **_named: compiler
    return light


def somebody(pk: int) -> Any:
    """Give a signed-in user of whom a question, while it is formed, knows the key alone."""
    return SimpleNamespace(pk=pk, is_authenticated=True)
