"""What a finding is called: in an address, and beside its title. Pure.

Source: docs/rules.md R-120.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from core.formats import listed
from resultcontracts.choices import FindingKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from resultcontracts.contradictions.values import Finding

WHOLE: Final = "Hele kontrakten"
_SIGNS: Final = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "é": "e"})
_OTHER: Final = re.compile(r"[^a-z0-9]+")


def slug_of(key: str) -> str:
    """Give a finding's key as an address has it: "verdict:17+18" is "verdict-17-18"."""
    return _OTHER.sub("-", key.casefold().translate(_SIGNS)).strip("-")


def whom(finding: Finding) -> str:
    """Give what a finding is about: "Mål 17 og 18", "12.1 og 13.5", "Notat"."""
    if finding.about and all(label.isdecimal() for label in finding.about):
        return f"Mål {_runs([int(label) for label in finding.about])}"
    if finding.about:
        return listed(list(finding.about))
    rule, _, rest = finding.key.partition(":")
    return rest if rule == "dated" else WHOLE


def goals_of(finding: Finding) -> frozenset[int]:
    """Give the numbers of the goals it is about; "13.4a" is of goal 13."""
    heads = (label.partition(".")[0] for label in finding.about)
    return frozenset(int(head) for head in heads if head.isdecimal())


def by_kind[F](
    found: Iterable[tuple[Finding, F]],
) -> tuple[tuple[FindingKind, tuple[F, ...]], ...]:
    """Give what is found kind by kind, by the first goal it is about; none left out."""
    rows = sorted(found, key=lambda row: _first_goal(row[0]))
    return tuple(
        (kind, tuple(each for finding, each in rows if finding.kind is kind))
        for kind in FindingKind
    )


def _first_goal(finding: Finding) -> tuple[bool, int]:
    """Give what puts a finding in its place: what is of no goal stands last."""
    numbers = goals_of(finding)
    return not numbers, min(numbers, default=0)


def _runs(numbers: list[int]) -> str:
    """Give "1, 3 og 9–18": what follows one another is a run of three or more."""
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return listed([part for run in runs for part in _spelt(run)])


_RUN: Final = 3


def _spelt(run: list[int]) -> list[str]:
    if len(run) < _RUN:
        return list(map(str, run))
    return [f"{run[0]}–{run[-1]}"]
