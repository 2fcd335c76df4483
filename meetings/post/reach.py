"""How many are told when something is announced of a meeting that was sent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.formats import counted
from meetings.models import Subscription
from meetings.post.reading import who_got

if TYPE_CHECKING:
    from meetings.models import Meeting


@dataclass(frozen=True, slots=True)
class Reach:
    """How many get a mail: who got the meeting, and who asked for news of it."""

    receivers: int
    followers: int

    @property
    def words(self) -> str:
        """Say "Går til 21 modtagere, der fik dagsordenen, og 3, der …, så snart …"."""
        return self._said("så snart du meddeler det")

    @property
    def again(self) -> str:
        """Say the same of what is to stand again."""
        return self._said("så snart du lader det gælde igen")

    def _said(self, when: str) -> str:
        if not self.receivers and not self.followers:
            return "Ingen får en mail."
        told = "modtager, der fik dagsordenen", "modtagere, der fik dagsordenen"
        parts = [counted(self.receivers, *told)] if self.receivers else []
        if self.followers:
            parts.append(f"{self.followers}, der har bedt om nyt på mail")
        return f"Går til {', og '.join(parts)}, {when}."


def reach(meeting: Meeting, *, is_open: bool = True) -> Reach:
    """Count who is told of a meeting, each address once: two queries.

    Args:
        is_open: everybody may read what is told; else the receivers alone are told.
    """
    got = {row.to.casefold() for row in who_got(meeting.pk)}
    if not (is_open and meeting.is_public):
        return Reach(len(got), 0)
    asked = set(Subscription.objects.following(meeting).values_list("email", flat=True))
    return Reach(len(got), len(asked - got))
