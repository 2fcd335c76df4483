"""What everybody may read: published meetings, their items, appendices and files."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.choices import Role
from documents.storage import files
from meetings.editions.reading import of_publication
from meetings.models import AgendaItem, Appendix, Meeting, PacketPart, Publication
from meetings.services import findings
from tests.makers_packets import (
    a_council,
    a_meeting,
    a_packet,
    a_publication,
    a_user,
    an_approved_packet,
)

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

pytestmark = pytest.mark.django_db
MEETING = "/moeder/2023-11-22/"
SEND_BUTTON = ">Send version 1</button>"
PUBLIC = (
    MEETING,
    f"{MEETING}offentlig/",
    f"{MEETING}punkter/2-1/",
    f"{MEETING}offentlig/punkter/2-1/",
    f"{MEETING}pakke/",
    f"{MEETING}pakke.pdf",
    f"{MEETING}pakke/sider/2.png",
    f"{MEETING}bilag/2-1-bilag-1/",
    f"{MEETING}bilag/2-1-bilag-2/",
    f"{MEETING}bilag/2-1-bilag-1.pdf",
)
FILES = tuple(url for url in PUBLIC if url.endswith(("pdf", "png")))


def body(response: object) -> bytes:
    parts = getattr(response, "streaming_content", None)
    return b"".join(parts) if parts is not None else response.content  # type: ignore[attr-defined]


def test_a_draft_does_not_exist_for_anybody_else(client: Client) -> None:
    a_packet(a_meeting())

    for user in (None, a_user(role=Role.MEMBER), a_user(a_council("hovedstaden"))):
        if user:
            client.force_login(user)
        found = {url: client.get(url).status_code for url in PUBLIC}
        assert found == dict.fromkeys(PUBLIC, 404)


def test_what_is_published_is_read_without_signing_in(client: Client) -> None:
    a_publication()

    for url in PUBLIC:
        response = client.get(url)

        assert response.status_code == 200, url
        assert body(response), url


def test_a_later_edit_changes_nothing_that_is_published(client: Client) -> None:
    meeting = a_publication().meeting
    before = {url: body(client.get(url)) for url in PUBLIC}

    meeting.place = "Et andet sted"
    meeting.save()
    AgendaItem.objects.update(title="En ny titel", case="<p>En ny tekst.</p>")
    Appendix.objects.update(title="Et nyt navn", summary="Noget andet.")
    Appendix.objects.filter(position=2).update(position=None, removed_position=2)
    PacketPart.objects.update(document="", title="Et nyt navn")
    a_packet(meeting)

    assert {url: body(client.get(url)) for url in PUBLIC} == before


def test_the_agenda_is_shown_with_what_can_be_read_aloud(client: Client) -> None:
    a_publication()

    page = client.get(MEETING).content.decode().replace("\u00a0", " ")

    for words in (
        "<h1>Møde i KKR Sjælland 22. november 2023</h1>",
        "Onsdag kl. 13.00–16.00 · 1 punkt · 2 bilag · 9 sider",
        "Temadrøftelse. KKR drøfter.",
        "Fil udefra. Scannet uden tekst. Læs resuméet i stedet.",
        "s.&nbsp;2–5",
    ):
        assert words in page


def test_an_item_without_a_title_says_so(client: Client) -> None:
    meeting = a_meeting()
    section = meeting.sections.get()
    AgendaItem.objects.create(section=section, position=2, key="uden-titel")
    a_publication(meeting)

    response = client.get(MEETING)

    assertContains(response, "Titel ikke oplyst")
    assertContains(response, "Punktet har ingen bilag i pakken")


def test_an_item_is_shown_with_its_texts(client: Client) -> None:
    a_publication()

    response = client.get(f"{MEETING}punkter/2-1/")

    headings = re.findall(r'<h2 id="tekst-(\d)">(.*)</h2>', response.content.decode())
    assert headings == [("1", "Resumé"), ("2", "Sagsfremstilling")]
    assertContains(response, "Den første tekst.")
    assert client.get(f"{MEETING}punkter/2-9/").status_code == 404


def test_a_generated_appendix_is_a_page_of_its_document(client: Client) -> None:
    a_publication()

    response = client.get(f"{MEETING}bilag/2-1-bilag-1/")

    assertContains(response, 'data-key="proposal:et"')
    assertContains(response, "Praktikordningen kan bruges mere fleksibelt")
    assertContains(response, "Pakkens side </span>")


def test_a_file_from_outside_is_told_honestly(client: Client) -> None:
    a_publication()

    response = client.get(f"{MEETING}bilag/2-1-bilag-2/")

    assertContains(response, "Brevet spørger om en filmfond.")
    assertContains(response, "Scannet uden tekst. Læs resuméet i stedet.")
    assertContains(response, "ingen, kun billeder")
    assert client.get(f"{MEETING}bilag/2-1-bilag-3/").status_code == 404


@pytest.mark.parametrize(
    ("url", "name"),
    [
        (
            f"{MEETING}pakke.pdf",
            "filename*=utf-8''KKR%20Sj%C3%A6lland%202023-11-22%20Bilagspakke.pdf",
        ),
        (f"{MEETING}bilag/2-1-bilag-2.pdf", 'filename="2.1 Bilag 2 Brev 2.pdf"'),
    ],
)
def test_a_download_has_a_name_and_may_run_nothing(
    client: Client, url: str, name: str
) -> None:
    a_publication()

    headers = client.get(url).headers

    assert headers["Content-Disposition"] == f"attachment; {name}"
    assert headers["Content-Type"] == "application/pdf"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["Content-Security-Policy"].endswith("; sandbox")
    assert headers["Cache-Control"] == "public, no-cache"


def test_a_danish_title_is_a_file_name_too(client: Client) -> None:
    meeting = a_meeting()
    Appendix.objects.filter(position=2).update(title='Øst/vest: "fond"')
    a_publication(meeting)

    headers = client.get(f"{MEETING}bilag/2-1-bilag-2.pdf").headers

    name = "filename*=utf-8''2.1%20Bilag%202%20%C3%98st%20vest%20fond.pdf"
    assert headers["Content-Disposition"] == f"attachment; {name}"


@pytest.mark.parametrize("url", FILES)
def test_a_file_that_is_known_is_not_sent_again(client: Client, url: str) -> None:
    a_publication()
    etag = client.get(url).headers["ETag"]

    response = client.get(url, headers={"If-None-Match": etag})

    assert (response.status_code, body(response)) == (304, b"")


@pytest.mark.parametrize("url", FILES)
def test_a_draft_is_kept_by_no_cache(client: Client, url: str) -> None:
    a_packet(a_meeting())
    client.force_login(a_user())

    response = client.get(url)

    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "no-store, private"
    stored = [path.name for path in Path(files().location).rglob("*") if path.is_file()]
    assert stored
    assert not [name for name in stored if name in str(response.headers)]


@pytest.mark.parametrize("bilag", ["1", "2"])
def test_editors_read_the_appendices_of_their_latest_packet(
    client: Client, bilag: str
) -> None:
    a_packet(a_meeting())
    client.force_login(a_user())

    response = client.get(f"{MEETING}bilag/2-1-bilag-{bilag}/")

    assertContains(response, "Ikke sendt. Kun sekretariatet kan se siden.")


def test_editors_see_the_published_page_beside_their_draft(client: Client) -> None:
    a_publication()
    client.force_login(a_user())
    AgendaItem.objects.update(title="En ny titel")

    response = client.get(f"{MEETING}offentlig/")

    assertContains(response, "Indspil til fremtidig indsats")
    assertNotContains(response, "En ny titel")


def test_where_two_councils_met_that_day_ones_own_comes_first(client: Client) -> None:
    a_publication()
    a_publication(a_meeting(a_council("hovedstaden")))

    assertContains(client.get(MEETING), "Møde i KKR Sjælland")
    client.force_login(a_user(a_council("hovedstaden"), Role.MEMBER))
    assertContains(client.get(MEETING), "Møde i KKR Hovedstaden")


def test_only_the_latest_publication_is_shown(client: Client) -> None:
    meeting = a_publication().meeting
    AgendaItem.objects.update(title="En ny titel")
    a_publication(meeting)

    assertContains(client.get(MEETING), "En ny titel")
    assertContains(client.get("/moeder/"), 'href="/moeder/2023-11-22/"', count=1)


def test_publishing_asks_once_then_does_it(client: Client) -> None:
    packet = an_approved_packet(meeting := a_meeting())
    findings.refresh(meeting.pk)
    client.force_login(a_user(role=Role.CHIEF))

    page = client.get(f"{MEETING}udgivelser/")
    assertContains(page, "9\u00a0sider")
    assertContains(page, f'name="packet" value="{packet.pk}"')
    assert not Publication.objects.exists()
    response = client.post(f"{MEETING}udgivelser/", {"packet": packet.pk})

    assertRedirects(response, f"{MEETING}offentlig/")
    assert Publication.objects.get().published_by == "Sekretariatschef sjaelland"


def test_a_stale_packet_is_not_published(client: Client) -> None:
    packet = a_packet(a_meeting())
    AgendaItem.objects.update(title="En ny titel")
    client.force_login(a_user(role=Role.CHIEF))

    response = client.post(f"{MEETING}udgivelser/", {"packet": packet.pk})

    sentence = "Pakken er forældet. Byg den igen, før du sender."
    assertContains(response, sentence, status_code=422)
    assertContains(response, f'<a href="{MEETING}pakke/">Byg pakke', status_code=422)
    assert not Publication.objects.exists()


def test_the_page_says_beforehand_what_keeps_a_packet_from_being_published(
    client: Client,
) -> None:
    meeting = a_meeting()
    client.force_login(a_user(role=Role.CHIEF))
    url, button = f"{MEETING}udgivelser/", SEND_BUTTON
    assertContains(client.get(url), "Pakken er ikke bygget endnu.")

    a_packet(meeting)
    assertContains(client.get(url), "Kontrollen er ikke lavet endnu.")
    findings.refresh(meeting.pk)
    assertContains(client.get(url), button)
    AgendaItem.objects.update(title="En ny titel")

    page = client.get(url)
    assertContains(page, "Pakken er forældet: ")
    assertContains(page, f'<a href="{MEETING}pakke/">Byg pakke</a>')
    assertNotContains(page, button)


def test_what_is_published_already_cannot_be_published_again(client: Client) -> None:
    chief = a_publication().meeting.council.memberships.get().user
    client.force_login(chief)

    page = client.get(f"{MEETING}udgivelser/")

    assertContains(page, "Version 1 er sendt, og intet er ændret siden.")
    assertNotContains(page, SEND_BUTTON)


def test_the_secretariat_reads_what_would_be_published(client: Client) -> None:
    a_packet(meeting := a_meeting())
    findings.refresh(meeting.pk)
    client.force_login(a_user())

    page = client.get(f"{MEETING}udgivelser/")

    assertContains(page, "Det bliver sendt")
    assertContains(page, "Sekretariatschefen sender.")
    assertNotContains(page, SEND_BUTTON)


@pytest.mark.parametrize(
    ("role", "slug", "status"),
    [
        (Role.SECRETARIAT, "sjaelland", 403),
        (Role.MEMBER, "sjaelland", 404),
        (Role.CHIEF, "hovedstaden", 404),
    ],
)
def test_only_the_councils_own_head_of_secretariat_publishes(
    client: Client, role: Role, slug: str, status: int
) -> None:
    a_packet(a_meeting())
    client.force_login(a_user(a_council(slug), role))

    assert client.post(f"{MEETING}udgivelser/").status_code == status
    assert not Publication.objects.exists()


@pytest.mark.parametrize("appendices", [1, 4])
@pytest.mark.parametrize(
    ("url", "queries"),
    [
        (MEETING, 2),
        (f"{MEETING}punkter/2-1/", 2),
        (f"{MEETING}pakke/", 3),
        (f"{MEETING}bilag/2-1-bilag-1/", 2),
    ],
)
def test_a_public_page_asks_the_same_number_of_queries(
    client: Client,
    appendices: int,
    url: str,
    queries: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    a_publication(a_meeting(appendices=appendices))

    with django_assert_num_queries(queries):
        response = client.get(url)

    assert response.status_code == 200


@pytest.mark.parametrize("count", [1, 4])
def test_the_list_asks_two_queries(
    client: Client, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for month in range(1, count + 1):
        a_publication(a_meeting(slug=f"2023-0{month}-22"))

    with django_assert_num_queries(3):
        response = client.get("/moeder/")

    assertContains(response, 'data-label="Sider">9</td>', count=count)


def test_an_empty_list_says_so(client: Client) -> None:
    Meeting.objects.all().delete()

    assertContains(client.get("/moeder/"), "Ingen møder er sendt endnu.")


def test_an_appendix_that_the_agenda_does_not_know_is_never_left_out() -> None:
    row = a_publication()
    row.agenda["sections"][0]["items"][0]["appendices"].pop()

    with pytest.raises(LookupError, match="2-1-bilag-2"):
        of_publication(row)
