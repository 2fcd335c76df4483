"""The glyph of a status; its word always stands beside it."""

from __future__ import annotations

from typing import Final

from django import template

from resultcontracts.choices import Status

register = template.Library()
_GLYPHS: Final = {
    Status.REACHED: "full",
    Status.PARTLY: "half",
    Status.NOT_REACHED: "empty",
    Status.PENDING: "waiting",
    Status.UNDECIDED: "minus",
}


@register.filter
def status_glyph(status: str) -> str:
    """Give the name of its glyph."""
    return _GLYPHS[Status(status)]
