"""The link to somebody's own calendar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from meetings.models import CalendarLink

if TYPE_CHECKING:
    from accounts.models import User


@transaction.atomic
def renew_link(*, by: User) -> CalendarLink:
    """Give a user another link to the own calendar; older ones lead nowhere."""
    CalendarLink.objects.get_or_create(user=by)
    link = CalendarLink.objects.select_for_update().get(user=by)
    link.number += 1
    link.save()
    return link
