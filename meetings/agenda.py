"""A meeting's agenda as a value: read once, then printed, published or compared.

Built of rows by ``meetings.queries``; stored as JSON with each packet and publication.
Texts are as printed; ``html`` fields are sanitised rich text.

Source: docs/rules.md R-4.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, fields
from typing import Any, Literal

from core.formats import language_name
from meetings.names import UNTITLED, appendix_slug


@dataclass(frozen=True, slots=True)
class AgendaAppendix:
    """One appendix as the packet and the public pages show it.

    Attributes:
        key: stable within the item; ``prefix`` of the item and it name its anchors.
        number: within the item: "3", or "1a" where it came late.
        digest: of what it prints: the document's, or the cleaned file's SHA-256.
        made_of: "18 forslag" for a generated one.
        closed: why it is closed material, "Fortroligt"; "" for an open one.
        is_hidden: it stands for one that its reader may not read: a number, nothing else.
        facts: what the intake found in an uploaded one (``documents.intake.Facts``).
        file: the cleaned copy's name in storage, "" for a generated one.
        language: as BCP 47 says it; "" where nobody has said.
    """

    key: str
    number: str
    label: str
    title: str
    title_in_source: str
    kind: Literal["uploaded", "generated", "written"]
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
    is_withdrawn: bool = False
    closed: str = ""
    is_hidden: bool = False
    language: str = ""

    @property
    def has_pages(self) -> bool:
        """It is printed where it is read."""
        return not self.is_withdrawn and not self.is_hidden

    @property
    def slug(self) -> str:
        """Its place in addresses, "2-1-bilag-3"."""
        return appendix_slug(self.label)

    @property
    def is_generated(self) -> bool:
        """It is formed from records: a source's, or what is written in it."""
        return self.kind != "uploaded"

    @property
    def is_written(self) -> bool:
        """It is written in the portal."""
        return self.kind == "written"

    @property
    def language_words(self) -> str:
        """Say "på engelsk" of what is not in Danish; "" of all else."""
        is_ours = self.language in {"", "da"}
        return "" if is_ours else f"på {language_name(self.language)}"

    @property
    def readability(self) -> tuple[str, str]:
        """Level (ok, partial, none) of what lies in the packet, and the honest sentence."""
        if self.is_generated:
            return "ok", "Kan læses op."
        found, is_scan = self.facts["readability"], self.facts["text"] == "none"
        if not self.is_silent or (is_scan and not self.summary):
            return found["level"], found["sentence"]
        if not self.summary:
            return "none", "Siderne kan ikke læses op, og der er intet resumé."
        what = "Scannet uden tekst" if is_scan else "Siderne kan ikke læses op"
        return "none", f"{what}. Læs resuméet i stedet."

    @property
    def is_silent(self) -> bool:
        """Its pages lie in the packet as pictures: title and summary are read instead."""
        return not self.is_generated and not self.facts["tagged"]


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """One item. An item without a title keeps its number.

    ``asks`` is "KKR drøfter"; ``reply`` a sentence about answer and deadline, or "";
    ``contact`` whom one may ask; ``fate`` what was announced of it since it was sent,
    "Udgået", or "". One that its reader may not read ``is_hidden``: a number, nothing
    else. Of one that ``is_taken`` the texts are taken down. ``readers`` are the words of
    whom its closed material is for (``meetings.closed.access``), part of what is approved
    (docs/rules.md R-65); None where nothing of it is closed, or in what everybody reads.
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
    fate: str = ""
    is_closed: bool = False
    closed_reason: str = ""
    is_hidden: bool = False
    is_taken: bool = False
    contact: str = ""
    readers: tuple[str, ...] | None = None

    @property
    def anchor(self) -> str:
        """What its place on a page is called: its key, unless that was made of words."""
        return f"punkt-{self.slug}" if self.is_taken else self.key

    @property
    def has_closed(self) -> bool:
        """It, or one of its appendices, is closed."""
        return self.is_closed or any(bilag.closed for bilag in self.appendices)

    @property
    def slug(self) -> str:
        """Its place in addresses, "2-1"."""
        return self.number.replace(".", "-")

    @property
    def heading(self) -> str:
        """The title, or the words that stand where it is missing."""
        return self.title or UNTITLED

    @property
    def printed_title(self) -> str:
        """The title as lists print it, with what was announced of the item."""
        if not self.fate:
            return self.title
        return f"{self.heading} ({self.fate[:1].lower()}{self.fate[1:]})"

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
    """The whole agenda; ``held_on`` in ISO, ``hours`` as printed ("13.00–16.00").

    ``kind_of_meeting`` is what such a one is called, "" for the council's own; ``sending_day``
    the day its first version is to be sent, in ISO; ``taken`` how much of the meeting
    was taken down when it was read; ``version_day`` the day on which the version after it
    was begun, which no hash counts: without a change there is no version.
    """

    council: str
    slug: str
    held_on: str
    hours: str
    place: str
    note: str
    sections: tuple[AgendaSection, ...]
    kind_of_meeting: str = ""
    sending_day: str = ""
    taken: int = 0
    version_day: str = ""

    @property
    def items(self) -> tuple[AgendaItem, ...]:
        """Every item, in order."""
        return tuple(item for section in self.sections for item in section.items)

    @property
    def appendices(self) -> tuple[AgendaAppendix, ...]:
        """Every appendix, in order."""
        return tuple(bilag for item in self.items for bilag in item.appendices)

    @property
    def hides(self) -> bool:
        """Something closed stands in it as a number only."""
        is_any = any(item.is_hidden for item in self.items)
        return is_any or any(bilag.is_hidden for bilag in self.appendices)

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
    known = plain.get("readers")
    readers = None if known is None else tuple(known)
    return AgendaItem(**{**plain, "appendices": appendices, "readers": readers})


def digest(value: object) -> str:
    """Give the SHA-256 of a plain value or a node, the same on every machine."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, default=_plain)
    return hashlib.sha256(text.encode()).hexdigest()


def records_digest(agenda: Agenda) -> str:
    """Give the hash of all records that a packet shows, the same on every machine."""
    return digest(agenda)


def _plain(node: Any) -> dict[str, Any]:
    """One node's fields; the database's id is left out, so two installations agree.

    A field that came later counts where it says something: what was built before stands.
    """
    values = {name: getattr(node, name) for name in _NAMES[type(node)]}
    return {n: value for n, value in values.items() if value or n not in _LATER}


_LATER = {
    "fate", "kind_of_meeting", "sending_day", "closed", "is_closed", "closed_reason",
    "is_hidden", "language", "taken", "is_taken", "contact", "readers",
}  # fmt: skip
_NAMES: dict[type, tuple[str, ...]] = {
    kind: tuple(f.name for f in fields(kind) if f.name not in {"pk", "version_day"})
    for kind in (Agenda, AgendaSection, AgendaItem, AgendaAppendix)
}


def appendix_digest(appendix: AgendaAppendix) -> str:
    """Give the hash of an appendix and of what its separator prints of it.

    Its label holds the item's number. Left out are pages, the item's title and its other
    appendices, which the separator names too: when they change, this one has not.
    """
    return digest(appendix)


def contents_digest(agenda: Agenda) -> str:
    """Give the hash of what the contents page prints, pages left out."""
    items = [
        (
            item.number,
            item.kind,
            item.printed_title or item.heading,
            [(b.label, b.title) for b in item.appendices],
        )
        for item in agenda.items
    ]
    head = (agenda.council, agenda.held_on, agenda.hours, agenda.note)
    closed = [item.number for item in agenda.items if item.is_closed]
    closed += [bilag.label for bilag in agenda.appendices if bilag.closed]
    return digest([head, items, closed] if closed else [head, items])
