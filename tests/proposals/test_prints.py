"""Printing and fetching a cut without a meeting: a draft, for those who write it."""

from __future__ import annotations

import json
import re
from html import unescape
from typing import TYPE_CHECKING, Any

import pytest
from django.http import QueryDict
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from core import clock
from documents.foreign import path_of
from documents.prints import Order, closely_set, print_now
from documents.sources import source
from meetings.models import Appendix
from proposals.models import Point, Proposal
from proposals.prints import order_of
from proposals.references import token_of
from proposals.tasks import print_cut
from tests.documents.pdf_makers import failures
from tests.documents.pdf_reader import PdfReader
from tests.makers import a_meeting, an_item
from tests.makers_packets import a_council, a_user
from tests.makers_proposals import a_proposal, a_unit

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

pytestmark = pytest.mark.django_db
PAGE = "/forslag/udskriv/"


def address(row: Proposal, ending: str = "/", cut: str = "proposal:forslag-7") -> str:
    own = f"kilde=proposals.simplification&catalogue={row.catalogue_id}&cut={cut}"
    return f"/forslag/udskriv{ending}?{own}"


def test_a_cut_is_chosen_seen_printed_and_fetched(client: Client) -> None:
    row = a_proposal(7, title="Praktik")
    a_proposal(8, title="Uddannelse")
    client.force_login(a_user())

    first = client.get(f"{PAGE}?kilde=proposals.simplification")
    page = client.get(address(row))
    assertContains(first, "Uddannelse")
    assertNotContains(first, "Bilagets side")
    assertContains(page, "<h1>Forslag 7. Praktik</h1>")
    assertContains(page, "Ikke sendt til noget møde.")
    assertContains(page, "Praktik bruges mere fleksibelt", count=1)
    assertNotContains(page, "Uddannelse</h2>")
    assert client.get(address(row, ".pdf")).status_code == 404

    asked = _printed(client, row)
    _is_of_that_record_alone(client, row)

    Point.objects.filter(key="gain-1").update(text="Rettet siden")
    assertContains(client.get(asked), "PDF’en blev ikke lavet")
    assertContains(client.get(address(row)), "Lav PDF")
    assert client.get(address(row, ".pdf")).status_code == 404


def test_a_cut_becomes_an_appendix_of_a_meeting_that_is_edited(client: Client) -> None:
    row = a_proposal(7, title="Praktik")
    a_proposal(8, title="Uddannelse")
    item = an_item(a_meeting(slug="2099-11-22"), "Forenkling")
    an_item(a_meeting(a_council("hovedstaden"), slug="2099-11-24"), "Andres")
    client.force_login(a_user())
    bar = client.get("/forslag/?valgt=7&valgt=8").content.decode()
    assert f'formaction="{PAGE}#bilag"' in bar

    picked = client.get(f"{PAGE}?liste=forslag&valgt=7&valgt=8", follow=True)
    asked = re.findall(r'href="([^"]+bilag=1)#bilag"', picked.text)
    offered = client.get(unescape(asked[0]))
    found = re.findall(r'href="(/moeder/[^"]+/bilag/data/[^"]+)"', offered.text)
    assert len(found) == 1
    begun = client.get(unescape(found[0]))
    assert begun.status_code == 200
    assert not Appendix.objects.exists()

    fields = {"source": "proposals.simplification", "title": "De to"}
    query = QueryDict(unescape(found[0]).partition("?")[2]).lists()
    sent = {**dict(query), **fields}
    assert client.post(found[0].partition("?")[0], sent).status_code == 302
    made = Appendix.objects.get(item=item)
    assert (made.title, made.options["catalogue"]) == ("De to", row.catalogue_id)
    keys = ["proposal:forslag-7", "proposal:forslag-8"]
    assert (made.options["cut"], made.options["records"]) == ("records", keys)
    assert all(re.search(f'value="{key}"[^>]* checked', begun.text) for key in keys)


def test_what_is_picked_in_a_list_is_printed(client: Client) -> None:
    row = a_proposal(7, title="Praktik")
    a_proposal(8, title="Uddannelse")
    a_unit(1), a_unit(2)
    client.force_login(a_user())
    assertContains(client.get("/samdrift/?valgt=2"), "Udskriv de valgte", count=1)
    assertContains(client.get("/forslag/"), "Udskriv de valgte", count=1)

    cases = {
        "liste=forslag&valgt=8&valgt=7&valgt=7": ("2\xa0valgte forslag", 200),
        "liste=forslag&valgt=8&valgt=99999999": ("<h1>Forslag 8. Uddannelse</h1>", 200),
        "liste=samdrift&valgt=1&valgt=2": ("2\xa0valgte enheder", 200),
        "liste=forslag": ("Vælg mindst ét på listen.", 422),
    }
    for query, (words, status) in cases.items():
        shown = client.get(f"{PAGE}?{query}", follow=True)
        assert shown.status_code == status, query
        assert words in shown.content.decode(), query
    gone = client.get(f"{PAGE}?liste=forslag&valgt=8&valgt=9", follow=True)
    assertContains(gone, "Forslag 9 findes ikke mere og er udeladt.")
    assert client.get(f"{PAGE}?liste=visioner&valgt=1").status_code == 404
    a_proposal(7, council=a_council("hovedstaden"), title="Hemmeligt")
    only = client.get(f"{PAGE}?liste=forslag&valgt=7", follow=True)
    assertContains(only, row.title)
    assertNotContains(only, "Hemmeligt")


def _printed(client: Client, row: Proposal) -> str:
    """Have the PDF made and fetch it; the address that says so."""
    asked: Any = client.post(address(row))
    assertRedirects(asked, f"{address(row)}&lavet=1#pdf", fetch_redirect_response=False)
    client.post(address(row))
    [job] = ProcrastinateJob.objects.filter(task_name="proposals.print_cut")
    assertContains(client.get(asked.url), "PDF’en laves")
    args: Any = job.args
    print_cut(**args)
    ProcrastinateJob.objects.all().delete()
    done = client.get(asked.url)

    assertContains(done, "Hent PDF")
    assertContains(done, "1\xa0side")
    file: Any = client.get(address(row, ".pdf"))
    named = 'attachment; filename="Udkast Forenklingskatalog, forslag 7.pdf"'
    assert file["Content-Disposition"] == named
    assert b"".join(file.streaming_content).startswith(b"%PDF-")
    return str(asked.url)


def _is_of_that_record_alone(client: Client, row: Proposal) -> None:
    table = client.get(address(row, ".csv")).content.decode()
    assert "proposal:forslag-7/gain:gain-1" in table
    assert "forslag-8" not in table
    told = json.loads(client.get(address(row, ".json")).content)
    assert [record["label"] for record in told["records"]] == ["Forslag 7"]


def test_the_paper_is_marked_as_a_draft_and_conforms() -> None:
    row = a_proposal(7)
    options = {"catalogue": row.catalogue_id, "cut": "proposal:forslag-7"}
    day = clock.today().isoformat()

    order = order_of("proposals.simplification", options, council="KKR X", day=day)
    made = print_now(order)

    assert print_now(order).file == made.file
    path = path_of(made.file)
    [page] = PdfReader(path).pages
    assert "Udkast, side 1 af 1" in page.text
    assert "Ikke sendt til noget møde." in page.foot
    assert page.left == "KKR X"
    assert failures(path.read_bytes()) == []


def test_a_long_record_is_set_closer_and_says_when_that_is_not_enough() -> None:
    row = a_proposal(
        7, gains=tuple(f"Gevinst om praktik nummer {n}" for n in range(33))
    )
    build = source("proposals.simplification").build
    options = {"catalogue": row.catalogue_id, "cut": "proposal:forslag-7"}

    def pages(*, is_fitted: bool) -> int:
        order = Order(build(options), "", "side", "", is_fitted)
        return print_now(order).page_count

    assert (pages(is_fitted=False), pages(is_fitted=True)) == (2, 1)
    assert closely_set(build(options)).sections[0].compact
    for position in range(40, 90):
        Point.objects.create(
            proposal=row,
            kind="gain",
            key=f"g{position}",
            position=position,
            text="Mere",
        )
    assert pages(is_fitted=True) > 1


def test_only_the_councils_own_is_printed(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    row = a_proposal(7, title="Praktik")
    a_unit(1)
    client.force_login(a_user(a_council("fyn")))
    endings = ("/", ".pdf", ".csv", ".json")

    assert [client.get(address(row, e)).status_code for e in endings] == [
        422, 404, 404, 404,
    ]  # fmt: skip
    assertNotContains(client.get(address(row)), "Praktik", status_code=422)
    assertContains(client.get(PAGE), "Udskriv eller hent")
    assert client.get(f"{PAGE}?kilde=meetings.minutes").status_code == 404
    client.force_login(a_user())
    for url in (PAGE, address(row), f"{PAGE}?kilde=proposals.cooperation"):
        with django_assert_max_num_queries(8):
            assert client.get(url).status_code == 200


def test_what_a_cut_refers_to_and_does_not_hold_is_a_link_to_the_record(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    other, unit = a_proposal(8, title="Uddannelse"), a_unit(2)
    row = a_proposal(7, title="Praktik")
    words = f"{token_of('forenkling', other.key)} og {token_of('samdrift', unit.key)}"
    type(row).objects.filter(pk=row.pk).update(idea=f"<p>Se {words}.</p>")
    point = row.points.get(kind="gain", position=1)
    type(point).objects.filter(pk=point.pk).update(text=f"Som {words}")
    client.force_login(a_user())

    with django_assert_max_num_queries(8):
        shown = client.get(address(row)).text

    for link in (
        '<a href="/forslag/8/">forenkling 8</a>',
        '<a href="/samdrift/2/">samdrift 2</a>',
    ):
        assert shown.count(link) == 2
