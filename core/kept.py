"""Pieces of a page that are formed once a process for the same values.

A piece is a template of its own that is given plain values, and nothing else: neither the
request nor the reader. It is found again by those values, each with its type, and by the
template itself. So it can say nothing that is not given anew, and nothing that is old.

Source: docs/adr/0036.
"""

from __future__ import annotations

from dataclasses import fields
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, Final

from django.template import Context
from django.template.loader import get_template
from django.utils.safestring import SafeString

if TYPE_CHECKING:
    from collections.abc import Hashable

    from django.template import Template

MOST: Final = 4096
"""Pieces that a process keeps: the matrix, the list and a comparison have some hundreds."""
_PLAIN: Final = frozenset({str, SafeString, int, bool, type(None), date})
# Two of these can be equal and be written differently: 1.0 and 1.00, one moment in two zones.
_WRITTEN: Final = frozenset({float, Decimal, datetime})


class NotPlainError(TypeError):
    """A value may change while it stays the same thing."""


def kept(piece: str, **values: Any) -> SafeString:
    """Form a template of values, or give what it formed of the same.

    Args:
        piece: the template's name; it may look at no clock and nothing but the values.
        values: plain ones, tuples of them, and frozen dataclasses whose properties rest
            on their fields alone.

        With anything else among them, which may change under its name, the piece is
            formed anew each time.
    """
    # A template that was read anew, in development, is another one.
    template: Any = get_template(piece)
    try:
        return _formed(_Values(template.template, values))
    except NotPlainError:
        return formed(template.template, values)


def formed(template: Template, values: dict[str, Any]) -> SafeString:
    """Form a template of values alone."""
    return template.render(Context(values))


class _Values:
    """What a piece is formed of, and what it is found by."""

    __slots__ = ("given", "key", "template")

    def __init__(self, template: Template, given: dict[str, Any]) -> None:
        self.template = template
        self.given = given
        parts = [(name, told(value)) for name, value in given.items()]
        self.key = (template, tuple(parts))

    def __hash__(self) -> int:
        return hash(self.key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Values) and self.key == other.key


@lru_cache(maxsize=MOST)
def _formed(values: _Values) -> SafeString:
    return formed(values.template, values.given)


def told(value: Any) -> Hashable:
    """Give what tells a value from any other: 1 is not True, and safe text not plain text.

    Raises:
        NotPlainError: it is no plain value.
    """
    of: Any = type(value)
    if of in _PLAIN:
        return of, value
    if of in _WRITTEN:
        return of, repr(value)
    if of is tuple:
        return of, tuple(map(told, value))
    if issubclass(of, Enum):
        return of, value.name
    if names := _names(of):
        return of, tuple([told(getattr(value, name)) for name in names])
    message = f"a piece of a page cannot be kept by a {of.__name__}"
    raise NotPlainError(message)


@cache
def _names(of: Any) -> tuple[str, ...]:
    """Give the fields of a frozen dataclass; none of anything else."""
    params = getattr(of, "__dataclass_params__", None)
    if params is None or not params.frozen:
        return ()
    return tuple(field.name for field in fields(of))
