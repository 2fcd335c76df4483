"""The dashboard of the contract of 2021, as a director sees it."""

from __future__ import annotations

import csv
import io
import re
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client, override_settings

from accounts.models import Council, User
from kkr.demo.contracts import load_contract
from kkr.demo.people import load_people
from kkr.register import load_register
from meetings.choices import MeetingKind, MeetingState
from meetings.models import Meeting
from resultcontracts.choices import ContractState, Operator, Status
from resultcontracts.models import (
    Contract,
    Goal,
    Measure,
    TargetRevision,
    Verdict,
)
from resultcontracts.queries.overview import overview
from tests.made import again
from tests.makers_contracts import a_contract, a_goal, a_measure, a_measurement
from tests.makers_packets import a_council, a_meeting, a_user

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django import DjangoAssertNumQueries

pytestmark = pytest.mark.django_db
TODAY = date(2023, 11, 7)
PAGE = "/resultatkontrakt/resultatkontrakt-2021/"


@pytest.fixture(autouse=True)
def _the_day() -> Iterator[None]:
    with override_settings(CLOCK_DATE=TODAY):
        yield


@pytest.fixture(scope="module")
def contract(kept: None) -> Contract:
    """Give the contract of 2021, and a meeting held since it was reported."""
    load_register()
    load_people()
    council = Council.objects.get(slug="sjaelland")
    held = a_meeting(council, slug="2023-02-08", appendices=0)
    held.state = MeetingState.CLOSED
    held.save()
    # A draft says nothing to anybody, not even that there is one.
    a_meeting(council, slug="2023-09-06", appendices=0)
    return load_contract(council)


@pytest.fixture
def director(contract: Contract) -> Client:
    """Sign a director in."""
    return signed_in("greve@kkr.example")


def signed_in(email: str) -> Client:
    """Give somebody's browser."""
    client = Client()
    client.force_login(User.objects.get(email=email))
    return client


def plain(response: Any) -> str:
    """Give the words of a page, each space one."""
    text = re.sub(r"<[^>]*>", " ", response.content.decode())
    return re.sub(r"[\s\xa0]+", " ", text).replace(" ,", ",").replace(" .", ".")


def numbers_of(response: Any) -> list[int]:
    """Give the goals that are shown."""
    return [line.number for line in response.context["showing"].lines]


def test_a_director_reads_what_is_reached_and_where_report_and_numbers_differ(
    director: Client,
) -> None:
    response = director.get(PAGE)
    said = plain(response)
    for words in (
        "18 mål: 8 nationale og 10 lokale · 61 målepunkter",
        "3 af 18 mål er nået.",
        "10 er delvist nået, 1 er ikke nået, 2 afventer måling, og 2 kan ikke afgøres. "
        "Slides siger, at praktisk talt alle mål er nået. Om 9 mål siger indberetningen ét",
        "61 målepunkter: 34 nået, 3 delvist nået, 12 ikke nået, 7 afventer, 2 skal måles i "
        "efteråret 2023, 3 kan ikke afgøres.",
        "KKR-mødet 8. februar 2023 Ingen nye tal. 5 tal mangler stadig, det ældste siden "
        "31. december 2021.",
        "2 skal måles nu 1.2 og 6.3, efteråret 2023.",
        "38 mod 39 pct. 1.1 kender huset",
        "2,78 mod 2,60 16.1 gearing",
        "20 mod 20 virksomheder 12.3 virksomheder i Man on the Moon · hul søjle",
        "Intet tal Følger mål 10",
        "Intet tal 5.2 afventer",
        "Intet tal 10.1 kan ikke efterprøves",
        "0 mod 2 forløb 17.1 raketvækstforløb",
        "Delvist nået: drift 77 pct. mod måltal 80. 3 af 4 målepunkter er nået.",
        "Målt for 2021, 22 måneder siden",
        "underforstået",
    ):
        assert words in said, words
    whole = response.context["whole"]
    marks = [(line.is_same, line.differs, line.is_reported) for line in whole.lines]
    assert [sum(column) for column in zip(*marks, strict=True)] == [6, 9, 15]
    # Each number leads to where it comes from.
    links = re.findall(rf'href="({PAGE}tal/\d+/)"><b>', response.content.decode())
    assert len(links) == sum(line.shown is not None for line in whole.lines)
    assert "Hvor kommer 38 fra?" in plain(director.get(links[0]))
    ways = response.context["showing"].pills
    assert [(way.label, way.amount) for way in ways] == [
        ("Alle", 18),
        ("Nationale", 8),
        ("Lokale", 10),
        ("Indberettet anderledes", 9),
        ("Ændret", 3),
    ]
    assert "Indtast" not in said
    assert "2023-09-06" not in said
    assert "6. september" not in said


@pytest.mark.parametrize(
    ("query", "goals"),
    [
        ("status=naaet", [4, 11, 16]),
        ("status=ikke-naaet", [8]),
        ("status=kan-ikke-afgoeres", [2, 10]),
        ("slags=national&status=delvist", [1, 3, 6]),
        ("kun=aendret", [1, 6, 16]),
        ("kun=anderledes", [2, 3, 6, 8, 9, 10, 12, 13, 14]),
        ("status=ikke-naaet&slags=local", []),
        ("status=%00&slags=x&kun=<b>", list(range(1, 19))),
    ],
)
def test_an_address_keeps_what_is_shown(
    director: Client, query: str, goals: list[int]
) -> None:
    response = director.get(f"{PAGE}?{query}")
    assert numbers_of(response) == goals
    part = director.get(f"{PAGE}?{query}", headers={"HX-Request": "true"})
    assert numbers_of(part) == goals
    said = plain(part)
    if goals:
        assert f"Viser {len(goals)} af 18 mål." in said or len(goals) == 18
    else:
        assert "Ingen mål passer. Vis alle 18" in said
    page = part.content.decode()
    assert "<html" not in page
    assert 'hx-swap-oob="innerHTML:#status"' in page


def test_a_chosen_number_leads_back_to_all_and_keeps_the_rest(director: Client) -> None:
    showing = director.get(f"{PAGE}?slags=national&status=delvist").context["showing"]
    chosen = [way for way in (*showing.statuses, *showing.pills) if way.is_chosen]
    assert [(way.label, way.query) for way in chosen] == [
        ("Delvist nået", "?slags=national"),
        ("Nationale", "?status=delvist&slags=national"),
    ]
    assert showing.heading == "3 af 18\N{NO-BREAK SPACE}mål"


def test_what_is_new_since_the_meeting_is_said_and_marked(contract: Contract) -> None:
    approver = User.objects.get(email="chef@kkr.example")
    number = Measure.objects.get(goal__contract=contract, label="1.2")
    a_measurement(number, "52", approver=approver, period_end=date(2023, 11, 1))
    TargetRevision.objects.create(
        measure=Measure.objects.get(goal__contract=contract, label="3.1"),
        operator=Operator.AT_LEAST, low=75, high=75, since=date(2023, 6, 1),
        reason="Aftalt ned",
    )  # fmt: skip
    Verdict.objects.create(
        measure=Measure.objects.get(goal__contract=contract, label="15.3"),
        status=Status.NOT_REACHED, reason="Tabt", given_on=date(2023, 9, 1),
    )  # fmt: skip
    whole = overview(contract)
    said = [
        (
            point.chip.replace("\N{NO-BREAK SPACE}", " "),
            [link.text for link in point.links],
        )
        for point in whole.since.points
    ]
    assert said[:4] == [
        ("1 nyt tal", ["1.2"]),
        ("1 nyt måltal", ["3.1"]),
        ("1 ny vurdering", ["15.3"]),
        ("1 skal måles nu", ["6.3"]),
    ]
    assert said[4][0] == "2 svar"
    assert "mål 16" in said[4][1]
    chips = {line.number: line.chips for line in whole.lines if line.chips}
    assert chips == {
        1: ("1.2 nyt tal",),
        3: ("3.1 nyt måltal",),
        6: ("6.3 skal måles nu",),
        15: ("15.3 ny vurdering",),
        16: ("modsigelse besvaret",),
    }
    # A goal's own page says the same of it; a meeting of the directors changes nothing.
    Meeting.objects.filter(slug="2023-09-06").update(
        kind=MeetingKind.DIRECTORS, state=MeetingState.CLOSED
    )
    client = signed_in("greve@kkr.example")
    for goal, words in {
        1: "Siden mødet 8. februar 2023: 1 nyt tal.",
        3: "Siden mødet 8. februar 2023: 1 nyt måltal.",
        4: "Uændret siden mødet 8. februar 2023.",
        15: "Siden mødet 8. februar 2023: 1 ny vurdering.",
        16: "Siden mødet 8. februar 2023: 1 svar på en modsigelse.",
    }.items():
        assert words in plain(client.get(f"{PAGE}maal/{goal}/")), goal
    # As of a day before all of it: nothing of it is new.
    before = overview(contract, date(2023, 3, 1))
    assert {point.chip for point in before.since.points} == set()


def test_the_file_has_every_measure_with_where_its_number_is_from(
    director: Client,
) -> None:
    Goal.objects.filter(number=8).update(title="=1+1")
    response = director.get(f"{PAGE}tal.csv")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert "resultatkontrakt-2021-tal.csv" in response["Content-Disposition"]
    text = response.content.decode("utf-8-sig").replace("\N{NO-BREAK SPACE}", " ")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert len(rows) == 61
    by_label = {row["Målepunkt"]: row for row in rows}
    first = by_label["3.1"]
    assert {name: first[name] for name in ("Resultat", "Måltal", "Regel", "Status")} == {
        "Resultat": "77", "Måltal": "80", "Regel": "mindst", "Status": "Ikke nået",
    }  # fmt: skip
    assert (
        first["Målets sætning"]
        == "drift 77 pct. mod måltal 80. 3 af 4 målepunkter er nået."
    )
    assert first["Alder"] == "Målt for 2021, 22 måneder siden"
    assert first["Godkendt"] == "31. oktober 2023 kl. 8.40"
    assert first["Indtastet af"] == "Sekretariatet"
    assert first["Vist på møder før"].startswith("KKR-møde 2022")
    assert by_label["13.1"]["Måltal"] == "72,45"
    assert by_label["16.1"]["Resultat"] == "2,78"
    assert by_label["17.1"]["Resultat"] == "0"
    missing = [row for row in rows if row["Resultat"] == ""]
    assert all(row["Hvorfor intet tal"] for row in missing)
    assert by_label["8.1"]["Titel"] == "'=1+1"


@pytest.mark.parametrize("count", [1, 4])
def test_the_dashboard_asks_as_much_however_many_goals(
    count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    council = a_council("nordjylland")
    by = a_user(council)
    own = a_contract(council)
    for number in range(1, count + 1):
        measure = a_measure(a_goal(own, number))
        a_measurement(measure, approver=by)
    client = Client()
    client.force_login(by)
    client.get(PAGE)
    with django_assert_num_queries(7):
        assert client.get(PAGE).status_code == 200
    with django_assert_num_queries(7):
        assert client.get(f"{PAGE}tal.csv").status_code == 200


def test_a_contract_without_goals_and_one_with_bare_goals_are_said(db: None) -> None:
    council = a_council("nordjylland")
    by = a_user(council)
    client = Client()
    client.force_login(by)
    empty = a_contract(council)
    assert "Kontrakten har ingen mål endnu." in plain(client.get(PAGE))
    a_goal(empty)
    said = plain(client.get(PAGE))
    assert "Målet kan ikke afgøres." in said
    assert "Målet har ingen målepunkter" in said
    assert len(client.get(f"{PAGE}tal.csv").content.splitlines()) == 2


def test_a_draft_is_the_secretariats_alone(contract: Contract) -> None:
    Contract.objects.filter(pk=again(contract).pk).update(state=ContractState.DRAFT)
    for email, status in (
        ("greve@kkr.example", 404),
        ("erhvervshus@kkr.example", 404),
        ("medlem@kkr.example", 404),
        ("sekretariat@kkr.example", 200),
    ):
        for url in (PAGE, f"{PAGE}tal.csv"):
            assert signed_in(email).get(url).status_code == status, (email, url)
    assert "Udkast" in plain(signed_in("sekretariat@kkr.example").get(PAGE))
