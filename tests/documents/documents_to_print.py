"""Small documents for tests, with one of every kind of block."""

from __future__ import annotations

from decimal import Decimal

from documents.tree import (
    Column,
    Columns,
    Document,
    Fact,
    Facts,
    Group,
    Missing,
    Note,
    PageOf,
    Paragraph,
    Point,
    Points,
    Reference,
    RichText,
    Row,
    Section,
    Table,
    Value,
    Words,
)

FOUR = Decimal(4)


def record(name: str = "et", idea: str = "<p>En tanke.</p>") -> Section:
    """A record with every kind of field."""
    key = f"record:{name}"
    return Section(
        key=key,
        title=f"Sag {name}",
        label="Sag 1",
        lead="Hører til prøven.",
        blocks=(
            RichText(f"{key}/idea", "Ideen", idea),
            Paragraph(
                f"{key}/words",
                "Ord",
                ((Words("Se "), Reference("record:to", "sag to"), Words(".")),),
            ),
            Points(
                f"{key}/points",
                "Punkter",
                (Point(f"{key}/p:a", "Det første"), Point(f"{key}/p:b", "Det andet")),
                before="Der er to:",
                after="Desuden: et tredje.",
            ),
            columns(key),
            Facts(
                f"{key}/facts",
                "Oplysninger",
                (Fact(f"{key}/figures", "Tal", ((value(key), Words(" i alt")),)),),
            ),
            table(f"{key}/table"),
            Note(f"{key}/note", (Words("En note til prøven."),)),
        ),
    )


def value(key: str) -> Value:
    return Value(f"{key}/uger", "4", FOUR, FOUR, "uger", strong=True)


def columns(key: str) -> Columns:
    first = Points(f"{key}/c:1", "For borgere", (Point(f"{key}/c:1/a", "Et gode"),))
    more = (Point(f"{key}/c:2/a", "Et andet gode"),)
    return Columns(
        f"{key}/c", (first, Points(f"{key}/c:2", "For kommuner", more, start=2))
    )


def table(key: str, rows: int = 2) -> Table:
    return Table(
        key=key,
        caption="Tal for prøven",
        columns=(Column("Navn", names_row=True), Column("Antal", "right", 20)),
        groups=(
            Group(
                f"{key}/g",
                "Første gruppe",
                tuple(
                    Row(
                        f"{key}/r:{number}",
                        (
                            (Words(f"Række {number}"),),
                            (
                                Value(
                                    f"{key}/r:{number}/v", missing=Missing.NOT_MEASURED
                                ),
                            ),
                        ),
                    )
                    for number in range(rows)
                ),
            ),
        ),
        total=Row(f"{key}/sum", ((Words("I alt"),), (value(key),))),
    )


def document(*sections: Section, title: str = "Prøven") -> Document:
    """A document whose cover lists the page of every section."""
    rows = tuple(
        Row(
            f"contents/{section.key}", ((Words(section.title),), (PageOf(section.key),))
        )
        for section in sections
    )
    contents = Table(
        key="contents",
        caption="Indhold",
        label="Indhold",
        columns=(Column("Sag", names_row=True), Column("Bilagets side", "right", 25)),
        groups=(Group("contents/all", "", rows),),
        has_quiet_head=True,
    )
    return Document(
        key="document:prove", title=title, blocks=(contents,), sections=sections
    )


def long_idea(paragraphs: int) -> str:
    """Rich text of so many paragraphs, three lines each."""
    return "".join(
        f"<p>Afsnit {number} siger det samme igen, så at siden bliver fyldt op med ord, "
        "og det næste må begynde på en ny. Her står der ikke mere end dette, men det "
        "fylder dog tre linjer i spalten.</p>"
        for number in range(paragraphs)
    )
