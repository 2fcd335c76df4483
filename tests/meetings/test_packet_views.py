"""The packet page: ask for a build, follow it, read the packet page by page."""

from __future__ import annotations

import html
import re
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.choices import Role
from meetings.choices import JoinState, MakeState, PacketState, PartKind
from meetings.models import AgendaItem, Appendix, Meeting, Packet, PacketPart
from tests.makers_packets import (
    a_council,
    a_meeting,
    a_packet,
    a_publication,
    a_user,
    an_appendix,
)

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

pytestmark = pytest.mark.django_db
MEETING = "/moeder/2023-11-22/"
URL = f"{MEETING}pakke/"
HTMX = {"HX-Request": "true"}


@pytest.fixture
def meeting(client: Client) -> Meeting:
    """A meeting, and its secretariat signed in."""
    made = a_meeting()
    client.force_login(a_user(made.council))
    return made


def a_build(
    meeting: Meeting, *parts: tuple[MakeState, JoinState], **fields: Any
) -> Packet:
    """A packet under way, with parts at these stages."""
    state = fields.pop("state", PacketState.BUILDING)
    packet = Packet.objects.create(
        meeting=meeting, state=state, asked_by="Sekretariatet", **fields
    )
    for position, (make, join) in enumerate(parts, 1):
        PacketPart.objects.create(
            packet=packet,
            position=position,
            kind=PartKind.APPENDIX,
            appendix_pk=position,
            label=f"2.1 Bilag {position}",
            title=f"Brev {position}",
            make=make,
            join=join,
        )
    return packet


def a_worker(seconds_ago: int) -> None:
    """A worker that showed itself so long ago."""
    at = datetime.now(UTC) - timedelta(seconds=seconds_ago)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (%s)", [at]
        )


def test_a_meeting_without_a_packet_says_so(client: Client, meeting: Meeting) -> None:
    response = client.get(URL)

    assertContains(response, "Ikke bygget endnu")
    assertContains(response, "Byg pakke")
    assertNotContains(response, "Læs pakken")


def test_byg_pakke_asks_for_one_build_however_often_it_is_pressed(
    client: Client, meeting: Meeting
) -> None:
    assertRedirects(client.post(URL), URL)
    client.post(URL)

    packet = Packet.objects.get()
    assert (packet.state, packet.asked_by) == ("queued", "Sekretariat sjaelland")
    with connection.cursor() as cursor:
        cursor.execute("SELECT args ->> 'packet_id' FROM procrastinate_jobs")
        assert cursor.fetchall() == [(str(packet.pk),)]


def test_a_build_is_shown_part_by_part(client: Client, meeting: Meeting) -> None:
    makes = (MakeState.MADE, MakeState.CHECKED, MakeState.MAKING, MakeState.WAITING)
    waiting = [(make, JoinState.WAITING) for make in makes]
    a_build(meeting, (MakeState.REUSED, JoinState.JOINED), *waiting)

    page = client.get(URL).content.decode()

    assert "Bygger pakken: 1 af 5 dele er sat ind" in page
    steps = ("Genbrugt", "Dannet igen", "Ny fil kontrolleret", "Dannes nu", "Venter")
    counts = ("1</b> sat ind", "2</b> klar", "1</b> dannes", "1</b> venter")
    assert [words for words in (*steps, *counts, "Sat ind") if words not in page] == []


def test_the_box_is_asked_for_every_two_seconds_until_286(
    client: Client, meeting: Meeting
) -> None:
    packet = a_build(meeting, (MakeState.MAKING, JoinState.WAITING))
    assertContains(client.get(URL), 'hx-trigger="every 2s"')
    assertContains(client.get(URL, headers=HTMX), "Bygger pakken")

    packet.delete()
    a_packet(meeting)
    response = client.get(URL, headers=HTMX)

    assertContains(response, "Pakken er bygget kl.\u00a0", status_code=286)
    assertNotContains(response, "<html", status_code=286)


def test_when_the_build_is_done_head_and_reader_come_along(
    client: Client, meeting: Meeting
) -> None:
    packet = a_build(meeting, (MakeState.MAKING, JoinState.WAITING))
    asks = f"{URL}?venter=1"
    assertContains(client.get(URL), f'hx-get="{asks}"')
    assertNotContains(client.get(asks, headers=HTMX), "packet-reader")
    packet.delete()
    a_packet(meeting)

    done = client.get(f"{asks}&side=7", headers=HTMX)

    assertContains(done, 'id="packet-head" hx-swap-oob="true"', status_code=286)
    assertContains(done, "Byg pakke</button>", status_code=286)
    assertContains(done, 'id="packet-reader" hx-swap-oob="true"', status_code=286)
    assertContains(done, "Side 7. Piletaster bladrer.", status_code=286)
    assertContains(done, "2.1 Bilag 2</a>", status_code=286)


def test_a_page_that_is_gone_with_the_build_leads_to_the_first(
    client: Client, meeting: Meeting
) -> None:
    a_packet(meeting)

    done = client.get(f"{URL}?venter=1&side=77", headers=HTMX)

    assertContains(done, "Side 1. Piletaster bladrer.", status_code=286)
    assertNotContains(done, "Skriv en side fra", status_code=286)


def test_the_page_leads_to_reading_in_one_place(
    client: Client, meeting: Meeting
) -> None:
    a_packet(meeting)

    assertContains(client.get(URL), ">Læs fra side 1</a>", count=1)


def test_pages_that_are_pictures_are_told_beside_the_claim(
    client: Client, meeting: Meeting
) -> None:
    a_packet(meeting)

    page = client.get(URL)

    assertContains(page, "Pakken er en tilgængelig PDF (PDF/UA).")
    assertContains(page, "3\u00a0sider er billeder fra filer uden opmærkning.")


def test_a_built_packet_is_told_in_one_line(client: Client, meeting: Meeting) -> None:
    a_packet(meeting)

    response = client.get(URL)

    assertContains(response, "1\u00a0del genbrugt, 2 dannet eller ny, 9\u00a0sider.")
    assertNotContains(response, "every 2s")


def test_a_half_packet_is_never_read(client: Client, meeting: Meeting) -> None:
    a_packet(meeting)
    half = a_build(
        meeting, (MakeState.MADE, JoinState.JOINED), page_count=40, file="f" * 64
    )

    response = client.get(URL)

    assertContains(response, "af 9</span>")
    assertContains(client.get(f"{URL}?side=10"), "side fra 1 til 9", status_code=422)
    assert half.file not in response.content.decode()


def test_a_failed_build_gives_the_reason_and_the_packet_before_stays(
    client: Client, meeting: Meeting
) -> None:
    a_packet(meeting)
    waits = JoinState.WAITING
    parts = ((MakeState.REUSED, waits), (MakeState.FAILED, waits))
    a_build(
        meeting, *parts, state=PacketState.FAILED, failure="2.1 Bilag 2 kan ikke læses."
    )

    page = client.get(URL).content.decode()

    assert "Pakken blev ikke bygget" in page
    assert "2.1 Bilag 2 kan ikke læses." in page
    assert "icon--bad" in page
    assert 'href="/moeder/2023-11-22/punkter/2-1/bilag/2/">Ret' in page
    assert "gælder fortsat" in page


@pytest.mark.parametrize("silence", [61, 3600])
def test_a_queue_that_stands_still_is_said(
    client: Client, meeting: Meeting, silence: int
) -> None:
    client.post(URL)
    a_worker(seconds_ago=silence)

    response = client.get(URL)

    assertContains(response, "Køen står stille siden ")
    assertContains(response, "Intet er tabt.")
    assertContains(response, "1 opgave: at sætte pakken sammen")
    assertContains(response, "Prøv igen")


def test_a_worker_that_lives_is_no_silence(client: Client, meeting: Meeting) -> None:
    client.post(URL)
    a_worker(seconds_ago=20)

    assertNotContains(client.get(URL), "Køen står stille")


def test_trying_again_only_asks_for_the_state(client: Client, meeting: Meeting) -> None:
    client.post(URL)
    a_worker(seconds_ago=61)
    before = list(Packet.objects.values())

    assertContains(client.get(URL), f'href="{URL}">Prøv igen</a>')
    assert list(Packet.objects.values()) == before


def test_stop_ends_the_build_and_keeps_what_is_made(
    client: Client, meeting: Meeting
) -> None:
    packet = a_build(meeting, (MakeState.MADE, JoinState.WAITING))

    response = client.post(f"{URL}stop/", follow=True)

    packet.refresh_from_db()
    assert packet.state == PacketState.STOPPED
    assert packet.parts.count() == 1
    assertContains(response, "Byggeriet er stoppet")


def test_a_page_is_read_with_its_picture_and_its_words(
    client: Client, meeting: Meeting
) -> None:
    a_packet(meeting)

    response = client.get(f"{URL}?side=2")

    words = "Side 2, skilleblad til 2.1 Bilag 1, Forenklingskatalog"
    assertContains(response, f'alt="{words}"')
    assertContains(response, f"{URL}sider/2.png?v=")
    assertContains(response, 'rel="prev"')
    assertContains(response, 'rel="next"')


def test_a_page_of_a_record_names_it_and_opens_the_contents_around_it(
    client: Client, meeting: Meeting
) -> None:
    a_packet(meeting)

    response = client.get(f"{URL}?side=4")

    assertContains(response, "Side 4, forslag 1: Færre målgrupper")
    assertContains(response, "/bilag/2-1-bilag-1/#proposal-et")
    assertContains(response, 'aria-current="true"', count=1)
    assertContains(response, "Alle 2 forslag")


def test_a_page_without_a_picture_leads_to_the_pdf(
    client: Client, meeting: Meeting
) -> None:
    a_packet(meeting)

    response = client.get(f"{URL}?side=3")

    assertContains(response, "Billedet af siden er ved at blive lavet.")
    assertContains(response, "/moeder/2023-11-22/pakke.pdf#page=3")


@pytest.mark.parametrize(
    ("asked", "page"), [("2.1 Bilag 2", 6), ("2.1 bilag 1", 2), ("s. 7", 7), ("007", 7)]
)
def test_the_page_field_takes_names_too(
    client: Client, meeting: Meeting, asked: str, page: int
) -> None:
    a_packet(meeting)

    response = client.get(URL, {"side": asked})

    assertRedirects(response, f"{URL}?side={page}#laes", fetch_redirect_response=False)


@pytest.mark.parametrize("asked", ["0", "10", "-1", "9" * 5000, "2.1 Bilag 9", "<b>"])
def test_a_page_that_is_not_there_is_refused_and_kept_in_the_field(
    client: Client, meeting: Meeting, asked: str
) -> None:
    a_packet(meeting)

    response = client.get(URL, {"side": asked})

    sentence = "Skriv en side fra 1 til 9 eller et bilag, for eksempel 2.1 Bilag 1."
    assertContains(response, sentence, status_code=422)
    assert response.context["reader"].asked == asked


def test_others_read_the_published_packet_and_see_no_build(client: Client) -> None:
    meeting = a_publication().meeting
    a_build(meeting, (MakeState.MAKING, JoinState.WAITING))

    response = client.get(URL)

    assertContains(response, "Låst, som den blev sendt.")
    assertNotContains(response, "Bygger pakken")
    assertNotContains(response, "Byg pakke")


def test_nobody_else_has_a_packet_built_or_stopped(client: Client) -> None:
    meeting = a_publication().meeting
    packet = a_build(meeting, (MakeState.MAKING, JoinState.WAITING))
    assertRedirects(client.post(URL), f"/log-ind/?next={URL}")
    for user in (a_user(role=Role.MEMBER), a_user(a_council("hovedstaden"))):
        client.force_login(user)
        # They read the packet there; there is nothing to read where a build is stopped.
        assert client.post(URL).status_code == 403
        assert client.post(f"{URL}stop/").status_code == 404

    assert Packet.objects.get(pk=packet.pk).state == PacketState.BUILDING


@pytest.mark.parametrize("appendices", [1, 4])
@pytest.mark.parametrize(("is_running", "queries"), [(False, 8), (True, 8)])
def test_the_page_asks_the_same_number_of_queries(
    client: Client,
    appendices: int,
    is_running: bool,  # noqa: FBT001
    queries: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    meeting = a_meeting(appendices=appendices)
    client.force_login(a_user())
    a_packet(meeting)
    if is_running:
        a_build(meeting, *[(MakeState.MAKING, JoinState.WAITING)] * appendices)

    with django_assert_num_queries(queries):
        response = client.get(URL)

    assertContains(response, "contents__link", count=appendices + 1)


def test_a_meeting_that_moved_is_read_at_its_new_address(client: Client) -> None:
    a_packet(a_meeting())
    client.force_login(a_user())
    Meeting.objects.update(slug="2023-11-29", held_on=date(2023, 11, 29))

    page = client.get("/moeder/2023-11-29/pakke/?side=2").content.decode()

    assert "/moeder/2023-11-22/" not in page
    own = re.findall(r'(?:href|src|action)="(/moeder/2023-11-29/[^"]*)"', page)
    found = {url: client.get(html.unescape(url)).status_code for url in own}
    assert found == dict.fromkeys(own, 200)
    assert any(".png" in url for url in own)


def test_a_withdrawn_appendix_is_named_where_its_pages_were(
    client: Client, meeting: Meeting
) -> None:
    letter = Appendix.objects.get(item__section__meeting=meeting, position=2)
    letter.is_withdrawn, letter.sent_in, letter.given_number = True, 1, "2"
    letter.save()
    a_packet(meeting)
    key = f"{letter.item.key}-{letter.key}/fil"
    labels = [str(page) for page in range(1, 6)]
    numbers = {"packet": {key: ["7", "8"]}}
    Packet.objects.update(numbers=numbers, labels=labels, page_count=5)

    assertContains(client.get(URL), "udgået</span></span>")
    assertContains(client.get(URL), "af 8, 5\xa0ark")
    page = client.get(URL, {"side": "7"})
    assertContains(page, "Side 7–8 er udgået (2.1 Bilag 2).", status_code=422)


def test_a_built_packet_leads_on_to_the_send_page_until_it_is_sent(
    client: Client, meeting: Meeting
) -> None:
    a_packet(meeting)
    link = f'<a class="link" href="{MEETING}send/">Kontrollér og send</a>'
    assertContains(client.get(URL), link)
    assertContains(client.get(MEETING), "af 9\xa0sider")

    a_publication(meeting)
    assertNotContains(client.get(URL), link)


def test_a_picture_is_of_the_packet_that_the_page_showed(
    client: Client, meeting: Meeting
) -> None:
    a_packet(meeting)
    page = client.get(f"{URL}?side=2").content.decode()
    picture = re.search(rf"{URL}sider/2.png\?v=[0-9a-f]+", page)
    an_appendix(AgendaItem.objects.get(), 3)
    a_packet(meeting, has_pictures=False)

    assert picture is not None
    assert client.get(picture[0]).status_code == 200
    assert client.get(f"{URL}sider/2.png").status_code == 404
    assert client.get(f"{URL}sider/2.png?v=0123").status_code == 404
