"""When what is sent becomes public: at once, at a moment, or never."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains

from accounts.choices import Role
from accounts.models import Organisation
from core.models import SearchEntry
from core.search import PUBLIC, indexing
from meetings.models import Meeting
from meetings.search import scope_of
from tests.made import again
from tests.makers import MEETING, a_secretary
from tests.makers_packets import a_begun_version, a_meeting, a_publication, a_user

if TYPE_CHECKING:
    from meetings.models import Publication

pytestmark = pytest.mark.django_db
FIND, SENT = "/soeg/?q=filmfond", f"{MEETING}bilag/2-1-bilag-2/?version=1"
FACTS = f"{MEETING}oplysninger/"
NOON = datetime(2023, 11, 15, 12, tzinfo=ZoneInfo("Europe/Copenhagen"))


@pytest.fixture(autouse=True)
def today(settings: Any) -> None:
    settings.CLOCK_DATE = date(2023, 11, 7)


@pytest.fixture(scope="module")
def made(kept: None) -> Publication:
    """Sent on the 7th, public from the 15th."""
    meeting = a_meeting()
    Meeting.objects.filter(pk=meeting.pk).update(public_at=NOON)
    meeting.refresh_from_db()
    return a_publication(meeting)


@pytest.fixture
def sent(made: Publication) -> Publication:
    return again(made)


def a_browser(role: Role) -> Client:
    client = Client()
    client.force_login(a_user(role=role))
    return client


def test_members_read_it_when_it_is_sent_and_the_public_when_it_opens(
    sent: Publication, settings: Any
) -> None:
    member = a_browser(Role.MEMBER)

    assertContains(member.get(MEETING), "åbner 15.\xa0november\xa02023 kl.\xa012.00")
    for path in ("", "pakke.pdf", "pakke/", "punkter/2-1/", "bilag/2-1-bilag-1/"):
        assert Client().get(f"{MEETING}{path}").status_code == 404
    assertNotContains(Client().get("/moeder/"), "2023-11-22")

    settings.CLOCK_DATE = date(2023, 11, 16)
    assertContains(Client().get(MEETING), "Sendt 7.\xa0november\xa02023")
    assertContains(Client().get("/moeder/"), "2023-11-22")


def test_only_those_who_sit_in_the_council_read_it_before(sent: Publication) -> None:
    house = Organisation.objects.create(slug="hus", name="Hus")
    reporter = Client()
    reporter.force_login(a_user(role=Role.REPORTER, organisation=house))
    sitting = [a_browser(role) for role in (Role.SECRETARIAT, Role.MEMBER)]
    others = [reporter, a_browser(Role.ADMINISTRATOR)]

    for path in ("bilag/2-1-bilag-1/", "bilag/2-1-bilag-1.pdf", "kvittering/"):
        answers = [who.get(MEETING + path).status_code for who in (*sitting, *others)]
        assert answers == [200, 200, 404, 404]


def test_what_is_not_public_yet_is_kept_by_no_cache(sent: Publication) -> None:
    answer = a_browser(Role.MEMBER).get(f"{MEETING}pakke.pdf")

    assert answer.headers["Cache-Control"] == "no-store, private"


def test_it_is_indexed_anew_when_it_opens(sent: Publication) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT args ->> 'meeting_pk', scheduled_at FROM procrastinate_jobs"
            " WHERE task_name = 'meetings.open'"
        )
        assert cursor.fetchall() == [(str(sent.meeting_id), NOON)]


def test_those_who_sit_in_the_council_find_it_before_everybody_else_does(
    sent: Publication, settings: Any
) -> None:
    scope = scope_of(sent.meeting_id)
    indexing.index(scope)
    rows = SearchEntry.objects.filter(is_sent=True, audience=PUBLIC)
    assert not rows.exists()
    assertContains(a_browser(Role.MEMBER).get(FIND), SENT)
    house = Organisation.objects.create(slug="hus", name="Hus")
    reporter = Client()
    reporter.force_login(a_user(role=Role.REPORTER, organisation=house))
    for client in (Client(), reporter):
        assertNotContains(client.get(FIND), SENT)

    settings.CLOCK_DATE = date(2023, 11, 16)
    indexing.index(scope)

    assert rows.exists()


def test_another_kind_of_meeting_never_opens() -> None:
    meeting = a_meeting()
    Meeting.objects.filter(pk=meeting.pk).update(kind="directors")
    meeting.refresh_from_db()
    a_publication(meeting)

    assert Client().get(MEETING).status_code == 404
    member = a_browser(Role.MEMBER)
    assertContains(member.get(MEETING), "K17-møde i KKR Sjælland")
    assertContains(member.get(MEETING), "Kun for jer, der sidder i rådet.")


def test_the_moment_is_written_as_danes_write_it() -> None:
    meeting, client = a_meeting(), Client()
    client.force_login(a_secretary())
    own = {"version": "1", "held_on": "22.11.2023"}

    wrong = client.post(FACTS, own | {"public_at": "ved middagstid"})
    client.post(FACTS, own | {"public_at": "15.11.2023 kl. 12.00"})

    assertContains(wrong, "Skriv dag og klokkeslæt", status_code=422)
    meeting.refresh_from_db()
    assert meeting.public_at == NOON
    assertContains(client.get(FACTS), 'value="15.11.2023 kl. 12.00"')


def test_what_is_public_is_not_closed_again() -> None:
    meeting, client = a_begun_version(), Client()
    client.force_login(a_secretary())
    sent = {"version": str(meeting.version), "held_on": "22.11.2023"}

    answer = client.post(FACTS, {**sent, "public_at": "15.11.2023 kl. 12.00"})

    assertContains(answer, "Mødet er offentligt allerede.", status_code=422)
