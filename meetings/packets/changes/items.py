"""What differs between two versions of a meeting, item by item. Pure.

Items and appendices are found again by their keys, records by the keys of their
sections; see :mod:`documents.compare` for what a difference is.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from core import formats
from core.wordmarks import MarkedLine, Run, compared, lines_of, plain_lines
from documents.compare import Edit, compare
from documents.numbering import spans
from documents.tree import anchor
from meetings.packets.changes.files import file_change
from meetings.packets.changes.pages import prefix_of
from meetings.packets.changes.titles import old_titles_elsewhere

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from documents.compare import FigureEdit, SectionEdits
    from documents.compare.edits import State
    from meetings.agenda import AgendaAppendix, AgendaItem
    from meetings.editions.edition import Edition, Part
    from meetings.packets.changes.files import FileChange, Known

# How many records of an item are shown at once, and how many that tell the same.
MOST_SHOWN: Final = 5
MOST_OF_A_KIND: Final = 2

type RecordKind = Literal["fields", "section", "file", "appendix"]

# Fields of an item and of an appendix: name in the code, and what people call it.
_ITEM_FIELDS: Final = (
    ("title", "Titel"),
    ("kind", "Type"),
    ("asks", "Ønsket handling"),
    ("reply", "Svar og frist"),
    ("responsible", "Ansvarlig"),
    ("contact", "Kontakt"),
)
_ITEM_TEXTS: Final = (
    ("summary", "Resumé"),
    ("recommendation", "Indstilling"),
    ("case", "Sagsfremstilling"),
    ("economy", "Økonomi"),
    ("process", "Videre proces"),
)
_APPENDIX_FIELDS: Final = (
    ("title", "Titel"),
    ("sender", "Afsender"),
    ("dated", "Dateret"),
    ("status", "Status"),
    ("own_name", "Dokumentets eget navn"),
    ("summary", "Resumé"),
)


@dataclass(frozen=True, slots=True)
class RecordChanges:
    """What differs in one place: an item's fields, a record, a file, an appendix.

    Attributes:
        name: "Bilag 3, forslag 7", "Punktets felter".
        bilag: the appendix's place in addresses, "" for the item's own fields.
        anchor: the record's place on the appendix's page, "" for none.
        pages: "41" or "67–69"; "" for what the packet does not print.
        title: of the record, where its name does not say it.
        notes: sentences that stand under the rows.
    """

    kind: RecordKind
    name: str
    state: State
    bilag: str = ""
    anchor: str = ""
    pages: str = ""
    title: str = ""
    edits: tuple[Edit, ...] = ()
    figures: tuple[FigureEdit, ...] = ()
    file: FileChange | None = None
    notes: tuple[str, ...] = ()

    @property
    def has_sources(self) -> bool:
        """Of any of its figures it is said where they come from."""
        return any(figure.source for figure in self.figures)

    @property
    def count(self) -> int:
        """How many changes it is said to have."""
        if self.file is not None:
            return 1
        return len(self.edits) + len(self.figures) or 1


@dataclass(frozen=True, slots=True)
class ItemChanges:
    """What differs in one item.

    Attributes:
        brief: in few words: "11 forslag rettet, nyt bilag".
        notes: sentences on the item as a whole.
    """

    key: str
    number: str
    slug: str
    heading: str
    state: State
    brief: str
    records: tuple[RecordChanges, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def shown(self) -> tuple[RecordChanges, ...]:
        """The records that tell most: two of a kind, five in all."""
        return tuple(_telling(self.records))[:MOST_SHOWN]

    @property
    def folded(self) -> tuple[RecordChanges, ...]:
        """The others, behind one line."""
        shown = self.shown
        return tuple(record for record in self.records if record not in shown)

    @property
    def count(self) -> int:
        """How many changes it is said to have."""
        return sum(record.count for record in self.records) or 1


def _telling(records: tuple[RecordChanges, ...]) -> Iterator[RecordChanges]:
    """Leave out the third record, and those after it, in which the same field differs."""
    seen: Counter[object] = Counter()
    for record in records:
        kind = (
            record.kind,
            record.state,
            *sorted({edit.name for edit in record.edits}),
        )
        is_telling = bool(record.figures or record.file) or seen[kind] < MOST_OF_A_KIND
        seen[kind] += 1
        if is_telling or len(records) <= MOST_SHOWN:
            yield record


def item_changes(old: Edition, new: Edition, known: Known) -> tuple[ItemChanges, ...]:
    """Give the items that differ, in the order of ``new``; those that are gone last."""
    before = {item.key: item for item in old.agenda.items}
    after = {item.key: item for item in new.agenda.items}
    # A closed item's key says nothing; its number, given once, says which it is.
    numbers = {item.number for item in after.values()}
    versions = _Versions(old, new, known)
    found = [versions.item(before.get(key), item) for key, item in after.items()]
    gone = [
        ItemChanges(key, item.number, item.slug, item.heading, "gone", "udgået")
        for key, item in before.items()
        if key not in after and item.number not in numbers
    ]
    return (*(changes for changes in found if changes), *gone)


class _Versions:
    """Two editions side by side."""

    def __init__(self, old: Edition, new: Edition, known: Known) -> None:
        self.old, self.new, self.known = old, new, known
        self.before = {prefix_of(part): part for part in old.parts}
        self.after = {prefix_of(part): part for part in new.parts}
        self.taken = {prefix_of(part): part for part in old.taken}

    def item(self, old: AgendaItem | None, new: AgendaItem) -> ItemChanges | None:
        records = (*_fields(old, new), *self._appendices(old, new))
        if old is not None and not records:
            return None
        state: State = "new" if old is None else "changed"
        return ItemChanges(
            key=new.key,
            number=new.number,
            slug=new.slug,
            heading=new.heading,
            state=state,
            brief=_brief(state, records),
            records=records,
            notes=old_titles_elsewhere(records, new, self.new, self.known),
        )

    def _appendices(
        self, old: AgendaItem | None, new: AgendaItem
    ) -> Iterator[RecordChanges]:
        before = {bilag.key: bilag for bilag in old.appendices} if old else {}
        for bilag in new.appendices:
            prefix = f"{new.key}-{bilag.key}"
            was, now = self.before.get(prefix), self.after.get(prefix)
            if now is None and (gone := was or self.taken.get(prefix)):
                yield _withdrawn(gone)
            elif now is not None and was is None:
                yield _added(now, is_back=bilag.key in before)
            elif now is not None and was is not None:
                yield from self._both(was, now)
        after = {bilag.key for bilag in new.appendices}
        for key in before:
            part = self.before.get(f"{new.key}-{key}")
            if key not in after and part is not None:
                yield _withdrawn(part)

    def _both(self, old: Part, new: Part) -> Iterator[RecordChanges]:
        edits = tuple(_texts(old.appendix, new.appendix, _APPENDIX_FIELDS))
        if edits:
            name = f"Bilag {new.appendix.number}"
            yield RecordChanges(
                "appendix", name, "changed", new.appendix.slug, edits=edits,
                pages=new.labels[0],
            )  # fmt: skip
        if old.tree is not None and new.tree is not None:
            for section in compare(old.tree, new.tree):
                yield _record(section, new)
        elif (old.document, old.appendix.file) != (new.document, new.appendix.file):
            packets = (self.old.file, self.new.file)
            yield RecordChanges(
                kind="file",
                name=f"Bilag {new.appendix.number}, fil udskiftet",
                state="changed",
                bilag=new.appendix.slug,
                pages=spans(new.labels),
                edits=tuple(_read_aloud(old.appendix, new.appendix)),
                file=file_change(old, new, packets, self.known),
            )


def _fields(old: AgendaItem | None, new: AgendaItem) -> Iterator[RecordChanges]:
    fields = (*_texts(old, new, _ITEM_FIELDS), *_readers(old, new))
    if fields:
        state: State = "changed" if old else "new"
        yield RecordChanges("fields", "Punktets felter", state, edits=fields)
    texts = tuple(_texts(old, new, _ITEM_TEXTS, is_rich=True))
    if texts:
        state = "changed" if old else "new"
        yield RecordChanges("fields", "Punktets tekst", state, edits=texts)


def _readers(old: AgendaItem | None, new: AgendaItem) -> Iterator[Edit]:
    """Say that what is closed is for others than before; whom it is for is not told."""
    # What is read by everybody knows of no readers.
    if old is None or old.readers is None or new.readers is None:
        return
    if old.readers != new.readers:
        words = (Run("added", "Andre end før"),)
        yield Edit("readers", "Læsere", "changed", (MarkedLine("text", words),))


def _texts(
    old: AgendaItem | AgendaAppendix | None,
    new: AgendaItem | AgendaAppendix,
    fields: Iterable[tuple[str, str]],
    *,
    is_rich: bool = False,
) -> Iterator[Edit]:
    """Compare named texts; one that was empty is new, one that is empty now is gone."""
    read = lines_of if is_rich else plain_lines
    for field, name in fields:
        before = getattr(old, field) if old is not None else ""
        after = getattr(new, field)
        lines = compared(read(before), read(after))
        kept = tuple(line for line in lines if line.is_changed)
        if before != after and kept:
            state: State = "changed" if before and after else "new" if after else "gone"
            yield Edit(field, name, state, kept, len(kept) < len(lines))


def _read_aloud(old: AgendaAppendix, new: AgendaAppendix) -> Iterator[Edit]:
    """Say it where a file can be read aloud otherwise than the one before."""
    before, after = old.readability[1], new.readability[1]
    if before != after:
        words = (Run("removed", before), Run("same", " "), Run("added", after))
        yield Edit("read-aloud", "Oplæsning", "changed", (MarkedLine("text", words),))


def _record(section: SectionEdits, part: Part) -> RecordChanges:
    label = section.label[:1].lower() + section.label[1:]
    tree = part.tree
    place = label or f"”{section.title}”"
    if tree is not None and section.key == tree.key:
        place = "forsiden" if tree.has_cover else "titlen"
    return RecordChanges(
        kind="section",
        name=f"Bilag {part.appendix.number}, {place}",
        state=section.state,
        bilag="" if section.state == "gone" else part.appendix.slug,
        anchor=anchor(section.key),
        pages=part.pages.get(section.key, ""),
        title=section.title if label and section.state != "changed" else "",
        edits=section.edits,
        figures=section.figures,
    )


def _added(part: Part, *, is_back: bool) -> RecordChanges:
    title = (MarkedLine("text", (Run("added", part.appendix.title),)),)
    words = "igen med i pakken" if is_back else "nyt bilag"
    return RecordChanges(
        kind="appendix",
        name=f"Bilag {part.appendix.number}, {words}",
        state="new",
        bilag=part.appendix.slug,
        pages=part.span,
        edits=(Edit("title", "Titel", "new", title, new_word="nyt"),),
    )


def _withdrawn(part: Part) -> RecordChanges:
    title = (MarkedLine("text", (Run("removed", part.appendix.title),)),)
    return RecordChanges(
        kind="appendix",
        name=f"Bilag {part.appendix.number}, udgået",
        state="gone",
        pages=part.span,
        edits=(Edit("title", "Titel", "gone", title),),
        notes=("Bilaget er trukket tilbage. Sidernes numre bruges ikke til andet.",),
    )


def _brief(state: State, records: tuple[RecordChanges, ...]) -> str:
    """Say an item's changes in few words, the most telling first."""
    if state == "new":
        return "nyt punkt"
    files = sum(record.kind == "file" for record in records)
    added = sum(r.kind == "appendix" and r.state == "new" for r in records)
    gone = sum(r.kind == "appendix" and r.state == "gone" for r in records)
    figures = sum(len(record.figures) for record in records)
    words = [
        *_sections(records),
        *([formats.counted(figures, "tal", "tal")] if figures else []),
        *(["fil udskiftet"] if files == 1 else []),
        *([f"{files} filer udskiftet"] if files > 1 else []),
        *(["nyt bilag"] if added == 1 else []),
        *([f"{added} nye bilag"] if added > 1 else []),
        *([f"{gone} bilag udgået"] if gone else []),
        *_named_fields(records),
    ]
    return formats.listed(words)


def _sections(records: tuple[RecordChanges, ...]) -> list[str]:
    """Count the records; where all are called the same, they are said by that name."""
    own = [r for r in records if (r.kind == "section" and r.edits) or _is_whole(r)]
    if not own:
        return []
    kinds = {_kind(record) for record in own} - {""}
    numbered = [record for record in own if _kind(record)]
    if kinds == {"forslag"} and numbered:
        return [formats.counted(len(numbered), "forslag rettet", "forslag rettet")]
    return [formats.counted(len(own), "afsnit rettet", "afsnit rettet")]


def _is_whole(record: RecordChanges) -> bool:
    return record.kind == "section" and record.state != "changed"


def _kind(record: RecordChanges) -> str:
    """Give "forslag" of "Bilag 3, forslag 7"; "" for a chapter, a list or the cover."""
    place = record.name.partition(", ")[2]
    kind, _, number = place.rpartition(" ")
    return kind if number.isdecimal() and kind != "tema" else ""


def _named_fields(records: tuple[RecordChanges, ...]) -> list[str]:
    names = [
        edit.name.lower()
        for record in records
        if record.kind == "fields"
        or (record.kind, record.state) == ("appendix", "changed")
        for edit in record.edits
    ]
    if len(names) > 2:  # noqa: PLR2004 -- two are named, more are counted
        return [formats.counted(len(names), "felt", "felter")]
    return names
