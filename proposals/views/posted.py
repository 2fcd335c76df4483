"""What a POST holds: a form's data, and numbers of rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import QueryDict

    from accounts.access import PortalRequest

DIGITS: Final = 18  # as many as the largest key of a row may have


def posted(request: PortalRequest) -> QueryDict | None:
    """What the form was sent with; None when it is only opened."""
    return request.POST if request.method == "POST" else None


def number_of(text: str) -> int:
    """The number that a POST names; 0, which no row has, where it names none."""
    return int(text) if text.isdecimal() and len(text) <= DIGITS else 0


def numbers_of(words: Iterable[str]) -> list[int]:
    """The numbers that a POST names; what is none is left out."""
    return [number for word in words if (number := number_of(word))]
