"""Same records, same bytes; one edited gain, one new piece."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import connection

from accounts.models import User
from documents.models import CachedPiece
from meetings.models import Appendix, PacketPart
from meetings.packets.state import Freshness, packet_state
from meetings.services import staleness
from meetings.services.publishing import publish
from proposals.models import Point
from tests.demo.packets import build_packet, reader_of
from tests.makers_packets import settle

if TYPE_CHECKING:
    from meetings.models import Meeting, Packet

pytestmark = pytest.mark.django_db


@pytest.fixture
def edited(packet: Packet, meeting: Meeting) -> Point:
    """Gain 2 of proposal 7, edited after the packet was built."""
    gain = Point.objects.get(proposal__number=7, kind="gain", position=2)
    gain.text = "Bedre mulighed for at arbejde målrettet og få flere løntimer"
    gain.save()
    return gain


def test_two_builds_of_an_unchanged_meeting_are_identical(
    packet: Packet, meeting: Meeting
) -> None:
    again = build_packet(meeting)

    assert (again.file, again.digest) == (packet.file, packet.digest)


def test_everything_is_reused_the_second_time(packet: Packet, meeting: Meeting) -> None:
    before = CachedPiece.objects.count()

    again = build_packet(meeting)

    states = set(again.parts.exclude(appendix_key="").values_list("make", flat=True))
    assert states == {"reused"}
    assert CachedPiece.objects.count() == before


def test_after_one_gain_is_edited_only_its_piece_is_printed_again(
    edited: Point, meeting: Meeting
) -> None:
    before = set(CachedPiece.objects.values_list("pk", flat=True))

    again = build_packet(meeting)

    made = again.parts.filter(make="made").values_list("label", flat=True)
    assert list(made) == ["2.1 Bilag 3"]
    assert CachedPiece.objects.exclude(pk__in=before).count() == 1
    assert edited.text in reader_of(again.file).pages[40].text


def test_the_job_tells_what_has_changed_and_on_which_page(
    edited: Point, meeting: Meeting
) -> None:
    staleness.refresh(meeting.pk)

    state = packet_state(meeting)
    assert state.changes == ("1\u00a0gevinst i forslag 7 er ændret",)
    assert state.pages == ("41",)
    catalogue = Appendix.objects.get(key="forenklingskatalog")
    assert state.appendices[catalogue.pk].freshness is Freshness.CHANGED


def test_a_fresh_packet_is_not_stale(packet: Packet, meeting: Meeting) -> None:
    staleness.refresh(meeting.pk)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'succeeded'")

    state = packet_state(meeting)
    assert (state.is_stale, state.changes) == (False, ())
    assert {entry.freshness for entry in state.appendices.values()} == {Freshness.FRESH}


def test_a_renamed_item_makes_the_packet_stale(
    packet: Packet, meeting: Meeting
) -> None:
    item = meeting.sections.get().items.get(position=4)
    item.title = "Et nyt navn"
    item.save()

    assert packet_state(meeting).changes == ("Dagsordenen er ændret",)


def test_an_edited_case_text_makes_the_packet_stale(
    packet: Packet, meeting: Meeting
) -> None:
    item = meeting.sections.get().items.get(position=3)
    item.case = "<p>En anden tekst</p>"
    item.save()

    assert packet_state(meeting).changes == ("Dagsordenens tekst er ændret",)


def test_a_removed_appendix_is_told(packet: Packet, meeting: Meeting) -> None:
    brev = Appendix.objects.get(key="brev")
    brev.position, brev.removed_position = None, 1
    brev.save()

    assert packet_state(meeting).changes == ("2.3 Bilag 1 er fjernet",)


def test_the_pages_of_a_catalogue_are_known(packet: Packet) -> None:
    part = PacketPart.objects.get(packet=packet, label="2.1 Bilag 3")

    key = "proposal:varighed-paa-virksomhedspraktik-kan-forlaenges-ved-ordinaere"
    assert part.pages[key] == "41"


def test_changes_are_told_against_the_latest_packet_not_an_older_one(
    edited: Point, meeting: Meeting
) -> None:
    build_packet(meeting)
    staleness.refresh(meeting.pk)

    assert packet_state(meeting).changes == ()
    row = Appendix.objects.get(key="forenklingskatalog")
    assert row.changes == []


def test_building_again_after_publishing_gives_the_published_bytes(
    packet: Packet, meeting: Meeting
) -> None:
    chief = User.objects.get(email="chef@kkr.example")
    settle(meeting, chief)
    published = publish(meeting.pk, packet_pk=packet.pk, by=chief)

    again = build_packet(meeting)

    assert (again.file, again.version) == (published.file, 1)


def test_a_change_after_publishing_makes_version_2(
    packet: Packet, meeting: Meeting
) -> None:
    chief = User.objects.get(email="chef@kkr.example")
    settle(meeting, chief)
    publish(meeting.pk, packet_pk=packet.pk, by=chief)
    Point.objects.filter(proposal__number=7, position=2).update(text="En ny tekst")

    again = build_packet(meeting)

    assert again.version == 2
    feet = {page.foot.partition(".")[0] for page in reader_of(again.file).pages[31:56]}
    assert feet == {"Version 2"}
