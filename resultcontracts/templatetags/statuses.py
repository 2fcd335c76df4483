"""The glyph and tone of a status; its word always stands beside them."""

from __future__ import annotations

from typing import Final

from django import template

from resultcontracts.choices import Status

register = template.Library()
_GLYPHS: Final = {
    Status.REACHED: ("full", "good"),
    Status.PARTLY: ("half", "partial"),
    Status.NOT_REACHED: ("empty", "bad"),
    Status.PENDING: ("waiting", "waiting"),
    Status.UNDECIDED: ("minus", "waiting"),
}


@register.filter
def status_glyph(status: str) -> str:
    """Give the name of its glyph."""
    return _GLYPHS[Status(status)][0]


@register.filter
def status_tone(status: str) -> str:
    """Give its tone, as chips and glyphs have it."""
    return _GLYPHS[Status(status)][1]
