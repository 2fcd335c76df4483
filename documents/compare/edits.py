"""Two documents compared by key, down to words and figures. Pure.

The unit is the key, never the position: what has moved is the same, what has another
key is another thing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from core import formats
from core.wordmarks import Line, MarkedLine, Run, compared, lines_of, word_runs
from documents.compare.leaves import leaves, words_of
from documents.tree import Value, walk

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from decimal import Decimal

    from documents.compare.leaves import Leaf, Text
    from documents.tree import Document, Section

type State = Literal["changed", "new", "gone"]


@dataclass(frozen=True, slots=True)
class Edit:
    """One field, point, fact or row whose words differ.

    Attributes:
        name: "Opmærksomhedspunkt 1", "Ideen".
        lines: the lines that differ, with their marks; all of them where it is new or
            gone.
        is_excerpt: lines that are as before were left out.
        new_word: how it is said to be new: "ny", "nyt"; "" says "tilføjet".
    """

    key: str
    name: str
    state: State
    lines: tuple[MarkedLine, ...]
    is_excerpt: bool = False
    new_word: str = ""


@dataclass(frozen=True, slots=True)
class FigureEdit:
    """One figure that differs; None where it was not, or is no longer, given."""

    key: str
    name: str
    old: Value | None
    new: Value | None

    @property
    def difference(self) -> str:
        """New less old: "+1", "−0,5"; "" where that is no number."""
        old, new = self.old, self.new
        if old is None or new is None or old.unit != new.unit:
            return ""
        if old.low is None or new.low is None:
            return ""
        if (old.low, new.low) != (old.high, new.high) or old.low == new.low:
            return ""
        words = formats.number(_bare(new.low - old.low))
        return f"+{words}" if new.low > old.low else words

    @property
    def source(self) -> str:
        """Where the figure comes from, as a reader knows it."""
        value = self.new or self.old
        return value.source.name if value and value.source else ""


@dataclass(frozen=True, slots=True)
class SectionEdits:
    """What differs in one section.

    Attributes:
        label, title: as the newer document has them; of the older where it is gone.
        edits: words that differ; none for a section that is new or gone.
    """

    key: str
    label: str
    title: str
    state: State
    edits: tuple[Edit, ...] = ()
    figures: tuple[FigureEdit, ...] = ()

    @property
    def count(self) -> int:
        """How many changes it is said to have; a new or lost section is one."""
        return len(self.edits) + len(self.figures) or 1


def compare(old: Document, new: Document) -> tuple[SectionEdits, ...]:
    """Give what differs, in the order of ``new``; sections that are gone come last."""
    before = {section.key: section for _, section in walk(old)}
    after = {section.key: section for _, section in walk(new)}
    found = [section_edits(before.get(key), section) for key, section in after.items()]
    gone = [
        SectionEdits(key, section.label, section.title, "gone")
        for key, section in before.items()
        if key not in after
    ]
    return (*(edits for edits in found if edits), *gone)


def section_edits(old: Section | None, new: Section) -> SectionEdits | None:
    """Give what differs in one section; None where nothing does."""
    if old is None:
        return SectionEdits(new.key, new.label, new.title, "new")
    if old.blocks == new.blocks and _head(old) == _head(new):
        return None
    before = {leaf.key: leaf for leaf in leaves(old)}
    after = {leaf.key: leaf for leaf in leaves(new)}
    edits = tuple(_edits(before, after))
    figures = tuple(
        figure
        for key, leaf in after.items()
        if key in before
        for figure in _figures(before[key], leaf)
    )
    if not edits and not figures:
        return None
    return SectionEdits(new.key, new.label, new.title, "changed", edits, figures)


def _head(section: Section) -> tuple[str, str, str]:
    return section.label, section.title, section.lead


def _edits(before: dict[str, Leaf], after: dict[str, Leaf]) -> Iterator[Edit]:
    for key, leaf in after.items():
        old = before.get(key)
        if old is None:
            yield _whole(leaf, "new")
        elif old.skeleton != leaf.skeleton:
            yield from _changed(old, leaf)
    for key, leaf in before.items():
        if key not in after:
            yield _whole(leaf, "gone")


def _whole(leaf: Leaf, state: State) -> Edit:
    mark: Literal["added", "removed"] = "added" if state == "new" else "removed"
    lines = tuple(
        MarkedLine(line.kind, (Run(mark, line.text),), line.depth)
        for line in _as_lines(leaf)
    )
    return Edit(leaf.key, leaf.name, state, lines, new_word=leaf.new_word)


def _changed(old: Leaf, new: Leaf) -> Iterator[Edit]:
    """Compare two leaves; what looks the same (a link's target) is no change."""
    is_same_table = new.is_row and len(old.texts) == len(new.texts)
    lines = _cells(old, new) if is_same_table else marked(old.texts, new.texts)
    kept = tuple(line for line in lines if line.is_changed)
    if kept:
        is_excerpt = len(kept) < len(lines) and not new.is_row
        yield Edit(new.key, new.name, "changed", kept, is_excerpt, new.new_word)


def marked(old: Iterable[Text], new: Iterable[Text]) -> tuple[MarkedLine, ...]:
    """Give all lines of two fields with their marks."""
    before, after = (
        [line for text in texts for line in _lines(text)] for texts in (old, new)
    )
    return compared(before, after)


def _cells(old: Leaf, new: Leaf) -> tuple[MarkedLine, ...]:
    """Give a row's cells as lines, each led by its column."""
    found = []
    for before, after in zip(old.texts, new.texts, strict=True):
        is_led = after.name and not after.is_name
        lead = (Run("same", f"{after.name}: "),) if is_led else ()
        runs = word_runs(before.words, after.words)
        found.append(MarkedLine("text", (*lead, *runs)))
    return tuple(found)


def _as_lines(leaf: Leaf) -> tuple[Line, ...]:
    if leaf.is_row:
        cells = " · ".join(text.words for text in leaf.texts if text.words)
        return (Line("text", cells),)
    return tuple(line for text in leaf.texts for line in _lines(text))


def _lines(text: Text) -> tuple[Line, ...]:
    return lines_of(text.html) if text.html else (Line("text", text.words),)


def _figures(old: Leaf, new: Leaf) -> Iterator[FigureEdit]:
    before, after = old.values, new.values
    for key in dict.fromkeys((*after, *before)):
        text, now = after.get(key, (None, None))
        was_in, was = before.get(key, (None, None))
        if (was is None) != (now is None) and old.skeleton != new.skeleton:
            continue  # it is among the words that differ
        if _same(was, now):
            continue
        of = text or was_in
        yield FigureEdit(key, _figure_name(new, of), was, now)


def _bare(number: Decimal) -> Decimal:
    """Drop the noughts that a stored figure carries behind its comma."""
    whole = number.to_integral_value()
    return whole if whole == number else number.normalize()


def _same(old: Value | None, new: Value | None) -> bool:
    if old is None or new is None:
        return old is new
    return _said(old) == _said(new)


def _said(value: Value) -> tuple[object, ...]:
    words = " ".join(value.text.split())
    return (
        words, value.low, value.high, value.qualifier, value.source, value.missing
    )  # fmt: skip


def _figure_name(leaf: Leaf, text: Text | None) -> str:
    if text is None:
        return leaf.name
    if leaf.is_row:
        return f"{leaf.name}, {text.name}" if text.name else leaf.name
    others = tuple(part for part in text.line if not isinstance(part, Value))
    rest = words_of(others).strip(" ,.:")
    return rest[:1].upper() + rest[1:] if rest else leaf.name
