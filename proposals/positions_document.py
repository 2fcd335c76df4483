"""The municipalities' positions as a document: five queries at most, then pure.

A row a municipality and a column a record: seventeen names stand beside each other on no
sheet, seventeen rows do. What a meeting is sent is kept as it was; what is answered later
changes the next document only.

Source: docs/rules.md R-91.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from accounts.models import Municipality
from core.formats import counted, listed, number
from documents.tree import (
    Column,
    Document,
    Group,
    Inline,
    Note,
    Paragraph,
    Row,
    Section,
    Table,
    Value,
    Words,
)
from proposals.choices import CatalogueKind, Stance
from proposals.models import Position
from proposals.queries.calls import OWNER
from proposals.queries.choices import OfThemes, of_themes
from proposals.queries.record_lines import RecordLine, record_lines
from proposals.stances import WORDS, Tally, counted_as

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from proposals.models import Catalogue

LETTERS: Final = {
    Stance.SUPPORTS: "S",
    Stance.RESERVED: "F",
    Stance.AGAINST: "N",
    "": "–",
}
LEGEND: Final = (
    "S støtter · F støtter med forbehold · N støtter ikke · – ikke svaret. "
    "En kommune uden svar tælles som ”ikke svaret”, aldrig som nej."
)
MOST_COLUMNS: Final = 18
"""Of one table: what a sheet holds beside the longest name."""
EVERY: Final = "Hver kommunes svar"
REASONS: Final = "Begrundelserne"
NOTHING: Final = "Intet at tage stilling til"


@dataclass(frozen=True, slots=True)
class Said:
    """A municipality's stance on a record, with its reason."""

    place: Municipality
    stance: str
    reason: str


@dataclass(frozen=True)
class Answers:
    """Records and municipalities in their order, and what was said."""

    key: str
    noun: str
    places: tuple[Municipality, ...]
    records: tuple[RecordLine, ...]
    said: dict[tuple[int, int], Said]

    def stance(self, place: Municipality, record: RecordLine) -> str:
        """What a municipality thinks, as it counts."""
        found = self.said.get((place.pk, record.pk))
        return counted_as(found.stance) if found else ""

    def tally(self, record: RecordLine) -> Tally:
        """Count a record."""
        stances = (self.stance(place, record) for place in self.places)
        return Tally.of(stances, len(self.places))

    def of(self, record: RecordLine) -> Iterator[Said]:
        """Give what was said of a record, by municipality."""
        for place in self.places:
            if found := self.said.get((place.pk, record.pk)):
                yield found


def document(catalogue: Catalogue, themes: Collection[int] = ()) -> Document:
    """Give what the municipalities think of a catalogue's records.

    Args:
        themes: ids; only proposals of these. None: all.
    """
    own = _answers(catalogue, frozenset(themes))
    # Only the document's own key is another, as with every cut.
    cut = of_themes(themes) if own.noun == "forslag" else OfThemes()
    title, key = (
        f"Kommunernes holdninger: {catalogue.title}{cut.words}",
        f"{own.key}{cut.key}",
    )
    if not own.records or not own.places:
        return Document(key, title, NOTHING)
    sections = (_every(own), *_said(own))
    return Document(key, title, _lead(own), (_counts(own),), sections)


def _every(own: Answers) -> Section:
    """Give who thinks what, on a page of its own."""
    legend = Note(f"{own.key}/legend", (Words(LEGEND),), is_wide=True)
    return Section(
        key=f"{own.key}/every",
        title=EVERY,
        running=EVERY,
        look="plain",
        blocks=(*_matrices(own), legend),
    )


def _said(own: Answers) -> Iterator[Section]:
    """Give the reasons from a page of their own; none prints nothing."""
    if reasons := tuple(_reasons(own)):
        key = f"{own.key}/said"
        yield Section(key, REASONS, running=REASONS, look="plain", blocks=reasons)


def _answers(catalogue: Catalogue, themes: frozenset[int]) -> Answers:
    kind = CatalogueKind(catalogue.kind)
    owner = OWNER[kind]
    records = record_lines(catalogue)
    if themes and owner == "proposal":
        own = catalogue.proposals.filter(theme__in=themes).values_list("pk", flat=True)
        chosen = set(own)
        records = tuple(record for record in records if record.pk in chosen)
    places = tuple(
        Municipality.objects.filter(council=catalogue.council_id).order_by(
            "sort_key", "pk"
        )
    )
    by_pk = {place.pk: place for place in places}
    rows = Position.objects.filter(**{f"{owner}__catalogue": catalogue})
    names = ("municipality_id", f"{owner}_id", "stance", "reason")
    said = {
        (place, record): Said(by_pk[place], stance, reason)
        for place, record, stance, reason in rows.exclude(stance="").values_list(*names)
        if place in by_pk
    }
    noun = "forslag" if owner == "proposal" else "samdrift"
    return Answers(f"positions:{catalogue.key}", noun, places, records, said)


def _lead(own: Answers) -> str:
    total = sum((own.tally(record) for record in own.records), Tally())
    silent = [
        place.name
        for place in own.places
        if not any(own.stance(place, record) for record in own.records)
    ]
    words = (
        f"{total.given} af {total.all} svar fra "
        f"{counted(len(own.places), 'kommune', 'kommuner')}: "
        f"{total.supports} støtter, {total.reserved} støtter med forbehold, "
        f"{total.against} støtter ikke, {total.missing} ikke svaret."
    )
    return f"{words} {listed(silent)} har ikke svaret på noget." if silent else words


def _counts(own: Answers) -> Table:
    key = f"{own.key}/counts"
    name = "Forslag" if own.noun == "forslag" else "Samdriftsenhed"
    columns = (
        Column("Nr.", width=10, tone="quiet"),
        Column(name, names_row=True),
        Column("Støtter", "right", 18),
        Column("Med forbehold", "right", 25),
        *(Column(word, "right", 22) for word in ("Støtter ikke", "Ikke svaret")),
    )
    groups: dict[str, list[Row]] = {}
    keys: dict[str, str] = {}
    for record in own.records:
        keys.setdefault(record.theme, f"{key}/theme:{record.theme_key or 'all'}")
        row = f"{key}/{_name(own, record)}"
        first: tuple[Inline, ...] = (Words(str(record.number)),)
        cells = (first, (Words(record.title),), *_tally(row, own.tally(record)))
        groups.setdefault(record.theme, []).append(Row(row, cells))
    total = sum((own.tally(record) for record in own.records), Tally())
    return Table(
        key=key,
        caption="Antal kommuner efter holdning",
        columns=columns,
        groups=tuple(
            Group(keys[theme], theme, tuple(rows)) for theme, rows in groups.items()
        ),
        total=Row(
            f"{key}/total", ((), (Words("I alt"),), *_tally(f"{key}/total", total))
        ),
    )


def _tally(key: str, tally: Tally) -> tuple[tuple[Inline, ...], ...]:
    """Give four cells; nobody is 0 here, and that is a figure."""
    return tuple(
        (
            Value(
                f"{key}/{line.state or 'missing'}",
                number(line.count),
                Decimal(line.count),
                Decimal(line.count),
            ),
        )
        for line in tally.lines
    )


def _matrices(own: Answers) -> Iterator[Table]:
    """Give a table for each so many records: a row a municipality."""
    for at in range(0, len(own.records), MOST_COLUMNS):
        yield _matrix(own, own.records[at : at + MOST_COLUMNS])


def _matrix(own: Answers, records: Sequence[RecordLine]) -> Table:
    key = f"{own.key}/matrix:{records[0].key}"
    rows = tuple(
        Row(
            f"{key}/place:{place.code}",
            (
                (Words(place.name),),
                *(_letter(own.stance(place, record)) for record in records),
            ),
        )
        for place in own.places
    )
    return Table(
        key=key,
        caption=f"Kommunernes holdning til {own.noun} {_spans(records)}",
        columns=(
            Column("Kommune", names_row=True),
            *(Column(str(record.number), "right", 8) for record in records),
        ),
        groups=(Group(f"{key}/all", "", rows),),
    )


def _spans(records: Sequence[RecordLine]) -> str:
    """Give "1-9, 12 og 15-18": what stands in between and is left out is not named."""
    runs: list[list[int]] = []
    for at in (record.number for record in records):
        if runs and at == runs[-1][-1] + 1:
            runs[-1].append(at)
        else:
            runs.append([at])
    return listed(
        [f"{run[0]}-{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs]
    )


def _letter(stance: str) -> tuple[Inline, ...]:
    """Give a cell of the matrix; what is not plain support is seen at a glance."""
    is_strong = stance in {Stance.RESERVED, Stance.AGAINST}
    return (Words(LETTERS[stance], strong=is_strong),)


def _reasons(own: Answers) -> Iterator[Paragraph]:
    """Give, record by record, the reasons that were given."""
    for record in own.records:
        lines: list[tuple[Inline, ...]] = [
            (
                Words(f"{said.place.name} {WORDS[said.stance]}: ", strong=True),
                Words(said.reason),
            )
            for said in own.of(record)
            if said.reason
        ]
        if lines:
            label = f"{own.noun.capitalize()} {record.number}"
            key = f"{own.key}/reasons:{record.key}"
            yield Paragraph(key, label, tuple(lines))


def _name(own: Answers, record: RecordLine) -> str:
    kind = "proposal" if own.noun == "forslag" else "unit"
    return f"{kind}:{record.key}"
