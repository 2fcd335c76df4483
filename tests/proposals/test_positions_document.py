"""The municipalities' positions as a document, and what the demo holds."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from accounts.models import Council
from documents.records import text
from documents.sources import source
from documents.tree import Document, Paragraph, Table, walk
from kkr.demo.catalogues import load_proposals, load_units
from kkr.demo.positions import load_positions
from kkr.register import load_register
from proposals.choices import CatalogueKind
from proposals.models import Catalogue, Theme
from proposals.trail_document import NEW, NOW
from tests.makers_positions import a_place
from tests.makers_proposals import a_proposal, a_unit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django import DjangoAssertNumQueries

pytestmark = pytest.mark.django_db
SOURCE = "proposals.positions"


@pytest.fixture
def council() -> Council:
    """KKR Sjælland with its 17 municipalities, both catalogues and the demo's answers."""
    load_register()
    found = Council.objects.get(slug="sjaelland")
    load_proposals(found), load_units(found)
    load_positions(found)
    return found


def tables(document: Document) -> list[Any]:
    return [block for block in blocks(document) if isinstance(block, Table)]


def blocks(document: Document) -> list[Any]:
    return [block for _, section in walk(document) for block in section.blocks]


def cells(table: Table) -> Iterator[list[str]]:
    for group in table.groups:
        for row in group.rows:
            yield [text(cell) for cell in row.cells]


def test_the_document_holds_the_matrix_its_counts_and_the_reasons(
    council: Council, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    own, units = council.catalogues.order_by("pk")
    build = source(SOURCE).build
    with django_assert_max_num_queries(5):
        document = build({"catalogue": own.pk, "themes": []})

    assert document.lead == (
        "245 af 306 svar fra 17\xa0kommuner: 180 støtter, 35 støtter med forbehold, "
        "30 støtter ikke, 61 ikke svaret. "
        "Lejre, Solrød og Stevns har ikke svaret på noget."
    )
    counts, matrix = tables(document)
    assert next(group.title for group in counts.groups).startswith("1. ")
    rows = list(cells(counts))
    assert rows[0] == ["1", "Færre målgrupper", "8", "1", "5", "3"]
    assert [row[2:] for row in rows][11] == ["6", "4", "2", "5"]
    assert [text(cell) for cell in counts.total.cells] == [
        "",
        "I alt",
        "180",
        "35",
        "30",
        "61",
    ]
    stood = {row[0]: "".join(row[1:]) for row in cells(matrix)}
    assert list(stood)[:2] == ["Faxe", "Greve"]
    assert len(stood) == 17
    assert stood["Faxe"] == "NFFSSSFSSSSSSFSFSF"
    assert stood["Lejre"] == "–" * 18
    assert sum("N" in row for row in stood.values()) == 12
    reasons = next(row for row in blocks(document) if isinstance(row, Paragraph))
    assert [*(each.title for each in document.sections), reasons.label] == [
        *("Hver kommunes svar", "Begrundelserne", "Forslag 1")
    ]
    assert text(reasons.lines[0]).startswith("Faxe støtter ikke: ")
    assert source(SOURCE).made_of(document) == "18 × 17\xa0kommuner"
    _is_of_themes_that_it_names(own)

    document = build({"catalogue": units.pk, "themes": None})

    assert document.lead.startswith("83 af 102 svar")
    assert len(list(cells(tables(document)[0]))) == 6
    empty = Council.objects.get(slug="hovedstaden")
    none = Catalogue.objects.create(
        council=empty, kind=CatalogueKind.COOPERATION, key="x", title="Tomt"
    )
    assert build({"catalogue": none.pk}).blocks == ()


def _is_of_themes_that_it_names(own: Catalogue) -> None:
    themes = Theme.objects.filter(catalogue=own, number__in=(2, 4))
    picked = [theme.pk for theme in themes]
    chosen = source(SOURCE).build({"catalogue": own.pk, "themes": picked})
    assert chosen.title == "Kommunernes holdninger: Forenklingskatalog, tema 2 og 4"
    # Two of them in one packet are two documents; what stands in both is the same.
    whole = source(SOURCE).build({"catalogue": own.pk, "themes": []})
    one = source(SOURCE).build({"catalogue": own.pk, "themes": picked[:1]})
    assert len({whole.key, chosen.key, one.key}) == 3
    assert whole.key == f"positions:{own.key}"
    assert chosen.key == f"{whole.key}/themes:{'+'.join(sorted(t.key for t in themes))}"
    assert tables(one)[0].key == tables(whole)[0].key
    counts, matrix = tables(chosen)
    assert [row[0] for row in cells(counts)] == ["10", "11", "15", "16", "17", "18"]
    assert matrix.caption == "Kommunernes holdning til forslag 10-11 og 15-18"


def test_paper_knows_the_width_of_every_column() -> None:
    a_proposal(1), a_unit(1)
    place = a_place("Faxe")
    sheet = Path("static/css/paper.css").read_text("utf-8")
    known = {int(width) for width in re.findall(r"\.mm-(\d+) ", sheet)}
    own, units = Catalogue.objects.order_by("kind").reverse()
    made = [
        source(SOURCE).build({"catalogue": own.pk}),
        source("proposals.municipal").build(
            {"municipality": place.code, "also": ["positions"]}
        ),
        *(
            source(f"proposals.{each.kind}").build({"catalogue": each.pk})
            for each in (own, units)
        ),
    ]
    columns = [
        column for each in made for table in tables(each) for column in table.columns
    ]

    asked = {column.width for column in (*columns, *NEW, *NOW)}

    assert len(columns) > 20
    assert asked - {0} <= known
