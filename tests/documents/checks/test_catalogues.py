"""The real catalogues: nothing is found in them, and what a document prevents."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.utils.html import escape

from accounts.models import Council
from documents.checks import Subject, passages_of, run
from documents.page import html_of
from documents.printing import paper
from documents.sources import source
from documents.tree import Points, walk
from kkr.demo.catalogues import load_proposals, load_units
from tests.meetings.test_paper import CONTENTS, SEPARATOR

if TYPE_CHECKING:
    from documents.tree import Document

pytestmark = pytest.mark.django_db


@pytest.fixture
def council() -> Council:
    return Council.objects.create(slug="x", name="KKR Sjælland", region="Sjælland")


@pytest.fixture
def proposals(council: Council) -> Document:
    catalogue = load_proposals(council)
    return source("proposals.simplification").build({"catalogue": catalogue.pk})


@pytest.fixture
def units(council: Council) -> Document:
    return source("proposals.cooperation").build({"catalogue": load_units(council).pk})


def subject(document: Document, label: str) -> Subject:
    passages = passages_of(document)
    return Subject(label, label, document.title, "", passages, document=document)


def test_nothing_is_wrong_in_the_real_catalogues(
    proposals: Document, units: Document
) -> None:
    assert run([subject(units, "2.1 Bilag 1"), subject(proposals, "2.1 Bilag 2")]) == ()


def test_the_two_catalogues_number_their_records_by_different_names(
    proposals: Document, units: Document
) -> None:
    """D06: "Forslag 1" can only be one thing."""
    labels = [{s.label for _, s in walk(d) if s.label} for d in (proposals, units)]

    assert labels[0].isdisjoint(labels[1])


def test_the_overview_is_text_and_reads_as_the_proposals_do(
    proposals: Document,
) -> None:
    """D13-D23, D29-D33, D62: the list is formed from the titles, and is no picture."""
    titles = {s.title for _, s in walk(proposals) if s.label.startswith("Forslag")}
    overview = {p.text for p in passages_of(proposals) if p.key.startswith("overview:")}

    assert len(titles) == 18
    assert titles <= overview


def test_gains_stand_under_gains_and_risks_under_risks(proposals: Document) -> None:
    """D57, D58: on the page, and so on paper, a heading is right before its own."""
    html = html_of(proposals)
    records = [s for _, s in walk(proposals) if s.label.startswith("Forslag")]
    for section in records:
        own = html[html.index(f'id="{section.anchor}"') :]
        lists = [block for block in section.blocks if isinstance(block, Points)]
        assert [block.label for block in lists][:2] == ["Gevinster", "Risici"]
        told = [t for b in lists for t in (b.label, *(escape(i.text) for i in b.items))]
        places = [own.index(told[0])]
        for text in told[1:]:
            places.append(own.index(text, places[-1]))
        assert places == sorted(places)


def test_every_packet_has_a_contents_page_in_text() -> None:
    """D61."""
    html = paper.html_of(CONTENTS)

    assert "Bilagspakke" in html
    for entry in (e for row in CONTENTS.items for e in row.entries):
        assert entry.title in html


def test_a_separator_says_its_bilag_in_text() -> None:
    """D64."""
    html = paper.html_of(SEPARATOR)

    assert SEPARATOR.label in html
    assert SEPARATOR.title in html
