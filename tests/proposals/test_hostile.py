"""Hostile words in every field of the catalogues, and in every rendering of them.

One state is made; then each page, file, letter and search hit of it is read, and every
form is sent what no browser sends.
"""

from __future__ import annotations

import csv
import io
from html.parser import HTMLParser
from importlib import import_module
from pkgutil import walk_packages
from typing import TYPE_CHECKING, Any, Final

import pytest
from django.apps import apps
from django.db import models, transaction
from django.test import Client
from django.utils.http import urlencode
from openpyxl import load_workbook

import proposals.forms
from core import richtext
from core.search.indexing import index
from documents.foreign import path_of
from documents.prints import print_now
from proposals.choices import CatalogueKind
from proposals.models import CallLetter, Position, PositionCall, Proposal, SourceNote
from proposals.prints import order_of, sources
from proposals.services import calls, sheet_files
from proposals.sheets.kinds import KINDS
from tests.documents.pdf_reader import PdfReader
from tests.kkr import routes
from tests.kkr.every_row import DRAFT, places
from tests.kkr.routes import all_routes
from tests.makers_packets import a_council, a_user
from tests.makers_questions import a_place, somebody_of
from tests.proposals.test_public import send

if TYPE_CHECKING:
    from collections.abc import Iterator

    from accounts.models import Council, User
    from tests.kkr.routes import Route

pytestmark = pytest.mark.django_db
EVIL: Final = "='\"><script>alert(1)</script><img src=x onerror=alert(2)>{{7*7}}"
SHORT: Final = "=<b onx=1>"
RICH: Final = {"idea", "summary"}
SENT: Final = "2023-11-22"
# Names of rows, and what is no text of a person's.
LEFT: Final = {"key", "query", "qualifier", "target", "chosen"}


class Page(HTMLParser):
    """Notes what hostile words would make of a page: elements and attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.faults: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what only an attack would open."""
        given = dict(attrs)
        if (tag == "img" and given.get("src") == "x") or any(
            name.startswith("on") for name in given
        ):
            self.faults.append(self.get_starttag_text() or tag)

    def handle_data(self, data: str) -> None:
        """Note a script that runs, and a template that was worked out."""
        if self.lasttag == "script" and "alert" in data:
            self.faults.append(data)
        if "onerror=alert(2)>49" in data:
            self.faults.append(data[:200])


def is_a_persons(field: Any) -> bool:
    """Whether a field holds what somebody typed, on one line or many."""
    return (
        isinstance(field, models.CharField | models.TextField)
        and not isinstance(
            field, models.SlugField | models.URLField | models.EmailField
        )
        and not field.choices
        and not field.unique
        and field.name not in LEFT
        and not field.name.endswith("_by")
    )


def hostile(value: Any) -> Any:
    """Give JSON of the same shape, each of its texts hostile."""
    match value:
        case dict():
            return {name: hostile(each) for name, each in value.items()}
        case list():
            return [hostile(each) for each in value]
        case str():
            return EVIL
    return value


def poison() -> None:
    """Write hostile words into every field of every row, past all forms."""
    for model in apps.get_app_config("proposals").get_models():
        if hasattr(model, "pgh_tracked_model"):
            continue
        found: dict[str, Any] = {}
        for field in filter(is_a_persons, model._meta.concrete_fields):
            most = getattr(field, "max_length", None) or 10_000
            words = EVIL if len(EVIL) <= most else SHORT
            is_rich = field.name in RICH
            found[field.name] = richtext.from_plain(words) if is_rich else words
        if found and hasattr(model, "version"):
            found["version"] = models.F("version") + 1
        rows = model._default_manager.all()
        for row in rows if found else ():
            # One by one, for names are taken once.
            own = {k: f"{v} {row.pk}" if k == "name" else v for k, v in found.items()}
            try:
                with transaction.atomic():
                    rows.filter(pk=row.pk).update(**own)
            except Exception as error:
                raise AssertionError(model, own) from error

    for note in SourceNote.objects.all():
        SourceNote.objects.filter(pk=note.pk).update(readings=hostile(note.readings))


@pytest.fixture
def council() -> Council:
    """KKR Sjælland."""
    return a_council()


@pytest.fixture
def every_route(council: Council, monkeypatch: pytest.MonkeyPatch) -> tuple[Route, ...]:
    """The catalogues' routes, each to a row whose fields are all hostile, as was sent."""
    monkeypatch.setitem(routes.SAMPLES, "slug", DRAFT)
    given = places(council)
    proposal = Proposal.objects.get(number=1, catalogue__council=council)
    somebody_of("Greve")
    place = a_place("Greve")
    Position.objects.create(
        proposal=proposal, municipality=place, stance="against", reason="x",
        signer="x", given_on="2023-11-01",
    )  # fmt: skip
    PositionCall.objects.update(municipalities=[place.pk])
    poison()
    send(proposal.catalogue, SENT)
    poison()
    return tuple(
        each for each in all_routes(given) if each.name.startswith("proposals")
    )


@pytest.fixture
def by() -> User:
    """The secretariat."""
    return a_user()


def browser_of(by: User) -> Client:
    """A browser in which somebody is signed in."""
    client = Client()
    client.force_login(by)
    return client


def test_no_page_and_no_file_makes_anything_of_hostile_words(
    every_route: tuple[Route, ...], council: Council, by: User
) -> None:
    client, faults, shown = browser_of(by), {}, 0
    queries = {"proposals:beneficiary": f"?{urlencode({'navn': EVIL})}"}
    index()
    urls = [route.url + queries.get(route.name, "") for route in every_route]
    for url in [*urls, *_more_urls(council)]:
        got = client.get(url)
        if got.status_code != 200 or "html" not in got["Content-Type"]:
            continue
        page = got.content.decode()
        faults[url] = Page(page).faults
        shown += "&lt;script&gt;alert(1)" in page or "onx=1" in page
    public = Client().get(f"/forslag/1@{SENT}/").content.decode()
    faults["public"] = Page(public).faults
    assert {url: found for url, found in faults.items() if found} == {}
    assert "&lt;script&gt;alert(1)" in public
    assert shown > 45

    _tables_hold_texts(council, by)
    _paper_holds_texts(council)
    _letters_hold_texts(council, by)


def _more_urls(council: Council) -> Iterator[str]:
    """Pages that a query changes: comparisons, searches, prints of each source."""
    yield from ("/forslag/1/historik/?fra=1&til=2", "/samdrift/1/historik/?fra=1&til=2")
    yield from (
        "/soeg/?q=alert",
        "/forslag/?q=alert",
        "/forslag/?vis=1",
        "/samdrift/?q=1",
    )
    for kind in CatalogueKind:
        catalogue = council.catalogues.get(kind=kind)
        for each in sources():
            yield f"/forslag/udskriv/?kilde={each.key}&catalogue={catalogue.pk}"


def _tables_hold_texts(council: Council, by: User) -> None:
    """No cell of a file is worked out when it is opened."""
    for kind in CatalogueKind:
        catalogue = council.catalogues.get(kind=kind)
        book = load_workbook(
            io.BytesIO(sheet_files.hand_out(catalogue, sheet="", by=by).data)
        )
        cells = [cell for page in book for row in page.iter_rows() for cell in row]
        assert {cell.data_type for cell in cells if cell.value} == {"s"}
        assert sum(str(cell.value).startswith("=") for cell in cells) > 9
        for each in KINDS[kind]:
            data = sheet_files.hand_out(catalogue, sheet=each.key, by=by).data
            _is_quiet(data, delimiter=";")
    client = browser_of(by)
    for own in sources():
        catalogue = council.catalogues.get(kind=CatalogueKind.SIMPLIFICATION)
        query = f"?kilde={own.key}&catalogue={catalogue.pk}"
        got = client.get(f"/forslag/udskriv.csv{query}")
        if got.status_code == 200:
            _is_quiet(got.content, delimiter=";")


def _is_quiet(data: bytes, *, delimiter: str) -> None:
    text = io.StringIO(data.decode("utf-8-sig"))
    cells = [cell for row in csv.reader(text, delimiter=delimiter) for cell in row]
    assert cells
    assert [c for c in cells if c.startswith(("=", "+", "@", "\t", "\r"))] == []


def _paper_holds_texts(council: Council) -> None:
    """What is printed shows the words as they are."""
    catalogue = council.catalogues.get(kind=CatalogueKind.SIMPLIFICATION)
    options = {"catalogue": catalogue.pk, "cut": "proposal:forslag-1"}
    order = order_of(
        "proposals.simplification", options, council=EVIL, day="2023-11-22"
    )
    path = path_of(print_now(order).file)
    text = "".join(page.text for page in PdfReader(path).pages)
    assert "<script>alert(1)</script>" in "".join(text.split())


def _letters_hold_texts(council: Council, by: User) -> None:
    """Letters are plain, their subjects one line, and nothing is filled in twice."""
    call = PositionCall.objects.get(council=council)
    calls.send_call(call.pk, by=by)
    letter = CallLetter.objects.latest("pk")
    assert "{{7*7}}" in letter.body
    assert "&lt;" not in letter.body
    assert "\n" not in letter.subject


def test_no_form_breaks_on_what_no_browser_sends(
    every_route: tuple[Route, ...], by: User
) -> None:
    """Not a failure of the server's, and no hostile word in the answer that runs."""
    client, names = browser_of(by), sorted(_names_of_fields())
    assert len(names) > 60
    found = {}
    for route in every_route:
        for value in ODD:
            with transaction.atomic():
                got: Any = client.post(route.url, dict.fromkeys(names, value))
                transaction.set_rollback(True)
            assert got.status_code < 500, route.url
            if got.status_code in {409, 422}:
                found[route.url, value] = Page(got.content.decode()).faults
    assert [each for each, faults in found.items() if faults] == []
    assert len(found) > 60
    # A key that is none, by itself: with the others it would hide what they do.
    own = [each.url for each in every_route if each.name in OF_A_RECORD]
    asked = [client.post(url, {"record": "a\0b"}).status_code for url in own]
    assert asked == [404] * 3


OF_A_RECORD = {"proposals:idea", "proposals:history", "proposals:positions-cell"}
ODD = (EVIL, "a\0b", "9" * 40)
BESIDE = (
    "undo base version set correction ark valgt gendan direction kladde til fra q navn"
    " records municipality point pk to kind slags plads at typed seen position points"
    " moves felter felt kun ending"
)


def _names_of_fields() -> set[str]:
    """All that the forms of catalogues call their fields, and what pages send beside."""
    found = set(BESIDE.split())
    for module in walk_packages(proposals.forms.__path__, "proposals.forms."):
        for each in vars(import_module(module.name)).values():
            found |= set(getattr(each, "base_fields", ()))
    return found
