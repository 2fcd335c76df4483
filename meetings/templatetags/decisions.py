"""Decisions on what is read, for templates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template

if TYPE_CHECKING:
    from meetings.agenda import AgendaItem
    from meetings.editions.decided import DecidedLine
    from meetings.editions.edition import Edition

register = template.Library()


@register.filter
def decision_on(edition: Edition, item: AgendaItem) -> DecidedLine | None:
    """Give what was decided on an item, once the minutes are approved."""
    return edition.decision_on(item)
