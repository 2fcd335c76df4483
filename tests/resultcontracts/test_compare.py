"""Contracts beside each other."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from accounts.choices import Role
from accounts.models import Municipality, Organisation
from core import clock
from resultcontracts.charts.stacked import WIDTH, stacked
from resultcontracts.choices import ContractState, MeasurementState, Status
from resultcontracts.models import Contract, Measurement
from resultcontracts.queries.compare import compared
from resultcontracts.queries.contracts import contract_rows, many_rows
from resultcontracts.standing.sentence import sentence
from tests.makers_contracts import a_contract, a_goal, a_measure, a_measurement
from tests.makers_packets import a_council, a_user
from tests.resultcontracts.test_overview import plain

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries

    from accounts.models import User

PAGE = "/resultatkontrakt/"
DAY = date(2023, 11, 7)


@pytest.fixture
def by(db: None) -> User:
    """Give somebody of the secretariat."""
    return a_user(a_council())


def contracts_of(by: User, *years: int) -> list[Contract]:
    """Make a contract a year with one goal that recurs; the newest first."""
    found = []
    for number, year in enumerate(years):
        contract = a_contract(a_council(), key=f"kontrakt-{year}", year=year)
        end = date(year, 12, 31)
        measure = a_measure(a_goal(contract), due_name=str(year), due_on=end)
        a_measurement(
            measure, str(76 + number), approver=by, period_name=str(year),
            period_end=end, definition_text="kun de tilfredse",
        )  # fmt: skip
        found.append(contract)
    return found[::-1]


def a_director() -> Client:
    """Give a director's browser."""
    place = Municipality.objects.create(
        code=9001, name="By", council=a_council(), population=1000
    )
    client = Client()
    client.force_login(
        a_user(a_council(), Role.DIRECTOR, email="d@kkr.example", municipality=place)
    )
    return client


def test_years_stand_beside_each_other_and_a_changed_question_is_said(by: User) -> None:
    new, old = contracts_of(by, 2020, 2021)
    client = Client()
    client.force_login(by)
    said = plain(client.get(PAGE))
    assert "2021: Målet er ikke nået. 2020: Målet er ikke nået." in said
    assert "Andel meget tilfredse 77 pct. mod 80" in said
    assert "76 pct. mod 80" in said
    assert "Anden definition" not in said
    Measurement.objects.filter(measure__goal__contract=new).update(
        definition_text="også de lidt tilfredse"
    )
    assert "Anden definition 2021: også de lidt tilfredse" in plain(client.get(PAGE))
    # A draft shows its editors what it is, and nobody else anything.
    old.state = ContractState.DRAFT
    old.save()
    assert "udkast" in plain(client.get(PAGE))
    assert a_director().get(PAGE)["Location"] == f"{PAGE}kontrakt-2021/"


def test_houses_are_named_where_there_are_several(by: User) -> None:
    new, old = contracts_of(by, 2020, 2021)
    old.house = Organisation.objects.create(slug="andet", name="Andet hus")
    old.save()
    found = compared([new, old], DAY)
    assert [line.name for line in found.lines] == ["2021, Hus", "2020, Andet hus"]
    assert [each.name for each in found.recurring] == ["Andel meget tilfredse"]


def test_a_year_with_several_contracts_asks_which_is_meant(by: User) -> None:
    first = contracts_of(by, 2021)[0]
    house = Organisation.objects.create(slug="andet", name="Andet hus")
    other = a_contract(a_council(), key="anden-2021", house=house)
    figure = Measurement.objects.get()
    a_goal(other)
    client = Client()
    client.force_login(by)
    for page in ("", "maal/1/", "modsigelser/?vis=besvaret", "rediger/"):
        answer = client.get(f"{PAGE}2021/{page}")
        assert answer.status_code == 300, page
        for each in (first, other):
            url = f"{PAGE}{each.key}/{page}"
            assert f'href="{url}"' in answer.content.decode(), page
            assert client.get(url).status_code == 200, url
    assert client.get(f"{PAGE}2021/tal/{figure.pk}/").status_code == 200
    other.state = ContractState.DRAFT
    other.save()
    director = a_director()
    # What somebody may not see is not asked about.
    assert director.get(f"{PAGE}2021/maal/1/").status_code == 200


def test_read_together_they_stand_as_each_alone(by: User) -> None:
    """Of each measure the newest approved result is read, and nothing later or draft."""
    new, old = contracts_of(by, 2020, 2021)
    measure = new.goals.get().measures.get()
    more: dict[str, Any] = {"approver": by, "period_name": "2021"}
    end = date(2021, 12, 31)
    Measurement.objects.update(approved_at=clock.now() - timedelta(days=3))
    a_measurement(measure, "81", period_end=end, **more)
    a_measurement(measure, "99", period_end=None, **more)
    late = a_measure(new.goals.get(), 3)
    a_measurement(late, "70", period_end=date(2020, 12, 31), **more)
    a_measurement(late, "90", period_end=None, **more)
    a_measurement(
        measure,
        "10",
        period_end=date(2022, 6, 1),
        state=MeasurementState.SUBMITTED,
        **more,
    )
    whole = a_measure(new.goals.get(), 2, sums=["1.1"])
    assert whole.label == "1.2"
    together = many_rows([new, old])
    apart = [contract_rows(each) for each in (new, old)]
    assert [[sentence(goal.standing) for goal in read.goals] for read in together] == [
        [sentence(goal.standing) for goal in read.goals] for read in apart
    ]
    assert together[0].goals[0].standing.status is Status.REACHED
    before = many_rows([new], date(2020, 1, 1))[0].goals[0].standing
    assert before.measures[0].reading is None


@pytest.mark.parametrize("years", [(2020, 2021), (2018, 2019, 2020, 2021, 2022)])
def test_a_page_of_them_asks_as_much_however_many(
    by: User, years: tuple[int, ...], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    contracts_of(by, *years)
    client = Client()
    client.force_login(by)
    with django_assert_num_queries(6):
        response = client.get(PAGE)
    assert len(response.context["comparison"].lines) == min(len(years), 4)
    assert ("Side 1 af 2" in plain(response)) == (len(years) > 4)
    if len(years) > 4:
        rest = client.get(f"{PAGE}?side=2")
        assert [line.name for line in rest.context["comparison"].lines] == ["2018"]


def test_a_bar_is_shared_by_status_and_what_there_is_none_of_is_not_drawn() -> None:
    parts = stacked({Status.REACHED: 3, Status.PARTLY: 0, Status.PENDING: 1})
    assert [part.status for part in parts] == [Status.REACHED, Status.PENDING]
    assert float(parts[1].x) == WIDTH * 3 / 4
    assert stacked({}) == ()
    assert stacked(dict.fromkeys(Status, 0)) == ()
