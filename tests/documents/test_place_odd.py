"""Odd files from outside: roles, gaps, layers, fields, leaking content, strange objects."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from pikepdf import Array, Dictionary, Name, Pdf, String

from documents.joining.packet import join
from documents.outside.content import is_balanced
from tests.documents.pdf_makers import (
    FONTS,
    failures,
    foreign,
    opened,
    part,
    piece,
    report,
    saved,
)
from tests.documents.pdf_reader import PdfReader

if TYPE_CHECKING:
    from pathlib import Path


def placed(folder: Path, pdf: Pdf, *, tagged: bool = True) -> PdfReader:
    """``pdf`` joined after a piece of ours, which ends on a heading H3."""
    out = folder / "packet.pdf"
    parts = [
        part("a", piece(folder, "Over")),
        foreign(folder, saved(pdf), tagged=tagged, depth=1),
    ]
    join(parts, title="Pakke", fonts=FONTS, out=out)
    return PdfReader(out)


def elements(pdf: Pdf, kind: str) -> list[Any]:
    return [
        found
        for found in pdf.objects
        if isinstance(found, Dictionary) and found.get("/S") == kind
    ]


def conforms(reader: PdfReader) -> bool:
    return failures(reader.path.read_bytes()) == []


def test_role_names_become_the_types_they_stand_for(tmp_path: Path) -> None:
    pdf = opened(report())
    for element in elements(pdf, "/H1"):
        element.S = Name("/Overskrift#201")
    for element in elements(pdf, "/P"):
        element.S = Name.Brød
    pdf.Root.StructTreeRoot.RoleMap = Dictionary(
        {"/Overskrift#201": Name.Titel, "/Titel": Name.H1, "/Brød": Name.P}
    )
    reader = placed(tmp_path, pdf)

    assert reader.headings[-2:] == [("H2", "Rapport"), ("H3", "Kapitel to")]
    assert "/RoleMap" not in reader.get(reader.root["/StructTreeRoot"])
    assert conforms(reader)


def test_a_skipped_heading_level_is_closed(tmp_path: Path) -> None:
    pdf = opened(report())
    elements(pdf, "/H2")[0].S = Name.H4

    reader = placed(tmp_path, pdf)

    assert reader.headings[-2:] == [("H2", "Rapport"), ("H3", "Kapitel to")]
    assert conforms(reader)


def test_headings_without_a_number_get_one_from_their_sections(tmp_path: Path) -> None:
    pdf = opened(report())
    (first,), (second,) = elements(pdf, "/H1"), elements(pdf, "/H2")
    first.S = second.S = Name.H
    inner = pdf.make_indirect(
        Dictionary(Type=Name.StructElem, S=Name.Sect, P=second.P, K=Array([second]))
    )
    holder = second.P
    holder.K = Array([inner if k.objgen == second.objgen else k for k in holder.K])
    second.P = inner

    reader = placed(tmp_path, pdf)

    assert reader.headings[-2:] == [("H2", "Rapport"), ("H3", "Kapitel to")]
    assert conforms(reader)


def test_classes_and_types_of_a_newer_pdf_are_spelt_out(tmp_path: Path) -> None:
    pdf = opened(report())
    (figure,) = elements(pdf, "/Figure")
    figure.C = Name.Billede
    for element in elements(pdf, "/P"):
        element.S, element.NS = (
            Name.Aside,
            Dictionary(NS=String("http://iso.org/pdf2/ssn")),
        )
    pdf.Root.StructTreeRoot.ClassMap = Dictionary(
        Billede=Dictionary(O=Name.Layout, Placement=Name.Inline)
    )
    reader = placed(tmp_path, pdf)

    (moved,) = reader.elements("Figure")
    assert [reader.get(a).get("/Placement") for a in reader.get(moved["/A"])][
        -1
    ] == "/Inline"
    assert reader.elements("Aside") == []
    assert conforms(reader)


@pytest.mark.parametrize("tagged", [True, False])
@pytest.mark.parametrize("leak", [b"Q Q Q ", b"q q 0.5 0 0 0.5 0 0 cm "])
def test_content_that_leaves_its_state_open_does_not_touch_the_stamp(
    tmp_path: Path, leak: bytes, *, tagged: bool
) -> None:
    pdf = opened(report(tagged=tagged))
    for page in pdf.pages:
        page.obj.Contents = pdf.make_stream(leak + page.obj.Contents.read_bytes())

    reader = placed(tmp_path, pdf, tagged=tagged)

    assert reader.pages[1].stamp[2] == "pakkens side 2"
    (word,) = [w for w in reader.pages[1].words if w.text == "pakkens"]
    assert word.left == pytest.approx(157.5, abs=0.3)
    assert min(w.top for w in reader.pages[1].words if w.text == "Rapport") > 15


def test_marks_that_belong_to_no_structure_are_forgotten(tmp_path: Path) -> None:
    pdf = opened(report(tagged=False))
    page = pdf.pages[0].obj
    inside = page.Contents.read_bytes()
    page.Contents = pdf.make_stream(
        b"/Artifact BMC " + inside + b" EMC /P <</MCID 7>> BDC EMC /Span /X BDC EMC"
    )
    page.StructParents = 5

    reader = placed(tmp_path, pdf, tagged=False)

    assert "Rapport" in reader.spoken
    assert conforms(reader)


def test_what_is_switched_off_stays_off(tmp_path: Path) -> None:
    pdf = opened(report())
    layers = [
        pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String(name)))
        for name in ("Vist", "Skjult")
    ]
    pdf.Root.OCProperties = Dictionary(
        OCGs=Array(layers), D=Dictionary(BaseState=Name.OFF, ON=Array(layers[:1]))
    )
    reader = placed(tmp_path, pdf)

    default = reader.get(reader.root["/OCProperties"])["/D"]
    assert [reader.get(layer)["/Name"] for layer in default["/OFF"]] == ["u:Skjult"]
    assert conforms(reader)


def with_field(pdf: Pdf) -> Pdf:
    """A filled text field on page 1, tagged as a form field where the file is tagged."""
    look = pdf.make_stream(
        b"/Tx BMC 0 0 60 20 re f EMC", Subtype=Name.Form, BBox=Array([0, 0, 60, 20])
    )
    field = pdf.make_indirect(
        Dictionary(
            Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T=String("navn"),
            V=String("Jens"), Rect=Array([100, 100, 160, 120]), AP=Dictionary(N=look), F=4,
        )
    )  # fmt: skip
    pdf.pages[0].obj.Annots.append(field)
    pdf.Root.AcroForm = Dictionary(Fields=Array([field]))
    return pdf


def test_a_field_keeps_its_answer_but_cannot_be_changed(tmp_path: Path) -> None:
    reader = placed(tmp_path, with_field(opened(report())))

    (group,) = reader.get(reader.root["/AcroForm"])["/Fields"]
    (field,) = reader.get(group)["/Kids"]
    assert reader.get(group)["/T"] == "u:2-3-bilag-1"
    assert [reader.get(field)[key] for key in ("/V", "/Ff", "/TU")] == [
        "u:Jens", 1, "u:navn",
    ]  # fmt: skip
    assert len(reader.elements("Form")) == 1
    assert conforms(reader)


def test_a_field_of_an_untagged_file_becomes_part_of_the_picture(
    tmp_path: Path,
) -> None:
    reader = placed(tmp_path, with_field(opened(report(tagged=False))), tagged=False)

    assert "/AcroForm" not in reader.root
    assert len(reader.links(2)) == 2
    assert conforms(reader)


def test_strange_annotations_do_not_stop_a_join(tmp_path: Path) -> None:
    pdf = opened(report())
    first, second = (page.obj for page in pdf.pages)
    shared = first.Annots[0]
    second.Annots = Array(
        [shared, Dictionary(Subtype=Name.Popup, Rect=Array([0, 0, 9, 9])), 7,
         Dictionary(Subtype=Name.Link), Dictionary(Subtype=Name.Text, F=2,
         Rect=Array([10, 10, 20, 20]), Contents=String("Note"))]
    )  # fmt: skip

    reader = placed(tmp_path, pdf)

    assert reader.links(2)[0].box[1] == reader.links(3)[0].box[1]
    assert len(reader.links(3)) == 1


def test_a_circular_outline_and_structure_come_to_an_end(tmp_path: Path) -> None:
    pdf = opened(report())
    first = pdf.Root.Outlines.First
    first.Next = first
    (heading,) = elements(pdf, "/H1")
    heading.K.append(heading.P)

    reader = placed(tmp_path, pdf)

    assert reader.labels == ["1", "2", "3"]


@pytest.mark.parametrize(
    ("content", "balanced"),
    [
        (b"q 1 0 0 1 0 0 cm Q", True),
        (b"q (Q \\) Q) Tj % Q\nQ", True),
        (b"[(a)-2(Q)]TJ q[1]0 d Q", True),
        (b"q q Q", False),
        (b"Q q", False),
        (b"q BI /W 1 ID Q EI Q", False),
    ],
)
def test_a_quick_look_tells_whether_states_are_closed(
    content: bytes, *, balanced: bool
) -> None:
    assert is_balanced(content) == balanced
