"""Contradictions on paper: both sides, what the portal reckons, and the answer. Pure.

Source: docs/rules.md R-127.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from documents.tree import Fact, Facts, Words
from resultcontracts.contradictions.naming import goals_of, slug_of, whom

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from documents.tree import Inline
    from resultcontracts.queries.contradictions import Answered

UNANSWERED: Final = "ikke besvaret"
CHANGED: Final = "En side er ændret siden svaret."


def of_goal(found: Iterable[Answered], number: int) -> tuple[Answered, ...]:
    """Give those that are about one goal and no other."""
    return tuple(each for each in found if goals_of(each.finding) == {number})


def across(found: Iterable[Answered]) -> tuple[Answered, ...]:
    """Give those that are about several goals, or about none."""
    return tuple(each for each in found if len(goals_of(each.finding)) != 1)


def standing(found: Iterable[Answered]) -> tuple[Answered, ...]:
    """Leave out those of which somebody said that they are none."""
    return tuple(each for each in found if not each.is_rejected)


def block(
    key: str, label: str, found: Sequence[Answered], *, with_whom: bool = False
) -> Facts:
    """Give contradictions under one label.

    Args:
        with_whom: the goals that each is about stand before its title.
    """
    return Facts(
        key, label, tuple(fact(key, each, with_whom=with_whom) for each in found)
    )


def fact(key: str, each: Answered, *, with_whom: bool = False) -> Fact:
    """Give one: its title, both sides, the portal's arithmetic, and the answer."""
    finding = each.finding
    title = f"{whom(finding)}: {finding.title}" if with_whom else finding.title
    own = f"{key}/contradiction:{slug_of(finding.key)}"
    return Fact(own, title, tuple(_lines(each)))


def _lines(each: Answered) -> Iterator[tuple[Inline, ...]]:
    for side in each.finding.sides:
        yield (Words(f"”{side.text}” ({side.place})"),)
    yield (Words("Portalen: ", strong=True), Words(each.finding.reckoned))
    yield from _answer(each)


def _answer(each: Answered) -> Iterator[tuple[Inline, ...]]:
    answer = each.answer
    if each.is_open or answer is None:
        yield (Words("Svar: ", strong=True), Words(f"{UNANSWERED}."))
        return
    word = "Ikke en modsigelse: " if each.is_rejected else "Svar: "
    yield (Words(word, strong=True), Words(answer.text))
    if each.is_changed:
        yield (Words(CHANGED),)
