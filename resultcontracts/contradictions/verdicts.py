"""Conclusions that the numbers do not bear. Pure.

Source: docs/rules.md R-119.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from core.formats import listed
from resultcontracts.choices import FindingKind, Status
from resultcontracts.contradictions.values import Finding, Side
from resultcontracts.standing.numbers import spelt
from resultcontracts.standing.sentence import body

if TYPE_CHECKING:
    from collections.abc import Iterator

    from resultcontracts.contradictions.values import Claim, Seen
    from resultcontracts.standing.measures import MeasureStanding


def of_one(seen: Seen) -> Iterator[Finding]:
    """Find goals and measures of which a text says something else than the numbers.

    All that is said of one is one finding: two texts that differ stand side by side.
    """
    said: dict[tuple[str, ...], list[Claim]] = {}
    for claim in seen.contract.claims:
        if claim.verdict is not None and claim.about:
            said.setdefault(claim.about, []).append(claim)
    for about, claims in said.items():
        wrong = [label for label in about if _differs(seen, label, claims)]
        if wrong:
            yield Finding(
                f"verdict:{'+'.join(about)}",
                FindingKind.VERDICT,
                about,
                tuple(Side(claim.place, claim.quote) for claim in claims),
                " ".join(_standing(seen, label) for label in wrong),
                _called(claims, [seen.status(label) for label in wrong]),
            )


def _called(claims: list[Claim], found: list[Status | None]) -> str:
    """Name both: "Kaldt nået; tallene siger delvist nået"."""
    said = (claim.verdict.label for claim in claims if claim.verdict)
    numbers = (status.label for status in found if status)
    called, told = (
        listed([word.lower() for word in dict.fromkeys(words)])
        for words in (said, numbers)
    )
    return f"Kaldt {called}; tallene siger {told}" if told else f"Kaldt {called}"


def _differs(seen: Seen, label: str, claims: list[Claim]) -> bool:
    status = seen.status(label)
    return any(claim.verdict is not status for claim in claims)


def _standing(seen: Seen, label: str) -> str:
    each = seen.measures.get(label)
    if each is None:
        goal = seen.goals.get(int(label)) if label.isdecimal() else None
        return (
            f"Mål {label}: {body(goal)}" if goal else f"{label} er ikke i kontrakten."
        )
    return _compared(each)


def _compared(each: MeasureStanding) -> str:
    if each.reading is None or each.target is None:
        return f"{each.measure.label}: {each.why.label}."
    word = "når" if each.status is Status.REACHED else "når ikke"
    return f"{each.measure.label}: {each.reading.text} {word} {each.target.text}."


def of_all(seen: Seen) -> Iterator[Finding]:
    """Find sweeping words, "alle mål er nået", and name the goals that they do not fit."""
    for claim in seen.contract.claims:
        if claim.verdict is None or claim.about:
            continue
        wrong = [
            number
            for number, goal in seen.goals.items()
            if str(number) not in claim.but and _contradicts(goal.status, claim.verdict)
        ]
        if wrong:
            amount = sum(goal.status is claim.verdict for goal in seen.goals.values())
            yield Finding(
                f"sweeping:{claim.key}",
                FindingKind.VERDICT,
                tuple(map(str, wrong)),
                (Side(claim.place, claim.quote),),
                f"{amount} af {len(seen.goals)} mål er {claim.verdict.label.lower()}. "
                f"Det passer ikke på mål {listed([str(number) for number in wrong])}.",
                f"Sagt om alle mål; {len(wrong)} mål er et andet sted",
            )


def _contradicts(status: Status, said: Status) -> bool:
    """Whether a goal speaks against it; what is not known yet does not."""
    unknown = (Status.PENDING, Status.UNDECIDED)
    return status is not said and status not in unknown


def of_rounding(seen: Seen) -> Iterator[Finding]:
    """Find results that reach their target only when it is rounded to their decimals."""
    for label, each in seen.measures.items():
        if each.status is not Status.NOT_REACHED or not each.reading or not each.target:
            continue
        value = each.reading.low
        is_over = value > each.target.high
        mark = each.target.high if is_over else each.target.low
        if _rounds_to(mark, value):
            yield Finding(
                f"rounding:{label}",
                FindingKind.VERDICT,
                (label,),
                (
                    Side("Resultat", each.reading.text),
                    Side("Kontrakt", f"måltal {each.target.text}"),
                ),
                f"{spelt(value)} er {'over' if is_over else 'under'} {spelt(mark)} "
                "og når kun måltallet, "
                "hvis det rundes af.",
                "Nået kun efter afrunding",
            )


def _rounds_to(mark: Fraction, value: Fraction) -> bool:
    """Whether a number with as many decimals as another can be rounded to it.

    A half can go either way: both are found.
    """
    places = next((p for p in range(4) if (value * 10**p).denominator == 1), 4)
    return mark != value and abs(mark - value) * 10**places <= Fraction(1, 2)
