"""All rules, held against one contract. Pure.

Source: docs/rules.md R-119, R-120.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from resultcontracts.contradictions import figures, verdicts, words
from resultcontracts.contradictions.values import Seen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from resultcontracts.contradictions.values import Contract, Finding

RULES: Final[tuple[Callable[[Seen], Iterator[Finding]], ...]] = (
    verdicts.of_one,
    verdicts.of_all,
    verdicts.of_rounding,
    figures.of_changes,
    figures.of_subjects,
    figures.of_the_same,
    figures.of_parts,
    figures.of_measures,
    words.of_days,
    words.of_papers,
    words.of_methods,
    words.of_forms,
)


def contradictions(contract: Contract, day: date) -> tuple[Finding, ...]:
    """Find what does not agree on a day; the same contract gives the same findings.

    Raises:
        UnitMismatchError: a result is in another unit than its target.
    """
    seen = Seen.of(contract, day)
    return tuple(found for rule in RULES for found in rule(seen))
