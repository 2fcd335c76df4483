"""Printing and fetching a cut without a meeting: a draft, for those who write it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from core import clock
from documents.foreign import path_of
from documents.prints import Order, closely_set, print_now
from documents.sources import source
from proposals.models import Point, Proposal
from proposals.prints import order_of
from proposals.tasks import print_cut
from tests.documents.pdf_makers import failures
from tests.documents.pdf_reader import PdfReader
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
