"""A section as it is now, with what is gone put back in its place, and marks by key."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final, Protocol

from core.wordmarks import Line, Run, compared, word_runs
from documents.compare.leaves import words_of
from documents.compare.rich import woven
from documents.tree import (
    Chart,
    Columns,
    Facts,
    Note,
    Paragraph,
    Picture,
    Points,
    RichText,
    Table,
    Words,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from documents.compare.edits import State
    from documents.tree import Block, Fact, Group, Inline, Point, Row, Section

    type Runs = tuple[Run, ...]
    type Inlines = tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """What is shown of one node.

    Attributes:
        key: of a field, point, fact or row.
        lines: the runs of each of its lines or cells, as the merged node has them; ()
            where only the node as a whole is marked.
    """

    key: str
    state: State
    lines: tuple[Runs, ...] = ()


class _Keyed(Protocol):
    @property
    def key(self) -> str: ...


def merged(old: Section, new: Section) -> tuple[Section, tuple[Mark, ...]]:
    """Put what is gone back into ``new``, and say what is marked; titles never are."""
    marker = _Marker()
    blocks = tuple(marker.all(old.blocks, new.blocks, marker.block))
    return replace(new, blocks=blocks), tuple(marker.marks)


class _Marker:
    """Walks two sections side by side and notes the marks."""

    def __init__(self) -> None:
        self.marks: list[Mark] = []

    def all[Node: _Keyed](
        self,
        old: Iterable[Node],
        new: Iterable[Node],
        merge: Callable[[Node | None, Node | None], Node],
    ) -> Iterator[Node]:
        """Merge siblings by key; what is gone stands behind what it stood behind."""
        before, after = ({node.key: node for node in nodes} for nodes in (old, new))
        gone: dict[str, list[str]] = {}
        last = ""
        for key in before:
            if key in after:
                last = key
            else:
                gone.setdefault(last, []).append(key)
        for key in ("", *after):
            if key:
                node = after[key]
                was = before.get(key)
                yield node if was == node else merge(was, node)
            for lost in gone.get(key, ()):
                yield merge(before[lost], None)

    def note(self, key: str, state: State, lines: Iterable[Runs] = ()) -> None:
        """Note one mark."""
        self.marks.append(Mark(key, state, tuple(lines)))

    def block(self, old: Block | None, new: Block | None) -> Block:
        """Merge one field; of another kind than before, it is as if it were new."""
        some = new or old
        assert some is not None  # noqa: S101 -- one of them is there
        if old is not None and new is not None and type(old) is not type(new):
            old = None
        merge = _KINDS.get(type(some))
        return merge(self, old, new) if merge else some

    def rich(self, old: RichText | None, new: RichText | None) -> RichText:
        """Mark rich text within; new as a whole it stands plain."""
        some, state = _one(old, new)
        if state == "new":
            self.note(some.key, state)
            return some
        html = woven(old.html if old else "", new.html if new else "")
        if "<ins>" not in html and "<del>" not in html:
            return some
        self.note(some.key, state)
        return replace(some, html=html)

    def note_runs(self, key: str, state: State, runs: Runs) -> None:
        """Note one line, unless nothing in it can be seen to differ."""
        if state == "new":
            self.note(key, state)
        elif any(run.mark != "same" for run in runs):
            self.note(key, state, (runs,))

    def paragraph(self, old: Paragraph | None, new: Paragraph | None) -> Paragraph:
        some, state = _one(old, new)
        return replace(some, lines=self._lines(some.key, state, old, new))

    def note_block(self, old: Note | None, new: Note | None) -> Note:
        some, state = _one(old, new)
        runs = _runs(old.line if old else (), new.line if new else ())
        self.note_runs(some.key, state, runs)
        return some

    def drawn[Drawn: Picture | Chart](
        self, old: Drawn | None, new: Drawn | None
    ) -> Drawn:
        """Mark a picture or chart as a whole: within it no word can be marked."""
        some, state = _one(old, new)
        self.note(some.key, state)
        return some

    def _lines(
        self,
        key: str,
        state: State,
        old: Paragraph | Fact | None,
        new: Paragraph | Fact | None,
    ) -> tuple[Inlines, ...]:
        if state == "new" and new is not None:
            self.note(key, state)
            return new.lines
        was, now = (list(part.lines) if part else [] for part in (old, new))
        lines: list[Inlines] = []
        found: list[Runs] = []
        for line in compared(_plain(was), _plain(now)):
            text = "".join(run.text for run in line.runs)
            is_gone = line.mark == "removed" and text
            lines.append((Words(text),) if is_gone else now.pop(0))
            found.append(line.runs)
        if state == "gone" or any(run.mark != "same" for runs in found for run in runs):
            self.note(key, state, found)
        return tuple(lines)

    def points(self, old: Points | None, new: Points | None) -> Points:
        some, state = _one(old, new)
        if state == "new":
            self.note(some.key, state)
            return some
        for name in ("before", "after"):
            texts = [getattr(part, name) if part else "" for part in (old, new)]
            if texts[0] != texts[1]:
                runs = word_runs(texts[0], texts[1])
                self.note(f"{some.key}#{name}", "changed", (runs,))
        was, now = (part.items if part else () for part in (old, new))
        return replace(some, items=tuple(self.all(was, now, self.point)))

    def point(self, old: Point | None, new: Point | None) -> Point:
        some, state = _one(old, new)
        runs = word_runs(old.text if old else "", new.text if new else "")
        self.note_runs(some.key, state, runs)
        return some

    def columns(self, old: Columns | None, new: Columns | None) -> Columns:
        some, _ = _one(old, new)
        was, now = (part.lists if part else () for part in (old, new))
        return replace(some, lists=tuple(self.all(was, now, self.points)))

    def facts(self, old: Facts | None, new: Facts | None) -> Facts:
        some, state = _one(old, new)
        if state == "new":
            self.note(some.key, state)
            return some
        was, now = (part.rows if part else () for part in (old, new))
        return replace(some, rows=tuple(self.all(was, now, self.fact)))

    def fact(self, old: Fact | None, new: Fact | None) -> Fact:
        some, state = _one(old, new)
        return replace(some, lines=self._lines(some.key, state, old, new))

    def table(self, old: Table | None, new: Table | None) -> Table:
        some, state = _one(old, new)
        if old is None or new is None or len(old.columns) != len(new.columns):
            self.note(some.key, "changed" if old and new else state)
            return some
        groups = tuple(self.all(old.groups, new.groups, self.group))
        total = new.total
        if total is not None and total != old.total:
            total = self.row(old.total, total)
        return replace(new, groups=groups, total=total)

    def group(self, old: Group | None, new: Group | None) -> Group:
        some, _ = _one(old, new)
        was, now = (part.rows if part else () for part in (old, new))
        return replace(some, rows=tuple(self.all(was, now, self.row)))

    def row(self, old: Row | None, new: Row | None) -> Row:
        some, state = _one(old, new)
        was, now = (part.cells if part else () for part in (old, new))
        if state == "new":
            self.note(some.key, state)
        elif state == "gone":
            self.note(some.key, state, (_runs(cell, ()) for cell in was))
        else:
            cells = tuple(_runs(one, two) for one, two in zip(was, now, strict=True))
            if any(run.mark != "same" for runs in cells for run in runs):
                self.note(some.key, state, cells)
        return some


# A kind of block → how two of it are merged.
_KINDS: Final[dict[type, Callable[[_Marker, Any, Any], Any]]] = {
    RichText: _Marker.rich,
    Paragraph: _Marker.paragraph,
    Points: _Marker.points,
    Columns: _Marker.columns,
    Facts: _Marker.facts,
    Table: _Marker.table,
    Note: _Marker.note_block,
    Picture: _Marker.drawn,
    Chart: _Marker.drawn,
}


def _one[Node](old: Node | None, new: Node | None) -> tuple[Node, State]:
    """Give the node that is shown, and what it is: changed, new or gone."""
    if new is not None:
        return new, "changed" if old is not None else "new"
    assert old is not None  # noqa: S101 -- one of them is there
    return old, "gone"


def _runs(old: Inlines, new: Inlines) -> Runs:
    return word_runs(words_of(old), words_of(new))


def _plain(lines: Sequence[Inlines]) -> list[Line]:
    return [Line("text", words_of(line)) for line in lines]
