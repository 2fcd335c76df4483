"""A record as a meeting received it, and every sent version that it stood in.

``meetings`` knows no app that records come from: an app registers how the records of a
kind are addressed, and asks by their key.

Source: docs/rules.md R-61.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from core.prepared import prepared, somebody
from documents import codec
from documents.tree import Document, walk
from meetings.choices import MeetingKind
from meetings.editions.reading import said_council
from meetings.editions.withdrawn import WithdrawnError, is_taken, withdrawn
from meetings.models import SentRecord
from meetings.names import meeting_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import date, datetime

    from django.db.models import QuerySet

    from documents.tree import Section
    from meetings.editions.edition import Edition, Part

ELSEWHERE: Final = '"is_elsewhere"'
"""What a stored Document says somewhere if it refers to another; else it is left out."""
SHOWN: Final = 40
"""Versions of a record that are told of."""

_addresses: dict[str, Callable[[str, str], str]] = {}


def register(kind: str, address: Callable[[str, str], str]) -> None:
    """Let the records of a kind be read at an address of their own.

    Args:
        kind: what their keys begin with, "proposal".
        address: number and meeting's slug → path, "/forslag/7@2023-11-22/".
    """
    _addresses[kind] = address


@dataclass(frozen=True, slots=True)
class SentSection:
    """A record in its place in an edition."""

    part: Part
    section: Section

    @property
    def page(self) -> str:
        """What its first page is called in the packet; "" where that is not known."""
        return self.part.pages.get(self.section.key, "")

    @property
    def place(self) -> str:
        """Where it stands: "2.1 Bilag 3, side 41"."""
        label = self.part.appendix.label
        return f"{label}, side\N{NO-BREAK SPACE}{self.page}" if self.page else label


@dataclass(frozen=True, slots=True)
class Shown:
    """A sent version that a record stood in, as a list tells of it.

    Attributes:
        number: the record's, as it was then: "7".
        version: of the meeting.
        place: "2.1 Bilag 3, side 41".
        figures: its figures as they were sent: mappings with key, text and said.
        url: the record as that version has it.
        at: when that version was sent.
    """

    label: str
    number: str
    title: str
    meeting: str
    held_on: date
    slug: str
    version: int
    place: str
    figures: tuple[Mapping[str, str], ...]
    url: str
    key: str
    at: datetime


def record_in(edition: Edition, kind: str, label: str) -> tuple[SentSection, ...]:
    """Give where a record stands in what is read, by the number it had; no query.

    Args:
        kind: what its key begins with, "proposal".
        label: "Forslag 7".
    """
    return tuple(
        SentSection(part, section)
        for part in edition.by_slug.values()
        if f'"{label}"' in part.document
        for section in _sections(part.document)
        if section.label == label and section.key.startswith(f"{kind}:")
    )


@lru_cache(maxsize=16)
def _sections(document: str) -> tuple[Section, ...]:
    return tuple(section for _, section in walk(codec.loads(document)))


def alone(section: Section) -> Document:
    """Give a record as a document of its own, to be read by itself."""
    return Document(
        key=section.key,
        title=section.title,
        lead=section.lead,
        blocks=section.blocks,
        sections=section.sections,
    )


def same_in(document: str, key: str) -> Document | None:
    """Give the record of a key out of a stored Document, by itself; None if none."""
    if not document:
        return None
    found = (each for each in _sections(document) if each.key == key)
    return next(map(alone, found), None)


def refuse_taken(edition: Edition, kind: str, label: str) -> None:
    """Answer for a record that stood in this version and is taken down: one query.

    Raises:
        WithdrawnError: the appendix that held it is.
    """
    rows = SentRecord.objects.filter(
        appendix__publication__meeting__slug=edition.slug,
        appendix__publication__meeting__council__slug=edition.council_slug,
        appendix__publication__number=edition.number,
        label=label,
        key__startswith=f"{kind}:",
    )
    for place in rows.values_list("appendix__slug", flat=True):
        if (taken := edition.taken_at(place)) is not None:
            raise WithdrawnError(taken, edition)


def shown_at(
    user: object, own: str, council_slug: str, **wanted: str
) -> tuple[Shown, ...]:
    """Give the sent versions that a record stood in, the latest first: one query.

    Args:
        own: the reader's council, as ``reading.own_council`` gives it.
        council_slug: of the council whose meetings they are.
        wanted: ``key`` of the record; or ``label`` and ``key__startswith``.
    """
    pk = getattr(user, "pk", None)
    by, begins = wanted.get("key") or wanted["label"], wanted.get("key__startswith", "")
    shape = {"is_key": "key" in wanted, "is_known": pk is not None}
    rows = _shown_rows(council_slug, by, begins, pk, **shape)
    return tuple(_told(rows, own))


_MEETING = "appendix__publication__meeting__"
_FIELDS: Final = (
    "key", "label", "title", "page", "figures", "appendix__slug", "appendix__label",
    "appendix__publication__number", "appendix__publication__published_at",
    f"{_MEETING}slug", f"{_MEETING}held_on",
    f"{_MEETING}kind", f"{_MEETING}council__slug",
)  # fmt: skip


@prepared
def _shown_rows(
    council: str, by: str, begins: str, user: int, *, is_key: bool, is_known: bool
) -> QuerySet[SentRecord, Any]:
    label: Any = {"label": by, "key__startswith": begins}
    wanted = {"key": by} if is_key else label
    rows = (
        SentRecord.objects.visible_to(somebody(user) if is_known else None)
        .filter(appendix__publication__meeting__council__slug=council, **wanted)
        .with_withdrawals()
        .order_by(
            "-appendix__publication__meeting__held_on",
            "-appendix__publication__meeting",
            "-appendix__publication__number",
            "appendix__position",
            "pk",
        )
    )
    found: QuerySet[SentRecord, Any] = rows.values(*_FIELDS, "withdrawn")[:SHOWN]
    return found


def _told(rows: Iterable[Any], own: str) -> Iterator[Shown]:
    for row in rows:
        number = row["appendix__publication__number"]
        told = map(withdrawn, row["withdrawn"])
        if not is_taken(told, number, row["appendix__slug"]):
            yield _shown(row, own)


def _shown(row: Any, own: str) -> Shown:
    slug, held_on = row[f"{_MEETING}slug"], row[f"{_MEETING}held_on"]
    kind, version = row[f"{_MEETING}kind"], row["appendix__publication__number"]
    page = row["page"]
    label = row["appendix__label"]
    query = {"kkr": said_council(row[f"{_MEETING}council__slug"], own)}
    query["version"] = str(version)
    return Shown(
        label=row["label"],
        number=number_of(row["label"]),
        title=row["title"],
        meeting=meeting_name(slug, held_on, MeetingKind(kind).label),
        held_on=held_on,
        slug=slug,
        version=version,
        place=f"{label}, side\N{NO-BREAK SPACE}{page}" if page else label,
        figures=tuple(row["figures"]),
        url=permanent(row["key"], row["label"], slug, query),
        key=row["key"],
        at=row["appendix__publication__published_at"],
    )


def number_of(label: str) -> str:
    """Give the number in a label: "7" of "Forslag 7"; "" where it has none."""
    last = label.rpartition(" ")[2]
    return last if last.isdigit() else ""


def permanent(key: str, label: str, slug: str, query: Mapping[str, str]) -> str:
    """Give the address of a record as a meeting received it; "" where it has none.

    Args:
        slug: of the meeting.
        query: what stands after the question mark; what is "" is left out.
    """
    address, number = _addresses.get(key.partition(":")[0]), number_of(label)
    if address is None or not number:
        return ""
    said = "&".join(f"{name}={value}" for name, value in query.items() if value)
    path = address(number, slug)
    return f"{path}?{said}" if said else path


def permanent_in(edition: Edition, section: Section) -> str:
    """Give the address of a record that is read in an edition, of that very version."""
    older = edition.version or (str(edition.number) if edition.newest else "")
    query = {"kkr": edition.kkr, "version": older}
    return permanent(section.key, section.label, edition.slug, query)


def links_beside(edition: Edition, part: Part) -> dict[str, str]:
    """Give the addresses of what an appendix may refer to in the others: key → path.

    None where it refers to nothing outside itself.
    """
    if ELSEWHERE not in part.document:
        return {}
    others = (other for other in edition.by_slug.values() if other is not part)
    return {
        key: path
        for other in others
        for key, path in permanent_links(edition, other).items()
    }


def permanent_links(edition: Edition, part: Part) -> dict[str, str]:
    """Give the addresses of all records of an appendix that have one: key → path."""
    if not edition.is_published or not part.document:
        return {}
    found = {
        section.key: permanent_in(edition, section)
        for section in _sections(part.document)
    }
    return {key: path for key, path in found.items() if path}
