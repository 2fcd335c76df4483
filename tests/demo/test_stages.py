"""The demo's meeting taken on: sent on two days and held, through the portal's own services."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.utils.timezone import localtime

from accounts.models import User
from core import clock
from documents import codec
from kkr.demo.stages import NotThereError, advance
from meetings.models import Appendix, Publication
from meetings.services.minutes import approval_item
from meetings.services.publishing import publish
from tests.makers_packets import settle

if TYPE_CHECKING:
    from meetings.models import Meeting, Packet

pytestmark = pytest.mark.django_db


def test_it_is_sent_on_two_days_and_no_number_moves(
    packet: Packet, meeting: Meeting
) -> None:
    said: list[str] = []

    advance("sent", said.append)
    advance("sent", said.append)

    first, second = Publication.objects.filter(meeting=meeting).order_by("number")
    days = [f"{localtime(each.published_at):%d.%m.%Y}" for each in (first, second)]
    assert days == ["13.11.2023", "15.11.2023"]
    assert (first.page_count, second.page_count) == (125, 129)
    late = [label for label in second.labels if label not in first.labels]
    assert late == ["1a", "71a", "71b", "71c"]
    assert [label for label in second.labels if label not in late] == first.labels
    assert len(said) == 2
    assert f"{clock.today():%d.%m.%Y}" == "07.11.2023"


def test_each_version_has_a_reason_for_each_warning_and_the_minutes_wait_for_approval(
    packet: Packet, meeting: Meeting
) -> None:
    advance("held", str)

    for sent in Publication.objects.filter(meeting=meeting):
        found = sent.findings["findings"]
        assert found
        errors = [row for row in found if row["is_error"]]
        assert {row["check_key"] for row in errors} == {"unseen"}
        names = {row["answer"]["reason"] for row in errors}
        assert names == {"Karen Holm, sekretariatet"}
        assert all(row["answer"]["reason"] for row in found)
    late = Appendix.objects.get(
        item__section__meeting=meeting, key__startswith="udkast"
    )
    assert late.summary
    check_minutes(meeting)


def check_minutes(meeting: Meeting) -> None:
    """They are those of the day after, and the next meeting is to approve them."""
    meeting.refresh_from_db()
    sent = meeting.minutes.get()
    tree = codec.loads(sent.paper.document)
    item = approval_item(meeting.pk)
    assert (meeting.state, f"{localtime(sent.at):%d.%m.%Y}") == ("held", "23.11.2023")
    assert [each.label for each in tree.sections] == ["2.1", "2.2", "2.3", "2.5", "2.6"]
    assert "version\xa02 (pakkens side\xa0" in sent.paper.document
    assert item is not None
    assert (item.number, item.section.meeting.slug) == ("1.1", "2024-01-24")


def test_a_meeting_that_was_sent_by_hand_is_left_alone(
    packet: Packet, meeting: Meeting
) -> None:
    chief = User.objects.get(email="chef@kkr.example")
    settle(meeting, chief)
    publish(meeting.pk, packet_pk=packet.pk, by=chief)

    with pytest.raises(NotThereError, match="--reset"):
        advance("sent", str)
