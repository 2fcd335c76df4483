"""A document's records as rows of data."""

from __future__ import annotations

from decimal import Decimal

from documents.records import records
from documents.tree import (
    Column,
    Document,
    Fact,
    Facts,
    Group,
    Missing,
    PageOf,
    Paragraph,
    RichText,
    Row,
    Section,
    Table,
    Value,
    Words,
)

WEEKS = Value("v:1", "4-13", Decimal(4), Decimal(13), "uger", "op til")
NONE = Value("v:2", missing=Missing.NOT_MEASURED)


def a_document() -> Document:
    table = Table(
        key="t",
        caption="Tal",
        columns=(Column("Hvem", names_row=True), Column("Uger"), Column("")),
        groups=(
            Group(
                "g",
                "",
                (
                    Row("r:1", ((Words("Tæt på"),), (WEEKS,), (PageOf("x"),))),
                    Row("r:2", ((Words("Langt fra"),), (NONE,), ())),
                ),
            ),
        ),
        total=Row("sum", ((Words("I alt"),), (Words("17"),), ())),
    )
    fact = Fact("f", "Varighed", ((Words("højst "), WEEKS),))
    blocks = (
        RichText("i", "Ideen", "<p>Kort.</p>"),
        Facts("fs", "Oplysninger", (fact,)),
        Paragraph("p", "Tomt", ()),
        table,
    )
    proposal = Section("proposal:7", "Varighed", "Forslag 7", blocks=blocks)
    return Document("c", "Katalog", sections=(proposal, Section("tom", "Tomt afsnit")))


def test_each_field_point_and_figure_is_a_row() -> None:
    (record,) = records(a_document())

    assert (record.key, record.label) == ("proposal:7", "Forslag 7")
    assert [(d.key, d.name, d.place, d.text) for d in record.data] == [
        ("i", "Ideen", "", "Kort."),
        ("f", "Varighed", "", "højst 4-13\u00a0uger"),
        ("v:1", "Varighed", "", "4-13\u00a0uger"),
        ("r:1/1", "Hvem", "Tæt på", "Tæt på"),
        ("v:1", "Uger", "Tæt på", "4-13\u00a0uger"),
        ("r:2/1", "Hvem", "Langt fra", "Langt fra"),
        ("v:2", "Uger", "Langt fra", str(Missing.NOT_MEASURED)),
        ("sum/1", "Hvem", "I alt", "I alt"),
        ("sum/2", "Uger", "I alt", "17"),
    ]


def test_missing_is_no_number() -> None:
    (record,) = records(a_document())

    (value,) = [datum.value for datum in record.data if datum.key == "v:2"]

    assert value is not None
    assert (value.low, value.high, value.missing) == (None, None, Missing.NOT_MEASURED)
