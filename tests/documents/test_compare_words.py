"""Two documents compared by key, down to words and figures."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.compare import SectionEdits, compare
from documents.marks import marks_between
from documents.tree import (
    Block,
    Column,
    Document,
    Fact,
    Facts,
    Group,
    Missing,
    Point,
    Points,
    RichText,
    Row,
    Section,
    Source,
    Table,
    Value,
    Words,
)
from tests.documents.documents_to_print import document, record

FOUR = Value("f/uger", "4", Decimal(4), Decimal(4), "uger")


def holding(*blocks: Block, title: str = "Praktik") -> Document:
    section = Section("proposal:syv", title, label="Forslag 7", blocks=blocks)
    return Document("catalogue", "Katalog", sections=(section,))


def gains(**texts: str) -> Points:
    items = tuple(Point(key, text) for key, text in texts.items())
    return Points("gains", "Gevinster", items)


def figures(value: Value) -> Facts:
    line = (value, Words(" praktik for dem tættest på"))
    return Facts("facts", "Oplysninger", (Fact("facts/tal", "Tal", (line,)),))


def table(*cells: tuple[str, str, Value]) -> Table:
    columns = (
        Column("Nr.", tone="quiet"),
        Column("Mål", names_row=True),
        Column("Resultat"),
    )
    rows = tuple(
        Row(f"row:{name}", ((Words(number),), (Words(name),), (value,)))
        for number, name, value in cells
    )
    return Table("table", "Mål", columns, (Group("all", "", rows),))


def only(old: Document, new: Document) -> SectionEdits:
    (found,) = compare(old, new)
    return found


def marks(edits: SectionEdits) -> list[list[tuple[str, str]]]:
    return [
        [(run.mark, run.text) for line in edit.lines for run in line.runs]
        for edit in edits.edits
    ]


def test_a_changed_title_is_marked_word_by_word() -> None:
    found = only(
        holding(title="Varighed kan udvides"), holding(title="Varighed kan forlænges")
    )

    assert [edit.name for edit in found.edits] == ["Titel"]
    assert marks(found) == [
        [("same", "Varighed kan "), ("removed", "udvides"), ("added", "forlænges")]
    ]


def test_a_point_is_known_by_its_key_and_not_by_its_place() -> None:
    old, new = gains(a="Et", b="To"), gains(b="To", c="Tre")
    found = only(holding(old), holding(new))

    assert [(edit.name, edit.state) for edit in found.edits] == [
        ("Gevinst 2", "new"),
        ("Gevinst 1", "gone"),
    ]


def test_moved_points_have_not_changed() -> None:
    assert compare(holding(gains(a="Et", b="To")), holding(gains(b="To", a="Et"))) == ()


def test_of_rich_text_only_the_lines_that_differ_are_told() -> None:
    old = RichText("idea", "Ideen", "<p>Det første afsnit.</p><ul><li>Et</li></ul>")
    html = "<p>Det første afsnit.</p><ul><li>Et</li><li>Andet punkt</li></ul>"
    found = only(holding(old), holding(replace(old, html=html)))

    assert marks(found) == [[("added", "Andet punkt")]]
    assert found.edits[0].is_excerpt


def test_a_figure_alone_is_a_figure_and_no_changed_text() -> None:
    six = replace(FOUR, printed="6", low=Decimal(6), high=Decimal(6))
    found = only(holding(figures(FOUR)), holding(figures(six)))

    assert found.edits == ()
    (figure,) = found.figures
    assert (figure.name, figure.difference) == ("Praktik for dem tættest på", "+2")
    assert found.count == 1


@pytest.mark.parametrize(
    ("change", "difference"),
    [
        ({"printed": "3,5", "low": Decimal("3.5"), "high": Decimal("3.5")}, "−0,5"),
        ({"printed": "24", "low": Decimal("24.00"), "high": Decimal("24.00")}, "+20"),
        ({"printed": "4-5", "high": Decimal(5)}, ""),
        (
            {"printed": "", "low": None, "high": None, "missing": Missing.NOT_MEASURED},
            "",
        ),
        ({"unit": "dage"}, ""),
        ({"source": Source("Brev fra ministeriet")}, ""),
    ],
)
def test_only_single_figures_of_one_unit_have_a_difference(
    change: dict[str, object], difference: str
) -> None:
    new = replace(FOUR, **change)  # type: ignore[arg-type]
    (figure,) = only(holding(figures(FOUR)), holding(figures(new))).figures

    assert figure.difference == difference


def test_a_row_is_called_by_what_counts_it_and_its_figure_by_the_column() -> None:
    six = replace(FOUR, printed="6", low=Decimal(6), high=Decimal(6))
    old, new = table(("7", "Drift", FOUR)), table(("7", "Drift", six))
    (figure,) = only(holding(old), holding(new)).figures

    assert figure.name == "Mål 7, Resultat"


def test_rows_come_and_go_as_rows() -> None:
    old = table(("7", "Drift", FOUR))
    new = table(("7", "Drift", FOUR), ("8", "Vækst", replace(FOUR, key="v")))
    found = only(holding(old), holding(new))

    assert marks(found) == [[("added", "8 · Vækst · 4\u00a0uger")]]


def test_a_new_and_a_lost_section_are_told_whole() -> None:
    old, new = document(record("et")), document(record("to"))
    found = {edits.key: edits.state for edits in compare(old, new)}

    assert found["record:to"] == "new"
    assert found["record:et"] == "gone"


@given(st.permutations(["et", "to", "tre"]), st.text("ab <&", max_size=9))
def test_equal_documents_do_not_differ_and_order_is_no_difference(
    names: list[str], idea: str
) -> None:
    sections = {name: record(name, f"<p>{idea}</p>") for name in ("et", "to", "tre")}
    old = Document("d", "D", sections=tuple(sections.values()))
    new = Document("d", "D", sections=tuple(sections[name] for name in names))

    assert compare(old, new) == ()


def test_another_kind_of_space_is_no_difference() -> None:
    old = holding(
        gains(a="Se 2.1 Bilag 3"), RichText("i", "Ideen", "<p>Se Bilag 3</p>")
    )
    new = holding(
        gains(a="Se 2.1\u00a0Bilag\u00a03"),
        RichText("i", "Ideen", "<p>Se Bilag\u00a03</p>"),
    )

    assert compare(old, new) == ()
    marked = marks_between(old, replace_title(new), since="version 1", sent="version 1")
    assert marked["proposal:syv"].marks.of == ()


def replace_title(document: Document) -> Document:
    section = replace(document.sections[0], title="En anden titel")
    return replace(document, sections=(section,))
