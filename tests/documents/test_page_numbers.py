"""Pages that a section tells of others, where there are none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from documents.page import html_of
from documents.tree import (
    Column,
    Document,
    Group,
    Note,
    PageOf,
    Paragraph,
    Reference,
    Row,
    Section,
    Table,
    Words,
)

if TYPE_CHECKING:
    from documents.tree import Inline

OWN, OTHER = "proposal:a", "proposal:b"


def line(end: str) -> tuple[Inline, ...]:
    return (
        Words("Se "),
        Reference(OWN, "forslaget"),
        Words(" på bilagets side "),
        PageOf(OWN),
        Words(end),
    )


def document() -> Document:
    columns = (Column("Forslag", names_row=True), Column("Antal"), Column("Side"))
    rows = tuple(
        Row(f"t/{key}", ((Words(key),), (Words("3"),), (PageOf(key),)))
        for key in (OWN, OTHER)
    )
    total = Row("t/total", ((Words("I alt"),), (Words("6"),), ()))
    table = Table("t", "Liste", columns, (Group("t/all", "Alle", rows),), total)
    empty = Table("e", "Tom", columns, ())
    said = Paragraph("p", "Læs", (line("."),))
    return Document(
        "d",
        "Katalog",
        blocks=(table, empty, said, Note("n", line(". Slut."))),
        sections=(Section(OWN, "Et"), Section(OTHER, "To")),
    )


def test_without_pages_nothing_is_said_of_them() -> None:
    shown = str(html_of(document()))

    assert shown.count("forslaget</a>.") == 2
    assert "bilagets side" not in shown
    assert [shown.count(f">{head}<") for head in ("Antal", "Side")] == [2, 1]
    assert 'colspan="2"' in shown
    assert shown.count("<td") == 3

    paged = str(html_of(document(), own_pages={OWN: "4", OTHER: "7"}))

    assert "på bilagets side <a" in paged
    assert [paged.count(f">{head}<") for head in ("Antal", "Side")] == [2, 2]
    assert paged.count("<td") == 6
