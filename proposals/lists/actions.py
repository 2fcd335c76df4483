"""What can be done with the records that are chosen in a list. One entry an action.

Each leads to a page that is given ``valgt=7&valgt=9``, numbers of records, and shows what
will happen before anything does.

Source: docs/rules.md R-97.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.urls import reverse

from proposals.queries.record_lines import KINDS


@dataclass(frozen=True, slots=True)
class Action:
    """One button of the bar.

    Attributes:
        words: of the lists that have it.
        of: what its page is told besides: of which list the numbers are; "" for nothing.
        place: where on its page it is done.
    """

    label: str
    url_name: str
    words: tuple[str, ...]
    of: str = ""
    place: str = ""

    @property
    def url(self) -> str:
        """Where it leads."""
        return reverse(self.url_name) + self.place


ACTIONS: Final = (
    Action("Skift status", "proposals:status-change", ("forslag",)),
    *(Action("Udskriv de valgte", "proposals:print", (w,), of=w) for w in KINDS),
    *(
        Action("Føj til bilag", "proposals:print", (w,), of=w, place="#bilag")
        for w in KINDS
    ),
    Action("Hent regneark", "proposals:proposal-sheets", ("forslag",), place="#fetch"),
    Action("Hent regneark", "proposals:unit-sheets", ("samdrift",), place="#fetch"),
)


def actions_for(word: str) -> tuple[Action, ...]:
    """Give the actions of a list, "forslag" or "samdrift"."""
    return tuple(action for action in ACTIONS if word in action.words)
