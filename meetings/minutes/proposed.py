"""A decision proposed from what those who meet were asked to do. Pure.

Source: docs/rules.md R-72.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Final

from meetings.choices import Action, Outcome

if TYPE_CHECKING:
    from meetings.models import AgendaItem

_OF_ACTION: Final = {
    Action.DISCUSSES: (Outcome.DISCUSSED, "drøftede sagen"),
    Action.ACCEDES: (Outcome.ACCEDED, "tiltrådte indstillingen"),
    Action.APPROVES: (Outcome.APPROVED, "godkendte indstillingen"),
    Action.NOTES: (Outcome.NOTED, "tog orienteringen til efterretning"),
    Action.ANSWERS: (Outcome.ANSWERED, "afgav svar"),
}


@dataclass(frozen=True, slots=True)
class Proposed:
    """What a decision may begin as: an outcome, and a paragraph of rich text."""

    outcome: str
    text: str


def proposed(item: AgendaItem, who: str) -> Proposed | None:
    """Give what follows from the item's requested action, None if nobody has said it.

    Args:
        who: decides, "KKR Sjælland" or "K17".

    Source: docs/rules.md R-72.
    """
    if not item.action:
        return None
    outcome, words = _OF_ACTION[Action(item.action)]
    to = f" til {item.addressee}" if outcome == Outcome.ANSWERED else ""
    to = to if item.addressee else ""
    return Proposed(outcome, f"<p>{escape(f'{who} {words}{to}.')}</p>")
