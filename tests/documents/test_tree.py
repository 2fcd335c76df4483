"""The tree by itself: how it is cut, walked and emptied."""

from __future__ import annotations

from documents.page_numbers import page_keys, with_pages
from documents.tree import (
    Document,
    Missing,
    PageOf,
    Paragraph,
    Points,
    RichText,
    Section,
    Value,
    Words,
    anchor,
    drop_empty,
    pieces,
    walk,
)

LEAF = Section("proposal:a", "A", label="Forslag 1")
THEME = Section("theme:t", "T", running="Tema 1. T", sections=(LEAF,))
WHOLE = Document("catalogue:k", "Katalog", sections=(Section("o:o", "O"), THEME))


def test_every_section_is_a_piece_of_its_own_in_reading_order() -> None:
    cut = pieces(WHOLE)

    assert [piece.section.key for piece in cut] == [
        "catalogue:k", "o:o", "theme:t", "proposal:a",
    ]  # fmt: skip
    assert [piece.depth for piece in cut] == [0, 1, 1, 2]
    assert all(piece.section.sections == () for piece in cut)


def test_the_running_head_is_the_path_down_to_the_piece() -> None:
    assert [piece.running for piece in pieces(WHOLE)] == [
        "Katalog", "Katalog", "Katalog · Tema 1. T", "Katalog · Tema 1. T",
    ]  # fmt: skip


def test_walking_gives_depth_and_section() -> None:
    assert [(depth, section.key) for depth, section in walk(WHOLE)] == [
        (0, "catalogue:k"), (1, "o:o"), (1, "theme:t"), (2, "proposal:a"),
    ]  # fmt: skip


def test_a_heading_joins_label_and_title() -> None:
    assert (LEAF.heading, THEME.heading) == ("Forslag 1. A", "T")


def test_an_anchor_holds_no_mark_of_the_key() -> None:
    assert anchor("proposal:a/gain:b-1") == "proposal-a-gain-b-1"


def test_a_figure_without_a_number_says_why() -> None:
    assert Value("v", missing=Missing.PENDING).text == "afventer"
    assert Value("v", "4", unit="uger").text == "4\xa0uger"


def test_an_empty_field_is_dropped_and_a_filled_one_kept() -> None:
    kept = RichText("a", "A", "<p>x</p>")
    said = Points("b", "B", (), after="Desuden: x.")

    assert drop_empty(
        kept,
        RichText("c", "C", ""),
        Paragraph("d", "D", ()),
        Points("e", "E", ()),
        said,
    ) == (kept, said)


def test_pages_are_asked_for_and_filled_in() -> None:
    line = (Words("side "), PageOf("proposal:a"), PageOf("proposal:b"))
    section = Section("s", "S", blocks=(Paragraph("p", "P", (line,)),))

    filled = with_pages(section, {"proposal:a": "7"})

    assert page_keys(section) == {"proposal:a", "proposal:b"}
    assert filled.blocks == (
        Paragraph(
            "p",
            "P",
            ((Words("side "), PageOf("proposal:a", "7"), PageOf("proposal:b")),),
        ),
    )
