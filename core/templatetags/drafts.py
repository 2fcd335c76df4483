"""Template tags for drafts: when one was kept, and what awaits who signs in."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

from django import template

from core import clock, formats
from core.drafts.models import Draft
from core.templatetags.danish import local_moment

if TYPE_CHECKING:
    from datetime import datetime

register = template.Library()


@register.filter
def draft_time(moment: datetime) -> str:
    """Give "9.24" for today, "i går kl. 15.40" and so on for other days."""
    local = local_moment(moment)
    if local.date() == clock.today():
        return formats.bare_time(local)
    return formats.when(local, now=clock.now())


@register.simple_tag
def draft_behind(address: str) -> datetime | None:
    """When the draft that an address opens was kept: nothing else is told before sign-in.

    Args:
        address: where signing in leads; 1 query if it names a draft.
    """
    asked = parse_qs(urlsplit(address or "").query).get("kladde", [""])[0]
    try:
        pk = UUID(asked)
    except ValueError:
        return None
    kept = Draft.objects.open().filter(pk=pk)
    return kept.values_list("written_at", flat=True).first()
