"""A meeting's agenda as a value: read once, then printed, published or compared.

Built of rows by ``meetings.queries``; stored as JSON with each packet and publication.
Texts are as printed; ``html`` fields are sanitised rich text.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import Any, Literal

from meetings.names import UNTITLED, appendix_slug


@dataclass(frozen=True, slots=True)
class AgendaAppendix:
    """One appendix as the packet and the public pages show it.

    Attributes:
        key: stable within the item; ``prefix`` of the item and it name its anchors.
        number: from 1 within the item.
        digest: of what it prints: the document's, or the cleaned file's SHA-256.
        made_of: "18 forslag" for a generated one.
        facts: what the intake found in an uploaded one (``documents.intake.Facts``).
        file: the cleaned copy's name in storage, "" for a generated one.
    """

    key: str
    number: int
    label: str
    title: str
    title_in_source: str
    kind: Literal["uploaded", "generated"]
    sender: str
    dated: str
    own_name: str
    status: str
    summary: str
    made_of: str
    digest: str
    file: str
    file_name: str
    facts: Any
    notes: tuple[str, ...]
    pk: int

    @property
    def slug(self) -> str:
        """Its place in addresses, "2-1-bilag-3"."""
        return appendix_slug(self.label)

    @property
    def is_generated(self) -> bool:
        """It is formed from records."""
        return self.kind == "generated"

    @property
    def readability(self) -> tuple[str, str]:
        """Level (ok, partial, none) and the honest sentence for the public."""
        if self.is_generated:
            return "ok", "Kan læses op."
        found = self.facts["readability"]
        return found["level"], found["sentence"]


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """One item. An item without a title keeps its number.

    ``asks`` is "KKR drøfter"; ``reply`` a sentence about answer and deadline, or "".
    """

    key: str
    number: str
    kind: str
    title: str
    asks: str
    reply: str
    responsible: str
    summary: str
    recommendation: str
    case: str
    economy: str
    process: str
    appendices: tuple[AgendaAppendix, ...]

    @property
    def slug(self) -> str:
        """Its place in addresses, "2-1"."""
        return self.number.replace(".", "-")

    @property
    def heading(self) -> str:
        """The title, or the words that stand where it is missing."""
        return self.title or UNTITLED

    @property
    def texts(self) -> tuple[tuple[str, str], ...]:
        """The named texts that are filled in: (label, html), in reading order."""
        named = (
            ("Indstilling", self.recommendation),
            ("Sagsfremstilling", self.case),
            ("Økonomi", self.economy),
            ("Videre proces", self.process),
        )
        return tuple((label, html) for label, html in named if html)


@dataclass(frozen=True, slots=True)
class AgendaSection:
    """A numbered part of the agenda."""

    number: int
    title: str
    items: tuple[AgendaItem, ...]


@dataclass(frozen=True, slots=True)
class Agenda:
    """The whole agenda; ``held_on`` in ISO, ``hours`` as printed ("13.00–16.00")."""

    council: str
    slug: str
    held_on: str
    hours: str
    place: str
    note: str
    sections: tuple[AgendaSection, ...]

    @property
    def items(self) -> tuple[AgendaItem, ...]:
        """Every item, in order."""
        return tuple(item for section in self.sections for item in section.items)

    @property
    def appendices(self) -> tuple[AgendaAppendix, ...]:
        """Every appendix, in order."""
        return tuple(bilag for item in self.items for bilag in item.appendices)

    @property
    def titled_count(self) -> int:
        """How many items have a title: what "5 punkter" counts."""
        return sum(bool(item.title) for item in self.items)

    def to_json(self) -> dict[str, Any]:
        """Give the agenda as a JSON object; :meth:`from_json` takes it back."""
        return asdict(self)

    @classmethod
    def from_json(cls, plain: dict[str, Any]) -> Agenda:
        """Give the agenda that :meth:`to_json` gave."""
        sections = tuple(
            AgendaSection(
                number=section["number"],
                title=section["title"],
                items=tuple(_item(item) for item in section["items"]),
            )
            for section in plain["sections"]
        )
        return cls(**{**plain, "sections": sections})


def _item(plain: dict[str, Any]) -> AgendaItem:
    appendices = tuple(
        AgendaAppendix(**{**bilag, "notes": tuple(bilag["notes"])})
        for bilag in plain["appendices"]
    )
    return AgendaItem(**{**plain, "appendices": appendices})


def digest(value: object) -> str:
    """Give the SHA-256 of a plain value, the same on every machine."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, default=_plain)
    return hashlib.sha256(text.encode()).hexdigest()


def records_digest(agenda: Agenda) -> str:
    """Give the hash of all records that a packet shows, the same on every machine."""
    plain = agenda.to_json()
    for section in plain["sections"]:
        for item in section["items"]:
            for appendix in item["appendices"]:
                del appendix["pk"]
    return digest(plain)


def _plain(value: object) -> Any:
    return asdict(value)  # type: ignore[call-overload]


def appendix_digest(item: AgendaItem, appendix: AgendaAppendix) -> str:
    """Give the hash of all that an appendix and its separator print, pages left out.

    The database's id is left out too: two installations agree.
    """
    siblings = [(other.label, other.title) for other in item.appendices]
    plain = {name: v for name, v in asdict(appendix).items() if name != "pk"}
    return digest([item.number, item.kind, item.heading, siblings, plain])


def contents_digest(agenda: Agenda) -> str:
    """Give the hash of what the contents page prints, pages left out."""
    items = [
        (
            item.number,
            item.kind,
            item.heading,
            [(b.label, b.title) for b in item.appendices],
        )
        for item in agenda.items
    ]
    head = (agenda.council, agenda.held_on, agenda.hours, agenda.note)
    return digest([head, items])
