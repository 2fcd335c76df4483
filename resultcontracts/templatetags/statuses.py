"""The glyph of a status; its word always stands beside it."""

from __future__ import annotations

from django import template

from resultcontracts.choices import GLYPHS, Status

register = template.Library()


@register.filter
def status_glyph(status: str) -> str:
    """Give the name of its glyph."""
    return GLYPHS[Status(status)]
