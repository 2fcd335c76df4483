"""A packet of version 2 shows what changed since version 1, and nothing else does."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest
from pytest_django.asserts import assertContains, assertNotContains

from accounts.choices import Role
from accounts.models import Membership, User
from documents.foreign import path_of
from documents.printing.renderers import start_renderers, stop_renderers
from meetings.models import AgendaItem, Packet, Publication
from meetings.packets.building.build import build
from meetings.receipts.rebuild import rebuild
from meetings.services.life import begin_version
from meetings.services.publishing import publish
from tests.demo.packets import reader_of
from tests.documents.pdf_makers import failures
from tests.made import again
from tests.makers_packets import settle
from tests.meetings.small import SLUG, gain, secretary, small_meeting

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from django.test import Client

    from meetings.models import Meeting

pytestmark = pytest.mark.django_db
# Where the labels end and the foot begins, in mm.
LABELS_END, FOOT_AT = 60, 275
FOOT = "Ændringer siden version 1 er vist med streg i margen."


@pytest.fixture(scope="module", autouse=True)
def renderers() -> Iterator[None]:
    start_renderers()
    yield
    stop_renderers()


def built(meeting: Meeting) -> Packet:
    packet = Packet.objects.create(meeting=meeting)
    build(packet.pk)
    return Packet.objects.get(pk=packet.pk)


def sent(meeting: Meeting) -> Publication:
    chief = User.objects.filter(email="chef@kkr.example").first()
    if chief is None:
        chief = User.objects.create_user("chef@kkr.example", None, name="Chefen")
        Membership.objects.create(user=chief, council=meeting.council, role=Role.CHIEF)
    packet = built(meeting)
    settle(meeting, chief)
    return publish(meeting.pk, packet_pk=packet.pk, by=chief)


def pages(name: str) -> list[str]:
    """The words of each page of a stored PDF, by poppler."""
    command = ["pdftotext", "-raw", str(path_of(name)), "-"]
    done = subprocess.run(command, check=True, capture_output=True)
    text = done.stdout.decode().replace("\u00a0", " ")
    return [" ".join(page.split()) for page in text.split("\f")[:-1]]


def change(text: str) -> None:
    point = gain()
    point.text = text
    point.save()


@pytest.fixture(scope="module")
def meeting_made(kept: None) -> Meeting:
    made = small_meeting()
    sent(made)
    return made


@pytest.fixture
def meeting(meeting_made: Meeting) -> Meeting:
    return again(meeting_made)


def test_only_what_changed_is_marked(meeting: Meeting) -> None:
    change("Færre og klarere regler")
    packet = built(meeting)
    found = pages(packet.file)

    marked = [page for page in found if "Ændret siden version 1, sendt" in page]
    assert len(marked) == 1
    assert "Gevinst 1 er udvidet" in marked[0]
    assert "Forslag 1" in marked[0]
    assert [FOOT in page for page in found] == [
        "bilagets side" in page and "2.1 Bilag 2" in page for page in found
    ]


def test_a_marked_packet_is_as_accessible_as_before(meeting: Meeting) -> None:
    change("Færre og klarere regler")
    part = built(meeting).parts.get(label="2.1 Bilag 2")

    assert failures(path_of(part.file).read_bytes()) == []


def test_building_what_was_sent_again_gives_the_same_bytes(meeting: Meeting) -> None:
    change("Færre og klarere regler")
    second = sent(meeting)
    again = built(meeting)

    assert (again.version, again.file) == (2, second.file)


def test_a_sent_version_is_made_anew_with_its_own_marks(
    meeting: Meeting, tmp_path: Path
) -> None:
    change("Færre og klarere regler")
    second = sent(meeting)
    change("Noget helt andet")
    sent(meeting)

    assert rebuild(second, tmp_path / "igen.pdf").is_identical


def test_in_the_next_version_the_old_marks_are_gone(meeting: Meeting) -> None:
    change("Færre og klarere regler")
    second = sent(meeting)
    AgendaItem.objects.update(case="<p>En ny sagstekst.</p>")
    third = built(meeting)

    own = {
        packet.version: packet.parts.get(label="2.1 Bilag 2").file
        for packet in (second.packet, third)
    }
    assert "Ændret" in " ".join(pages(own[2]))
    assert "Ændret" not in " ".join(pages(own[3]))


def test_page_and_paper_say_since_when(client: Client, meeting: Meeting) -> None:
    change("Færre og klarere regler")
    sent(meeting)
    page = client.get(f"/moeder/{SLUG}/bilag/2-1-bilag-2/")

    assertContains(page, "1\u00a0afsnit er ændret siden version\u00a01")
    assertContains(page, '<ins><span class="sr-only">tilføjet: </span>og klarere')
    assertNotContains(client.get(f"/moeder/{SLUG}/bilag/2-1-bilag-1/"), "siden version")


def test_an_items_texts_are_marked_too(client: Client, meeting: Meeting) -> None:
    AgendaItem.objects.update(case="<p>KKR drøfter <strong>sagen</strong>.</p>")
    sent(meeting)
    AgendaItem.objects.update(
        case="<p>KKR afgør <strong>sagen</strong>.</p>", title="Den nye indsats"
    )
    sent(meeting)
    page = client.get(f"/moeder/{SLUG}/punkter/2-1/")

    assertContains(page, 'drøfter<span class="sr-only"> slut på fjernet</span></del>')
    assertContains(page, "Titlen er ændret")
    assertContains(page, "Ændret siden version\u00a02")


def test_the_preview_shows_the_texts_as_they_will_be_marked(
    client: Client, meeting: Meeting
) -> None:
    AgendaItem.objects.update(case="<p>En ny sagstekst.</p>")
    built(meeting)
    client.force_login(secretary(meeting.council))
    page = client.get(f"/moeder/{SLUG}/som-medlem/2-1/")

    assertContains(page, "En ny sagstekst.")
    assertContains(page, "Nyt siden version\u00a01")
    link = f"/moeder/{SLUG}/aendringer/?fra=1&amp;til=i-dag#punkt-2-1"
    assertContains(page, link)
    assertContains(client.get(link.replace("&amp;", "&")), "En ny sagstekst.")


def test_the_first_version_has_no_marks(client: Client, meeting: Meeting) -> None:
    for url in ("punkter/2-1/", "bilag/2-1-bilag-2/"):
        page = client.get(f"/moeder/{SLUG}/{url}")
        assertNotContains(page, "doc-mark")
        assertNotContains(page, "siden version")


def test_a_draft_is_marked_for_nobody_but_its_editors(
    client: Client, meeting: Meeting
) -> None:
    change("Kun et udkast")
    built(meeting)

    assertNotContains(client.get(f"/moeder/{SLUG}/bilag/2-1-bilag-2/"), "udkast")


def test_a_page_of_changes_follows_the_contents_list(meeting: Meeting) -> None:
    change("Færre og klarere regler")
    packet = built(meeting)
    listed, told, *_ = pages(packet.file)

    assert packet.labels[:3] == ["1", "1a", "2"]
    assert "Side 1a viser, hvad der er ændret." in listed
    assert "Ændret siden version 1" in told
    assert "1 af 1 punkt er ændret. Ingen numre er flyttet." in told
    assert "Bilag 2, forslag 1 Gevinst 1" in told
    assert "Ændringer side 1 af 1 pakkens side 1a" in told


def test_the_page_of_changes_keeps_its_number(meeting: Meeting) -> None:
    change("Færre og klarere regler")
    sent(meeting)
    AgendaItem.objects.update(case="<p>En ny sagstekst.</p>")
    third = sent(meeting)

    assert third.labels[:3] == ["1", "1a", "2"]
    told = pages(third.file)[1]
    assert "Ændret siden version 2" in told
    assert "Punktets tekst Sagsfremstilling dagsorden" in told


def test_the_whole_packet_with_its_page_of_changes_is_read_as_before(
    client: Client, meeting: Meeting
) -> None:
    change("Færre og klarere regler")
    sent(meeting)
    page = client.get(f"/moeder/{SLUG}/pakke/?side=1a")

    assertContains(page, "Side 1a, ændringer siden sidste udsendelse")
    assertContains(client.get(f"/moeder/{SLUG}/aendringer/"), "(s.\u00a01a)")
    assertContains(client.get(f"/moeder/{SLUG}/pakke/?side=2"), "Side 2, skilleblad")


def test_the_changed_pages_can_be_fetched_and_are_accessible(
    client: Client, meeting: Meeting
) -> None:
    change("Færre og klarere regler")
    sent(meeting)
    answer = client.get(f"/moeder/{SLUG}/aendringer/sider.pdf")
    content = b"".join(answer)

    assert answer.status_code == 200
    assert [
        found for found in failures(content) if "PDF/UA identifier" not in found
    ] == []


def test_what_it_is_marked_against_stands_clear_of_the_next_field() -> None:
    meeting = small_meeting()
    sent(meeting)
    begin_version(
        meeting.pk,
        reason="Et bilag kom sent.",
        by=User.objects.get(email="chef@kkr.example"),
    )
    change("Flere får ordinære løntimer")

    marked = next(
        page
        for page in reader_of(built(meeting).file).pages
        if "Flere får" in page.text
    )
    words = [w for w in marked.words if w.left < LABELS_END and w.bottom < FOOT_AT]
    first = next(at for at, word in enumerate(words) if word.text == "Ændret")
    below = next(word for word in words if word.text in {"Ideen", "Gevinster"})

    label = [
        word for word in words[first:] if word.text in {"siden", "november", "2023"}
    ]
    assert len(label) >= 2
    assert max(word.bottom for word in label) <= below.top
