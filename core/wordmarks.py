"""What differs between two texts, word by word, block by block. Pure.

A text is first read as lines (:func:`lines_of`): a paragraph, an item of a list, a row
of a table, each with its words. Lines that match are compared word by word.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Literal, NamedTuple

from core import richtext
from core.richtext_tree import Node, blocks, parse, plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

type Mark = Literal["same", "added", "removed"]
type LineKind = Literal["text", "heading", "bullet", "number", "row"]

# A number keeps its separators ("843.513"); a word keeps its inner hyphens and dots.
_WORDS = re.compile(r"\d+(?:[.,:]\d+)*|\w+(?:[-–.]\w+)*|\s+|[^\w\s]")
_SPACES = re.compile(r"\s+")
# Where a phrase ends, and how much that tells.
_ENDS = {**dict.fromkeys(".;:!?", 3), ",": 2}
# Lines are the same line, changed, when this share of the shorter one's words is kept.
_ALIKE = 0.4


@dataclass(frozen=True, slots=True)
class Run:
    """Words that were kept, added or removed together."""

    mark: Mark
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a text: what it is, how far in (0, 1 …), and its words."""

    kind: LineKind
    text: str
    depth: int = 0


@dataclass(frozen=True, slots=True)
class MarkedLine:
    """A line with its changes; ``mark`` tells of the line as a whole."""

    kind: LineKind
    runs: tuple[Run, ...]
    depth: int = 0

    @property
    def mark(self) -> Mark:
        """Added or removed if every run is, else "same"."""
        marks = {run.mark for run in self.runs}
        return marks.pop() if len(marks) == 1 else "same"

    @property
    def is_changed(self) -> bool:
        """At least one word differs."""
        return any(run.mark != "same" for run in self.runs)


def lines_of(html: str) -> tuple[Line, ...]:
    """Read rich text as lines."""
    found: list[Line] = []
    for block in blocks(parse(richtext.sanitise(html))):
        found += _lines(block, 0)
    return tuple(found)


def plain_lines(text: str) -> tuple[Line, ...]:
    """Read text without markup as lines; blank lines are left out."""
    return tuple(Line("text", line) for line in text.splitlines() if line.strip())


def compared(before: Sequence[Line], after: Sequence[Line]) -> tuple[MarkedLine, ...]:
    """Mark what ``after`` added to and removed from ``before``.

    Returns:
        Every line of both, in the order of ``after``; removed lines stand where they
        stood. A line that only changed a little is one line with marks inside.
    """
    found: list[MarkedLine] = []
    matcher = SequenceMatcher(
        a=[_spaced(line.text) for line in before],
        b=[_spaced(line.text) for line in after],
        autojunk=False,
    )
    for tag, first, last, start, end in matcher.get_opcodes():
        if tag == "equal":
            found += [_whole(line, "same") for line in after[start:end]]
        else:
            found += _changed(before[first:last], after[start:end])
    return tuple(found)


def word_runs(before: str, after: str) -> tuple[Run, ...]:
    """Mark the words that differ; a lone space between two changes changes with them.

    Another kind of space (a no-break one) is no difference.
    """
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    runs: list[Run] = []
    steps = _steps([_spaced(word) for word in old], [_spaced(word) for word in new])
    for tag, first, last, start, end in steps:
        if tag == "equal":
            runs.append(Run("same", "".join(new[start:end])))
            continue
        runs += [Run("removed", "".join(old[first:last]))] if last > first else []
        runs += [Run("added", "".join(new[start:end]))] if end > start else []
    return tuple(_joined(_without_lone_spaces(runs)))


class _Step(NamedTuple):
    """What becomes of ``old[first:last]``: it is ``new[start:end]``, or goes, or comes."""

    tag: str
    first: int
    last: int
    start: int
    end: int

    def moved(self, first: int, last: int) -> _Step:
        """Give the step with its ends moved, in both texts alike."""
        return _Step(
            self.tag,
            self.first + first,
            self.last + last,
            self.start + first,
            self.end + last,
        )


def _steps(old: Sequence[str], new: Sequence[str]) -> list[_Step]:
    """Give the steps from one text to the other, each change where it is whole.

    What comes or goes between equal words can often be cut out at several places:
    "b; a b; a c" loses "b; a " or "a b; "; one that follows a stop and ends with one is
    a phrase that a reader knows.
    """
    matcher = SequenceMatcher(a=old, b=new, autojunk=False)
    steps = [_Step(*code) for code in matcher.get_opcodes()]
    for at in range(1, len(steps) - 1):
        before, step, after = steps[at - 1 : at + 2]
        if step.tag not in {"insert", "delete"}:
            continue
        words, first, last = (
            (old, step.first, step.last)
            if step.tag == "delete"
            else (new, step.start, step.end)
        )
        room = before.first - before.last, after.last - after.first
        by = _slide(words, first, last, room)
        steps[at - 1 : at + 2] = (
            before.moved(0, by),
            step.moved(by, by),
            after.moved(by, 0),
        )
    return steps


def _slide(words: Sequence[str], first: int, last: int, room: tuple[int, int]) -> int:
    """Say how far a change is moved, to the left below 0; the text stays the same."""
    ways = {0: _is_whole(words, first, last)}
    for step in (-1, 1):
        by = 0
        while room[0] <= by + step <= room[1]:
            at = min(by, by + step)
            if words[first + at] != words[last + at]:
                break
            by += step
            ways[by] = _is_whole(words, first + by, last + by)
    return max(ways, key=lambda by: (ways[by], -abs(by)))


def _is_whole(words: Sequence[str], first: int, last: int) -> int:
    """Say how much of a phrase stands between two places: 0 is any words."""
    lead = next((word for word in words[first - 1 :: -1] if not word.isspace()), ".")
    inner = [word for word in words[first:last] if not word.isspace()]
    end = _ENDS.get(inner[-1], 0) if inner else 0
    return _ENDS.get(lead, 0) + end if first else 3 + end


def _spaced(text: str) -> str:
    """Give a text with plain spaces, one where there are several."""
    return _SPACES.sub(" ", text)


def _changed(before: Sequence[Line], after: Sequence[Line]) -> list[MarkedLine]:
    """Pair the lines that are alike, in order; the rest went, then came, whole."""
    found: list[MarkedLine] = []
    old_at = new_at = 0
    for old_end, new_end in [*_pairs(before, after), (len(before), len(after))]:
        found += [_whole(line, "removed") for line in before[old_at:old_end]]
        found += [_whole(line, "added") for line in after[new_at:new_end]]
        if new_end < len(after):
            line = after[new_end]
            runs = word_runs(before[old_end].text, line.text)
            found.append(MarkedLine(line.kind, runs, line.depth))
        old_at, new_at = old_end + 1, new_end + 1
    return found


def _pairs(before: Sequence[Line], after: Sequence[Line]) -> list[tuple[int, int]]:
    """Give the places of lines that are the same line, changed; both ascend."""
    pairs: list[tuple[int, int]] = []
    start = 0
    for place, line in enumerate(after):
        for old in range(start, len(before)):
            if _are_alike(before[old], line):
                pairs.append((old, place))
                start = old + 1
                break
    return pairs


def _are_alike(one: Line, other: Line) -> bool:
    words = (_WORDS.findall(line.text.casefold()) for line in (one, other))
    old, new = ([word for word in own if word[0].isalnum()] for own in words)
    blocks_ = SequenceMatcher(a=old, b=new, autojunk=False).get_matching_blocks()
    kept = sum(block.size for block in blocks_)
    return kept >= _ALIKE * (min(len(old), len(new)) or 1)


def _whole(line: Line, mark: Mark) -> MarkedLine:
    return MarkedLine(line.kind, (Run(mark, line.text),), line.depth)


def _without_lone_spaces(runs: list[Run]) -> list[Run]:
    """Let a space between two changes belong to both, so that one phrase is one mark."""
    found: list[Run] = []
    for at, run in enumerate(runs):
        is_between = 0 < at < len(runs) - 1
        if run.mark == "same" and is_between and run.text.isspace():
            found += [Run("removed", run.text), Run("added", run.text)]
        else:
            found.append(run)
    return found


def _joined(runs: Iterable[Run]) -> list[Run]:
    """Join the changes between two kept runs: what went first, then what came."""
    found: list[Run] = []
    gone = came = ""
    for run in [*runs, Run("same", "")]:
        if run.mark == "removed":
            gone += run.text
        elif run.mark == "added":
            came += run.text
        else:
            found += _pair(gone, came)
            gone = came = ""
            found += [run] if run.text else []
    return found


def _pair(gone: str, came: str) -> list[Run]:
    runs = [Run("removed", gone)] if gone.strip() or (gone and not came) else []
    return [*runs, Run("added", came)] if came else runs


def _lines(block: Node, depth: int) -> list[Line]:
    match block.tag:
        case "ul" | "ol":
            kind: LineKind = "bullet" if block.tag == "ul" else "number"
            return [
                line for item in block.children for line in _item(item, kind, depth)
            ]
        case "table":
            return [Line("row", row) for row in plain(block).split("\n")]
        case "h3" | "h4":
            return [Line("heading", plain(block))]
        case _:
            return [Line("text", plain(block), depth)]


def _item(item: Node, kind: LineKind, depth: int) -> list[Line]:
    """Read an item: its first block is its line, what follows stands further in."""
    first, *rest = item.children
    if first.tag in {"ul", "ol", "table"}:
        return [Line(kind, "", depth), *_nested(item.children, depth)]
    return [Line(kind, plain(first), depth), *_nested(rest, depth)]


def _nested(nodes: Sequence[Node], depth: int) -> list[Line]:
    return [line for node in nodes for line in _lines(node, depth + 1)]
