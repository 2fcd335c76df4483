"""The page "Ændret siden version 1", and the file of changed pages."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pikepdf
import pytest
from django.core.files.base import ContentFile
from PIL import Image
from pytest_django.asserts import assertContains, assertNotContains

from accounts.choices import Role
from documents.foreign import path_of
from documents.models import PagePicture
from documents.storage import keep
from meetings.models import AgendaItem
from tests.made import again
from tests.makers import MEETING
from tests.makers_packets import (
    a_begun_version,
    a_council,
    a_document,
    a_meeting,
    a_packet,
    a_user,
)
from tests.meetings.versions import (
    a_read_file,
    replace_letter,
    sent_again,
    sent_once,
)

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django.fixtures import DjangoAssertNumQueries

    from meetings.models import Meeting, Publication

pytestmark = pytest.mark.django_db
PAGE = f"{MEETING}aendringer/"


@pytest.fixture(scope="module")
def made(kept: None) -> Meeting:
    return sent_once()


@pytest.fixture
def meeting(made: Meeting) -> Meeting:
    return again(made)


def test_the_answer_comes_first(client: Client, meeting: Meeting) -> None:
    sent_again(meeting, a_document(("Praktikordningen", "Flere timer")))
    page = client.get(PAGE)

    assertContains(page, "1 af 1\u00a0punkt er ændret")
    assertContains(page, "Ingen numre er flyttet.")
    assertContains(page, "Hent den ændrede side")
    assertContains(page, f'href="{MEETING}bilag/2-1-bilag-1/#proposal-et"')


def test_marks_are_heard_as_words(client: Client, meeting: Meeting) -> None:
    sent_again(meeting, title="Indspil til kommende indsats")
    page = client.get(PAGE)

    assertContains(
        page,
        '<del><span class="sr-only">fjernet: </span>fremtidig'
        '<span class="sr-only"> slut på fjernet</span></del>',
    )


def test_what_was_typed_is_no_markup(client: Client, meeting: Meeting) -> None:
    sent_again(meeting, title="<script>alert(1)</script>")

    assertNotContains(client.get(PAGE), "<script>alert")


def test_one_version_has_nothing_to_be_compared_with(
    client: Client, meeting: Meeting
) -> None:
    assertContains(client.get(PAGE), "Mødet er sendt i én version.")
    assert client.get(f"{PAGE}sider.pdf").status_code == 404


@pytest.mark.parametrize(
    "asked", ["fra=1&til=3", "fra=x", "fra=0", "til=i-dag", "fra=²"]
)
def test_what_was_not_sent_does_not_exist(
    client: Client, meeting: Meeting, asked: str
) -> None:
    sent_again(meeting)

    assert client.get(f"{PAGE}?{asked}").status_code == 404


def test_the_older_one_comes_first(client: Client, meeting: Meeting) -> None:
    sent_again(meeting)
    answer = client.get(f"{PAGE}?fra=2&til=1")

    assert answer.status_code == 302
    assert answer["Location"] == f"{PAGE}?fra=1&til=2"


def test_the_same_version_twice_is_refused_in_words(
    client: Client, meeting: Meeting
) -> None:
    sent_again(meeting)
    page = client.get(f"{PAGE}?fra=2&til=2")

    assertContains(page, "Vælg to forskellige versioner.", status_code=422)


def test_only_the_councils_editors_compare_with_today(
    client: Client, meeting: Meeting
) -> None:
    AgendaItem.objects.update(process="<p>Kun et udkast.</p>")
    a_packet(meeting)
    for who in (a_user(role=Role.MEMBER), a_user(a_council("hovedstaden"))):
        client.force_login(who)
        assert client.get(f"{PAGE}?til=i-dag").status_code == 404
        assertNotContains(client.get(PAGE), "Kun et udkast")
    client.force_login(a_user())

    assertContains(client.get(f"{PAGE}?til=i-dag"), "Kun et udkast")
    assert "no-store" in client.get(f"{PAGE}?til=i-dag")["Cache-Control"]


def test_the_changed_pages_are_a_file_of_their_own(
    client: Client, meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    publication = sent_again(meeting, a_document(("Praktikordningen", "Flere timer")))
    path = path_of(publication.file)
    whole = path.read_bytes()
    path.chmod(0o600)
    path.write_bytes(a_tagged_pdf(publication.page_count))
    answer = client.get(f"{PAGE}sider.pdf")
    content = b"".join(answer)
    # Other tests' packets are the same file.
    path.write_bytes(whole)

    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert len(pdf.pages) == 1
    assert "ndrede%20sider.pdf" in answer["Content-Disposition"]


def a_tagged_pdf(pages: int) -> bytes:
    """Empty pages with the least that a packet has."""
    pdf, out = pikepdf.new(), io.BytesIO()
    for _ in range(pages):
        pdf.add_blank_page()
    pdf.Root.StructTreeRoot = pdf.make_indirect(
        pikepdf.Dictionary(
            K=pikepdf.Array(), ParentTree=pikepdf.Dictionary(Nums=pikepdf.Array())
        )
    )
    pdf.Root.Metadata = pdf.make_stream(b"<x/>")
    pdf.save(out)
    return out.getvalue()


def draw(publication: Publication, page: int) -> None:
    """Draw one page; both versions of a maker's packet are of the same bytes."""
    out = io.BytesIO()
    Image.new("L", (600, 850), 255).save(out, "PNG")
    file = keep(ContentFile(out.getvalue()))
    of = publication.file
    PagePicture.objects.create(of=of, page=page, file=file, width=600, height=850)


def test_a_replaced_file_stands_beside_the_one_before(client: Client) -> None:
    meeting = a_meeting()
    replace_letter(meeting, a_read_file("Kære kommune", "To", "Tre"))
    a_begun_version(meeting)
    replace_letter(meeting, a_read_file("Kære kommuner", "To", "Tre"))
    draw(sent_again(meeting), 8)
    assertContains(client.get(PAGE), f'"{PAGE}2-1-bilag-2/?fra=1&amp;til=2"')

    page = client.get(f"{PAGE}2-1-bilag-2/?fra=1&til=2")

    for words in (
        "1\xa0side er ændret, og 1 er ikke undersøgt", "Teksten er ændret.", "<del>", "ikke vises som billede",
        "Teksten er som før. Om siden", "1\xa0side er som før",
        "pakke/sider/8.png?version=1&amp;v=", 'alt="Side 8 i version 1"',
        'href="#side-1"', 'id="side-1"', 'id="som-foer-1"',
    ):  # fmt: skip
        assertContains(page, words)
    assert page["Cache-Control"] == client.get(PAGE)["Cache-Control"]
    for bilag in ("2-1-bilag-1", "2-1-bilag-9"):
        assert client.get(f"{PAGE}{bilag}/?fra=1&til=2").status_code == 404
    assert client.get(f"{PAGE}2-1-bilag-2/?fra=2&til=2").status_code == 404


@pytest.mark.parametrize("name", ["pakke.pdf", "bilag/2-1-bilag-1.pdf"])
def test_an_older_versions_files_can_still_be_fetched(
    client: Client, meeting: Meeting, name: str
) -> None:
    sent_again(meeting)

    got = [client.get(f"{MEETING}{name}?version={n}") for n in (1, 2)]
    assert [answer.status_code for answer in got] == [200, 200]
    assert client.get(f"{MEETING}{name}?version=3").status_code == 404
    assert got[0]["Cache-Control"] == "public, no-cache"


@pytest.mark.parametrize("appendices", [1, 4])
@pytest.mark.parametrize("asked", ["", "?fra=1&til=i-dag"])
def test_the_page_needs_eight_queries_at_most(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries,
    appendices: int, asked: str,
) -> None:  # fmt: skip
    meeting = sent_once(appendices=appendices)
    sent_again(meeting, a_document(("Praktikordningen", "Flere timer")))
    client.force_login(a_user())

    with django_assert_num_queries(8 if asked else 6):
        client.get(f"{PAGE}{asked}")
