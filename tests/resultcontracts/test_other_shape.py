"""A contract of another shape than that of 2021, entered through the pages alone.

Six kinds of goals; participants that are the sum of four goals; figures of a register
that come two years late; a ratio, a span, an "at most".
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

import pytest
from django.test import Client

from resultcontracts.choices import MeasureKind, MeasurementState, Status
from resultcontracts.models import Contract, Goal, GoalKind, Measure, Measurement
from resultcontracts.queries.overview import overview
from resultcontracts.standing.sentence import freshness, sentence
from tests.makers import a_chief
from tests.makers_contracts import a_house
from tests.makers_packets import a_council, a_user
from tests.resultcontracts.sheet_desk import Desk
from tests.resultcontracts.test_overview import plain

if TYPE_CHECKING:
    from pytest_django import Settings

    from accounts.models import User

pytestmark = pytest.mark.django_db
DAY: Final = date(2027, 3, 1)
KINDS: Final = ("iværksætteri", "vækst", "grønt", "digitalt", "eksport", "drift")
START: Final = "/resultatkontrakt/udviklingsaftale-2026/"
COUNT: Final = {
    "name": "Deltagere", "unit": "deltagere", "kind": MeasureKind.COUNT,
    "phrase": "{} deltagere",
}  # fmt: skip
MEASURES: Final[dict[str, dict[str, str]]] = {
    **{f"{number}.1": COUNT for number in range(1, 5)},
    "7.1": COUNT
    | {"phrase": "{} deltagere i alt", "sums": "1.1, 2.1, 3.1, 4.1", "low": "450"},
    "5.1": {
        "name": "Omsætning, register", "unit": "mio. kr.", "kind": MeasureKind.AMOUNT,
        "phrase": "{} mio. kr. i omsætning", "due_name": "2024", "due_on": "31.12.2024",
        "low": "1.000",
    },
    "6.1": {"name": "Gearing", "unit": "faktor", "kind": MeasureKind.RATIO,
            "phrase": "gearing {}", "low": "3"},
    "6.2": {"name": "Partnere", "unit": "partnere", "kind": MeasureKind.COUNT,
            "phrase": "{} partnere", "operator": "between", "low": "2", "high": "4"},
    "6.3": {"name": "Ventetid", "unit": "dage", "kind": MeasureKind.COUNT,
            "phrase": "{} dages ventetid", "operator": "at_most", "low": "10"},
}  # fmt: skip
RESULTS: Final = {
    "1.1": "210", "2.1": "95", "3.1": "140", "4.1": "55", "5.1": "1.200,5",
    "6.1": "3,25", "6.2": "5", "6.3": "8",
}  # fmt: skip


@pytest.fixture
def by(settings: Settings) -> User:
    """Give somebody of the secretariat, on a day of 2027."""
    settings.CLOCK_DATE = DAY
    return a_user(a_council("nordjylland"))


@pytest.fixture
def other(by: User) -> Contract:
    """Enter the contract of 2026: its goals in forms, its results in a spreadsheet."""
    client = Client()
    client.force_login(by)
    posted(
        client, "/resultatkontrakt/ny/", title="Udviklingsaftale 2026", year="2026",
        house=a_house().pk, parties="Hus og KKR",
    )  # fmt: skip
    begun = GoalKind.objects.get().pk
    client.post(f"{START}rediger/slags/{begun}/slet/", {"remove": "ja"})
    for name in KINDS:
        posted(client, f"{START}rediger/slags/ny/", name=name, plural=name)
    kinds = list(GoalKind.objects.order_by("position"))
    for number in range(1, 8):
        kind = kinds[(number - 1) % len(kinds)].pk
        goal = {"number": number, "title": f"Det {number}. mål", "kind": kind}
        posted(client, f"{START}rediger/maal/ny/", **goal)
    for label, told in MEASURES.items():
        _a_measure(client, label, **told)
    contract = Contract.objects.get()
    _results(client, contract, by)
    return contract


def posted(client: Client, address: str, **told: Any) -> None:
    """Send a form, and let it be taken."""
    answer: Any = client.post(address, told)
    assert answer.status_code == 302, (address, answer.context["form"].errors)


def _a_measure(client: Client, label: str, **told: str) -> None:
    """Enter a measure below its goal, and its target below it."""
    given = {"due_name": "2026", "due_on": "31.12.2026", "due_is_year": "on",
             "counts": "on", "operator": "at_least", "rule": "fixed", "low": "100",
             "label": label} | told  # fmt: skip
    goal = Goal.objects.get(number=label[0])
    posted(client, f"{START}rediger/maalepunkt/ny/?til={goal.pk}", **given)
    made = Measure.objects.get(label=label)
    posted(client, f"{START}rediger/maaltal/ny/?til={made.pk}", **given)


def _results(client: Client, contract: Contract, by: User) -> None:
    """Type the results in the spreadsheet; let another approve each."""
    desk = Desk(contract, by)
    for label, value in RESULTS.items():
        desk.type("Målinger", label, Resultat=value)
    desk.let()
    boss = Client()
    boss.force_login(a_chief(contract.council))
    for row in Measurement.objects.all():
        boss.post(f"{START}godkendelse/{row.pk}/", {"version": row.version})
    states = Measurement.objects.values_list("state", flat=True)
    assert set(states) == {MeasurementState.APPROVED}


def test_it_is_shown_like_any_other(other: Contract, by: User) -> None:
    day = DAY
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
    page = client.get(f"{START}?slags={other.kinds.all()[3].key}")
    assert [line.number for line in page.context["showing"].lines] == [4]
    assert "4 af 7 mål er nået." in plain(page)
    assert "Digitalt 1" in plain(page)

    # Of a sum one part of which is missing nothing is known.
    Measurement.objects.get(measure__label="3.1").delete()
    whole = overview(other, day)
    assert whole.lines[6].status is Status.PENDING
    assert whole.lines[6].result == ""
    assert whole.lines[6].why_none == "7.1 afventer"
    assert {each.measure.label for each in whole.since.missing} == {"3.1", "7.1"}
