"""Two documents compared by key."""

from __future__ import annotations

from dataclasses import replace

from documents.compare import Change, changes
from documents.tree import Document, Point, Points, RichText, Section


def section(key: str, *gains: str, title: str = "Færre målgrupper") -> Section:
    items = tuple(Point(f"{key}/gain:{n}", text) for n, text in enumerate(gains))
    return Section(
        key=key,
        title=title,
        label="Forslag 1",
        blocks=(
            RichText(f"{key}/idea", "Ideen", "<p>Idé</p>"),
            Points(f"{key}/gains", "Gevinster", items),
        ),
    )


def document(*sections: Section) -> Document:
    return Document(key="catalogue", title="Forenklingskatalog", sections=sections)


def test_equal_documents_have_no_changes() -> None:
    assert changes(document(section("a", "x")), document(section("a", "x"))) == ()


def test_one_changed_gain_is_counted_as_one() -> None:
    old, new = document(section("a", "x", "y")), document(section("a", "x", "z"))

    assert changes(old, new) == (Change("a", "Forslag 1", (("Gevinster", 1),)),)


def test_an_added_and_a_removed_point_are_two_changes_of_their_field() -> None:
    old, new = document(section("a", "x")), document(section("a", "x", "y", "z"))

    assert changes(old, new) == (Change("a", "Forslag 1", (("Gevinster", 2),)),)


def test_a_changed_title_is_told_before_the_fields() -> None:
    old = document(section("a", "x"))
    new = document(section("a", "y", title="Andet"))

    assert changes(old, new) == (
        Change("a", "Forslag 1", (("Titel", 0), ("Gevinster", 1))),
    )


def test_sections_that_come_and_go_are_told_as_such() -> None:
    old, new = document(section("a")), document(section("b"))

    assert changes(old, new) == (
        Change("b", "Forslag 1", is_new=True),
        Change("a", "Forslag 1", is_gone=True),
    )


def test_moving_a_section_changes_nothing_in_it() -> None:
    a, b = section("a", "x"), section("b", "y")

    assert changes(document(a, b), document(b, a)) == ()


def test_a_changed_number_and_lead_are_no_changed_title() -> None:
    old = section("a", "x")
    new = replace(old, label="Forslag 2", lead="En indledning")

    fields = (("Nummer", 0), ("Indledning", 0))
    assert changes(document(old), document(new)) == (Change("a", "Forslag 2", fields),)


def test_a_section_without_a_label_is_called_by_its_title() -> None:
    bare = replace(section("a", "x"), label="", title="KKR i dag")

    (change,) = changes(document(), document(bare))

    assert (change.name, change.is_title) == ("KKR i dag", True)
