"""Who has an item open: a word from the page now and then, forgotten a minute later.

It is no act: it has no history, changes nothing that is read elsewhere, and locks nothing.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.utils import timezone

from meetings.models import Presence

if TYPE_CHECKING:
    from accounts.models import User

# The page says so each 20 seconds; two words may be lost.
FORGOTTEN_AFTER: Final = timedelta(seconds=50)


def be_present(item_pk: int, *, user: User) -> list[str]:
    """Note that ``user`` has an item open; give the names of the others: three queries."""
    now = timezone.now()
    rows = Presence.objects.filter(item=item_pk)
    rows.filter(seen_at__lt=now - FORGOTTEN_AFTER).delete()
    Presence.objects.bulk_create(
        [Presence(item_id=item_pk, user=user, seen_at=now)],
        update_conflicts=True,
        unique_fields=["item", "user"],
        update_fields=["seen_at"],
    )
    others = rows.exclude(user=user).order_by("user__name", "pk")
    return [str(name) for name in others.values_list("user__name", flat=True)]


def leave(item_pk: int, *, user: User) -> None:
    """Forget that ``user`` has an item open."""
    Presence.objects.filter(item=item_pk, user=user).delete()
