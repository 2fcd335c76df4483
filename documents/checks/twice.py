"""One figure, indicator or goal that is told in two ways."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from documents.checks.text import Amount, amounts, stems
from documents.checks.values import Passage, flaw, sealed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from documents.checks.values import Flaw, Subject

_YEAR: Final = re.compile(r"\b(?:19|20)\d\d\b")
_AGES: Final = re.compile(r"\b(\d{1,2})-(\d{1,2})[- ]årige")
_APART: Final = 60
_WINDOW: Final = Decimal("1.1")

type _Seen = tuple[Subject, Passage, Amount, frozenset[str]]


def two_ways(subjects: Sequence[Subject]) -> Iterator[Flaw]:
    """Find one figure that two documents give differently: 2,82 kr. and 2,829 kr."""
    seen: list[_Seen] = []
    for subject in subjects:
        for passage in subject.passages:
            for found in amounts(passage.text):
                if found.unit == "kr." and len(_digits(found)) >= 3:  # noqa: PLR2004
                    near_by = passage.text[
                        max(0, found.start - _APART) : found.end + _APART
                    ]
                    seen.append((subject, passage, found, stems(near_by)))
    for one, other in _close(seen):
        if one[0] is not other[0] and len(one[3] & other[3]) > 1:
            subject, passage, found, _ = other
            sentence = (
                f"{one[0].label} siger {one[2].text}, og {subject.label} siger "
                f"{found.text.rstrip('.')}. Find ud af, hvilket tal der gælder."
            )
            yield sealed(
                flaw("two-figures", subject, passage, sentence, found.text), one[2].text
            )


def two_years(subjects: Sequence[Subject]) -> Iterator[Flaw]:
    """Find one figure with two years: 98 % of households in 2023, and in 2025."""
    for subject in subjects:
        seen: list[tuple[Passage, str, str, frozenset[str]]] = []
        for passage in subject.passages:
            years = _YEAR.findall(passage.text)
            shares = [found for found in amounts(passage.text) if found.unit == "pct."]
            if len(years) == len(shares) == 1:
                said = (passage, shares[0].text, years[0], stems(passage.text))
                for before in seen:
                    yield from _other_year(subject, before, said)
                seen.append(said)


def two_definitions(subjects: Sequence[Subject]) -> Iterator[Flaw]:
    """Find one indicator of two groups: 15-17-årige here, 15-18-årige there."""
    for subject in subjects:
        seen: list[tuple[Passage, re.Match[str]]] = []
        for passage in subject.passages:
            for found in _AGES.finditer(passage.text):
                for before, other in seen:
                    shared = stems(before.text) & stems(passage.text)
                    overlap = int(found[1]) <= int(other[2]) and (
                        int(other[1]) <= int(found[2])
                    )
                    if found[0] != other[0] and overlap and len(shared) > 1:
                        sentence = (
                            f"Her måles de {found[0]}, og på {before.where} de {other[0]}. "
                            "Det er ikke den samme gruppe."
                        )
                        yield sealed(
                            flaw(
                                "two-definitions", subject, passage, sentence, found[0]
                            ),
                            other[0],
                        )
                seen.append((passage, found))


def _close(seen: list[_Seen]) -> Iterator[tuple[_Seen, _Seen]]:
    """Give the pairs that are one figure written in two ways, in reading order."""
    order = {id(each): at for at, each in enumerate(seen)}
    by_value = sorted(seen, key=lambda each: each[2].value)
    for at, one in enumerate(by_value):
        for other in by_value[at + 1 :]:
            if other[2].value > one[2].value * _WINDOW:
                break
            if _nearly(one[2], other[2]):
                first, second = sorted((one, other), key=lambda each: order[id(each)])
                yield first, second


def _nearly(one: Amount, other: Amount) -> bool:
    """Whether two amounts are one, written so that neither is the other rounded."""
    apart = abs(one.value - other.value)
    step = max(one.step, other.step)
    is_finer = one.step != other.step and max(one.decimals, other.decimals) > 0
    return is_finer and step / 2 < apart < step


def _digits(amount: Amount) -> str:
    return re.sub(r"\D", "", amount.text).strip("0")


def _other_year(
    subject: Subject,
    before: tuple[Passage, str, str, frozenset[str]],
    said: tuple[Passage, str, str, frozenset[str]],
) -> Iterator[Flaw]:
    shared = before[3] & said[3]
    if before[1] == said[1] and before[2] != said[2] and len(shared) > 2:  # noqa: PLR2004
        sentence = (
            f"{said[1]} har årstallet {said[2]} her og {before[2]} på {before[0].where}. "
            "Skriv det år, tallet gælder."
        )
        quote = f"{before[1]} … {before[2]} og {said[1]} … {said[2]}"
        yield flaw("two-years", subject, said[0], sentence, quote)
