"""What readers get at the addresses of proposals and units: what was sent, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.choices import Role
from accounts.models import User
from documents import codec
from meetings.models import AgendaItem, Meeting, PublishedAppendix, SentRecord
from meetings.services.life import begin_version
from meetings.services.sent_records import keep_records
from meetings.services.withdrawals import withdraw
from proposals import cooperation, simplification
from proposals.cuts import Cut
from proposals.models import Proposal, Term
from proposals.queries.public import matching, public_list
from tests.makers_packets import a_council, a_meeting, a_publication, a_user
from tests.makers_proposals import a_proposal, a_theme, a_unit
from tests.makers_questions import somebody_of

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

    from documents.tree import Document
    from meetings.models import Publication
    from proposals.models import Catalogue

pytestmark = pytest.mark.django_db


def send(catalogue: Catalogue, slug: str = "2023-11-22", cut: str = "") -> Publication:
    """Send a meeting whose first appendix prints a catalogue, or a cut of it, as it is now."""
    publication = a_publication(a_meeting(catalogue.council, slug=slug))
    kind = simplification if catalogue.kind == "simplification" else cooperation
    hold(publication, kind.document(catalogue, Cut(cut)))
    return publication


def hold(publication: Publication, document: Document) -> None:
    """Let the first appendix of what was sent be a document."""
    part = publication.appendices.get(position=2)
    part.document = codec.dumps(document)
    PublishedAppendix.objects.filter(pk=part.pk).update(document=part.document)
    SentRecord.objects.filter(appendix=part).delete()
    keep_records([part])


def a_begun_version_of(publication: Publication) -> Meeting:
    """Its meeting, whose next version is begun."""
    meeting = publication.meeting
    by = User.objects.get(email=f"chief@{meeting.council.slug}.example")
    begin_version(meeting.pk, reason="Et bilag kom sent.", by=by)
    AgendaItem.objects.update(economy="<p>En anden udgift.</p>")
    return Meeting.objects.get(pk=meeting.pk)


def test_readers_get_the_record_as_it_was_sent_last(client: Client) -> None:
    row = a_proposal(7)
    for position, text in enumerate(("LAB-loven § 2", "KL-aftalen"), 1):
        Term.objects.create(proposal=row, kind="law", position=position, text=text)
    first = send(row.catalogue, "2023-03-22")
    Proposal.objects.update(title="Som november fik det")
    send(row.catalogue, "2023-11-22")
    Proposal.objects.update(title="Som det er i dag")
    # A cut of other records later does not hide it.
    send(a_proposal(8).catalogue, "2023-12-13", "proposal:forslag-8")
    for reader in (None, a_user(role=Role.MEMBER), somebody_of("Greve")):
        if reader is not None:
            client.force_login(reader)

        page = client.get("/forslag/7/")

        assertContains(page, "Forslag 7. Som november fik det")
        assertContains(page, 'href="/forslag/7@2023-11-22/"')
        assertNotContains(page, "Som det er i dag")
        assertNotContains(page, "Sendt igen siden.")
        for words, name in (
            ("LAB-loven%20%C2%A7%202", "LAB-loven § 2"),
            ("KL-aftalen", "KL-aftalen"),
        ):
            assertContains(page, f'<a href="/forslag/?q={words}">{name}</a>')
        assertContains(client.get("/forslag/?q=LAB-loven § 2"), "1 af 2 indeholder")
        older = client.get("/forslag/7@2023-03-22/")
        assertContains(older, "Sendt igen siden.")
        assertContains(older, 'href="/forslag/7@2023-11-22/?version=1"')
    assert first.number == 1
    assert client.get("/forslag/7/?version=1").status_code == 200
    for url in ("/forslag/7/?version=2", "/forslag/9/", "/samdrift/7/", "/samdrift/",
                "/forslag/7/?kkr=fyn", "/forslag/?kkr=fyn"):  # fmt: skip
        assert client.get(url).status_code == 404, url


def test_of_two_records_with_one_number_the_one_sent_last_has_it(
    client: Client,
) -> None:
    catalogue = a_proposal(1, title="Den første").catalogue
    a_proposal(2, title="Den anden")
    send(catalogue, "2023-03-22")
    Proposal.objects.filter(number=1).update(number=None, removed_number=1)
    Proposal.objects.filter(number=2).update(number=1)
    send(catalogue, "2023-11-22")

    found = public_list(catalogue.council.slug, "proposal", "proposals:proposal")

    assert [(row.number, row.title) for row in found.rows] == [(1, "Den anden")]
    both, one = matching(found, "den ANDEN"), matching(found, "den første")
    assert (len(both.rows), len(one.rows)) == (1, 0)


def test_the_list_has_each_record_once_by_theme_and_can_be_searched(
    client: Client,
) -> None:
    row = a_proposal(1, title="Færre målgrupper")
    catalogue = row.catalogue
    a_proposal(2, title="Et ydelsessystem", idea="<p>Om sygemeldte.</p>")
    Proposal.objects.filter(number=2).update(
        theme=a_theme(catalogue, 2, "Ret og pligt")
    )
    send(catalogue, "2023-03-22")
    Proposal.objects.filter(number=2).update(number=9, title="Omdøbt")
    send(catalogue, "2023-11-22", "proposal:forslag-2")
    Proposal.objects.update(title="Kladde")
    a_proposal(5, title="Aldrig sendt")

    page = client.get("/forslag/")

    text = page.content.decode()
    assert text.index("Færre målgrupper") < text.index("Omdøbt")
    for words in (
        "Styring",
        "Ret og pligt",
        "2\xa0forslag",
        "KKR-møde 22.\xa0marts\xa02023",
    ):
        assertContains(page, words)
    for words in ("Et ydelsessystem", "Kladde", "Aldrig sendt"):
        assertNotContains(page, words)
    assertContains(page, 'href="/forslag/9/"')
    found = client.get("/forslag/?q=SYGEmeldte")
    assertContains(found, "1 af 2 indeholder ”SYGEmeldte”.")
    assertNotContains(found, "Færre målgrupper")
    assertContains(client.get("/forslag/?q=<x>"), "Ingen indeholder ”&lt;x&gt;”.")
    # Its old number leads to what the meeting got then, which says what it is called now.
    assertContains(client.get("/forslag/2/"), "22.\xa0november\xa02023 fik forslag 9.")


def test_units_are_read_so_as_well(client: Client) -> None:
    send(a_unit(1).catalogue)

    assertContains(client.get("/samdrift/"), "Enhed om service 1")
    assertContains(client.get("/samdrift/1/"), "Samdriftsenhed 1. Enhed om service 1")


def test_editors_get_their_own_page_and_may_see_the_readers(client: Client) -> None:
    row = a_proposal(7)
    send(row.catalogue)
    Proposal.objects.update(title="Som det er i dag")
    client.force_login(a_user())

    for url in ("/forslag/", "/forslag/7/"):
        assertContains(client.get(url), "Som det er i dag")
    assertContains(client.get("/forslag/7/"), 'href="/forslag/7/?som=laeser"')
    for url in (
        "/forslag/?som=laeser",
        "/forslag/7/?som=laeser",
        "/forslag/7/?version=1",
    ):
        assertNotContains(client.get(url), "Som det er i dag")
    client.force_login(a_user(a_council("fyn"), email="fyn@kkr.example"))
    assert client.get("/forslag/7/").status_code == 404
    assertContains(client.get("/forslag/7/?kkr=sjaelland"), "Forslag om praktik 7")
    listed = client.get("/forslag/?kkr=sjaelland")
    assertContains(listed, 'href="/forslag/7/?kkr=sjaelland"')
    assertContains(listed, "Forenklingsforslag · KKR Sjælland")


def test_what_is_not_open_to_all_is_in_neither(client: Client) -> None:
    row = a_proposal(7)
    assert client.get("/forslag/").status_code == 404
    publication = send(row.catalogue)
    Meeting.objects.update(kind="directors")
    for url in ("/forslag/", "/forslag/7/"):
        assert client.get(url).status_code == 404
    Meeting.objects.update(kind="kkr")
    assert client.get("/forslag/7/").status_code == 200
    chief = a_user(role=Role.CHIEF, email="anden@chef.example")

    withdraw(
        publication.meeting_id, title="Et katalog", reason="Et cpr-nummer", by=chief,
        what=f"bilag:{publication.appendices.get(position=2).slug}",
        found_at=publication.published_at,
    )  # fmt: skip

    assertContains(client.get("/forslag/7/"), "er taget ned", status_code=410)
    assert client.get("/forslag/").status_code == 404


def test_a_record_that_the_newest_version_lacks_is_read_in_an_older(
    client: Client,
) -> None:
    row = a_proposal(7)
    first = send(row.catalogue)
    second = a_publication(a_begun_version_of(first))
    hold(
        second,
        simplification.document(a_proposal(8).catalogue, Cut("proposal:forslag-8")),
    )

    assertRedirects(client.get("/forslag/7/"), "/forslag/7@2023-11-22/?version=1")


@pytest.mark.parametrize("count", [1, 4])
def test_the_pages_ask_the_same_number_of_queries_however_much_was_sent(
    client: Client, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(1, count + 1):
        row = a_proposal(number)
        send(row.catalogue, f"2023-0{number}-22")

    for url, queries in (("/forslag/", 2), ("/forslag/1/", 6)):
        with django_assert_num_queries(queries):
            assert client.get(url).status_code == 200
