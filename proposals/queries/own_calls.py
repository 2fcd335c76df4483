"""What a director's municipality is asked, and has answered: nothing of the others.

Source: docs/rules.md R-109.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, cast

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Subquery, Value
from django.db.models.functions import Coalesce, JSONObject
from django.urls import reverse

from accounts.choices import Role
from accounts.models import Membership
from core.formats import counted
from proposals.choices import Scope
from proposals.models import (
    Catalogue,
    CooperationUnit,
    Position,
    PositionCall,
    Proposal,
)
from proposals.queries.arrays import is_among
from proposals.queries.calls import missing_words
from proposals.queries.record_lines import KINDS
from proposals.stances import Tally

if TYPE_CHECKING:
    from collections.abc import Iterable

    from accounts.models import Municipality


@dataclass(frozen=True, slots=True)
class AskedRecord:
    """A record that a call asks about; ``theme`` is what it is told under."""

    number: int
    stance: str
    theme: str


@dataclass(frozen=True, slots=True)
class OwnCall:
    """The latest call of a catalogue that asks a municipality, and what it answered.

    Attributes:
        of: "forslag" or "samdrift".
        records_asked: in order; the stance is "" where nothing is said.
    """

    call: PositionCall
    place: Municipality
    of: str
    records_asked: tuple[AskedRecord, ...]

    @property
    def asked(self) -> tuple[tuple[int, str], ...]:
        """Pairs (number, stance) of the records."""
        return tuple((each.number, each.stance) for each in self.records_asked)

    @property
    def missing(self) -> tuple[int, ...]:
        """Numbers of the records on which nothing is said; whoever declines lacks none."""
        return tuple(number for number, stance in self.asked if not stance)

    @property
    def tally(self) -> Tally:
        """The municipality's own stances; one is a record."""
        return Tally.of((stance for _, stance in self.asked), len(self.asked))

    @property
    def records(self) -> str:
        """Give "18 forslag"."""
        return counted(len(self.asked), *self._words)

    @property
    def waits(self) -> bool:
        """The municipality may answer, and lacks something."""
        return self.call.is_open and bool(self.missing)

    @property
    def sentence(self) -> str:
        """Give "Jeres svar mangler på 3 af 18 forslag", or what was answered."""
        missing, every = len(self.missing), len(self.asked)
        if not missing:
            return f"I har svaret på alle {self.records}"
        if not self.call.is_open:
            none = "I svarede ikke, mens opkaldet var åbent"
            some = f"I svarede på {every - missing} af {self.records}"
            return none if missing == every else some
        words = f"{missing} af" if missing < every else "alle"
        return f"Jeres svar mangler på {words} {self.records}"

    @property
    def lacks(self) -> str:
        """Which ones are missing: "forslag 9 og 12"; "" where it is all or none."""
        if not self.missing or len(self.missing) == len(self.asked):
            return ""
        return missing_words(self.missing, len(self.asked), self.of)

    @property
    def url(self) -> str:
        """Where the municipality answers, and reads what it answered."""
        return reverse("proposals:positions-of", args=[self.of, self.place.code])

    @property
    def all_url(self) -> str:
        """Where the answers of all are."""
        return reverse("proposals:positions", args=[self.of])

    @property
    def _words(self) -> tuple[str, str]:
        return ("forslag", "forslag") if self.of == "forslag" else ("enhed", "enheder")


def own_calls(seat: Membership) -> tuple[OwnCall, ...]:
    """Give what a director's municipality is asked, a catalogue a line: one query."""
    if not _is_directors(seat):
        return ()
    rows = Membership.objects.filter(pk=seat.pk)
    return as_own_calls(rows.values_list(call_rows(seat), flat=True).get(), seat)


def call_rows(seat: Membership) -> ArraySubquery:
    """The calls that ask a director's municipality, in the query of something else.

    Nobody else's seat has any. :func:`as_own_calls` makes values of them.
    """
    place = seat.municipality_id or 0
    rows: Any = PositionCall.objects.visible_to(seat).sent()
    rows = rows.filter(municipalities__contains=[place])
    if not _is_directors(seat):
        rows = rows.filter(pk=None)
    names = ("pk", "due_on", "closed_at", "sent_at")
    shown = JSONObject(
        **{name: name for name in names},
        kind="catalogue__kind",
        title="catalogue__title",
        **{model.owner: _asked(model, place) for model in (Proposal, CooperationUnit)},
    )
    latest = rows.order_by("catalogue_id", "-pk").distinct("catalogue_id")
    return ArraySubquery(latest.values(json=shown))


def as_own_calls(rows: Iterable[Any] | None, seat: Membership) -> tuple[OwnCall, ...]:
    """Make values of :func:`call_rows`; nothing else of the calls is there. No query."""
    found = (_own_call(row, seat) for row in rows or ())
    return tuple(each for each in found if each.asked)


def _own_call(row: dict[str, Any], seat: Membership) -> OwnCall:
    closed_at = row["closed_at"]
    call = PositionCall(
        pk=row["pk"],
        due_on=date.fromisoformat(row["due_on"]),
        sent_at=datetime.fromisoformat(row["sent_at"]),
        closed_at=datetime.fromisoformat(closed_at) if closed_at else None,
        catalogue=Catalogue(title=row["title"], kind=row["kind"]),
    )
    of = next(word for word, kind in KINDS.items() if kind == row["kind"])
    asked = (*row["proposal"], *row["unit"])
    records = tuple(
        AskedRecord(each["number"], each["stance"], _theme(each)) for each in asked
    )
    return OwnCall(call, cast("Municipality", seat.municipality), of, records)


def _theme(row: dict[str, Any]) -> str:
    """Give a proposal's theme, or for whom a unit is."""
    if "scope" not in row:
        return str(row["theme"])
    return f"Samdrift: {Scope(row['scope']).label.lower()}"


def _is_directors(seat: Membership) -> bool:
    return seat.role == Role.DIRECTOR and seat.municipality_id is not None


def _asked(model: Any, place: int) -> ArraySubquery:
    """The records of a kind that a call asks about, each with the municipality's stance."""
    said = Position.objects.filter(
        **{"municipality": place, model.owner: OuterRef("pk")}
    )
    rows = model.objects.filter(
        is_among("pk", "records"), catalogue=OuterRef("catalogue")
    )
    own = {"theme": "theme__title"} if model is Proposal else {"scope": "scope"}
    shown = JSONObject(
        number="number",
        stance=Coalesce(Subquery(said.values("stance")[:1]), Value("")),
        **own,
    )
    return ArraySubquery(rows.present().order_by("number").values(json=shown))
