"""Writing an appendix in the portal: begun, filled, merged, taken back, read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from core.asked import REMOVE
from documents import codec
from documents.storage import files, keep
from meetings.models import (
    Appendix,
    Meeting,
    WordOriginal,
    WrittenBlock,
)
from meetings.services import staleness
from meetings.services.publishing import publish
from meetings.written.forming import form
from tests.documents.word_makers import a_png, a_report, a_word, field
from tests.makers import MEETING, a_chief, a_letter, a_meeting, a_secretary, an_item
from tests.makers_packets import a_packet, settle
from tests.makers_written import a_block, a_whole, a_written

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries

    from meetings.models import AgendaItem

pytestmark = pytest.mark.django_db
ITEM = f"{MEETING}punkter/2-1/"
WRITE = f"{ITEM}bilag/skriv/"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.fixture
def item(client: Client) -> AgendaItem:
    """An item, its secretariat signed in."""
    client.force_login(a_secretary())
    return an_item(a_meeting(), "Filmfonden")


def page(row: Appendix, more: str = "") -> str:
    return f"{ITEM}bilag/{row.pk}/tekst/{more}"


def typed(block: WrittenBlock, **changed: str) -> dict[str, str]:
    """What the page of a text sends without JavaScript."""
    own = {
        "version": str(block.version),
        "heading": block.heading,
        "text": "Der mangler pladser.",
    }
    return own | {"text_html": block.text, "text_format": "plain"} | changed


def word(data: bytes, name: str = "rapport.docx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, DOCX)


def sent(row: Appendix) -> None:
    """Publish the meeting, as if its packet had been built of what is written."""
    meeting = row.item.section.meeting
    staleness.refresh(meeting.pk)
    packet, by = a_packet(meeting), a_chief()
    packet.parts.exclude(appendix_key="").update(document=codec.dumps(form(row)[0]))
    settle(meeting, by)
    publish(meeting.pk, packet_pk=packet.pk, by=by)


def test_an_appendix_is_begun_with_a_title(client: Client, item: AgendaItem) -> None:
    refused = client.post(WRITE, {"title": "", "language": "da"})
    answer = client.post(
        WRITE, {"title": "Status", "language": "en", "status": "hearing"}
    )

    made = Appendix.objects.get()
    assertContains(refused, "Skriv bilagets titel.", status_code=422)
    assertRedirects(answer, page(made))
    assert (made.kind, made.language, made.status_words) == (
        "written",
        "en",
        "Høringsudkast.",
    )
    assertContains(client.get(ITEM), "Skriv i bilaget")


@pytest.mark.parametrize(
    ("kind", "sent"),
    [
        ("tekst", {"heading": "Baggrund", "text": "Ord.\n\n- et\n- to", "text_html": "", "text_format": "plain"}),
        ("noegletal", {"heading": "Lærer", "number": "1.753", "unit": "pladser"}),
        ("noegletal", {"heading": "Lærer", "number": "", "missing": "ikke målt"}),
        ("diagram", {"heading": "I tal", "sentence": "Flest er lærere."}),
    ],
)  # fmt: skip
def test_a_block_is_written_where_it_is_asked_for(
    client: Client, item: AgendaItem, kind: str, sent: dict[str, str]
) -> None:
    row = a_written(item)
    a_block(row), a_block(row)

    answer = client.post(page(row, f"nyt/{kind}/?efter=1"), sent)

    made = row.blocks.get(position=2)
    assertRedirects(answer, page(row, f"#{made.key}"), fetch_redirect_response=False)
    assert made.heading == sent["heading"]
    assert [block.position for block in row.blocks.present()] == [1, 2, 3]
    assert form(row)[0].blocks


@pytest.mark.parametrize(
    ("kind", "sent", "said"),
    [
        ("tekst", {"heading": "Mit ord", "text": ""}, "Skriv teksten, eller fjern afsnittet."),
        ("noegletal", {"heading": "Mit ord"}, "Skriv tallet, eller vælg, hvorfor det mangler."),
        ("noegletal", {"heading": "Mit ord", "number": "mange"}, "Skriv tallet som fx"),
        ("noegletal", {"heading": "Mit ord", "number": "3", "missing": "udgået"}, "Tallet står der."),
        ("noegletal", {"heading": "Mit ord", "number": "3", "source_url": "javascript:x"}, "Skriv hele adressen"),
        ("billede", {"heading": "Mit ord"}, "Vælg et billede."),
        ("diagram", {"heading": "Mit ord"}, "Skriv en sætning om, hvad diagrammet viser."),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_beside_what_was_typed(
    client: Client, item: AgendaItem, kind: str, sent: dict[str, str], said: str
) -> None:
    row = a_written(item)

    answer = client.post(page(row, f"nyt/{kind}/"), sent)

    assertContains(answer, said, status_code=422)
    assertContains(answer, "Mit ord", status_code=422)
    assert not row.blocks.exists()


def test_a_picture_needs_words_and_is_shown_beside_the_page(
    client: Client, item: AgendaItem
) -> None:
    row = a_written(item)
    url = page(row, "nyt/billede/")
    refused = client.post(url, {"picture": SimpleUploadedFile("k.png", a_png())})
    no_picture = client.post(
        url,
        {"picture": SimpleUploadedFile("k.png", b"<svg>"), "alternative": "Et kort"},
    )

    client.post(
        url, {"picture": SimpleUploadedFile("k.png", a_png()), "alternative": "Et kort"}
    )

    block = row.blocks.get()
    assertContains(refused, "Skriv, hvad billedet viser.", status_code=422)
    assertContains(
        no_picture, "ikke et billede af typen PNG eller JPEG", status_code=422
    )
    address = f"billeder/{block.file}.png"
    assertContains(client.get(page(row)), f'src="{address}" alt="Et kort"')
    shown = client.get(page(row, address))
    assert shown["Content-Type"] == "image/png"
    assert "sandbox" in shown["Content-Security-Policy"]
    assert client.get(page(row, f"billeder/{'0' * 64}.png")).status_code == 404


def test_different_fields_are_merged_and_the_same_field_is_asked_about(
    client: Client, item: AgendaItem
) -> None:
    block = a_block(a_written(item))
    url, other = block.get_absolute_url(), Client()
    other.force_login(a_chief())
    other.post(url, typed(block, text="En anden tekst."))

    asked = client.post(url, typed(block, text="Min egen tekst."))
    merged = client.post(url, typed(block, heading="Ny overskrift"), follow=True)

    block.refresh_from_db()
    assertContains(asked, "Min egen tekst.", status_code=409)
    assertContains(merged, "Flettet med")
    assert (block.heading, block.text) == ("Ny overskrift", "<p>En anden tekst.</p>")


def test_an_edit_is_undone_and_a_removed_block_put_back(
    client: Client, item: AgendaItem
) -> None:
    row = a_written(item)
    first, block = a_block(row), a_block(row)
    url = block.get_absolute_url()
    client.post(url, typed(block, heading="Andet"))
    client.post(url, {"undo": "1"})
    client.post(f"{url}plads/", {"direction": "op"})
    client.post(f"{url}fjernelse/", REMOVE)
    gone = client.get(url).status_code

    client.post(f"{url}fjernelse/", {"undo": "1"})

    block.refresh_from_db()
    first.refresh_from_db()
    assert gone == 404
    assert (block.heading, block.position, first.position) == ("Baggrund", 1, 2)
    assert Appendix.objects.get(pk=row.pk).version == 6


def test_what_is_typed_in_a_removed_appendix_is_saved_and_said(
    client: Client, item: AgendaItem
) -> None:
    block = a_block(a_written(item))
    url = block.get_absolute_url()
    client.post(f"{ITEM}bilag/{block.appendix_id}/fjernelse/", REMOVE)

    answer = client.post(url, typed(block, heading="Skrevet for sent"), follow=True)

    block.refresh_from_db()
    assert block.heading == "Skrevet for sent"
    assertContains(answer, "men det er fjernet fra punkt 2.1.")
    assert client.get(url).status_code == 404


def test_a_word_file_becomes_an_appendix_and_is_kept(
    client: Client, item: AgendaItem
) -> None:
    sent = a_report()
    answer = client.post(WRITE, {"form": "word", "word": word(sent)}, follow=True)

    made = Appendix.objects.get()
    assert made.title == "Status på praktikpladser"
    assert [block.kind for block in made.blocks.present()] == [
        "text",
        "text",
        "picture",
        "text",
    ]
    assertContains(answer, "Fodnoter står samlet under ”Noter”.")
    fetched: Any = client.get(f"{ITEM}bilag/{made.pk}/word/")
    assert b"".join(fetched.streaming_content) == sent
    assert fetched["Content-Disposition"] == 'attachment; filename="rapport.docx"'


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({}, "Vælg en Word-fil."),
        ({"word": word(a_word(field("DDEAUTO c:x")))}, "rapport.docx blev ikke modtaget. Filen har et felt"),
        ({"word": word(b"%PDF-1.7 brev", "brev.pdf")}, "Indholdet er ikke et Word-dokument"),
    ],
)  # fmt: skip
def test_a_word_file_that_cannot_be_used_is_refused_with_a_reason(
    client: Client, item: AgendaItem, sent: dict[str, Any], said: str
) -> None:
    for upload in sent.values():
        upload.seek(0)

    answer = client.post(WRITE, {"form": "word", **sent})

    assertContains(answer, said, status_code=422)
    assert not Appendix.objects.exists()


def test_among_other_files_a_word_file_becomes_a_written_appendix(
    client: Client, item: AgendaItem
) -> None:
    sent = [word(a_word()), SimpleUploadedFile("brev.pdf", a_letter("Brev"))]

    client.post(f"{ITEM}bilag/filer/", {"file": sent})

    assert list(Appendix.objects.order_by("pk").values_list("kind", flat=True)) == [
        "written",
        "uploaded",
    ]


def test_what_is_sent_is_read_with_its_pictures_by_all_and_written_by_nobody(
    item: AgendaItem,
) -> None:
    row, everybody = a_whole(item), Client()
    Appendix.objects.update(language="en")
    row.refresh_from_db()
    picture = row.blocks.get(kind="picture")
    url = f"{MEETING}bilag/2-1-bilag-1/"
    address = f"{url}billeder/{picture.file}.png"
    before = everybody.get(address).status_code
    sent(row)

    shown = everybody.get(url)

    assert before == 404
    assertContains(shown, f'src="billeder/{picture.file}.png" alt="Et kort"')
    assertContains(shown, "<title>Søjlediagram: Lærer, Sygeplejerske og Pædagog.")
    assertNotContains(shown, "document__contents")
    assertContains(shown, " · på engelsk")
    assertContains(shown, '<div class="document document--whole" lang="en">')
    assert everybody.get(address)["Cache-Control"] == "public, no-cache"
    hidden = keep(ContentFile(b"\x89PNG another"))
    assert files().exists(hidden)
    assert everybody.get(f"{url}billeder/{hidden}.png").status_code == 404


def test_a_sent_appendix_is_shown_without_a_way_to_write(
    client: Client, item: AgendaItem
) -> None:
    row = a_whole(item)
    Meeting.objects.update(state="sent")

    shown = client.get(page(row))

    assertContains(shown, "Der mangler pladser.")
    assertNotContains(shown, "Tilføj tekst")
    assertContains(client.get(page(row, "nyt/tekst/")), "låst")


@pytest.mark.parametrize("count", [1, 4])
def test_the_page_asks_few_questions_however_long_it_is(
    client: Client,
    item: AgendaItem,
    django_assert_max_num_queries: DjangoAssertNumQueries,
    count: int,
) -> None:
    row = a_written(item)
    for _ in range(count):
        a_block(row), a_block(row, "figure"), a_block(row, "picture")

    with django_assert_max_num_queries(8):
        answer = client.get(page(row))

    assert len(re.findall("written__row--", answer.content.decode())) == 3 * count


def test_the_report_of_a_word_file_without_loss_says_so(
    client: Client, item: AgendaItem
) -> None:
    row = a_written(item)
    WordOriginal.objects.create(appendix=row, file="0" * 64, name="a.docx", size=3)

    assertContains(client.get(page(row)), "Alt fulgte med.")
