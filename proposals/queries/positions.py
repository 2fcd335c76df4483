"""The board of positions: what every municipality thinks of every record.

A page reads it in a bounded number of queries, however many records and municipalities.

Source: docs/rules.md R-87.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef

from proposals.choices import CallLetterKind, CatalogueKind
from proposals.models import CallLetter, Position, PositionCall
from proposals.queries.calls import OWNER, missing_words
from proposals.queries.catalogue import catalogue_of
from proposals.queries.record_lines import KINDS, record_lines
from proposals.stances import Tally

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from accounts.models import Membership, Municipality
    from proposals.models import Catalogue
    from proposals.queries.record_lines import RecordLine


@dataclass(frozen=True, slots=True)
class Lacking:
    """A municipality that lacks answers of the call."""

    municipality: Municipality
    asked: int
    missing: tuple[int, ...]
    noun: str

    @property
    def answered(self) -> str:
        """How far it is: "14 af 18", "ikke svaret"."""
        done = self.asked - len(self.missing)
        return f"{done} af {self.asked}" if done else "ikke svaret"

    @property
    def what(self) -> str:
        """What it lacks: "forslag 9 og 12", "alle 18", "31 forslag"."""
        return missing_words(self.missing, self.asked, self.noun)


@dataclass(frozen=True)
class Board:
    """All that is known of a kind's positions, as a seat may read it.

    Attributes:
        of: "forslag" or "samdrift".
        records: in their order; a director's are those that were called for.
        stances: (municipality, record) → stance.
        calls: sent and not, the latest first.
    """

    of: str
    catalogue: Catalogue
    municipalities: tuple[Municipality, ...]
    records: tuple[RecordLine, ...]
    stances: Mapping[tuple[int, int], str] = field(repr=False)
    calls: tuple[PositionCall, ...]

    @property
    def call(self) -> PositionCall | None:
        """The one that counts: the latest."""
        return next(iter(self.calls), None)

    @property
    def reminded(self) -> tuple[date, int] | None:
        """The day of the latest reminder of the call, and how many got it; None: none."""
        call: Any = self.call
        days = call.reminder_days if call is not None else []
        return (days[-1], days.count(days[-1])) if days else None

    @property
    def noun(self) -> str:
        """What its records are called."""
        return self.of

    @cached_property
    def _said(self) -> tuple[dict[int, list[str]], dict[int, dict[int, str]]]:
        """The stances of each record, and of each municipality by record: one pass.

        There are 49,000 fields where 98 municipalities answer to 500 proposals.
        """
        of_records: dict[int, list[str]] = {row.pk: [] for row in self.records}
        of_places: dict[int, dict[int, str]] = {
            row.pk: {} for row in self.municipalities
        }
        for (place, record), stance in self.stances.items():
            if record in of_records and place in of_places:
                of_records[record].append(stance)
                of_places[place][record] = stance
        return of_records, of_places

    @cached_property
    def tallies(self) -> dict[int, Tally]:
        """The count of each record, by its pk."""
        of_records, _ = self._said
        places = len(self.municipalities)
        return {pk: Tally.of(said, places) for pk, said in of_records.items()}

    @cached_property
    def columns(self) -> dict[int, Tally]:
        """The count of each municipality, by its pk."""
        _, of_places = self._said
        records = len(self.records)
        return {pk: Tally.of(said.values(), records) for pk, said in of_places.items()}

    @cached_property
    def total(self) -> Tally:
        """The count of all."""
        return sum(self.tallies.values(), Tally())

    @cached_property
    def progress(self) -> tuple[tuple[str, int], ...]:
        """How many municipalities have answered all, some, and nothing."""
        every = some = none = 0
        for tally in self.columns.values():
            if not tally.given:
                none += 1
            elif tally.missing:
                some += 1
            else:
                every += 1
        return (
            ("Har svaret på alt", every),
            ("Har svaret på noget", some),
            ("Har ikke svaret", none),
        )

    @cached_property
    def lacking(self) -> tuple[Lacking, ...]:
        """Who lacks answers of the call, the emptiest first; whoever declines lacks none."""
        call = self.call
        if call is None or call.is_draft:
            return ()
        wanted = set(call.records)
        asked = [record for record in self.records if record.pk in wanted]
        found = []
        _, of_places = self._said
        for place in self.municipalities:
            if place.pk not in call.municipalities:
                continue
            said = of_places[place.pk]
            missing = tuple(r.number for r in asked if not said.get(r.pk))
            if missing:
                found.append(Lacking(place, len(asked), missing, self.noun))
        return tuple(sorted(found, key=lambda row: -len(row.missing)))

    @property
    def declined(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Who does not want to take a stance, and on which: name and numbers."""
        found = []
        _, of_places = self._said
        for place in self.municipalities:
            said = of_places[place.pk]
            if "declines" not in said.values():
                continue
            numbers = tuple(
                str(r.number) for r in self.records if said.get(r.pk) == "declines"
            )
            if numbers:
                found.append((place.name, numbers))
        return tuple(found)


def board_of(seat: Membership, of: str, *, has_stances: bool = True) -> Board | None:
    """Read a kind's positions as a seat may: four queries, five where nothing was called.

    The secretariat reads its catalogue, a director what was called for; None where there
    is neither.

    Args:
        has_stances: False leaves the stances out, and their query.
    """
    kind = KINDS[of]
    calls = tuple(
        PositionCall.objects.visible_to(seat)
        .filter(catalogue__kind=kind)
        .select_related("catalogue", "council")
        .annotate(reminder_days=_reminder_days())
        .order_by("-pk")
    )
    catalogue = calls[0].catalogue if calls else catalogue_of(seat, kind)
    if catalogue is None:
        return None
    own = tuple(call for call in calls if call.catalogue_id == catalogue.pk)
    only = None if seat.may_edit else {pk for call in own for pk in call.records}
    places = tuple(seat.council.municipalities.order_by("sort_key", "pk"))
    records = record_lines(catalogue, only)
    stances = stances_of(catalogue, places, records) if has_stances else {}
    return Board(of, catalogue, places, records, stances, own)


def _reminder_days() -> ArraySubquery:
    """The days on which municipalities were reminded of a call, one a mail."""
    rows = CallLetter.objects.filter(call=OuterRef("pk"), kind=CallLetterKind.REMINDER)
    return ArraySubquery(rows.order_by("day").values("day"))


def stances_of(
    catalogue: Catalogue,
    places: Sequence[Municipality],
    records: Sequence[RecordLine],
) -> dict[tuple[int, int], str]:
    """Give all stances that were taken, by municipality and record: one query."""
    owner = OWNER[CatalogueKind(catalogue.kind)]
    rows = Position.objects.filter(
        **{f"{owner}__catalogue": catalogue},
        municipality__in=[place.pk for place in places],
    ).exclude(stance="")
    found = rows.order_by().values("municipality_id", "stance")
    shown = {record.pk for record in records}
    return {
        (row["municipality_id"], record): row["stance"]
        for row in found.annotate(said=ArrayAgg(f"{owner}_id"))
        for record in row["said"]
        if record in shown
    }


def tallies_of(catalogue: Catalogue, municipalities: int) -> dict[int, Tally]:
    """Count the stances of each record, by its pk: one query.

    Args:
        municipalities: how many the council has; whoever took no stance has not answered.

    Returns:
        only records that somebody took a stance on; of others nobody has answered.
    """
    owner = f"{OWNER[CatalogueKind(catalogue.kind)]}_id"
    rows = Position.objects.filter(
        **{f"{owner.removesuffix('_id')}__catalogue": catalogue},
        municipality__council=catalogue.council_id,
    ).given()
    found = rows.order_by().values(owner).annotate(said=ArrayAgg("stance"))
    return {row[owner]: Tally.of(row["said"], municipalities) for row in found}
