"""Two numbers for one thing. Pure.

Source: docs/rules.md R-120.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from core.formats import listed
from resultcontracts.choices import FindingKind
from resultcontracts.contradictions.values import Finding, Side
from resultcontracts.standing.numbers import spelt

if TYPE_CHECKING:
    from collections.abc import Iterator
    from fractions import Fraction

    from resultcontracts.contradictions.values import Claim, Seen
    from resultcontracts.standing.measures import MeasureStanding
    from resultcontracts.standing.numbers import Reading

TWO: Final = 2
# Numbers in this are times and no amounts.
YEARS: Final = "år"


def of_measures(seen: Seen) -> Iterator[Finding]:
    """Find numbers and targets that a text gives otherwise than contract and report."""
    for claim in seen.contract.claims:
        rows = [seen.measures[label] for label in claim.about if label in seen.measures]
        names = [text for row in rows for text in _number_for_target(claim, row)]
        numbers = [text for row in rows for text in _otherwise(claim, row)]
        reckoned = " ".join(names + numbers)
        if numbers:
            title = "Teksten og kontrakten har hver sit tal"
            yield _found("value", claim, rows, reckoned, title)
        elif names:
            title = "Målets nummer står, hvor måltallet skulle stå"
            yield _found("value", claim, rows, reckoned, title, FindingKind.WORDS)


def _number_for_target(claim: Claim, row: MeasureStanding) -> Iterator[str]:
    """Find what the goal is called in place of its target: no other number is meant."""
    number = _number_of(row)
    if row.target and _tells_another(claim, row) and _names(claim, number):
        yield f"{number} er målets nummer. Måltallet er {row.target.text}."


def _otherwise(claim: Claim, row: MeasureStanding) -> Iterator[str]:
    label, reading, target = row.measure.label, row.reading, row.target
    if claim.value and reading and _differ(claim.value, reading):
        yield f"{claim.value.text} er ikke {reading.text}, som står ved {label}."
    is_named = _names(claim, _number_of(row))
    if claim.target and target and _tells_another(claim, row) and not is_named:
        yield f"{claim.target.text} er ikke {target.text}, som er måltallet for {label}."


def _tells_another(claim: Claim, row: MeasureStanding) -> bool:
    if claim.target is None or row.target is None:
        return False
    return claim.target.low not in (row.target.low, row.target.high)


def _names(claim: Claim, number: str) -> bool:
    return claim.target is not None and spelt(claim.target.low) == number


def _number_of(row: MeasureStanding) -> str:
    return row.measure.label.partition(".")[0]


def _differ(one: Reading, other: Reading) -> bool:
    return (one.low, one.high) != (other.low, other.high)


def _found(
    rule: str,
    claim: Claim,
    rows: list[MeasureStanding],
    reckoned: str,
    title: str,
    kind: FindingKind = FindingKind.FIGURES,
) -> Finding:
    sides = [Side(claim.place, claim.quote)]
    sides += [
        Side(f"Rapport og kontrakt, {row.measure.label}", _as_stands(row))
        for row in rows
    ]
    key = f"{rule}:{claim.key}"
    return Finding(key, kind, claim.about, tuple(sides), reckoned, title)


def _as_stands(row: MeasureStanding) -> str:
    value = row.measure.said(row.reading) if row.reading else "intet tal"
    return f"{value}, måltal {row.target.text}" if row.target else value


def of_subjects(seen: Seen) -> Iterator[Finding]:
    """Find what several texts give different numbers for."""
    said: dict[str, list[Claim]] = {}
    for claim in seen.contract.claims:
        if claim.subject and claim.value:
            said.setdefault(claim.subject, []).append(claim)
    for subject, claims in said.items():
        values = {
            (claim.value.low, claim.value.high): claim
            for claim in claims
            if claim.value
        }
        if len(values) > 1:
            numbers = [claim.value.text for claim in values.values() if claim.value]
            is_years = all(
                claim.value.unit == YEARS for claim in values.values() if claim.value
            )
            yield Finding(
                f"subject:{subject}",
                FindingKind.WORDS if is_years else FindingKind.FIGURES,
                tuple(dict.fromkeys(label for c in claims for label in c.about)),
                tuple(Side(claim.place, claim.quote) for claim in claims),
                f"{len(numbers)} tal om {subject}: {listed(numbers)}.",
                f"{listed(numbers)}: hver sit tal om {subject}",
            )


def of_changes(seen: Seen) -> Iterator[Finding]:
    """Find changes that are not the result less what it is reckoned from."""
    for claim in seen.contract.claims:
        for label in claim.about:
            base = seen.contract.baselines.get(label)
            row = seen.measures.get(label)
            if claim.change is None or base is None or not row or not row.reading:
                continue
            change = row.reading.low - base
            if change != claim.change:
                reckoned = (
                    f"{row.reading.text} − {spelt(base)} = {spelt(change)}, "
                    f"ikke {spelt(claim.change)}."
                )
                title = f"Ændringen er {spelt(change)}, ikke {spelt(claim.change)}"
                yield _found("change", claim, [row], reckoned, title)


def of_parts(seen: Seen) -> Iterator[Finding]:
    """Find sums that are not the sum of the parts that are given with them."""
    for claim in seen.contract.claims:
        total = _total(seen, claim)
        if not claim.parts or total is None:
            continue
        parts = list(claim.parts.values())
        if sum(parts) != total:
            reckoned = (
                f"{' + '.join(map(spelt, parts))} = {spelt(sum(parts, start=parts[0] * 0))}, "
                f"ikke {spelt(total)}."
            )
            rows = [seen.measures[x] for x in claim.about if x in seen.measures]
            title = f"{spelt(total)} er ikke summen af delene"
            yield _found("parts", claim, rows, reckoned, title)


def _total(seen: Seen, claim: Claim) -> Fraction | None:
    if claim.value:
        return claim.value.low
    rows = [seen.measures.get(label) for label in claim.about]
    return next((row.reading.low for row in rows if row and row.reading), None)


def of_the_same(seen: Seen) -> Iterator[Finding]:
    """Find measures that count the same thing and have other targets or other results."""
    for name, labels in seen.contract.same.items():
        rows = [seen.measures[label] for label in labels if label in seen.measures]
        targets = {row.target.text for row in rows if row.target}
        results = {row.reading.low for row in rows if row.reading}
        if len(targets) > 1 or len(results) > 1:
            yield Finding(
                f"same:{name}",
                FindingKind.FIGURES,
                tuple(labels),
                tuple(
                    Side(f"Rapport og kontrakt, {row.measure.label}", _as_stands(row))
                    for row in rows
                ),
                _same_thing(name, rows),
                f"{_capital(name)}: det samme er talt to steder",
            )


def _same_thing(name: str, rows: list[MeasureStanding]) -> str:
    said = [
        f"{row.measure.label} er {row.status.label.lower()}"
        for row in rows
        if row.target
    ]
    they = "Begge" if len(rows) == TWO else "Alle"
    return f"{they} tæller {name}: {listed(said)}."


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
