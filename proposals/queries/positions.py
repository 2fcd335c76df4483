"""The matrix of positions: what every municipality thinks of every record.

A page reads it in a bounded number of queries, however many records and municipalities.

Source: docs/rules.md R-87, R-90.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from math import ceil
from typing import TYPE_CHECKING, Any, Final

from django.contrib.postgres.aggregates import ArrayAgg
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.urls import reverse

from core.formats import counted
from proposals.choices import CallLetterKind, CatalogueKind
from proposals.models import CallLetter, Position, PositionCall
from proposals.queries.about import about, told
from proposals.queries.calls import OWNER, missing_words, model_of
from proposals.queries.catalogue import catalogue_of
from proposals.stances import ICONS, WORDS, Tally, counted_as

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from accounts.models import Membership, Municipality
    from proposals.models import Catalogue
    from proposals.queries.about import About

KINDS: Final = {
    "forslag": CatalogueKind.SIMPLIFICATION,
    "samdrift": CatalogueKind.COOPERATION,
}
MOST_ROWS: Final = 50
"""Of the matrix on one page."""
MOST_COLUMNS: Final = 20
"""Side by side; more are cut in blocks of like width."""


@dataclass(frozen=True, slots=True)
class RecordLine:
    """A record as the matrix shows it."""

    pk: int
    key: str
    number: int
    title: str
    theme: str = ""
    theme_key: str = ""
    about: About | None = None


@dataclass(frozen=True, slots=True)
class CellShown:
    """One field of the matrix."""

    municipality: Municipality
    stance: str
    url: str
    name: str

    @property
    def icon(self) -> str:
        """Its square."""
        return ICONS[counted_as(self.stance)]

    @property
    def label(self) -> str:
        """What a screen reader says: "Faxe, forslag 1: støtter ikke"."""
        return f"{self.name}: {WORDS[self.stance]}"

    @property
    def dom_id(self) -> str:
        """Its id on the page."""
        return f"felt-{self.url.rstrip('/').replace('/', '-').lstrip('-')}"


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One record with the fields of the block that is shown, and the count of all."""

    record: RecordLine
    url: str
    cells: tuple[CellShown, ...]
    tally: Tally
    by_state: tuple[tuple[Any, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class MatrixGroup:
    """Rows of one theme; "" for units."""

    title: str
    rows: tuple[MatrixRow, ...]


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

    def urls(self, record: RecordLine) -> str:
        """Where a record's answers are."""
        return reverse("proposals:positions-record", args=[self.of, record.number])

    def row(self, record: RecordLine, places: Sequence[Municipality]) -> MatrixRow:
        """Give a record's row with the fields of some municipalities."""
        url = self.urls(record)
        cells = tuple(
            CellShown(
                place,
                self.stances.get((place.pk, record.pk), ""),
                f"{url}{place.code}/",
                f"{place.name}, {self.of} {record.number}",
            )
            for place in places
        )
        tally = self.tallies[record.pk]
        return MatrixRow(record, url, cells, tally, self.by_state(record))

    def by_state(self, record: RecordLine) -> tuple[tuple[Any, tuple[str, ...]], ...]:
        """Give the four states of a record, each with the names of who is in it."""
        names: dict[str, list[str]] = {}
        for place in self.municipalities:
            state = counted_as(self.stances.get((place.pk, record.pk), ""))
            names.setdefault(state, []).append(place.name)
        return tuple(
            (line, tuple(names.get(line.state, ())))
            for line in self.tallies[record.pk].lines
        )


@dataclass(frozen=True)
class Cut:
    """The part of a board that one page shows.

    Attributes:
        page, pages: of the rows; block, blocks: of the columns. From 1.
    """

    board: Board
    page: int
    block: int

    @property
    def pages(self) -> int:
        """How many pages of rows there are; 1 at least."""
        return max(1, ceil(len(self.board.records) / MOST_ROWS))

    @property
    def blocks(self) -> tuple[tuple[int, str], ...]:
        """The blocks of columns with their names, "Faxe–Lejre"."""
        return tuple(
            (number, f"{block[0].name}–{block[-1].name}")
            for number, block in enumerate(self._blocks, start=1)
        )

    @property
    def places(self) -> tuple[Municipality, ...]:
        """The municipalities that are shown."""
        return self._blocks[self.block - 1] if self._blocks else ()

    @property
    def columns(self) -> tuple[tuple[Municipality, Tally], ...]:
        """The same with their counts."""
        return tuple((place, self.board.columns[place.pk]) for place in self.places)

    @property
    def foot(self) -> tuple[tuple[Any, tuple[int, ...], int], ...]:
        """The four states, each with its count a municipality, and in total."""
        lines = self.board.total.lines
        each = [tally.lines for _, tally in self.columns]
        return tuple(
            (line, tuple(column[at].count for column in each), line.count)
            for at, line in enumerate(lines)
        )

    @cached_property
    def groups(self) -> tuple[MatrixGroup, ...]:
        """The rows of the page, by theme."""
        first = (self.page - 1) * MOST_ROWS
        found: dict[str, list[MatrixRow]] = {}
        for record in self.board.records[first : first + MOST_ROWS]:
            row = self.board.row(record, self.places)
            found.setdefault(record.theme, []).append(row)
        return tuple(MatrixGroup(title, tuple(rows)) for title, rows in found.items())

    @property
    def size(self) -> str:
        """How large it is: "18 forslag × 17 kommuner"."""
        words = ("forslag", "forslag", "ingen forslag")
        if self.board.of == "samdrift":
            words = ("enhed", "enheder", "ingen enheder")
        rows = counted(len(self.board.records), *words)
        places = counted(len(self.board.municipalities), "kommune", "kommuner")
        return f"{rows} × {places}"

    @cached_property
    def _blocks(self) -> tuple[tuple[Municipality, ...], ...]:
        places = self.board.municipalities
        if not places:
            return ()
        width = ceil(len(places) / ceil(len(places) / MOST_COLUMNS))
        return tuple(places[at : at + width] for at in range(0, len(places), width))


def cut(board: Board, page: str, block: str) -> Cut:
    """Give the part that an address asks for; what is out of reach is the nearest."""
    whole = Cut(board, 1, 1)
    return Cut(
        board,
        _within(page, whole.pages),
        _within(block, max(1, len(whole.blocks))),
    )


def cut_at(board: Board, record_pk: int, municipality_pk: int) -> Cut:
    """Give the part of a board that shows one field."""
    records = [record.pk for record in board.records]
    places = [place.pk for place in board.municipalities]
    whole = Cut(board, 1, 1)
    width = len(whole.places) or 1
    row = records.index(record_pk) if record_pk in records else 0
    column = places.index(municipality_pk) if municipality_pk in places else 0
    return Cut(board, row // MOST_ROWS + 1, column // width + 1)


def board_of(
    seat: Membership, of: str, *, has_stances: bool = True, has_texts: bool = False
) -> Board | None:
    """Read a kind's positions as a seat may: four queries, five where nothing was called.

    The secretariat reads its catalogue, a director what was called for; None where there
    is neither.

    Args:
        has_stances: False leaves the stances out, and their query.
        has_texts: each record with what it says.
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
    records = record_lines(catalogue, only, has_texts=has_texts)
    stances = stances_of(catalogue, places, records) if has_stances else {}
    return Board(of, catalogue, places, records, stances, own)


def _reminder_days() -> ArraySubquery:
    """The days on which municipalities were reminded of a call, one a mail."""
    rows = CallLetter.objects.filter(call=OuterRef("pk"), kind=CallLetterKind.REMINDER)
    return ArraySubquery(rows.order_by("day").values("day"))


def record_lines(
    catalogue: Catalogue, only: set[int] | None = None, *, has_texts: bool = False
) -> tuple[RecordLine, ...]:
    """Give the records of a catalogue, by theme and number: one query.

    Args:
        only: no others than these; None for all.
        has_texts: each with what it says.
    """
    is_simple = catalogue.kind == CatalogueKind.SIMPLIFICATION
    model = model_of(catalogue.kind)
    rows: Any = model._default_manager  # noqa: SLF001 -- Django's
    rows = rows.filter(catalogue=catalogue).present()
    if only is not None:
        rows = rows.filter(pk__in=only)
    names, order = ["pk", "key", "number", "title"], ["number", "pk"]
    if is_simple:
        names += ["theme__number", "theme__title", "theme__key"]
        order.insert(0, "theme__number")
    texts = told(model) if has_texts else {}
    found = rows.annotate(**texts).order_by(*order).values(*names, *texts)
    return tuple(_line(row, model.owner, has_texts=has_texts) for row in found)


def _line(row: Mapping[str, Any], owner: str, *, has_texts: bool) -> RecordLine:
    theme = (
        f"{row['theme__number']}. {row['theme__title']}" if "theme__key" in row else ""
    )
    return RecordLine(
        pk=row["pk"],
        key=row["key"],
        number=row["number"],
        title=row["title"],
        theme=theme,
        theme_key=row.get("theme__key", ""),
        about=about(owner, row["about"], row["json_points"], row["json_names"])
        if has_texts
        else None,
    )


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


def _within(text: str, most: int) -> int:
    number = int(text) if text.isdecimal() and len(text) < 6 else 1  # noqa: PLR2004
    return min(max(1, number), most)
