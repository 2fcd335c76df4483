"""What the sources do not agree on: on a record, on a catalogue, and all on one page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject
from django.urls import reverse

from proposals.choices import CatalogueKind, NoteKind
from proposals.models import Proposal, SourceNote, TitleReading
from proposals.queries.records import two_titles

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from accounts.models import Membership
    from proposals.models import Catalogue, Record

REPORT: Final = "Rapporten som helhed"
TWO_TITLES: Final = "Titlen er ikke ens i oversigt og brødtekst"


@dataclass(frozen=True, slots=True)
class NoteRow:
    """One thing on which the sources do not agree.

    Attributes:
        dom_id: its place on a page.
        key: the note's; "" for titles, which are settled on their proposal.
        of: what it belongs to, a value of the filter: "forslag", "samdrift", "rapport".
        number: of its record; 0 where it belongs to a catalogue or to the report.
        whose, whose_url: "Forslag 7", "Samdriftskatalog", and its page, or "".
        readings: pairs (place, text); what is quoted has its quotation marks.
        url: where it is settled.
    """

    dom_id: str
    key: str
    of: str
    number: int
    whose: str
    whose_url: str
    kind: NoteKind
    about: str
    readings: tuple[tuple[str, str], ...]
    url: str
    chosen: str = ""
    settled_by: str = ""
    settled_at: Any = None

    @property
    def is_open(self) -> bool:
        """Nobody has settled it."""
        return not self.chosen


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of a filter; ``count`` is what would be left."""

    value: str
    label: str
    count: int
    is_chosen: bool
    query: str


@dataclass(frozen=True, slots=True)
class NoteList:
    """The page of all of them, filtered."""

    rows: tuple[NoteRow, ...]
    filters: tuple[tuple[str, tuple[Option, ...]], ...]
    total: int
    open_total: int


# Parameter → heading, and what a row has to have each of its values.
_OF: Final = {
    "forslag": "Forenkling",
    "samdrift": "Samdrift",
    "rapport": REPORT,
}
_STATES: Final = {"aabne": "Ikke afgjort", "afgjorte": "Afgjort"}
FILTERS: Final[dict[str, tuple[str, Mapping[str, str]]]] = {
    "om": ("Handler om", _OF),
    "art": ("Uens i", {str(kind): str(kind.label) for kind in NoteKind}),
    "vis": ("Stand", _STATES),
}
_VALUE: Final[dict[str, Callable[[NoteRow], str]]] = {
    "om": lambda row: row.of,
    "art": lambda row: str(row.kind),
    "vis": lambda row: "aabne" if row.is_open else "afgjorte",
}


def notes_of(record: Record, notes: Iterable[SourceNote]) -> tuple[NoteRow, ...]:
    """Give a record's notes, as its page read them. No query."""
    for note in notes:
        setattr(note, record.owner, record)
    return tuple(note_row(note) for note in notes)


def notes_of_catalogue(catalogue: Catalogue) -> tuple[NoteRow, ...]:
    """Give the open notes of a catalogue, and of its units or proposals. One query."""
    is_cooperation = catalogue.kind == CatalogueKind.COOPERATION
    owner = "unit" if is_cooperation else "proposal"
    rows = SourceNote.objects.filter(council=catalogue.council_id, chosen="").present()
    own = rows.filter(catalogue=catalogue) | rows.filter(
        **{f"{owner}__catalogue": catalogue}
    )
    loaded = own.select_related("catalogue", "proposal", "unit")
    return tuple(note_row(row) for row in loaded)


def note_list(seat: Membership, chosen: Mapping[str, str]) -> NoteList:
    """Give all that the council's sources do not agree on. Two queries.

    Args:
        chosen: parameter → value of ``FILTERS``; unknown ones are left out.
    """
    kept = {
        name: value
        for name, value in chosen.items()
        if name in FILTERS and value in FILTERS[name][1]
    }
    every = (*_titles(seat), *_notes(seat))
    every = tuple(sorted(every, key=lambda row: (list(_OF).index(row.of), row.number)))
    return NoteList(
        rows=tuple(row for row in every if _fits(row, kept)),
        filters=tuple(
            (heading, _options(name, values, kept, every))
            for name, (heading, values) in FILTERS.items()
        ),
        total=len(every),
        open_total=sum(row.is_open for row in every),
    )


def _notes(seat: Membership) -> tuple[NoteRow, ...]:
    rows = SourceNote.objects.visible_to(seat).present()
    loaded = rows.select_related("catalogue", "proposal", "unit")
    return tuple(note_row(row) for row in loaded)


def _titles(seat: Membership) -> tuple[NoteRow, ...]:
    """Proposals whose titles differ: their readings are rows of their own."""
    readings = TitleReading.objects.filter(proposal=OuterRef("pk"))
    shown = JSONObject(place="place", text="text", is_overview="is_overview")
    rows: Any = Proposal.objects.visible_to(seat).present()
    rows = rows.annotate(json_readings=ArraySubquery(readings.values(json=shown)))
    found = []
    for row in rows.order_by("number"):
        if two_titles(row.title, row.json_readings) is None:
            continue
        own = [(reading["place"], _printed(reading)) for reading in row.json_readings]
        found.append(
            NoteRow(
                dom_id=f"note-title-{row.number}",
                key="",
                of="forslag",
                number=row.number,
                whose=f"Forslag {row.number}",
                whose_url=row.get_absolute_url(),
                kind=NoteKind.TITLE,
                about=TWO_TITLES,
                readings=(("Brødteksten", f"”{row.title}”"), *own),
                url=f"{row.get_absolute_url()}#title",
            )
        )
    return tuple(found)


def note_row(note: SourceNote) -> NoteRow:
    """Give one note as pages show it; needs what it is about loaded."""
    of, whose, url = "rapport", REPORT, ""
    record = note.proposal or note.unit
    if record is not None:
        of, url = record.word, record.get_absolute_url()
        word = "Forslag" if record.word == "forslag" else "Samdriftsenhed"
        whose = f"{word} {record.number}"
    elif note.catalogue is not None:
        is_units = note.catalogue.kind == CatalogueKind.COOPERATION
        of, whose = "samdrift" if is_units else "forslag", note.catalogue.title
        url = reverse("proposals:units" if is_units else "proposals:catalogue")
    return NoteRow(
        dom_id=f"note-{note.key}",
        key=note.key,
        of=of,
        number=record.number or 0 if record is not None else 0,
        whose=whose,
        whose_url=url,
        kind=NoteKind(note.kind),
        about=note.about,
        readings=tuple((each["place"], _printed(each)) for each in note.readings),
        url=reverse("proposals:source-note", args=[note.key]),
        chosen=note.chosen,
        settled_by=note.settled_by,
        settled_at=note.settled_at,
    )


def _printed(reading: Mapping[str, Any]) -> str:
    """A reading in quotation marks, or a remark of ours about the place without them."""
    text = str(reading["text"])
    return text if reading.get("remark") else f"”{text}”"


def _fits(row: NoteRow, chosen: Mapping[str, str]) -> bool:
    return all(_VALUE[name](row) == value for name, value in chosen.items())


def _options(
    name: str,
    values: Mapping[str, str],
    chosen: Mapping[str, str],
    every: Iterable[NoteRow],
) -> tuple[Option, ...]:
    others = {key: value for key, value in chosen.items() if key != name}
    left = [_VALUE[name](row) for row in every if _fits(row, others)]
    return tuple(
        Option(
            value,
            label,
            left.count(value),
            chosen.get(name) == value,
            _query(others if chosen.get(name) == value else {**others, name: value}),
        )
        for value, label in values.items()
    )


def _query(chosen: Mapping[str, str]) -> str:
    return "&".join(f"{name}={value}" for name, value in chosen.items())
