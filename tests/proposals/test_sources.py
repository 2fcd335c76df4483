"""The two catalogues as documents, on the real records."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from accounts.models import Council
from core.figures import read_figure
from documents import pieces
from documents.inlines import text
from documents.sources import source
from documents.tree import Facts, Missing, Points, Table, Value, walk
from kkr.demo.catalogues import load_proposals, load_units
from proposals.choices import PointKind
from proposals.models import Catalogue, Point, Proposal, Theme

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries

    from documents.tree import Block, Document, Section

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


def sections(document: Document) -> dict[str, Section]:
    """Every section by its label, or its title where it has none."""
    return {section.label or section.title: section for _, section in walk(document)}


def points_of(document: Document, label: str) -> int:
    return sum(
        len(block.items)
        for _, section in walk(document)
        for block in lists(section.blocks)
        if block.label.startswith(label)
    )


def lists(blocks: tuple[Block, ...]) -> list[Points]:
    """The lists among blocks, those that stand abreast too."""
    found = []
    for block in blocks:
        if block.kind == "points":
            found.append(block)
        elif block.kind == "columns":
            found.extend(block.lists)
    return found


def table_of(section: Section) -> Table:
    return next(block for block in section.blocks if isinstance(block, Table))


def fact(section: Section, term: str) -> list[str]:
    """The lines under a term of "Oplysninger"; none where it is absent."""
    return [
        text(line)
        for block in section.blocks
        if isinstance(block, Facts)
        for row in block.rows
        if row.term == term
        for line in row.lines
    ]


def label_of(section: Section) -> list[str]:
    return [getattr(block, "label", "") for block in section.blocks]


def test_the_catalogue_of_proposals_fills_25_pages(proposals: Document) -> None:
    made = pieces.make(proposals)

    assert sum(piece.page_count for piece in made) == 25
    assert {piece.page_count for piece in made} == {1}
    by_heading = {piece.heading.split(".")[0]: piece.first_page for piece in made}
    assert by_heading["Illustration"] == 8
    assert by_heading["Forslag 7"] == 11
    assert by_heading["Forslag 18"] == 25


def test_the_catalogue_of_units_fills_7_pages(units: Document) -> None:
    made = pieces.make(units)

    assert [piece.first_page for piece in made] == [1, 2, 3, 4, 5, 6, 7]
    assert {piece.page_count for piece in made} == {1}


def test_all_points_of_the_proposals_are_there(proposals: Document) -> None:
    assert points_of(proposals, "Gevinster") == 66
    assert points_of(proposals, "Risici") == 35
    assert points_of(proposals, "Opmærksomhedspunkter") == 20


def test_all_points_of_the_units_are_there(units: Document) -> None:
    assert points_of(units, "Opgaver") == 38
    assert points_of(units, "Gevinster") == 58
    assert points_of(units, "Opmærksomhedspunkter") == 20


def test_the_overview_adds_up_and_says_what_is_missing(proposals: Document) -> None:
    overview = sections(proposals)["Oversigt over de 18\xa0forslag"]
    table = table_of(overview)

    rows = [row for group in table.groups for row in group.rows]
    holes = [
        text(row.cells[0])
        for row in rows
        if isinstance(row.cells[4][0], Value)
        and row.cells[4][0].missing is Missing.NOT_FILLED
    ]
    assert table.total is not None
    assert [text(cell) for cell in table.total.cells[1:5]] == [
        "18\xa0forslag",
        "66",
        "35",
        "20",
    ]
    assert holes == ["6", "15"]


def test_the_note_counts_the_titles_that_are_worded_otherwise(
    proposals: Document,
) -> None:
    overview = sections(proposals)["Oversigt over de 18\xa0forslag"]

    note = overview.blocks[-1]

    assert note.kind == "note"
    assert text(note.line) == (
        "Titlerne er forslagenes egne. 11 af dem er formuleret anderledes i kildens "
        "oversigt (2.1\xa0Bilag\xa01, side\xa021); forskellen står under hvert forslag. "
        "Opmærksomhedspunkter: 20 i de 16 forslag, hvor feltet er udfyldt."
    )


def test_an_empty_field_prints_nothing_in_the_record(proposals: Document) -> None:
    assert label_of(sections(proposals)["Forslag 6"]) == [
        "Ideen", "Gevinster", "Risici", "Oplysninger",
    ]  # fmt: skip


def test_other_titles_are_told_as_found_once_each(proposals: Document) -> None:
    by_label = sections(proposals)

    assert fact(by_label["Forslag 7"], "Andre titler") == [
        "”Varighed af virksomhedspraktik kan udvides med ordinære timer.” "
        "(i kilden: 2.1\xa0Bilag\xa01, side\xa021; 2.1\xa0Bilag\xa03, side\xa032)",
        "”Værdighed af virksomhedspraktik kan udvides med ordinære timer.” "
        "(i kilden: 2.1\xa0Bilag\xa04, slide\xa09)",
    ]
    assert len(fact(by_label["Forslag 16"], "Andre titler")) == 3
    assert fact(by_label["Forslag 1"], "Andre titler") == []


@pytest.mark.parametrize(
    ("label", "line"),
    [
        ("Forslag 7", "4\xa0uger praktikvarighed for dem tættest på arbejdsmarkedet"),
        (
            "Forslag 2",
            "2 en høj og en lav sats, hver med/uden forsørgertillæg (optalt)",
        ),
        ("Forslag 6", "10 ordninger listet i forslaget (optalt)"),
        ("Forslag 9", "godt 102.000\xa0personer i fleksjob (2022)"),
        ("Forslag 12", "2023 BDO's fokusrevision for STAR"),
        ("Forslag 18", "konto 5 budgetgaranterede, efterspørgselstilpassede udgifter"),
    ],
)
def test_figures_are_told_with_unit_year_and_origin(
    label: str, line: str, proposals: Document
) -> None:
    assert line in fact(sections(proposals)[label], "Tal")


@pytest.mark.parametrize(
    ("key", "figure", "line"),
    [
        (2, {"printed": "½", "measure": "kommuner", "what": "x"}, "½ kommuner x"),
        (5, {"printed": "17", "measure": "uger", "what": "forløb"}, "17 uger forløb"),
        (5, {"printed": "4", "measure": "kommuner", "what": "nu"}, "4 kommuner nu"),
    ],
)
def test_only_the_number_of_municipalities_that_the_scope_tells_is_left_out(
    council: Council, key: int, figure: dict[str, str], line: str
) -> None:
    catalogue = load_units(council)
    unit = catalogue.units.get(number=key)
    unit.figures.create(position=9, **figure, **read_figure(figure["printed"]))

    made = source("proposals.cooperation").build({"catalogue": catalogue.pk})

    told = fact(sections(made)[f"Samdriftsenhed {key}"], "Tal")
    untold = "Finansiering og bemanding: ikke oplyst"
    assert [each.replace("\xa0", " ") for each in told] == [line, untold]


def test_what_a_unit_costs_and_who_does_it_is_told_by_its_name(
    council: Council,
) -> None:
    catalogue = load_units(council)
    unit = catalogue.units.get(number=2)
    for topic, printed, what in (
        ("financing", "2,5", "mio. kr. om året"), ("staffing", "4-5", "årsværk"),
    ):  # fmt: skip
        unit.figures.create(position=9, topic=topic, printed=printed, what=what)

    made = source("proposals.cooperation").build({"catalogue": catalogue.pk})

    told = fact(sections(made)["Samdriftsenhed 2"], "Tal")
    assert [each.replace("\xa0", " ") for each in told] == [
        "Finansiering: 2,5 mio. kr. om året",
        "Bemanding: 4-5 årsværk",
    ]


def test_gains_are_numbered_through_their_beneficiaries(units: Document) -> None:
    first = sections(units)["Samdriftsenhed 1"]

    gains = [block for block in lists(first.blocks) if block.label.startswith("Gev")]

    assert [(block.label, block.start, len(block.items)) for block in gains] == [
        ("Gevinster for virksomhederne", 1, 6),
        ("Gevinster for kommunerne og samfundet", 7, 4),
    ]


def test_a_shared_point_is_printed_with_its_ending(units: Document) -> None:
    first = sections(units)["Samdriftsenhed 1"]

    [attentions] = [b for b in lists(first.blocks) if b.label.startswith("Opm")]

    assert [point.text for point in attentions.items] == [
        "Tæt samspil mellem enheden og kommunernes øvrige beskæftigelsesindsats",
        "Tæt samspil med kommunernes erhvervsafdelinger",
        "En styringsmodel, der gør mål, strategi, ansvar, opgaver og budget klare",
    ]


def test_what_a_unit_leans_on_is_named_as_a_unit(units: Document) -> None:
    first = sections(units)["Samdriftsenhed 1"]

    [related] = [
        b for b in first.blocks if getattr(b, "label", "") == "Hænger sammen med"
    ]

    assert related.kind == "paragraph"
    assert text(related.lines[0]) == (
        "VEU-opgaven er uddybet i samdriftsenhed 2, Rådgivning og service ift. VEU-forløb. "
        "Samdriftsenhed 1, 2 og 3 kan placeres i én fælles tværkommunal enhed."
    )


def test_keys_outlive_a_new_number_and_a_new_title(council: Council) -> None:
    catalogue = load_proposals(council)
    options = {"catalogue": catalogue.pk}
    build = source("proposals.simplification").build
    before = {section.key for _, section in walk(build(options))}

    Proposal.objects.filter(number=18).update(number=19, title="Et nyt navn")

    assert {section.key for _, section in walk(build(options))} == before


def test_two_installations_form_the_same_document(council: Council) -> None:
    build = source("proposals.simplification").build
    first = build({"catalogue": load_proposals(council).pk})
    other = Council.objects.create(slug="y", name="KKR Fyn", region="Fyn")

    second = build({"catalogue": load_proposals(other).pk})

    assert pieces.document_digest(first) == pieces.document_digest(second)


def test_a_removed_point_and_a_removed_proposal_are_not_printed(
    council: Council,
) -> None:
    catalogue = load_proposals(council)
    gone = Proposal.objects.get(number=4)
    Proposal.objects.filter(pk=gone.pk).update(number=None, removed_number=4)
    gains = Point.objects.filter(proposal__number=7, kind=PointKind.GAIN, position=3)
    gains.update(position=None, removed_position=3)

    document = source("proposals.simplification").build({"catalogue": catalogue.pk})

    by_label = sections(document)
    assert "Forslag 4" not in by_label
    assert len(lists(by_label["Forslag 7"].blocks)[0].items) == 2
    assert by_label["Illustration"].lead == "Hører til forslag 2 og 3."


@pytest.mark.parametrize(
    ("key", "load", "queries"),
    [
        ("proposals.simplification", load_proposals, 3),
        ("proposals.cooperation", load_units, 2),
    ],
)
def test_a_catalogue_is_read_in_few_queries(
    key: str,
    load: object,
    queries: int,
    council: Council,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    assert callable(load)
    catalogue = load(council)

    with django_assert_num_queries(queries):
        source(key).build({"catalogue": catalogue.pk})


def test_an_empty_catalogue_is_a_document_too(council: Council) -> None:
    empty = Catalogue.objects.create(
        council=council, kind="simplification", key="tomt", title="Tomt katalog"
    )
    Theme.objects.create(catalogue=empty, key="t", number=1, title="Uden forslag")

    document = source("proposals.simplification").build({"catalogue": empty.pk})

    made = pieces.make(document)
    assert [piece.heading for piece in made] == ["Tomt katalog"]


def test_a_source_says_what_it_is_formed_of(
    proposals: Document, units: Document
) -> None:
    assert source("proposals.simplification").made_of(proposals) == "18\xa0forslag"
    assert source("proposals.cooperation").made_of(units) == "6\xa0samdriftsenheder"


def test_the_form_offers_only_the_councils_own_catalogues(council: Council) -> None:
    own = load_units(council)
    other = Council.objects.create(slug="y", name="KKR Fyn", region="Fyn")
    foreign = load_units(other)
    options: type = source("proposals.cooperation").form

    assert options({"catalogue": str(own.pk)}, council=council).is_valid()
    assert not options({"catalogue": str(foreign.pk)}, council=council).is_valid()
