"""The demo's positions and the calls for them, from the fixtures. All of it is invented."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

from kkr.demo.questions import ASKED_BY, REPLY_TO
from kkr.fixture_data import read
from proposals.choices import REASONED, EnteredBy, Stance
from proposals.models import Catalogue, Position, PositionCall
from proposals.queries.record_lines import record_lines

if TYPE_CHECKING:
    from accounts.models import Council

STANCES: Final = {"s": Stance.SUPPORTS, "f": Stance.RESERVED, "n": Stance.AGAINST}


def load_positions(council: Council) -> None:
    """Load two calls, one open and one closed, and what was answered: 245 of 306, 83 of 102."""
    told = read("positions")
    for row in told["calls"]:
        _call(council, told, row)


def _call(council: Council, told: Any, row: Any) -> None:
    catalogue = Catalogue.objects.get(council=council, kind=row["kind"])
    places = {place.name: place for place in council.municipalities.all()}
    records = record_lines(catalogue)
    PositionCall.objects.create(
        council=council,
        catalogue=catalogue,
        records=[record.pk for record in records],
        municipalities=[place.pk for place in places.values()],
        due_on=date.fromisoformat(row["due_on"]),
        note=row["note"],
        sent_at=datetime.fromisoformat(row["sent_at"]),
        sent_by=ASKED_BY,
        reply_to=REPLY_TO,
        changed_by=ASKED_BY,
    )
    owner = "proposal_id" if row["kind"] == "simplification" else "unit_id"
    given = [
        (places[name], record.pk, STANCES[letter])
        for record in records
        for name, letter in zip(
            told["municipalities"], row["stances"][str(record.number)], strict=True
        )
        if letter in STANCES
    ]
    # An answer is a second version: the first is always empty.
    rows = Position.objects.bulk_create(
        Position(**{"municipality": place, owner: pk, "changed_by": told["signer"]})
        for place, pk, _ in given
    )
    for position, (_, _, stance) in zip(rows, given, strict=True):
        position.stance = stance
        position.reason = told["reason"] if stance in REASONED else ""
        position.signer = told["signer"]
        position.given_on = date.fromisoformat(row["given_on"])
        position.entered_by, position.version = EnteredBy.DIRECTOR, 2
    names = ("stance", "reason", "signer", "given_on", "entered_by", "version")
    Position.objects.bulk_update(rows, names)
