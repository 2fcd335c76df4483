"""Filters for texts with references: with today's numbers, as links or as words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template

from proposals import references

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

    from proposals.references import Names

register = template.Library()


@register.filter
def referring(text: str, names: Names) -> SafeString:
    """Write a plain text with its references as links."""
    return references.html(text, names)


@register.filter
def referring_rich(text: str, names: Names) -> SafeString:
    """Write sanitised rich text with its references as links."""
    return references.rich_html(text, names)


@register.filter
def referring_plain(text: str, names: Names) -> str:
    """Write a text with its references as words."""
    return references.plain(text, names)
