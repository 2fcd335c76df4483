"""Page numbers that never move: given once, kept by key, and never given again.

The first time pages are numbered they run 1, 2, 3 …  After that every page keeps its
number. A page that is new, because a part has grown or came late, is called by the page
before it and a letter: 41a, 41b … 41z, 41aa. A page that is gone leaves its number behind.
A second volume has a lead of its own: L1, L2, L2a …
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    type Given = Mapping[str, Sequence[str]]

NUMBER: Final = re.compile(r"[A-Z]?([0-9]+)([a-z]*)")
_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Numbering:
    """The numbers of a run of pages.

    Attributes:
        of: key → the numbers of its pages in this run, in order.
        given: key → every number it was ever given, this run's first; whoever numbers
            the next run hands it back.
        gone: numbers that were given and are not in this run, in order.
    """

    of: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    given: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def labels(self) -> tuple[str, ...]:
        """Every number of this run, in the order of its pages."""
        return tuple(number for numbers in self.of.values() for number in numbers)

    @property
    def gone(self) -> tuple[str, ...]:
        """Numbers that were given and are not in this run, in their order."""
        used = set(self.labels)
        ever = (number for numbers in self.given.values() for number in numbers)
        return tuple(sorted((n for n in ever if n not in used), key=order))


def number_pages(
    parts: Iterable[tuple[str, int]], given: Given | None = None, lead: str = ""
) -> Numbering:
    """Number the pages of ``parts``.

    Args:
        parts: key and number of pages (>= 0) of each, in reading order; keys differ.
        given: what an earlier run gave (:attr:`Numbering.given`); None or empty for the
            first one.
        lead: what every number begins with: "" or one capital.

    Raises:
        ValueError: a key comes twice.

    Source: docs/rules.md R-21.
    """
    wanted = list(parts)
    if len({key for key, _ in wanted}) != len(wanted):
        msg = "a part comes twice"
        raise ValueError(msg)
    if not given:
        return _first(wanted, lead)
    letters = _Letters(given, lead)
    of: dict[str, tuple[str, ...]] = {}
    ever = {key: tuple(numbers) for key, numbers in given.items()}
    before = f"{lead}0"
    for key, count in wanted:
        known = ever.get(key, ())
        after = known[-1] if known else before
        fresh = tuple(letters.after(after) for _ in range(count - len(known)))
        ever[key] = known + fresh
        of[key] = ever[key][:count]
        before = of[key][-1] if count else before
    return Numbering(of, ever)


def order(number: str) -> tuple[int, int, str]:
    """Give the key that sorts page numbers: 9, 10, 10a … 10z, 10aa, 11.

    Raises:
        ValueError: it is no page number.
    """
    found = NUMBER.fullmatch(number)
    if found is None:
        msg = f"{number!r} is no page number"
        raise ValueError(msg)
    return int(found[1]), len(found[2]), found[2]


def next_letter(letters: str) -> str:
    """Give what follows ``letters``: "" → a, a → b, z → aa, az → ba, zz → aaa."""
    kept = letters.rstrip("z")
    wrapped = "a" * (len(letters) - len(kept))
    if not kept:
        return "a" + wrapped
    return kept[:-1] + _LETTERS[_LETTERS.index(kept[-1]) + 1] + wrapped


def spans(numbers: Sequence[str]) -> str:
    """Give numbers as people write them: "41", "41–44", "41–44, 46"; 41a is in 41–44.

    Args:
        numbers: in the order of the pages.
    """
    return ", ".join(
        run[0] if len(run) == 1 else f"{run[0]}\N{EN DASH}{run[-1]}"
        for run in _runs(numbers)
    )


def put_between(numbers: Sequence[str]) -> tuple[str, ...]:
    """Give the lettered numbers that ``spans`` does not show: 8a of "4–9"."""
    return tuple(
        number
        for run in _runs(numbers)
        for at, number in enumerate(run)
        if not _is_whole(number) and any(map(_is_whole, run[at:]))
    )


def all_spans(numbers: Sequence[str]) -> str:
    """Give ``spans``, and the late pages in them by name: "4–9 med 8a"."""
    hidden = put_between(numbers)
    return f"{spans(numbers)} med {spans(hidden)}" if hidden else spans(numbers)


def total(numbers: Sequence[str]) -> str:
    """Give how many pages somebody counts who reads "4 af 25": late ones add none.

    Args:
        numbers: own numbers of a document, in the order of its pages.
    """
    return str(order(numbers[-1])[0])


def _first(parts: Iterable[tuple[str, int]], lead: str) -> Numbering:
    of: dict[str, tuple[str, ...]] = {}
    at = 1
    for key, count in parts:
        of[key] = tuple(f"{lead}{page}" for page in range(at, at + count))
        at += count
    return Numbering(of, of)


def _is_whole(number: str) -> bool:
    """Whether it was given the first time: it has no letter behind it."""
    return not order(number)[2]


def _runs(numbers: Sequence[str]) -> list[list[str]]:
    """Part numbers where the next one does not follow."""
    runs: list[list[str]] = []
    for number in numbers:
        if runs and _follows(runs[-1][-1], number):
            runs[-1].append(number)
        else:
            runs.append([number])
    return runs


def _follows(one: str, other: str) -> bool:
    """Whether ``other`` is the very next number: 42 after 41 or 41c, 41a after 41."""
    (whole, _, letters), (other_whole, _, other_letters) = order(one), order(other)
    if other_letters:
        return other_whole == whole and other_letters == next_letter(letters)
    return other_whole == whole + 1


class _Letters:
    """The letters that are still free behind each whole number."""

    def __init__(self, given: Given, lead: str) -> None:
        self._lead = lead
        self._last: defaultdict[int, str] = defaultdict(str)
        for numbers in given.values():
            for number in numbers:
                whole, length, letters = order(number)
                last = self._last[whole]
                if (length, letters) > (len(last), last):
                    self._last[whole] = letters

    def after(self, number: str) -> str:
        """Give the next free number behind the whole number of ``number``."""
        whole, _, _ = order(number)
        self._last[whole] = next_letter(self._last[whole])
        return f"{self._lead}{whole}{self._last[whole]}"
