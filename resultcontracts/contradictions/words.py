"""Days, years and forms that do not fit each other. Pure.

Source: docs/rules.md R-120.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.formats import listed, long_date
from resultcontracts.choices import FindingKind
from resultcontracts.contradictions.values import Finding, Side

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from resultcontracts.contradictions.values import Claim, Seen


def of_days(seen: Seen) -> Iterator[Finding]:
    """Find what was put off beyond the time it was due; of one thing all that say so."""
    late: dict[str, list[Claim]] = {}
    for claim in seen.contract.claims:
        for label in claim.about:
            due = _due(seen, label)
            if claim.day and due and claim.day > due:
                late.setdefault(label, []).append(claim)
    for label, claims in late.items():
        due = _due(seen, label)
        assert due is not None  # noqa: S101 -- asked above
        days = sorted({claim.day for claim in claims if claim.day})
        yield Finding(
            f"day:{label}",
            FindingKind.WORDS,
            (label,),
            (
                Side("Kontrakt", f"skulle være nået {long_date(due)}"),
                *(Side(claim.place, claim.quote) for claim in claims),
            ),
            f"{listed(list(map(long_date, days)))} ligger efter {long_date(due)}.",
            "Flyttet ud over fristen",
        )


def _due(seen: Seen, label: str) -> date | None:
    row = seen.measures.get(label)
    return row.measure.due.end if row else None


def of_papers(seen: Seen) -> Iterator[Finding]:
    """Find documents that are dated before the time that they tell of has passed."""
    for paper in seen.contract.papers:
        if paper.dated and paper.covers_until and paper.dated < paper.covers_until:
            yield Finding(
                f"dated:{paper.name}",
                FindingKind.WORDS,
                (),
                (
                    Side(f"{paper.name}, dato", long_date(paper.dated)),
                    Side(
                        f"{paper.name}, indhold",
                        f"afrapporterer til og med {long_date(paper.covers_until)}",
                    ),
                ),
                f"{long_date(paper.dated)} er før {long_date(paper.covers_until)}.",
                "Dateret før tiden var gået",
            )


def of_methods(seen: Seen) -> Iterator[Finding]:
    """Find goals whose method asks about another year than the contract's."""
    goals = [
        goal
        for goal in seen.contract.goals
        if goal.method_year not in (None, seen.contract.year)
    ]
    if goals:
        years = listed(
            [str(y) for y in sorted({g.method_year for g in goals if g.method_year})]
        )
        yield Finding(
            "methods",
            FindingKind.FORM,
            tuple(str(goal.number) for goal in goals),
            (
                Side("Kontrakt, metode", f"spørger om {years}"),
                Side("Kontrakt, mål", f"gælder {seen.contract.year}"),
            ),
            f"Året er forskelligt i {len(goals)} mål.",
            f"Metoden spørger om {years}, målet gælder {seen.contract.year}",
        )


def of_forms(seen: Seen) -> Iterator[Finding]:
    """Find goals that lack what their contract asks of each."""
    goals = [goal for goal in seen.contract.goals if goal.lacks]
    if goals:
        lacks = listed(
            list(dict.fromkeys(name for goal in goals for name in goal.lacks))
        )
        yield Finding(
            "forms",
            FindingKind.FORM,
            tuple(str(goal.number) for goal in goals),
            (
                Side("Kontrakt, regler for mål", f"hvert mål skal have {lacks}"),
                Side("Kontrakt, mål", "felterne er der ikke"),
            ),
            f"{len(goals)} mål mangler {lacks}.",
            f"{lacks[:1].upper()}{lacks[1:]} mangler",
        )
