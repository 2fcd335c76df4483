"""Whom readers of an item may ask: written, copied, printed, and absent from before."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pytest_django.asserts import assertContains, assertNotContains

from meetings.agenda import Agenda, records_digest
from meetings.models import AgendaItem
from meetings.rows import read_agenda
from meetings.services import copying, templates
from tests.makers import MEETING, a_meeting, a_secretary, an_item, item_data
from tests.makers_packets import a_packet

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.django_db
IDA = "Ida Holm, ida@kkr.example"


def test_a_contact_is_saved_and_printed_on_the_agenda(client: Client) -> None:
    client.force_login(a_secretary())
    meeting = a_meeting()
    item = an_item(meeting)
    an_item(meeting, "Uden")

    sent = item_data(item, contact=IDA, responsible="sekretariatet")
    client.post(f"{MEETING}punkter/2-1/", sent)
    a_packet(meeting)

    page = client.get(f"{MEETING}dagsorden/")
    assertContains(page, IDA, count=1)
    assertContains(page, "Kontakt</h3>", count=1)
    for number, count in (("2-1", 1), ("2-2", 0)):
        own = client.get(f"{MEETING}som-medlem/{number}/")
        assertContains(own, f"<dt>Kontakt</dt><dd>{IDA}</dd>", count=count)
        assertContains(own, "<dd>Sekretariatet</dd>", count=count)


def test_a_copy_and_a_template_keep_the_contact() -> None:
    by, item = a_secretary(), an_item(a_meeting(), contact=IDA)
    to = a_meeting(slug="2024-01-24")

    made = copying.copy_item(item.pk, to=to.pk, by=by)
    template = templates.save_as_template(item.pk, name="Fast", by=by)

    assert (made.contact, template.contact) == (IDA, IDA)


def test_what_was_built_before_there_were_contacts_is_not_stale() -> None:
    meeting = a_meeting()
    an_item(meeting)
    agenda = read_agenda(meeting.pk)
    plain = agenda.to_json()
    del plain["sections"][0]["items"][0]["contact"]

    assert Agenda.from_json(plain) == agenda
    assert records_digest(Agenda.from_json(plain)) == records_digest(agenda)
    AgendaItem.objects.update(contact=IDA)
    assert records_digest(read_agenda(meeting.pk)) != records_digest(agenda)


def test_a_page_of_an_item_without_one_says_nothing(client: Client) -> None:
    client.force_login(a_secretary())
    meeting = a_meeting()
    an_item(meeting)
    a_packet(meeting)

    assertNotContains(client.get(f"{MEETING}dagsorden/"), "Kontakt")
