"""What meetings decided that is to be done: listed until it is, with undo."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

import pytest
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from meetings.models import AgendaItem, FollowUp, Meeting
from meetings.services import follow_ups
from tests.made import again
from tests.makers import an_outsider
from tests.makers_minutes import a_chief, a_held_meeting

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries

pytestmark = pytest.mark.django_db
LIST: Final = "/opfoelgning/"
NEW: Final = "/moeder/2023-11-22/referat/opgaver/ny/?punkt=2-1"
SENT: Final = {"text": "Send svaret.", "owner": "Anne", "due_on": "1.12.2023"}


@pytest.fixture(autouse=True)
def today(settings: Any) -> None:
    settings.CLOCK_DATE = date(2023, 12, 4)


@pytest.fixture(scope="module")
def made(kept: None) -> Meeting:
    return a_held_meeting()


@pytest.fixture
def meeting(made: Meeting) -> Meeting:
    return again(made)


@pytest.fixture
def browser(meeting: Meeting) -> Client:
    client = Client()
    client.force_login(a_chief(meeting))
    return client


def a_task(meeting: Meeting, text: str = "Send svaret.", **fields: Any) -> FollowUp:
    values: dict[str, Any] = {
        "owner": "Anne",
        "item": AgendaItem.objects.get(),
    } | fields
    return follow_ups.create_task(meeting.pk, text=text, by=a_chief(meeting), **values)


def test_a_task_is_written_at_its_item_and_listed(browser: Client) -> None:
    answer = browser.post(NEW, SENT, follow=True)

    assertRedirects(answer, "/moeder/2023-11-22/referat/#punkt-2-1")
    assertContains(answer, "Send svaret.")
    page = browser.get(LIST)
    assertContains(page, "Punkt 2.1, KKR-møde 22.\xa0november\xa02023")
    assertContains(page, "3\xa0dage for sent")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("text", "Skriv, hvad der skal gøres."),
        ("owner", "Skriv, hvem der gør det."),
    ],
)
def test_half_a_task_is_refused(browser: Client, name: str, words: str) -> None:
    answer = browser.post(NEW, SENT | {name: ""})

    assertContains(answer, words, status_code=422)
    assertContains(answer, "1.12.2023", status_code=422)
    assert not FollowUp.objects.exists()


def test_what_is_done_can_be_opened_again(browser: Client, meeting: Meeting) -> None:
    task = a_task(meeting)
    url = f"{LIST}{task.pk}/tilstand/"

    done = browser.post(url, {"til": "loest"}, follow=True)
    task.refresh_from_db()
    opened = browser.post(url, {"til": "aaben"}, follow=True)

    assert task.done_on == date(2023, 12, 4)
    assertContains(done, "Løst: Send svaret.")
    assertContains(done, "Åbn den igen")
    assertContains(opened, "Opgaven er åben igen.")
    task.refresh_from_db()
    assert task.done_on is None


def test_a_removed_task_is_put_back(browser: Client, meeting: Meeting) -> None:
    task = a_task(meeting)
    url = f"{LIST}{task.pk}/fjernelse/"

    gone = browser.post(url, {"remove": "ja"}, follow=True)
    back = browser.post(url, {"undo": "1"}, follow=True)

    assertContains(gone, "Opgaven er fjernet.")
    assertContains(gone, "ingen opgaver venter")
    assertContains(back, "Send svaret.")


def test_two_who_edit_one_task_are_asked(browser: Client, meeting: Meeting) -> None:
    task = a_task(meeting)
    follow_ups.edit_task(task.pk, version=1, owner="Bo", by=a_chief(meeting))

    same = browser.post(f"{LIST}{task.pk}/", SENT | {"owner": "Per", "version": "1"})
    other = browser.post(
        f"{LIST}{task.pk}/", SENT | {"text": "Nyt.", "version": "1"}, follow=True
    )

    assert same.status_code == 409
    assertContains(other, "Flettet med")
    task.refresh_from_db()
    assert (task.text, task.owner) == ("Nyt.", "Bo")


def test_another_council_s_tasks_do_not_exist(meeting: Meeting) -> None:
    task, client = a_task(meeting), Client()
    client.force_login(an_outsider())

    assertNotContains(client.get(LIST), "Send svaret.")
    assert client.get(f"{LIST}{task.pk}/").status_code == 404


def test_what_waits_stands_on_the_overview(browser: Client, meeting: Meeting) -> None:
    for at in range(6):
        a_task(meeting, f"Opgave {at}")

    page = browser.get("/")

    assertContains(page, "Intet møde er planlagt.")
    assertContains(page, "Referatet af mødet 22.\xa0november\xa02023 er ikke godkendt")
    assertContains(page, "Opgave 3")
    assertContains(page, "Og 2\xa0opgaver mere til opfølgning")


@pytest.mark.parametrize("count", [1, 4])
def test_the_list_asks_few_questions(
    browser: Client,
    meeting: Meeting,
    django_assert_max_num_queries: DjangoAssertNumQueries,
    count: int,
) -> None:
    for at in range(count):
        follow_ups.finish_task(a_task(meeting, f"Løst {at}").pk, by=a_chief(meeting))
        a_task(meeting, f"Venter {at}")

    with django_assert_max_num_queries(6):
        assertContains(browser.get(LIST), ">Venter ", count=count)
