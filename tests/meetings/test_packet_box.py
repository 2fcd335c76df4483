"""The small packet box of the workbench."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import connection

from accounts.choices import Role
from accounts.models import User
from meetings.choices import PacketState
from meetings.models import AgendaItem, Packet
from meetings.services import agenda, findings, life, staleness
from meetings.services.packets import ask_for_packet, stop_packet
from tests.makers_packets import (
    a_begun_version,
    a_meeting,
    a_packet,
    a_publication,
    a_user,
    an_approved_packet,
)

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.django_db
URL = "/moeder/2023-11-22/"
PAGES = ("", "pakke/", "send/")


def box(client: Client) -> str:
    """The box as it reads, no-break spaces made plain."""
    page = client.get(URL).content.decode().replace("\u00a0", " ")
    _, found, rest = page.partition('aria-labelledby="packet-box"')
    assert found
    return rest.partition("</section>")[0]


@pytest.fixture
def secretary(client: Client) -> Client:
    client.force_login(a_user())
    return client


def test_nothing_built_says_so_and_offers_to_build(secretary: Client) -> None:
    a_meeting()

    shown = box(secretary)

    assert "Ikke bygget endnu." in shown
    assert "Byg pakke" in shown
    assert "Læs" not in shown


def test_a_built_packet_is_told_in_three_figures(secretary: Client) -> None:
    a_packet(a_meeting())

    shown = box(secretary)

    assert "<dt>Bygget</dt><dd>i dag kl." in shown
    assert "<dd>9 af 9 sider</dd>" in shown
    assert "Sekretariatschefen sender." in shown
    assert "Forældet" not in shown


def test_a_stale_packet_says_what_has_changed(secretary: Client) -> None:
    a_packet(a_meeting())
    AgendaItem.objects.update(case="<p>En ny tekst.</p>")

    shown = box(secretary)

    assert "Forældet" in shown
    assert "Dagsordenens tekst er ændret siden." in shown
    assert "Kontrollér og send" not in shown


def test_a_running_build_is_followed_and_not_started_again(client: Client) -> None:
    user = a_user()
    client.force_login(user)
    ask_for_packet(a_meeting().pk, by=user)

    shown = box(client)

    assert "Bygges nu" in shown
    assert "Byg pakke" not in shown


def test_a_queue_that_stands_still_is_said_here_too(client: Client) -> None:
    user = a_user()
    client.force_login(user)
    ask_for_packet(a_meeting().pk, by=user)
    at = datetime.now(UTC) - timedelta(seconds=61)
    with connection.cursor() as cursor:
        sql = "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (%s)"
        cursor.execute(sql, [at])

    shown = box(client)

    assert "Køen står stille" in shown
    assert "Intet er tabt." in shown


def test_a_failed_build_gives_its_cause(secretary: Client) -> None:
    meeting = a_meeting()
    Packet.objects.create(
        meeting=meeting, state=PacketState.FAILED, failure="2.1 Bilag 2 er væk."
    )

    assert "2.1 Bilag 2 er væk." in box(secretary)


def test_the_head_of_secretariat_may_publish_what_is_new(client: Client) -> None:
    packet = an_approved_packet(a_meeting())
    client.force_login(a_user(role=Role.CHIEF))
    assert 'href="/moeder/2023-11-22/send/">Kontrollér og send</a>' in box(client)

    client.post(f"{URL}udgivelser/", {"packet": packet.pk})

    assert "Pakken er sendt." in box(client)
    assert "Kontrollér og send" not in box(client)


def test_an_older_publication_is_named_as_such(client: Client) -> None:
    meeting = a_publication().meeting
    client.force_login(a_user())
    AgendaItem.objects.update(title="En ny titel")
    a_packet(meeting)

    shown = box(client)

    assert "En ældre pakke er sendt." in shown
    assert 'href="/moeder/2023-11-22/offentlig/"' in shown


def test_the_same_built_again_is_still_what_is_published(client: Client) -> None:
    meeting = a_publication().meeting
    client.force_login(a_user())
    a_packet(meeting)

    assert "Pakken er sendt." in box(client)
    page = client.get(f"{URL}pakke/").content.decode()
    assert "Indholdet er som i den sendte pakke." in page


def test_a_locked_meeting_offers_nothing_that_leads_nowhere(client: Client) -> None:
    meeting = a_begun_version()
    staleness.refresh(meeting.pk)
    findings.refresh(meeting.pk)
    chief = User.objects.get(email="chief@sjaelland.example")
    client.force_login(chief)
    open_ = [client.get(f"{URL}{place}").content.decode() for place in ("", "pakke/")]
    assert [("Byg pakke</button>" in page) for page in open_] == [True, True]

    life.drop_version(meeting.pk, by=chief)

    pages = [client.get(f"{URL}{place}").content.decode() for place in PAGES]
    assert [page for page in pages if "Byg pakke</button>" in page] == []
    assert [page for page in pages if "#id_" in page] == []


def test_whoever_reads_the_packet_is_told_that_it_is_stale(client: Client) -> None:
    meeting, user = a_meeting(), a_user()
    a_packet(meeting)
    client.force_login(user)
    assert "Pakken er forældet." not in client.get(f"{URL}pakke/").content.decode()

    row = meeting.sections.get().items.get()
    agenda.edit_item(row.pk, version=1, title="En anden titel", by=user)

    assert "Pakken er forældet." in client.get(f"{URL}pakke/").content.decode()


def test_a_user_waits_for_two_packets_and_is_told_which(secretary: Client) -> None:
    days = ("2023-11-22", "2023-09-22", "2023-10-22")
    third, *others = (a_meeting(slug=day) for day in days)
    user = User.objects.get()
    colleague = a_user(role=Role.CHIEF)
    waiting = [ask_for_packet(row.pk, by=user) for row in others]

    refused = secretary.post(f"{URL}pakke/")

    said = refused.content.decode().replace("\u00a0", " ")
    assert refused.status_code == 422
    assert "Du venter allerede på 2 pakker: " in said
    assert all(str(row) in said for row in others)
    assert 'id="build-packet"' in said
    assert not third.packets.exists()
    again = ask_for_packet(others[0].pk, by=user)
    assert again.pk == waiting[0].pk
    theirs = ask_for_packet(third.pk, by=colleague)
    stop_packet(theirs.pk, by=user)
    stop_packet(waiting[0].pk, by=user)
    assert secretary.post(f"{URL}pakke/").status_code == 302
    assert third.packets.filter(asked_by=str(user)).count() == 1
