"""Tables, links and pictures of a piece, mended so that a screen reader finds its way."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from weasyprint import HTML

from documents.joining.graft import mend_piece
from tests.documents.pdf_makers import failures
from tests.documents.pdf_reader import PdfReader

if TYPE_CHECKING:
    from pathlib import Path

SPANS = """<table><thead><tr><th colspan=2>Places<th>Sum<tbody>
<tr><th rowspan=2>Region<td>1<td>2<tr><td>3<td>4</table>"""
GROUPS = """<table><thead><tr><td><th>Places<tbody><tr><th colspan=2>First
<tr><th>Area<td>1<tr><th colspan=2>Second<tr><th>Area<td>2</table>"""
DEEP = """<table><thead><tr><th rowspan=2>Area<th colspan=2>Places
<tr><th>Old<th>New<tbody><tr><th>Region<td>1<td>2</table>"""


def mended(folder: Path, body: str) -> PdfReader:
    page = f"<html lang=da><head><title>T</title><style>@page {{ size: A4; margin: 20mm }}</style><body><h1>T</h1>{body}"
    data = mend_piece(HTML(string=page).write_pdf(pdf_variant="pdf/ua-1"))
    assert failures(data) == []
    (folder / "piece.pdf").write_bytes(data)
    return PdfReader(folder / "piece.pdf")


@pytest.mark.parametrize(
    ("table", "headers"),
    [
        (SPANS, [["Region", "Places"], ["Region", "Sum"]] * 2),
        (GROUPS, [[], ["Area", "Places", "First"], ["Area", "Places", "Second"]]),
        (DEEP, [["Region", "Places", "Old"], ["Region", "Places", "New"]]),
    ],
)
def test_each_cell_names_the_headers_above_and_beside_it(
    tmp_path: Path, table: str, headers: list[list[str]]
) -> None:
    reader = mended(tmp_path, table)

    ids = [cell["/ID"] for cell in reader.elements("TH")]
    spoken = dict(zip(ids, _spoken_headers(reader), strict=True))
    found = [
        [spoken[key] for key in reader.get(cell["/A"]).get("/Headers", [])]
        for cell in reader.elements("TD")
    ]
    assert found == headers


def _spoken_headers(reader: PdfReader) -> list[str]:
    """The words of every header cell, in reading order."""
    words: list[str] = []
    lines = [line.strip() for line in reader.structure]
    for at, line in enumerate(lines):
        if line.startswith("TH <"):
            quoted = next(text for text in lines[at:] if text[0] == '"')
            words.append(quoted.strip('"').strip())
    return words


def test_a_link_with_emphasis_inside_is_one_link(tmp_path: Path) -> None:
    body = '<p>See <a href="#t">the <strong>strong</strong> one</a>.<p id=t>Here'
    reader = mended(tmp_path, body)

    (link,) = reader.links(1)
    assert link.page == 1
    assert reader.spoken.split()[1:5] == ["See", "the", "strong", "one"]


def test_a_list_inside_a_list_keeps_its_labels_and_bodies(tmp_path: Path) -> None:
    reader = mended(tmp_path, "<ul><li>a<ul><li>b<p>c</p><li><p>d</p></ul></ul>")

    kinds = {reader.get(k)["/S"] for li in reader.elements("LI") for k in li["/K"]}
    assert kinds == {"/Lbl", "/LBody"}
    assert len(reader.elements("LI")) == 3


def test_a_pictures_box_is_where_the_picture_is(tmp_path: Path) -> None:
    svg = '<svg width="40" height="20"><title>En</title><rect width="9" height="9"/></svg>'
    reader = mended(
        tmp_path, f"<div style='position: absolute; top: 0; left: 0'>{svg}</div>"
    )

    (figure,) = reader.elements("Figure")
    left, bottom, right, top = reader.get(figure["/A"])["/BBox"]
    assert figure["/Alt"] == "u:En"
    assert (right - left, top - bottom) == pytest.approx((30, 15), abs=0.1)
    assert left == pytest.approx(56.7, abs=0.5)
    assert 841.9 - top == pytest.approx(56.7, abs=30)
