"""How many municipalities the open call of a catalogue still waits for.

Source: docs/rules.md R-88.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import JSONObject

from accounts.models import Municipality
from core import clock, formats
from proposals.models import CooperationUnit, Position, PositionCall, Proposal
from proposals.queries.arrays import is_among

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


@dataclass(frozen=True, slots=True)
class Waiting:
    """Who lacks answers of a call that is open."""

    municipalities: int
    due_on: date

    @property
    def sentence(self) -> str:
        """Give "6 kommuner mangler svar. Frist fre. 5. april 2024."."""
        who = formats.counted(self.municipalities, "kommune", "kommuner")
        return f"{who} mangler svar. Frist {formats.long_date(self.due_on)}."


def unclosed_calls() -> ArraySubquery:
    """The sent call of a catalogue that nobody has closed, to be annotated.

    There is one at most; whether its day has gone is :func:`waiting_in`'s to see.
    """
    rows = PositionCall.objects.filter(catalogue=OuterRef("pk")).sent()
    shown = JSONObject(due_on="due_on", waits_for=_who_lacks_answers())
    return ArraySubquery(rows.filter(closed_at=None).values(json=shown))


def waiting_in(calls: Iterable[Mapping[str, Any]]) -> Waiting | None:
    """Read what :func:`unclosed_calls` annotates; None where nobody is waited for."""
    for call in calls:
        due_on = date.fromisoformat(call["due_on"])
        if call["waits_for"] and due_on >= clock.today():
            return Waiting(len(call["waits_for"]), due_on)
    return None


def _who_lacks_answers() -> ArraySubquery:
    """The asked municipalities without a word on one of the records that still are."""
    places = Municipality.objects.filter(is_among("pk", "municipalities"))
    lacks = Q(Exists(_unanswered(Proposal))) | Q(Exists(_unanswered(CooperationUnit)))
    return ArraySubquery(places.filter(lacks).order_by().values("pk"))


def _unanswered(model: Any) -> Any:
    """The records of a kind that a call asks about and a municipality said nothing of."""
    said = Position.objects.filter(
        **{"municipality": OuterRef(OuterRef("pk")), model.owner: OuterRef("pk")}
    ).exclude(stance="")
    rows = model.objects.present().filter(
        is_among("pk", OuterRef("records")), catalogue=OuterRef(OuterRef("catalogue"))
    )
    return rows.filter(~Exists(said))
