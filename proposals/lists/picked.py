"""Numbers of records that are picked, as they stand in an address: "7", "9-24".

Few stand one by one. Many stand as spans: an address may be no longer than the server
takes, and 500 numbers one by one are.

Source: docs/rules.md R-97.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from core import formats
from proposals.queries.steps import LAST_NUMBER

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

FEW: Final = 20
"""So many are named one by one."""
_SPAN: Final = re.compile(r"([1-9][0-9]{0,11})(?:-([1-9][0-9]{0,11}))?", re.ASCII)
_LONGEST_RUN: Final = 2
_MOST_SPANS: Final = 1000


def numbers_in(words: Iterable[str]) -> list[int]:
    """Give the numbers that an address or a form names, in order; what is none is left out."""
    found: set[int] = set()
    for word in list(words)[:_MOST_SPANS]:
        if span := _SPAN.fullmatch(word.strip()):
            first, last = int(span[1]), int(span[2] or span[1])
            # Beyond what a record can have a number is only told of, so one is enough.
            found.update(range(first, min(last, LAST_NUMBER) + 1) or (first,))
    return sorted(found)


def spans_of(numbers: Iterable[int]) -> list[str]:
    """Give numbers as they stand in an address: few one by one, of many those in a row."""
    every = sorted(set(numbers))
    if len(every) <= FEW:
        return [str(number) for number in every]
    return [
        word
        for run in _runs(every)
        for word in (
            [f"{run[0]}-{run[-1]}"]
            if len(run) > _LONGEST_RUN
            else [str(number) for number in run]
        )
    ]


def in_words(numbers: Iterable[int]) -> str:
    """Give "2, 9 og 12", and of many "1–50 og 72"."""
    return formats.listed([each.replace("-", "–") for each in spans_of(numbers)])


def _runs(numbers: Sequence[int]) -> list[list[int]]:
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return runs
