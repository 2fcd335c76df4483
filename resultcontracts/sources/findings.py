"""Contradictions on paper: both sides, what the portal reckons, and the answer. Pure.

Source: docs/rules.md R-140.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from documents.tree import Paragraph, Words
from resultcontracts.contradictions.naming import goals_of, slug_of, whom

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

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


def paragraph(key: str, each: Answered, label: str = "") -> Paragraph:
    """Give one: its title, both sides, the portal's arithmetic, and the answer.

    Args:
        key: of what it is printed under.
        label: "" names the goals and measures that it is about.
    """
    own = f"{key}/contradiction:{slug_of(each.finding.key)}"
    return Paragraph(own, label or whom(each.finding), tuple(_lines(each)))


def _lines(each: Answered) -> Iterator[tuple[Inline, ...]]:
    yield (Words(f"{each.finding.title}.", strong=True),)
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
    for said in each.house_answers:
        yield (Words(f"{said.house}: ", strong=True), Words(said.row.answer))
    if each.is_changed:
        yield (Words(CHANGED),)
