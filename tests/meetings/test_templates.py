"""Items to begin from: saved, chosen for a new item, removed and put back."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from core.asked import REMOVE
from meetings.models import AgendaItem, ItemTemplate
from meetings.services import templates
from tests.makers import MEETING, a_secretary, an_outsider
from tests.makers_packets import a_council, a_meeting

pytestmark = pytest.mark.django_db
SAVE, NEW = f"{MEETING}punkter/2-1/skabelon/", f"{MEETING}punkter/nyt/"
LIST = "/moeder/skabeloner/"


@pytest.fixture
def browser() -> Client:
    a_meeting()
    client = Client()
    client.force_login(a_secretary())
    return client


def a_template(name: str = "Godkendelse", **fields: str) -> ItemTemplate:
    return ItemTemplate.objects.create(council=a_council(), name=name, **fields)


def test_an_item_is_saved_as_a_template(browser: Client) -> None:
    answer = browser.post(SAVE, {"name": "Indspil"}, follow=True)

    assertRedirects(answer, f"{MEETING}punkter/2-1/")
    assertContains(answer, "Skabelonen ”Indspil” er gemt.")
    saved, item = ItemTemplate.objects.get(), AgendaItem.objects.get()
    for field in templates.FIELDS:
        assert getattr(saved, field) == getattr(item, field)


@pytest.mark.parametrize(
    ("name", "said"),
    [("", "Skriv et navn."), ("Godkendelse", "Der er allerede en skabelon")],
)
def test_a_name_is_needed_once(browser: Client, name: str, said: str) -> None:
    a_template()

    assertContains(browser.post(SAVE, {"name": name}), said, status_code=422)
    assert ItemTemplate.objects.count() == 1


def test_a_new_item_begins_with_one(browser: Client) -> None:
    row = a_template(
        kind="formal", case="<p>Referatet er udsendt.</p>", title="Referat"
    )
    assertContains(browser.get(NEW), f"skabelon={row.pk}")

    page = browser.get(NEW, {"skabelon": row.pk})

    assertContains(page, "Referatet er udsendt.")
    assertContains(page, "Referat<")
    assertContains(page, '<option value="formal" selected>')
    assert AgendaItem.objects.count() == 1


@pytest.mark.parametrize(
    ("closed_to", "readers"), [("council", "council"), ("chosen", "secretariat")]
)
def test_a_new_item_from_a_closed_one_is_closed_and_never_to_more_readers(
    browser: Client, closed_to: str, readers: str
) -> None:
    AgendaItem.objects.update(
        is_closed=True,
        closed_reason="Paragraffen.",
        closed_to=closed_to,
        closed_readers=["role:member"] if closed_to == "chosen" else [],
    )
    browser.post(SAVE, {"name": "Lukket"})
    row = ItemTemplate.objects.get()
    page = browser.get(NEW, {"skabelon": row.pk})
    browser.post(f"{LIST}{row.pk}/fjernelse/", REMOVE)
    section = AgendaItem.objects.get().section_id
    sent = {"title": "Ny", "section": section, "template": row.pk}

    answer = browser.post(NEW, sent)

    assertContains(page, "Punktet oprettes lukket")
    assert answer.status_code == 302
    made = AgendaItem.objects.get(title="Ny")
    assert (made.is_closed, made.closed_to) == (True, readers)
    assert made.closed_reason == "Paragraffen."


def test_a_new_item_from_an_open_one_is_open(browser: Client) -> None:
    row, section = a_template(), AgendaItem.objects.get().section_id

    browser.post(NEW, {"title": "Ny", "section": section, "template": row.pk})

    assert not AgendaItem.objects.get(title="Ny").is_closed


def test_another_council_s_template_is_not_offered(browser: Client) -> None:
    other = an_outsider().memberships.get().council
    row = ItemTemplate.objects.create(council=other, name="Deres", title="Hemmelig")

    assertNotContains(browser.get(LIST), "Deres")
    assertNotContains(browser.get(NEW, {"skabelon": row.pk}), "Hemmelig")
    assert browser.post(f"{LIST}{row.pk}/fjernelse/", REMOVE).status_code == 404


def test_one_is_removed_and_put_back(browser: Client) -> None:
    row = a_template()
    url = f"{LIST}{row.pk}/fjernelse/"

    gone = browser.post(url, REMOVE, follow=True)
    assertContains(gone, "Ingen skabeloner endnu.")
    assertContains(browser.get(LIST), f'action="{url}"')
    assertContains(browser.post(url, {"undo": "1"}, follow=True), "sat ind igen")
    assertContains(browser.get(LIST), "<strong>Godkendelse</strong>")


def test_a_removed_one_does_not_come_back_beside_another_of_its_name(
    browser: Client,
) -> None:
    row = a_template()
    browser.post(f"{LIST}{row.pk}/fjernelse/", REMOVE)
    a_template()

    back = browser.post(f"{LIST}{row.pk}/fjernelse/", {"undo": "1"}, follow=True)

    assertContains(back, "Der er allerede en skabelon af det navn.")
