"""A section's own words, field by field."""

from __future__ import annotations

from documents.plain import Field, fields
from documents.tree import (
    Column,
    Fact,
    Facts,
    Group,
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


def test_each_field_is_given_by_name_and_points_by_number() -> None:
    section = Section(
        key="s",
        title="Titel",
        lead="Indledning.",
        blocks=(
            RichText("s/idea", "Ideen", "<p>Et <strong>ord</strong></p><p>To</p>"),
            Points("s/gains", "Gevinster", (Point("s/gain:a", "Flere"),), start=3),
            Facts(
                "s/facts",
                "Oplysninger",
                (Fact("s/law", "Regler", ((Value("v", "4", unit="uger"),),)),),
            ),
        ),
    )

    assert fields(section) == (
        Field("s/lead", "", "Indledning."),
        Field("s/idea", "Ideen", "Et ord\n\nTo"),
        Field("s/gain:a", "Gevinster", "Flere", 3),
        Field("s/law", "Regler", "4\u00a0uger"),
    )


def test_links_in_tables_belong_to_what_they_lead_to() -> None:
    link = (Reference("t", "Et andet"), Words("!"))
    row = Row("r", ((Words("Nummer 1"),), link, (PageOf("t", "7"),)))
    table = Table("t", "Oversigt", (Column("Nr."),), (Group("g", "", (row,)),))
    section = Section("s", "", blocks=(table, Paragraph("p", "Se", (link,))))

    assert [field.text for field in fields(section)] == ["Nummer 1 · !", "Et andet!"]


def test_rows_of_figures_alone_and_empty_fields_are_left_out() -> None:
    row = Row("r", ((Words("1"),), (Words("2.3"),)))
    table = Table("t", "Oversigt", (Column("Nr."),), (Group("g", "", (row,)),))

    assert fields(Section("s", "", blocks=(table, RichText("x", "Tom", "")))) == ()
