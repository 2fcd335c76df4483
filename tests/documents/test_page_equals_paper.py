"""Page and paper of every registered source: same keys, headings, texts and numbers.

The page is read with lxml, the paper by poppler out of the tags of the printed PDF.
"""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from lxml import etree
from lxml import html as lxml_html

from accounts.models import Council
from documents import page, pieces
from documents.printing import paper
from documents.sources import all_sources
from documents.storage import files
from documents.tree import pieces as cut
from kkr.demo.catalogues import load_proposals, load_units
from resultcontracts.choices import Status
from resultcontracts.models import Claim, SharedTotal
from tests.makers_contracts import a_contract, a_goal, a_measure, a_measurement
from tests.makers_minutes import a_held_meeting, proposed_minutes
from tests.makers_packets import a_meeting, a_user
from tests.makers_questions import a_place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from documents.pieces import MadePiece
    from documents.sources import SourceOfDocuments
    from documents.tree import Document

pytestmark = pytest.mark.django_db

# Hyphens at line ends are the paper's own, so they are left out on both sides.
_LEFT_OUT = re.compile(r"[\s\-]+")
_HEADING = re.compile(r"H([1-6])$")
# What only the page has: its contents list and the packet's pages in the margin.
_ONLY_ON_PAGE = (
    "//nav | //*[contains(@class, 'document__fold')]"
    " | //*[contains(@class, 'document__page')]"
    # On paper it is the drawing's other text, which no reader of tags prints.
    " | //*[local-name()='svg']/*[local-name()='title']"
)

# Tests of other things register a source of their own.
SOURCES = [entry for entry in all_sources() if not entry.key.startswith("tests.")]
# A matrix of stances leads nowhere.
UNLINKED = {
    "proposals.positions",
    "proposals.municipal",
    "resultcontracts.contract",
    "resultcontracts.contradictions",
    "resultcontracts.goal",
    "resultcontracts.municipal",
    "resultcontracts.summary",
}
LINKED = [entry for entry in SOURCES if entry.key not in UNLINKED]


@dataclass(frozen=True)
class Read:
    """What a reader meets, in order."""

    headings: tuple[tuple[int, str], ...]
    text: str


def plain(words: str) -> str:
    return _LEFT_OUT.sub("", words)


@pytest.fixture
def council() -> Council:
    council = Council.objects.create(slug="x", name="KKR Sjælland", region="Sjælland")
    load_proposals(council)
    load_units(council)
    return council


def formed(source: SourceOfDocuments, council: Council) -> Document:
    """The source's document with the options that its form proposes."""
    if source.key == "meetings.minutes":
        proposed_minutes(a_held_meeting(a_meeting(council)))
    if source.key in {"proposals.positions", "proposals.municipal"}:
        a_place("Faxe", council)
    if source.key.startswith("resultcontracts."):
        a_reported_contract(council)
    options: Any = source.form
    form = options(council=council)
    return source.build({name: _proposed(form[name]) for name in form.fields})


def a_reported_contract(council: Council) -> None:
    """A contract with two segments, words, a total to share and a contradiction."""
    contract = a_contract(council)
    goal = a_goal(contract, purpose="Kvalitet.", report="Det blev [[1.1]] og 15.")
    for place, segment in enumerate(("drift", "vækst"), 1):
        measure = a_measure(goal, place, segment=segment)
        a_measurement(measure, approver=a_user(council, email=f"{place}@kkr.example"))
    SharedTotal.objects.create(measure=measure, position=1, name="forløb", total=1300)
    Claim.objects.create(
        contract=contract, key="a", place="Notat", quote="Nået.", about=["1"],
        verdict=Status.REACHED,
    )  # fmt: skip
    a_place("Faxe", council)


def _proposed(field: Any) -> Any:
    """What a form begins with; of what must be chosen the first there is."""
    if field.initial is None and field.field.required:
        return next(value for value, _ in field.field.choices if value)
    return field.initial


def printed_tags(piece: MadePiece) -> list[tuple[int, str, str]]:
    """Depth, element or "", and words of each line that poppler reads in the tags."""
    found = subprocess.run(
        ["pdfinfo", "-struct-text", "-"],
        input=files().open(piece.file).read(),
        check=True,
        capture_output=True,
    )
    rows = []
    for line in found.stdout.decode().splitlines():
        content = line.strip()
        depth = len(line) - len(line.lstrip())
        if content.startswith('"'):
            rows.append((depth, "", content[1:-1]))
        elif content and content[0] not in "/(":
            rows.append((depth, content.split()[0].rstrip(":"), ""))
    return rows


def read_paper(made: tuple[MadePiece, ...]) -> Read:
    headings: list[tuple[int, str]] = []
    words: list[str] = []
    for piece in made:
        path: list[tuple[int, str]] = []
        for depth, element, text in printed_tags(piece):
            path = [step for step in path if step[0] < depth]
            if element:
                path.append((depth, element))
                if found := _HEADING.match(element):
                    headings.append((int(found[1]) + piece.depth, ""))
            elif path[-1][1] != "Lbl":
                words.append(text)
                if _HEADING.match(path[-1][1]):
                    level, before = headings[-1]
                    headings[-1] = (level, before + plain(text))
    return Read(tuple(headings), plain("".join(words)))


def read_page(document: Document, own: dict[str, str]) -> tuple[Read, list[str]]:
    body = page.html_of(document, packet_pages=own, own_pages=own)
    # One record by itself stands on paper as it does in the whole, without a cover.
    whole = f"<h1>{document.title}</h1>{body}" if document.has_cover else body
    root = lxml_html.fragment_fromstring(whole, create_parent="main")
    for element in root.xpath(_ONLY_ON_PAGE):
        element.drop_tree()
    headings = tuple(
        (int(element.tag[1]), plain(element.text_content()))
        for element in root.iter("h1", "h2", "h3", "h4", "h5", "h6")
    )
    keys = [str(key) for key in root.xpath("//@data-key")]
    if not document.has_cover:
        keys.remove(document.key)
    return Read(headings, plain(root.text_content())), keys


def keys_on_paper(document: Document, made: tuple[MadePiece, ...]) -> Iterator[str]:
    for piece in cut(document):
        root = etree.HTML(paper.html_of(piece))
        yield from (str(key) for key in root.xpath("//@data-key"))
    assert len(made) == len(cut(document))


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.key)
def test_page_and_paper_say_the_same(
    source: SourceOfDocuments, council: Council
) -> None:
    document = formed(source, council)
    made = pieces.make(document)
    first = {piece.key: piece.numbers[0] for piece in made}

    on_page, keys = read_page(document, first)
    on_paper = read_paper(made)

    assert on_page.headings == on_paper.headings
    assert on_page.text == on_paper.text
    assert keys == list(keys_on_paper(document, made))


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.key)
def test_keys_are_unique_and_headings_skip_no_level(
    source: SourceOfDocuments, council: Council
) -> None:
    read, keys = read_page(formed(source, council), {})

    levels = [level for level, _ in read.headings]
    assert len(keys) == len(set(keys))
    assert all(after <= before + 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("source", LINKED, ids=lambda source: source.key)
def test_every_link_on_the_page_leads_to_a_place_on_it(
    source: SourceOfDocuments, council: Council
) -> None:
    text = page.html_of(formed(source, council), {})
    root = lxml_html.fragment_fromstring(text, create_parent="main")

    places = {str(name) for name in root.xpath("//@id")}
    links = {str(link) for link in root.xpath("//a/@href")}

    assert links
    assert {link.removeprefix("#") for link in links} <= places
