"""An approval is taken back with a reason, until a meeting has seen the number."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains

from meetings.models import Publication, PublishedAppendix, SentRecord
from resultcontracts.choices import MeasurementState as State
from resultcontracts.models import Contract, Measurement, RoundLetter
from resultcontracts.services import measurements
from tests.makers import a_chief, a_secretary
from tests.makers_calls import APPROVAL, DAY, a_round, measure_of
from tests.makers_contracts import CONTRACT
from tests.makers_packets import a_council, a_publication

if TYPE_CHECKING:
    from pytest_django import Settings

    from accounts.models import User

pytestmark = pytest.mark.django_db
REACHED = "53 pct. er meget tilfredse mod måltal 50."


@pytest.fixture
def chief(settings: Settings) -> User:
    """A number that was asked for, sent in and approved."""
    settings.CLOCK_DATE = DAY
    council = a_council()
    secretary, boss = a_secretary(council), a_chief(council)
    link = a_round(council, secretary)
    row = measurements.enter(
        measure_of(link).pk, by=secretary, asked_in=link.round_id, low=53
    )
    row = measurements.submit(row.pk, version=row.version, by=secretary)
    measurements.approve(row.pk, version=row.version, by=boss)
    return boss


def an_appendix_of(publication: Publication) -> PublishedAppendix:
    """A sent appendix, as small as one can be."""
    return PublishedAppendix.objects.create(
        publication=publication, position=9, slug="maal", label="Bilag 9",
        first_page=1, last_page=1, own_pages=1, file="0" * 64, size=1,
    )  # fmt: skip


def sent(user: User, **more: Any) -> Any:
    client = Client()
    client.force_login(user)
    row = Measurement.objects.get(corrects=None)
    given = {"til": "fortryd", "version": row.version, "why": "Forkert år", **more}
    return client, client.post(f"{APPROVAL}{row.pk}/", given)


def test_an_approval_is_taken_back_for_a_reason(chief: User) -> None:
    """It counts no more and waits; the reason is told, the old state is history."""
    board = f"/resultatkontrakt/{CONTRACT}/"
    client, empty = sent(chief, why=" ")
    assertContains(empty, "Skriv, hvorfor godkendelsen fortrydes.", status_code=422)
    assertContains(client.get(board), REACHED)
    assertContains(client.get(APPROVAL), "Godkendt senest")
    _, stale = sent(chief, version="1", why="Ordene står")
    assertContains(stale, "Ordene står", status_code=409)
    assert sent(chief)[1].status_code == 302
    row: Any = Measurement.objects.get()
    assert (row.state, row.approved_at, row.approved_by) == (
        State.SUBMITTED,
        None,
        None,
    )
    last = row.events.order_by("-pgh_id").first()
    assert last.pgh_context.metadata["verb"] == "fortrød en godkendelse"
    assert row.events.filter(state="approved", approved_by=chief).exists()
    letter = RoundLetter.objects.order_by("pk").last()
    assert letter is not None
    assert "Forkert år" in letter.body
    assertNotContains(client.get(board), REACHED)
    one = f"{APPROVAL}{row.pk}/"
    assertContains(client.get(one), "”Forkert år”")
    client.post(one, {"til": "godkend", "version": row.version})
    row.refresh_from_db()
    assert (row.state, row.reopened_reason) == (State.APPROVED, "")


@pytest.mark.parametrize("why", ["sent", "shown before", "locked", "corrected"])
def test_what_a_meeting_has_seen_is_corrected_instead(chief: User, why: str) -> None:
    """A sent packet, a meeting before the portal, a locked time, a correction."""
    row = Measurement.objects.get()
    contract = Contract.objects.get()
    said = "Lav en rettelse i stedet."
    if why == "sent":
        meeting = row.asked_in.meeting  # type: ignore[union-attr]
        publication = a_publication(meeting)
        SentRecord.objects.create(
            appendix=an_appendix_of(publication),
            key=row.measure.goal.record_key,
            label="Mål 1",
            title="x",
        )  # fmt: skip
        said = "Tallet er vist på mødet 22.\xa0november\xa02023."
    elif why == "shown before":
        Measurement.objects.update(shown_before="KKR 5. februar 2021")
    elif why == "locked":
        contract.locked_until = date(2023, 12, 31)
        contract.save()
    else:
        measurements.correct(row.pk, version=row.version, by=chief, low=52)
        said = "Der er en rettelse af tallet."
    client, answer = sent(chief)
    assertContains(answer, said, status_code=422)
    assertNotContains(client.get(f"{APPROVAL}{row.pk}/"), "Hvorfor fortrydes")
    row.refresh_from_db()
    assert row.state == State.APPROVED
