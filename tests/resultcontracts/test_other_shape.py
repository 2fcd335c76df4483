"""A contract of another shape than that of 2021, made of rows alone and shown as it is.

Six kinds of goals; participants that are the sum of four goals; figures of a register
that come two years late; a ratio, a span, an "at most".
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

import pytest
from django.test import Client, override_settings

from resultcontracts.choices import ContractState, MeasureKind, Operator, Status
from resultcontracts.models import GoalKind, Measure, Measurement, TargetRevision
from resultcontracts.queries.overview import overview
from resultcontracts.standing.sentence import freshness, sentence
from tests.makers_contracts import a_contract, a_goal, a_measure, a_measurement
from tests.makers_packets import a_council, a_user
from tests.resultcontracts.test_overview import plain

if TYPE_CHECKING:
    from accounts.models import User
    from resultcontracts.models import Contract

pytestmark = pytest.mark.django_db
KINDS: Final = ("iværksætteri", "vækst", "grønt", "digitalt", "eksport", "drift")
PARTICIPANTS: Final = {1: "210", 2: "95", 3: "140", 4: "55"}
APPROVED: Final = datetime(2027, 2, 1, tzinfo=UTC)


@pytest.fixture
def by() -> User:
    """Give somebody of the secretariat."""
    return a_user(a_council("nordjylland"))


@pytest.fixture
def other(by: User) -> Contract:
    """Make the contract of 2026."""
    council = a_council("nordjylland")
    contract = a_contract(
        council, key="udviklingsaftale-2026", year=2026, state=ContractState.REPORTED,
        title="Udviklingsaftale 2026",
    )  # fmt: skip
    contract.kinds.all().delete()
    for place, name in enumerate(KINDS, 1):
        GoalKind.objects.create(
            contract=contract, key=f"slags-{place}", name=name, plural=name,
            position=place,
        )  # fmt: skip
    for number in range(1, 8):
        kind = contract.kinds.all()[(number - 1) % len(KINDS)]
        a_goal(contract, number, kind=kind)
    _participants(contract, by)
    _late_figures(contract, by)
    _other_rules(contract, by)
    return contract


def _participants(contract: Contract, by: User) -> None:
    """Let four goals count participants, and the seventh be their sum."""
    for number, value in PARTICIPANTS.items():
        measure = _measure(contract, number, "100", name="Deltagere", unit="deltagere",
                           kind=MeasureKind.COUNT, phrase="{} deltagere")  # fmt: skip
        _result(measure, by, value)
    _measure(
        contract, 7, "450", name="Bruttodeltagere", unit="deltagere",
        kind=MeasureKind.COUNT, phrase="{} deltagere i alt",
        sums=[f"{number}.1" for number in PARTICIPANTS],
    )  # fmt: skip


def _late_figures(contract: Contract, by: User) -> None:
    """Let a register tell of 2024 two years after it."""
    measure = _measure(
        contract, 5, "1000", place=1, name="Omsætning, register", unit="mio. kr.",
        kind=MeasureKind.AMOUNT, phrase="{} mio. kr. i omsætning", due_name="2024",
        due_on=date(2024, 12, 31),
    )  # fmt: skip
    _result(measure, by, "1200.5", period_name="2024", period_end=date(2024, 12, 31))


def _other_rules(contract: Contract, by: User) -> None:
    """Have a ratio, a span and an "at most" in one goal."""
    ratio = _measure(contract, 6, "3", place=1, name="Gearing", unit="faktor",
                     kind=MeasureKind.RATIO, phrase="gearing {}")  # fmt: skip
    _result(ratio, by, "3.25")
    span = _measure(contract, 6, None, place=2, name="Partnere", unit="partnere",
                    kind=MeasureKind.COUNT, phrase="{} partnere")  # fmt: skip
    TargetRevision.objects.create(
        measure=span, operator=Operator.BETWEEN, low=Decimal(2), high=Decimal(4)
    )
    _result(span, by, "5")
    most = _measure(contract, 6, None, place=3, name="Ventetid", unit="dage",
                    kind=MeasureKind.COUNT, phrase="{} dages ventetid")  # fmt: skip
    TargetRevision.objects.create(
        measure=most, operator=Operator.AT_MOST, low=Decimal(10), high=Decimal(10)
    )
    _result(most, by, "8")


def _measure(
    contract: Contract, number: int, target: str | None, place: int = 1, **more: Any
) -> Measure:
    given = {"due_name": "2026", "due_on": date(2026, 12, 31), **more}
    goal = contract.goals.get(number=number)
    return a_measure(goal, place, target=target, **given)


def _result(measure: Measure, by: User, value: str, **more: Any) -> Measurement:
    given = {"period_name": "2026", "period_end": date(2026, 12, 31), **more}
    return a_measurement(measure, value, approver=by, approved_at=APPROVED, **given)


def test_it_is_shown_like_any_other(other: Contract, by: User) -> None:
    day = date(2027, 3, 1)
    whole = overview(other, day)
    said = {line.number: sentence(line.goal.standing) for line in whole.lines}
    assert said[7] == "Nået: 500 deltagere i alt mod måltal 450."
    assert said[2] == "Ikke nået: 95 deltagere mod måltal 100."
    assert (
        said[6]
        == "Delvist nået: 5 partnere mod måltal 2–4. 2 af 3 målepunkter er nået."
    )
    assert said[5] == "Nået: 1.200,5 mio. kr. i omsætning mod måltal 1.000."
    late = whole.lines[4].goal.standing
    assert freshness(late, day) == "Målt for 2024, 26\N{NO-BREAK SPACE}måneder siden"
    shown = {
        line.number: (line.result, line.against, line.what) for line in whole.lines
    }
    assert shown[7] == ("500", "450 deltagere", "7.1 deltagere i alt")
    assert shown[6] == ("5", "2–4 partnere", "6.2 partnere")
    assert {
        line.number: line.bullet is not None for line in whole.lines
    } == dict.fromkeys(range(1, 8), True)
    assert [(kind.plural, kind.amount) for kind in whole.kinds] == [
        (name, 2 if name == "iværksætteri" else 1) for name in KINDS
    ]
    assert whole.facts.replace("\N{NO-BREAK SPACE}", " ") == (
        "7 mål: 2 iværksætteri, 1 vækst, 1 grønt, 1 digitalt, 1 eksport og 1 drift · "
        "9 målepunkter"
    )
    client = Client()
    client.force_login(by)
    with override_settings(CLOCK_DATE=day):
        page = client.get("/resultatkontrakt/udviklingsaftale-2026/?slags=slags-4")
    assert [line.number for line in page.context["showing"].lines] == [4]
    assert "4 af 7 mål er nået." in plain(page)
    assert "Digitalt 1" in plain(page)


def test_a_sum_of_which_one_part_is_missing_is_missing(other: Contract) -> None:
    Measurement.objects.get(measure__label="3.1").delete()
    whole = overview(other, date(2027, 3, 1))
    assert whole.lines[6].status is Status.PENDING
    assert whole.lines[6].result == ""
    assert whole.lines[6].why_none == "7.1 afventer"
    assert {each.measure.label for each in whole.since.missing} == {"3.1", "7.1"}
