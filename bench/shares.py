"""The arithmetic of shares: 20 scenarios of 98 municipalities, and a form of 6 by 3.

    script/bench --shares

Held against an empty view, as a page is that would reckon them all. It stores nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING, Final

from dimensioning.shares.apportion import apportion
from dimensioning.shares.flow import round_grid
from dimensioning.shares.margins import MarginTie, by_typed_rows
from dimensioning.shares.receivers import bounded, receivers
from dimensioning.shares.sensitivity import neighbours
from dimensioning.shares.table import Result
from dimensioning.shares.words.steps import steps
from dimensioning.shares.words.terms import Terms

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

SCENARIOS: Final = 20
PLACES: Final = 5000
FORM: Final = {"a": 980, "b": 747, "c": 589, "d": 404, "e": 812, "f": 521}
KINDS: Final = {"dagtilbud": 39, "skole-fritid": 24, "social-special": 37}
ROUNDS: Final = 20
WARMING: Final = 2


@dataclass(frozen=True, slots=True)
class Reckoned:
    """What was reckoned, and the middle time that it took."""

    name: str
    milliseconds: float


def scenarios(weights: Mapping[str, int]) -> None:
    """Share 20 totals among all, every other time within bounds."""
    free = receivers(weights)
    within = bounded(free, low=10, high=300)
    for number in range(SCENARIOS):
        apportion(within if number % 2 else free, PLACES + number)


def form() -> None:
    """Round a matrix of six institutions and three specialisations both ways."""
    matrix = by_typed_rows(FORM, receivers(KINDS))
    if isinstance(matrix, MarginTie):
        msg = "the example of the bench is a tie"
        raise TypeError(msg)
    round_grid(matrix)


def explained(weights: Mapping[str, int]) -> None:
    """Explain one municipality of one scenario, with one place more and one fewer."""
    outcome = apportion(receivers(weights), PLACES)
    steps(outcome, min(weights), Terms({}))
    if isinstance(outcome, Result):
        neighbours(outcome)


def reckon(weights: Mapping[str, int]) -> list[Reckoned]:
    """Reckon each in turn, many times."""
    count = len(weights)
    work: dict[str, Callable[[], None]] = {
        f"{SCENARIOS} scenarios of {count} municipalities": lambda: scenarios(weights),
        f"a matrix of {len(FORM)} × {len(KINDS)}": form,
        "one explanation with its neighbours": lambda: explained(weights),
    }
    taken: dict[str, list[float]] = {name: [] for name in work}
    for turn in range(WARMING + ROUNDS):
        for name, task in work.items():
            began = perf_counter()
            task()
            if turn >= WARMING:
                taken[name].append((perf_counter() - began) * 1000)
    return [Reckoned(name, median(times)) for name, times in taken.items()]


def measure(say: Callable[[str], None]) -> str:
    """Measure in the bench's own database; give the table."""
    from accounts.models import Municipality  # noqa: PLC0415 -- settings must be ready
    from bench import pages, place  # noqa: PLC0415

    with place.demo():
        weights = dict(Municipality.objects.values_list("name", "population"))
        say("Sharing places")
        empties = pages.times([pages.Address("overview", "/")], ROUNDS)
        return table(reckon(weights), empties[0].empty)


def table(reckoned: list[Reckoned], empty: float) -> str:
    """Give the figures in Markdown; the limit is that of a page."""
    head = "| shares | time | against an empty view | limit |\n| --- | --- | --- | --- |\n"  # fmt: skip
    return head + "".join(
        f"| {one.name} | {one.milliseconds:.1f} ms | {one.milliseconds / empty:.1f} × | ≤ 6 × |\n"
        for one in reckoned
    )
