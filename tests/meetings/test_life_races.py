"""Sending and editing at the same instant: what is edited is sent, or refused."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from meetings.models import AgendaItem, Meeting
from meetings.services import agenda
from meetings.services.life import LockedError, note_sent
from tests.makers import a_secretary
from tests.makers_packets import a_meeting

pytestmark = pytest.mark.django_db(transaction=True)
LOOKS = 20_000


def waits_for_a_row() -> bool:
    """Whether some connection stands still until another one is done with a row."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS(SELECT FROM pg_locks WHERE NOT granted)")
        return bool(cursor.fetchone()[0])


def test_an_edit_that_comes_while_the_meeting_is_being_sent_is_refused() -> None:
    by, meeting = a_secretary(), a_meeting()
    item = AgendaItem.objects.get()

    def edit() -> str:
        try:
            agenda.edit_item(item.pk, version=1, title="For sent", by=by)
        except LockedError as error:
            return str(error)
        finally:
            connection.close()
        return "saved"

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            note_sent(Meeting.checkout(meeting.pk), by=by)
            said = pool.submit(edit)
            assert any(waits_for_a_row() for _ in range(LOOKS))
        assert "er sendt" in said.result(timeout=60)

    item.refresh_from_db()
    assert item.title == "Indspil til fremtidig indsats"
