"""Contradictions are found by rules, in the contract of 2021 and in any other."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Final

import pytest

from core.formats import NBSP
from resultcontracts.choices import FindingKind, Operator, Status
from resultcontracts.contradictions.finding import contradictions
from resultcontracts.contradictions.values import Claim, Contract, Goal, Paper
from resultcontracts.standing.measures import Measurement
from resultcontracts.standing.numbers import Reading
from resultcontracts.standing.targets import Target, TargetRevision
from tests.resultcontracts.contract import contract
from tests.resultcontracts.test_standing import APPROVED, TODAY, YEAR, measure
from tests.template import CODE

if TYPE_CHECKING:
    from resultcontracts.contradictions.values import Finding
    from resultcontracts.standing.measures import Measure

LISTED: Final = re.compile(r"^\| (\d+) \| .* \| (.*) \| `(.*)` \|$", re.MULTILINE)


def found(of: Contract) -> dict[str, Finding]:
    rows = contradictions(of, TODAY)
    by_key = {row.key: row for row in rows}
    assert len(by_key) == len(rows)
    return by_key


def reckoned(of: Contract, key: str) -> str:
    return found(of)[key].reckoned.replace(NBSP, " ")


def test_each_of_the_nineteen_is_found_by_a_rule() -> None:
    text = (CODE / "docs" / "contradictions.md").read_text(encoding="utf-8")
    listed = LISTED.findall(text)
    assert [int(number) for number, _, _ in listed] == list(range(1, 20))
    assert {how for _, how, _ in listed} == {"rule"}
    keys = {key for _, _, key in listed}
    rows = found(contract())
    assert set(rows) == keys | {"verdict:13"}
    # Years and what a goal is called are dates and words, not two numbers.
    kinds = Counter(row.kind for row in rows.values())
    assert [kinds[kind] for kind in FindingKind] == [9, 5, 4, 2]


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("change:report-6", "67 − 53 = 14, ikke 15."),
        ("parts:innovation-parts", "54 + 13 + 7 = 74, ikke 67."),
        (
            "rounding:13.3",
            "44 er under 44,1 og når kun måltallet, hvis det rundes af.",
        ),
        ("value:memo-16", "16 er målets nummer. Måltallet er 2,60."),
        ("dated:Notat", "1. maj 2021 er før 31. december 2021."),
        ("day:15.3", "22. februar 2022 ligger efter 31. december 2021."),
        ("subject:nye kunder", "3 tal om nye kunder: 69, 68 og 77."),
        ("subject:rammeaftalens år", "2 tal om rammeaftalens år: 2021-2023 og 2020-2023."),
        ("methods", "Året er forskelligt i 4 mål."),
        ("forms", "10 mål mangler metode og afrapportering."),
        (
            "verdict:9",
            "Mål 9: 382 handlingsplaner mod måltal 385. 2 af 3 målepunkter er nået.",
        ),
    ],
)  # fmt: skip
def test_what_the_portal_reckons(key: str, said: str) -> None:
    assert reckoned(contract(), key) == said


def test_both_sides_stand_word_for_word() -> None:
    sides = found(contract())["verdict:8"].sides
    assert [side.place for side in sides] == [
        "Slides, linje 248–262",
        "Notat, linje 384–472",
    ]
    assert sides[0].text == "Mål 8 er kun delvist nået, 65 mod 70."


def with_claim(of: Contract, key: str, **changes: object) -> Contract:
    """Give the contract with one of its claims changed."""
    claims = tuple(
        replace(claim, **changes) if claim.key == key else claim  # type: ignore[arg-type]
        for claim in of.claims
    )
    assert claims != of.claims
    return replace(of, claims=claims)


@pytest.mark.parametrize(
    ("claim", "changes", "gone"),
    [
        ("report-6", {"change": Fraction(14)}, "change:report-6"),
        ("innovation-parts", {"parts": {"alt": Fraction(67)}}, "parts:innovation-parts"),
        ("memo-13", {"verdict": Status.PARTLY}, "verdict:13"),
        ("report-15-3", {"day": date(2021, 12, 31)}, "day:15.3"),
        ("slides-all", {"but": tuple(map(str, range(1, 19)))}, "sweeping:slides-all"),
        ("memo-16", {"target": Reading.of(Fraction("2.6"), "faktor")}, "value:memo-16"),
        ("frame-3", {"value": Reading(Fraction(2021), Fraction(2023), "år")}, "subject:rammeaftalens år"),
    ],
)  # fmt: skip
def test_what_is_put_right_is_no_longer_found(
    claim: str, changes: dict[str, object], gone: str
) -> None:
    before, after = contract(), with_claim(contract(), claim, **changes)
    assert set(found(before)) - set(found(after)) == {gone}


@pytest.mark.parametrize(
    ("claim", "changes", "new"),
    [
        ("report-1", {"change": Fraction(6)}, "change:report-1"),
        ("new-1", {"value": Reading.of(70, "pct.")}, "value:new-1"),
        ("memo-16", {"about": ("4.1",), "value": Reading.of(53, "faktor"), "target": Reading.of(50, "faktor")}, "value:memo-16"),
    ],
)  # fmt: skip
def test_other_errors_are_found_too(
    claim: str, changes: dict[str, object], new: str
) -> None:
    assert new in found(with_claim(contract(), claim, **changes))


def made(**more: object) -> Contract:
    """Make a contract of two goals in which nothing disagrees."""
    goals = (
        Goal(1, "Et", (measure(90, label="1.1"),), method_year=2021),
        Goal(2, "To", (measure(70, label="2.1"), measure(85, label="2.2"))),
    )
    return replace(Contract(2021, goals), **more)  # type: ignore[arg-type]


def test_a_contract_that_agrees_has_no_findings() -> None:
    claims = (
        Claim("a", "Rapport", "nået", ("1",), verdict=Status.REACHED),
        Claim("b", "Rapport", "delvist", ("2",), verdict=Status.PARTLY),
        Claim("c", "Notat", "alle undtagen 2", but=("2",), verdict=Status.REACHED),
        Claim("d", "Notat", "90", ("1.1",), subject="x", value=Reading.of(90, "pct."),
              target=Reading.of(80, "pct."), change=Fraction(5), day=date(2021, 12, 31)),
        Claim("e", "Slides", "90", subject="x", value=Reading.of(90, "pct.")),
        Claim("f", "Rapport", "50 + 20", ("2.1",), parts={"a": Fraction(50), "b": Fraction(20)}),
    )  # fmt: skip
    papers = (
        Paper("Notat", date(2022, 1, 1), date(2021, 12, 31)),
        Paper("X", None, None),
    )
    assert not found(
        made(claims=claims, papers=papers, baselines={"1.1": Fraction(85)}, same={"y": ("1.1",)})
    )  # fmt: skip


def test_what_is_not_known_yet_does_not_contradict_sweeping_words() -> None:
    pending = Goal(3, "Tre", (measure(label="3.1"),))
    claim = Claim("c", "Notat", "alle", but=("2",), verdict=Status.REACHED)
    base = made(claims=(claim,))
    assert not found(replace(base, goals=(*base.goals, pending)))
    named = Claim("d", "Notat", "mål 3 er nået", ("3",), verdict=Status.REACHED)
    both = replace(base, goals=(*base.goals, pending), claims=(named,))
    assert set(found(both)) == {"verdict:3"}


def test_a_verdict_on_one_measure_and_on_one_that_there_is_not() -> None:
    wrong = Claim("a", "Rapport", "2.1 er nået", ("2.1",), verdict=Status.REACHED)
    nowhere = Claim("b", "Rapport", "9.9 er nået", ("9.9",), verdict=Status.REACHED)
    base = made(claims=(wrong, nowhere))
    assert reckoned(base, "verdict:2.1") == "2.1: 70 når ikke 80."
    assert reckoned(base, "verdict:9.9") == "9.9 er ikke i kontrakten."


@pytest.mark.parametrize(
    ("value", "target", "is_found"),
    [("44", "44.1", True), ("44", "44.5", True), ("44", "44.6", False),
     ("43", "44.1", False), ("44.1", "44.14", True), ("44.1", "44.1", False)],
)  # fmt: skip
def test_results_that_only_rounding_lifts(
    value: str, target: str, *, is_found: bool
) -> None:
    row = measure(Fraction(value), Fraction(target), label="1.1")
    goals = (Goal(1, "Et", (row,)),)
    assert ("rounding:1.1" in found(Contract(2021, goals))) is is_found


def test_rounding_to_a_ceiling_says_over_and_every_half_is_found() -> None:
    rows = (
        measure(39, Fraction("38.9"), Operator.AT_MOST, label="1.1"),
        measure(72, Fraction("72.5"), label="1.2"),
        measure(73, Fraction("73.5"), label="1.3"),
        measure(73, Fraction("72.5"), Operator.AT_MOST, label="1.4"),
    )
    rows_found = found(Contract(2021, (Goal(1, "Et", rows),)))
    assert set(rows_found) == {f"rounding:1.{number}" for number in range(1, 5)}
    assert rows_found["rounding:1.1"].reckoned == (
        "39 er over 38,9 og når kun måltallet, hvis det rundes af."
    )


def test_two_texts_that_put_the_same_off_are_one_finding() -> None:
    claims = tuple(
        Claim(key, key, "udskudt", ("1.1",), day=date(2022, month, 1))
        for month, key in enumerate(("notat", "slides"), start=1)
    )
    rows = contradictions(
        Contract(2021, (Goal(1, "Et", (measure(90, label="1.1"),)),), claims), TODAY
    )
    assert [row.key for row in rows] == ["day:1.1"]
    assert [side.place for side in rows[0].sides] == ["Kontrakt", "notat", "slides"]
    assert rows[0].reckoned.replace(NBSP, " ") == (
        "1. januar 2022 og 1. februar 2022 ligger efter 31. december 2021."
    )


def test_measures_of_the_same_with_other_results_or_targets() -> None:
    other = replace(
        measure(90, label="2.1"),
        targets=(TargetRevision(Target.of(Operator.AT_LEAST, 85, "pct.")),),
    )
    base = made(same={"forløb": ("1.1", "2.1")})
    goals = (base.goals[0], Goal(2, "To", (other,)))
    assert set(found(replace(base, goals=goals))) == {"same:forløb"}
    twin = Goal(2, "To", (measure(91, label="2.1"),))
    row = found(replace(base, goals=(base.goals[0], twin)))["same:forløb"]
    assert row.kind is FindingKind.FIGURES
    assert row.about == ("1.1", "2.1")


def test_a_key_stays_when_only_the_numbers_move() -> None:
    base = contract()
    moved = replace(
        base,
        goals=tuple(
            replace(goal, measures=tuple(_raised(m) for m in goal.measures))
            if goal.number == 8
            else goal
            for goal in base.goals
        ),
    )
    assert found(base)["verdict:8"] != found(moved)["verdict:8"]


def _raised(row: Measure) -> Measure:
    higher = Measurement(Reading.of(69, "pct."), YEAR, APPROVED)
    return replace(row, measurements=(higher,))
