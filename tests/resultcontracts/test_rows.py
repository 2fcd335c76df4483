"""The contract of 2021 as rows: the same values, statuses and findings as its file."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from accounts.models import Council
from core.kept import told as told_apart
from kkr.demo.contracts import load_contract
from kkr.demo.people import load_people
from kkr.register import load_register
from resultcontracts.contradictions.finding import contradictions
from resultcontracts.queries.contracts import contract_rows, rows_around
from resultcontracts.queries.contradictions import findings_of
from resultcontracts.queries.overview import overview
from resultcontracts.standing.goals import goal_standing
from resultcontracts.standing.sentence import sentence
from tests.resultcontracts import contract as told

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries

    from resultcontracts.models import Contract

TODAY = date(2023, 11, 7)


@pytest.fixture
def loaded(db: None) -> Contract:
    """Give the contract of 2021 as the demo has it."""
    load_register()
    load_people()
    return load_contract(Council.objects.get(slug="sjaelland"))


def test_rows_say_what_the_file_says(
    loaded: Contract, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(2):
        read = contract_rows(loaded, TODAY)
    assert [goal.number for goal in read.goals] == list(range(1, 19))
    expected = [
        sentence(goal_standing(measures, TODAY)) for _, measures in told.goals()
    ]
    assert [sentence(goal.standing) for goal in read.goals] == expected
    statuses = [each.status for goal in read.goals for each in goal.standing.measures]
    wanted = [
        each.status
        for _, measures in told.goals()
        for each in goal_standing(measures, TODAY).measures
    ]
    assert statuses == wanted


def test_rows_are_found_out_as_the_file_is(loaded: Contract) -> None:
    found = [each.finding for each in findings_of(contract_rows(loaded, TODAY))]
    wanted = contradictions(told.contract(), TODAY)
    assert [each.key for each in found] == [each.key for each in wanted]
    assert [each.sides for each in found] == [each.sides for each in wanted]


def test_what_is_read_for_one_goal_is_what_the_whole_contract_gives(
    loaded: Contract, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    whole = contract_rows(loaded, TODAY)
    with django_assert_num_queries(2):
        read = rows_around(loaded, 3, TODAY)
    assert read.by_number[3].measures, "the goal has measures to compare"
    for own, wanted in zip(
        read.by_number[3].measures, whole.by_number[3].measures, strict=True
    ):
        assert own.value == wanted.value
        assert own.row.json_measurements == wanted.row.json_measurements
        assert own.row.json_benchmarks == wanted.row.json_benchmarks
    sentences = [sentence(goal.standing) for goal in read.goals]
    assert sentences == [sentence(goal.standing) for goal in whole.goals]
    assert findings_of(read) == findings_of(whole)


def test_what_pages_keep_of_goals_and_measures_is_plain(loaded: Contract) -> None:
    lines = {told_apart(line.said) for line in overview(loaded, TODAY).lines}
    assert len(lines) == 18
