"""A record as a meeting received it, and from a record to the meetings it was sent to."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from typing import TYPE_CHECKING

import pytest
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.choices import Role
from core import clock
from core.formats import short_date_year
from documents import codec
from meetings.models import (
    Appendix,
    Meeting,
    PacketPart,
    PublishedAppendix,
    SentRecord,
)
from meetings.services.sent_records import keep_records
from meetings.services.withdrawals import withdraw
from proposals import cooperation, simplification
from proposals.choices import PointKind
from proposals.cuts import cut_of
from proposals.models import CrossReference, Figure, Proposal
from proposals.references import token_of
from proposals.services import points, shared
from proposals.services.records import remove_record
from tests.makers_packets import (
    a_council,
    a_meeting,
    a_packet,
    a_publication,
    a_user,
)
from tests.makers_proposals import a_proposal, a_shared_point, a_unit

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

    from meetings.models import Publication

pytestmark = pytest.mark.django_db
PAGE = "/forslag/7@2023-11-22/"


def sent(row: Proposal, slug: str = "2023-11-22") -> Publication:
    """Send a meeting whose first appendix prints the proposal's catalogue as it stands."""
    publication = a_publication(a_meeting(row.catalogue.council, slug=slug))
    print_again(row, publication)
    return publication


def print_again(row: Proposal, publication: Publication) -> None:
    """Let what was sent hold the catalogue as it is now, on page 41."""
    part = publication.appendices.get(position=2)
    part.document = codec.dumps(simplification.document(row.catalogue))
    part.pages = {f"proposal:{row.key}": "4"}
    rows = PublishedAppendix.objects.filter(pk=part.pk)
    rows.update(document=part.document, pages=part.pages)
    SentRecord.objects.filter(appendix=part).delete()
    keep_records([part])


def a_figure(row: Proposal, number: int = 4) -> Figure:
    """Weeks of training."""
    return Figure.objects.create(
        proposal=row, position=1, low=number, high=number, printed=str(number),
        measure="uger", what="praktik",
    )  # fmt: skip


def test_everybody_reads_the_record_as_the_meeting_received_it(client: Client) -> None:
    row = a_proposal(7)
    sent(row)
    Proposal.objects.update(title="En ny titel", idea="<p>En anden idé.</p>")

    response = client.get(PAGE)

    assertContains(response, "Forslag 7. Forslag om praktik 7")
    assertContains(response, "En idé.")
    assertContains(response, "2.1 Bilag 1, side\xa04")
    assertContains(response, f'<a class="mono" href="{PAGE}">')
    assertNotContains(response, "En anden idé.")
    assertNotContains(response, "i dag")


def test_what_it_refers_to_is_read_where_the_meeting_got_that(client: Client) -> None:
    row, other = a_proposal(7), a_proposal(8)
    CrossReference.objects.create(
        proposal=row, to=other, position=1, wording="forslag 8"
    )
    publication = sent(row)
    part = publication.appendices.get(position=2)
    cut = cut_of({"also": ["references"]})
    part.document = codec.dumps(simplification.document(row.catalogue, cut))
    PublishedAppendix.objects.filter(pk=part.pk).update(document=part.document)

    for url in (PAGE, "/forslag/7/"):
        assertContains(
            client.get(url), '<a href="/forslag/8@2023-11-22/">Forslag 8</a>'
        )
    older = client.get(f"{PAGE}?version=1")
    assertContains(older, '<a href="/forslag/8@2023-11-22/?version=1">Forslag 8</a>')


def test_the_address_is_also_read_without_its_last_stroke(client: Client) -> None:
    sent(a_proposal(7))

    assertRedirects(client.get(PAGE[:-1]), PAGE, 301)


def test_the_page_stays_to_the_byte_whatever_is_done_to_the_record(
    client: Client,
) -> None:
    row = a_proposal(7)
    a_figure(row)
    sent(row)
    before = client.get(PAGE).content
    chief = a_user(role=Role.CHIEF, email="anden@chef.example")

    Figure.objects.update(printed="5", low=5, high=5)
    row.points.all().delete()
    remove_record(row, by=chief)
    Appendix.objects.update(title="Et andet navn")
    Meeting.objects.update(place="Et andet sted")

    assert client.get(PAGE).content == before


def test_the_secretariat_comes_from_there_to_the_record_of_today(
    client: Client,
) -> None:
    row = a_proposal(7)
    sent(row)
    Proposal.objects.update(number=8)
    client.force_login(a_user())

    assertContains(
        client.get(PAGE), '<a class="link" href="/forslag/8/">Forslaget i dag'
    )


def test_a_record_that_the_meeting_does_not_hold_says_where_it_was_read(
    client: Client,
) -> None:
    sent(a_proposal(7))
    a_publication(a_meeting(slug="2023-12-13"))

    response = client.get("/forslag/7@2023-12-13/")

    words = "Forslag 7 er ikke i det, du kan læse fra KKR-møde 13.\xa0december\xa02023"
    assertContains(response, words, status_code=404)
    assertContains(response, f'href="{PAGE}?version=1"', status_code=404)


@pytest.mark.parametrize(
    "url", ["/forslag/7@2023-11-23/", f"{PAGE}?version=2", "/samdrift/7@2023-11-22/"]
)
def test_what_was_not_sent_does_not_exist(client: Client, url: str) -> None:
    sent(a_proposal(7))

    assert client.get(url).status_code == 404


def test_a_draft_does_not_exist(client: Client) -> None:
    row = a_proposal(7)
    packet = a_packet(a_meeting())
    tree = codec.dumps(simplification.document(row.catalogue))
    PacketPart.objects.filter(packet=packet, position=2).update(document=tree)
    client.force_login(a_user())

    assert client.get(PAGE).status_code == 404


def test_what_is_taken_down_is_gone_here_too(client: Client) -> None:
    row = a_proposal(7)
    publication = sent(row)
    chief = a_user(role=Role.CHIEF, email="anden@chef.example")
    withdraw(
        publication.meeting_id, what=taken_key(publication), title="Et katalog",
        reason="Et cpr-nummer", found_at=publication.published_at, by=chief,
    )  # fmt: skip
    client.force_login(chief)

    response = client.get(PAGE)

    assertContains(response, "2.1 Bilag 1 er taget ned", status_code=410)
    assertNotContains(client.get("/forslag/7/"), f'href="{PAGE}')


def taken_key(publication: Publication) -> str:
    """What the form of a takedown calls the first appendix."""
    return f"bilag:{publication.appendices.get(position=2).slug}"


def test_the_appendix_page_gives_the_fast_link_of_each_record(client: Client) -> None:
    sent(a_proposal(7))

    response = client.get("/moeder/2023-11-22/bilag/2-1-bilag-1/")

    assertContains(response, f'<a class="mono" href="{PAGE}">{PAGE}</a>', count=1)


def test_a_record_says_which_versions_it_was_sent_in(client: Client) -> None:
    row = a_proposal(7)
    sent(row)
    a_publication(a_meeting(slug="2023-12-13"))
    client.force_login(a_user())

    response = client.get("/forslag/7/")

    link = f'<a class="link" href="{PAGE}?version=1">KKR-møde 22.\xa0november\xa02023, '
    assertContains(response, link)
    assertNotContains(response, "13.\xa0december")


def test_a_record_says_that_it_was_edited_since_it_was_sent(client: Client) -> None:
    row = a_proposal()
    client.force_login(a_user())
    words = "siden udsendelsen"
    assertNotContains(client.get(row.get_absolute_url()), words)
    sent(row)
    type(row).objects.filter(pk=row.pk).update(
        changed_at=clock.now() - timedelta(minutes=1)
    )
    assertNotContains(client.get(row.get_absolute_url()), words)
    type(row).objects.filter(pk=row.pk).update(
        changed_at=clock.now() + timedelta(minutes=1)
    )
    page = client.get(row.get_absolute_url())
    assertContains(page, words)
    assertContains(page, "Det sendte er uændret.")


def test_each_point_says_that_it_is_not_what_was_sent_and_leads_to_the_difference(
    client: Client,
) -> None:
    row = a_proposal(7, gains=("Ens", "Før", "Flyttes", "Ned"), risks=("Risiko",))
    by = a_user()
    client.force_login(by)
    same, edited, moves, sinks = row.points.filter(kind="gain").order_by("position")
    chip = "chip--changed"
    assertNotContains(client.get("/forslag/7/"), chip)
    sent(row)
    assertNotContains(client.get("/forslag/7/"), chip)

    points.edit_point(edited.pk, version=1, text="Efter", by=by)
    points.move_point(moves.pk, to=1, kind=PointKind.RISK, by=by)
    points.move_point(sinks.pk, to=1, by=by)
    new = points.add_point(row, kind=PointKind.GAIN, text="Ekstra", by=by)
    page = client.get("/forslag/7/")

    day = short_date_year(clock.today())
    assertContains(page, f"Ændret siden udsendelsen {day}", count=2)
    assertContains(page, f"Ny siden udsendelsen {day}", count=1)
    links = dict(re.findall(r'href="([^"]+kun=point-(\d+)[^"]+#compared)"', page.text))
    assert set(links.values()) == {str(each.pk) for each in (edited, moves, new)}
    (there,) = (url for url, pk in links.items() if pk == str(edited.pk))
    shown = client.get(unescape(there).partition("#")[0])
    compared = shown.text.partition('id="compared"')[2]
    assert "Før" in compared
    assert "Efter" in compared
    assert f">{same.text}<" not in compared.partition("</section>")[0]
    # The row alone, as htmx asks for it, says so too; readers are not told.
    alone = client.get(
        f"/forslag/7/punkter/{edited.pk}/?luk=1", headers={"hx-request": "true"}
    )
    assertContains(alone, "Ændret siden udsendelsen", count=1)
    # Put back, it is what was sent.
    points.edit_point(edited.pk, version=2, text="Før", by=by)
    assertContains(client.get("/forslag/7/"), "Ændret siden udsendelsen", count=1)
    # Sent again, all of it is.
    sent(row, "2023-12-13")
    assertNotContains(client.get("/forslag/7/"), chip)


def test_a_shared_beginning_that_reads_otherwise_is_news_where_it_stands(
    client: Client,
) -> None:
    one, two = a_unit(1), a_unit(2)
    row = a_shared_point(one, two)
    by = a_user()
    own = two.points.get(shared=row)
    shared.use_own_wording(own.pk, version=1, text="Egne ord", by=by)
    publication = a_publication()
    part = publication.appendices.get(position=2)
    part.document = codec.dumps(cooperation.document(one.catalogue))
    PublishedAppendix.objects.filter(pk=part.pk).update(document=part.document)
    keep_records([part])
    client.force_login(by)

    shared.edit_stem(row.pk, version=1, name=row.name, stem="Løst samspil", by=by)

    assertContains(client.get("/samdrift/1/"), "Ændret siden udsendelsen", count=1)
    assertNotContains(client.get("/samdrift/2/"), "siden udsendelsen")


def test_a_figure_says_where_it_was_shown_and_where_otherwise(client: Client) -> None:
    row = a_proposal(7)
    figure = a_figure(row)
    sent(row)
    Figure.objects.filter(pk=figure.pk).update(printed="6", low=6, high=6)
    sent(row, "2023-12-13")
    client.force_login(a_user())

    response = client.get("/forslag/7/")

    assertContains(response, "Vist i 2\xa0sendte versioner, 1 anderledes")
    assertContains(response, "2.1 Bilag 1, side\xa04: <b>4\xa0uger</b>")
    assertContains(response, "Andet end i dag", count=1)


def test_a_unit_is_read_so_as_well(client: Client) -> None:
    unit = a_unit(1)
    publication = a_publication()
    part = publication.appendices.get(position=2)
    part.document = codec.dumps(cooperation.document(unit.catalogue))
    PublishedAppendix.objects.filter(pk=part.pk).update(document=part.document)
    keep_records([part])

    response = client.get("/samdrift/1@2023-11-22/")

    assertContains(response, "Samdriftsenhed 1. Enhed om service 1")


@pytest.mark.parametrize("count", [1, 4])
def test_the_page_asks_the_same_number_of_queries_however_often_it_was_sent(
    client: Client, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    row = a_proposal(7)
    for month in range(1, count + 1):
        sent(row, f"2023-0{month}-22")

    with django_assert_num_queries(5):
        response = client.get("/forslag/7@2023-01-22/")

    assertContains(response, "version&nbsp;1</a><br>Forslag 7", count=count - 1)


def test_another_councils_meetings_are_not_told_of(client: Client) -> None:
    other = a_council("hovedstaden")
    sent(a_proposal(7))
    sent(a_proposal(7, council=other))
    client.force_login(a_user(other))

    response = client.get("/forslag/7/")

    assertContains(response, "KKR-møde 22.\xa0november\xa02023, version", count=1)


def test_what_an_appendix_refers_to_in_another_is_read_there_as_it_was_sent(
    client: Client,
) -> None:
    row, unit = a_proposal(7), a_unit(2)
    words = f"Som {token_of('samdrift', unit.key)}"
    type(row).objects.filter(pk=row.pk).update(idea=f"<p>{words}</p>")
    publication = a_publication(a_meeting(row.catalogue.council, slug="2023-11-22"))
    first, second = publication.appendices.order_by("position")[:2]
    for part, tree in (
        (first, simplification.document(row.catalogue)),
        (second, cooperation.document(unit.catalogue)),
    ):
        part.document = codec.dumps(tree)
        PublishedAppendix.objects.filter(pk=part.pk).update(document=part.document)

    shown = client.get(f"/moeder/2023-11-22/bilag/{first.slug}/").text

    assert '<a href="/samdrift/2@2023-11-22/">samdrift 2</a>' in shown
    # Where the other was not sent, there is nothing to lead to.
    PublishedAppendix.objects.filter(pk=second.pk).update(document="")
    alone = client.get(f"/moeder/2023-11-22/bilag/{first.slug}/").text
    assert "Som samdrift 2" in alone
