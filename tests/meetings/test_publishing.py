"""What is published is what the head of secretariat has seen, once, as it stands."""

from __future__ import annotations

import pytest

from accounts.choices import Role
from core.errors import RuleViolationError
from meetings.models import AgendaItem, Meeting, Publication
from meetings.services.publishing import publish
from tests import makers_packets
from tests.made import again
from tests.makers_packets import (
    a_document,
    a_meeting,
    a_packet,
    a_user,
    an_approved_packet,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def made(kept: None) -> Meeting:
    return a_meeting()


@pytest.fixture
def meeting(made: Meeting) -> Meeting:
    return again(made)


def test_publishing_twice_makes_one_version(meeting: Meeting) -> None:
    packet, chief = an_approved_packet(meeting), a_user(role=Role.CHIEF)
    publish(meeting.pk, packet_pk=packet.pk, by=chief)

    with pytest.raises(RuleViolationError, match="Intet er ændret, siden version 1"):
        publish(meeting.pk, packet_pk=packet.pk, by=chief)

    assert Publication.objects.get().number == 1


def test_a_packet_that_was_built_meanwhile_is_not_published_unseen(
    meeting: Meeting,
) -> None:
    seen = a_packet(meeting)
    a_packet(meeting)

    with pytest.raises(RuleViolationError, match="bygget igen, siden du åbnede"):
        publish(meeting.pk, packet_pk=seen.pk, by=a_user(role=Role.CHIEF))

    assert not Publication.objects.exists()


def test_a_packet_whose_pages_say_an_older_version_is_not_published(
    meeting: Meeting,
) -> None:
    chief = a_user(role=Role.CHIEF)
    publish(meeting.pk, packet_pk=an_approved_packet(meeting).pk, by=chief)
    AgendaItem.objects.update(title="En ny titel")
    late = a_packet(meeting)
    late.version = 3
    late.save()

    with pytest.raises(RuleViolationError, match="før version 1 blev sendt"):
        publish(meeting.pk, packet_pk=late.pk, by=chief)


def test_a_change_that_no_job_has_seen_yet_stops_publishing(
    meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    packet, newer = a_packet(meeting), a_document(gains=("En ny gevinst",))
    monkeypatch.setattr(makers_packets, "a_document", lambda: newer)

    with pytest.raises(RuleViolationError, match="Pakken er forældet"):
        publish(meeting.pk, packet_pk=packet.pk, by=a_user(role=Role.CHIEF))


def test_the_next_version_is_published_after_a_change(meeting: Meeting) -> None:
    chief = a_user(role=Role.CHIEF)
    publish(meeting.pk, packet_pk=an_approved_packet(meeting).pk, by=chief)
    AgendaItem.objects.update(title="En ny titel")

    publication = publish(
        meeting.pk, packet_pk=an_approved_packet(meeting).pk, by=chief
    )

    assert publication.number == 2
