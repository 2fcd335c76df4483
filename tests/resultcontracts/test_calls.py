"""What is missing, the call and its reminders, a letter, the list, who is written to."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains

from core.letters import send_waiting
from meetings.models import Meeting
from resultcontracts.choices import MeasureKind, Status
from resultcontracts.models import (
    CallRule,
    Contact,
    Contract,
    Measurement,
    Round,
    RoundLetter,
    RoundLink,
    Verdict,
)
from resultcontracts.queries.calls import LATE, NEEDED, UNANSWERED, board_of
from resultcontracts.queries.rounds import coming_meetings, days_of
from resultcontracts.services import measurements
from tests.makers import a_chief, a_meeting, a_secretary
from tests.makers_calls import APPROVAL, CALLS, DAY, a_contact, an_asked_measure
from tests.makers_contracts import a_contract, a_goal, a_measure, a_measurement
from tests.makers_packets import a_council

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries, Settings

    from accounts.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def november(settings: Settings) -> None:
    """It is 8 November 2023."""
    settings.CLOCK_DATE = DAY


@pytest.fixture
def secretary() -> User:
    """A contract with one figure for the meeting, three over time, one unanswered."""
    council = a_council()
    user = a_secretary(council)
    contract = a_contract(council)
    goal = a_goal(contract)
    an_asked_measure(contract)
    others: tuple[dict[str, Any], ...] = (
        {"name": "Effekt", "is_asked_for": False, "measured_by": "Styrelsen"},
        {
            "name": "Mervækst",
            "due_name": "foråret 2022",
            "due_on": date(2022, 5, 31),
        },
        {"name": "Udbud", "measured_by": "Erhvervsstyrelsen"},
    )
    for place, more in enumerate(others, 3):
        a_measure(goal, place, **more)
    told = a_measure(goal, 6, name="Forløb", kind=MeasureKind.COUNT, unit="forløb")
    a_measurement(told, "20", approver=user)
    Verdict.objects.create(
        measure=told,
        status=Status.PENDING,
        is_under_way=True,
        reason="I gang.",
        given_on=date(2023, 1, 1),
    )
    done = a_measure(goal, 7, name="Tilfredshed")
    a_measurement(done, "77", approver=user)
    a_meeting(council)
    a_contact(contract)
    return user


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def contract() -> Contract:
    return Contract.objects.select_related("house", "council").get()


def plain(text: str) -> str:
    return text.replace("\xa0", " ")


def test_the_page_says_what_is_missing(
    secretary: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    """Groups, headline, days and who owes; at most eight queries; the same as CSV."""
    board = board_of(contract())
    assert {group: [each.label for each in board.of(group)] for group in (NEEDED, LATE, UNANSWERED)} == {
        NEEDED: ["1.2"], LATE: ["1.3", "1.5", "1.4"], UNANSWERED: ["1.6"],
    }  # fmt: skip
    client = signed_in(secretary)
    client.get(CALLS)
    with django_assert_max_num_queries(8):
        page = client.get(CALLS)
    text = plain(page.content.decode())
    for words in (
        "1 tal skal være her fredag, 3 er over tiden.",
        "Ældst er 1.3, effekt: 22 måneder. 1 tal mere er indberettet uden det, kontrakten spørger om.",
        "Skal bruges til mødet 22. november 2023", "fre. 10. nov. 2023", "om 2 dage",
        "Aftalen nævner ikke KKR som modtager", "17 måneder over tiden",
        "Erhvervsstyrelsen måler 2 af husets 4", "Send opkaldet om 3 tal", "25. okt.", "15. nov.",
    ):  # fmt: skip
        assert words in text, words
    file = client.get(f"{CALLS}liste.csv")
    assert file["Content-Disposition"].startswith("attachment")
    lines = plain(file.content.decode("utf-8-sig")).splitlines()
    assert len(lines) == 6
    assert lines[2].startswith(
        "1.3;Effekt;Over tiden, tages med til mødet 22. november"
    )


def test_the_days_move_with_the_meeting(secretary: User) -> None:
    """Four weeks, three working days before sending; the council's own numbers."""
    (meeting,) = coming_meetings(contract())
    days = days_of(meeting)
    assert (days.calls_on, days.due_on, days.sends_on) == (
        date(2023, 10, 25), date(2023, 11, 10), date(2023, 11, 15),
    )  # fmt: skip
    Meeting.objects.update(held_on=date(2023, 11, 29))
    client = signed_in(secretary)
    assert (
        client.post(f"{CALLS}frister/", {"weeks": "0", "days": "3"}).status_code == 422
    )
    saved = client.post(f"{CALLS}frister/", {"weeks": "5", "days": "2", "version": "1"})
    assert saved.status_code == 302
    (meeting,) = coming_meetings(contract())
    days = days_of(meeting)
    assert (days.calls_on, days.due_on) == (date(2023, 10, 25), date(2023, 11, 20))
    stale = client.post(f"{CALLS}frister/", {"weeks": "6", "days": "2", "version": "1"})
    assert (stale.status_code, CallRule.objects.get().weeks) == (409, 5)


def test_called_once_and_reminded_once_a_day(
    secretary: User, settings: Settings
) -> None:
    """The words are shown first; one mail a round, one reminder of a figure a day."""
    client = signed_in(secretary)
    shown = client.get(f"{CALLS}send/")
    assertContains(shown, "(personligt link)")
    assert not RoundLetter.objects.exists()
    assert client.post(f"{CALLS}send/").status_code == 302
    again = client.post(f"{CALLS}send/")
    assertContains(again, "Opkaldet er allerede sendt.", status_code=422)
    page = client.get(CALLS).content.decode()
    for words in ("Opkald sendt i\xa0dag", "ikke åbnet", "Ryk de 2, der er over tiden"):
        assert words in page
    send_waiting(RoundLetter)
    key = "maalepunkt-1-4"
    words_of = plain(client.get(f"{CALLS}mind/?maal={key}").content.decode())
    for words in (
        "KKR Sjælland mangler målepunkt 1.4, mervækst",
        "Tallet skulle være målt for foråret 2022 og er 17 måneder over tiden.",
        "står der ”Ikke målt, ikke svaret siden foråret 2022” i bilaget",
    ):
        assert words in words_of, words
    assert client.post(f"{CALLS}mind/", {"maal": key}).status_code == 302
    assertContains(client.get(CALLS), "Rykket i\xa0dag")
    assertContains(client.get(CALLS), "Ryk de 1, der er over tiden")
    refused = client.post(f"{CALLS}mind/", {"maal": key})
    assertContains(refused, "Der er allerede skrevet om det i dag.", status_code=422)
    assert client.post(f"{CALLS}mind/").status_code == 302, "the one that is left"
    assert RoundLetter.objects.count() == 3
    assert RoundLink.objects.count() == 1
    settings.CLOCK_DATE = DAY + timedelta(days=1)
    assert client.post(f"{CALLS}mind/", {"maal": key}).status_code == 302
    RoundLetter.objects.filter(sent_at=None).update(failure="Refused", tries=1)
    words = "Mailen kunne ikke sendes til mette@hus.example. Prøv igen, eller ring."
    assertContains(client.get(CALLS), words)
    settings.CLOCK_DATE = date(2023, 11, 16)
    late = client.post(f"{CALLS}mind/", {"maal": key})
    assertContains(late, "Bilaget er sendt.", status_code=422)


def test_who_is_not_a_reporter_gets_a_letter_without_a_link(secretary: User) -> None:
    """5.2 in the source: the agreement does not name the council as receiver."""
    client = signed_in(secretary)
    page = f"{CALLS}spoerg/maalepunkt-1-3/"
    assertContains(client.get(page), "Aftalen nævner ikke KKR som modtager")
    typed = {"to": "x", "subject": "Effekt", "body": "Kan I sende den?"}
    assertContains(client.post(page, typed), "Kan I sende den?", status_code=422)
    typed["to"] = "tal@styrelsen.example"
    assert client.post(page, typed).status_code == 302
    letter = RoundLetter.objects.get()
    assert (letter.to, letter.link, letter.body) == ([typed["to"]], None, typed["body"])
    assert Round.objects.get().measures == []
    assertContains(client.get(CALLS), "Spurgt i\xa0dag")
    assert client.get(f"{CALLS}spoerg/maalepunkt-1-4/").status_code == 404
    assert client.get(f"{CALLS}mind/?maal=maalepunkt-1-3").status_code == 404


def test_nobody_is_written_to_before_somebody_is_named(secretary: User) -> None:
    """The page says so, and leads to where it is written; a stale save collides."""
    Contact.objects.all().delete()
    client = signed_in(secretary)
    assertContains(client.get(f"{CALLS}send/"), "Ingen er skrevet på")
    refused = client.post(f"{CALLS}send/")
    assertContains(refused, "Skriv først, hvem der svarer", status_code=422)
    assert not RoundLetter.objects.exists()
    assert not Round.objects.exists()
    page = f"{CALLS}kontakt/"
    wrong = client.post(page, {"name": "Mette", "email": "mette"})
    assertContains(wrong, "Skriv e-mailen som navn@hus.dk.", status_code=422)
    assert (
        client.post(page, {"name": "Mette", "email": "m@hus.example"}).status_code
        == 302
    )
    newer = {"name": "Bo", "email": "m@hus.example", "version": "1"}
    assert client.post(page, newer).status_code == 302
    stale = client.post(page, {**newer, "name": "Kai"})
    assert (stale.status_code, Contact.objects.get().name) == (409, "Bo")


def test_what_is_sent_in_waits_for_somebody_else(
    secretary: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    """The list, one's own, a stale approval, a return with its reason."""
    council = contract().council
    chief = a_chief(council)
    goal = contract().goals.get()
    rows: dict[str, Measurement] = {}
    for label, value in (("1.2", 41), ("1.4", 12)):
        measure = goal.measures.get(label=label)
        row = measurements.enter(measure.pk, by=secretary, low=value)
        rows[label] = measurements.submit(row.pk, version=row.version, by=secretary)
    own, other = signed_in(secretary), signed_in(chief)
    own.get(APPROVAL)
    with django_assert_max_num_queries(8):
        page = own.get(APPROVAL)
    assertContains(page, "2\xa0tal venter på godkendelse")
    one = f"{APPROVAL}{rows['1.2'].pk}/"
    assertContains(own.get(one), "En anden skal godkende det.")
    version: dict[str, Any] = {"version": rows["1.2"].version}
    refused = own.post(one, {"til": "godkend", **version})
    assertContains(refused, "Du har selv indtastet tallet.", status_code=422)
    stale = other.post(one, {"til": "godkend", "version": "1"})
    assertContains(stale, "har ændret tallet imens", status_code=409)
    empty = other.post(one, {"til": "retur", **version})
    assertContains(empty, "Skriv, hvorfor tallet sendes retur.", status_code=422)
    assert (
        other.post(one, {"til": "retur", "reason": "Hvem?", **version}).status_code
        == 302
    )
    two = f"{APPROVAL}{rows['1.4'].pk}/"
    done = other.post(
        two, {"til": "godkend", "version": rows["1.4"].version}, follow=True
    )
    assertContains(done, "Målepunkt 1.4 er godkendt og tæller fra i dag.")
    assertContains(done, "Intet venter på godkendelse")
    assertNotContains(own.get(CALLS), "Mervækst")
    draft = measurements.enter(rows["1.2"].measure_id, by=secretary, low=4)
    assert other.get(f"{APPROVAL}{draft.pk}/").status_code == 404
