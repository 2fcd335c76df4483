"""The stamp stands where the drawing says, in its own embedded font."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pikepdf import Pdf
from PIL import Image

from documents.joining.packet import join, join_part
from documents.joining.stamp import Stamp, Stamper
from documents.joining.typeface import MM
from tests.documents.pdf_makers import FONTS, MEETING, failures, part, piece
from tests.documents.pdf_reader import PdfReader, run

if TYPE_CHECKING:
    from pathlib import Path

    from tests.documents.pdf_reader import Page


def stamped(folder: Path, **said: object) -> PdfReader:
    labels = said.pop("labels", None)
    out = folder / "packet.pdf"
    one = part("a", piece(folder, breaks="page"), **said)
    join([one], title="Pakke", fonts=FONTS, out=out, labels=labels)  # type: ignore[arg-type]
    return PdfReader(out)


def word(page: Page, text: str) -> tuple[float, float]:
    """Left and right edge of the first ``text`` in the packet's zone, in mm."""
    (found, *_) = [w for w in page.words if w.text == text and w.bottom < 14]
    return found.left, found.right


def test_the_stamp_says_bilag_own_page_and_packet_page(tmp_path: Path) -> None:
    reader = stamped(tmp_path)

    assert [page.stamp for page in reader.pages] == [
        ("2.1 Bilag 3", "bilagets side 1 af 2", "pakkens side 1"),
        ("2.1 Bilag 3", "bilagets side 2 af 2", "pakkens side 2"),
    ]


@pytest.mark.parametrize(
    ("kind", "words"), [("separator", "skilleblad"), ("contents", "side 1 af 2")]
)
def test_separators_and_contents_have_their_own_words(
    tmp_path: Path, kind: str, words: str
) -> None:
    assert stamped(tmp_path, kind=kind).pages[0].stamp[1] == words


def test_each_field_begins_where_the_drawing_says(tmp_path: Path) -> None:
    page = stamped(tmp_path).pages[0]

    assert word(page, "2.1")[0] == pytest.approx(210 - 20 - 98 + 2.5, abs=0.3)
    assert word(page, "bilagets")[0] == pytest.approx(92 + 28 + 2.5, abs=0.3)
    assert word(page, "pakkens")[0] == pytest.approx(92 + 63 + 2.5, abs=0.3)
    (number,) = [w for w in page.words if w.text == "1" and w.left > 180 and w.top < 14]
    assert number.right == pytest.approx(190 - 2.5, abs=0.3)
    assert page.left == MEETING
    assert word(page, "KKR")[0] == pytest.approx(20, abs=0.3)


def test_the_box_is_white_whatever_lies_under_it(tmp_path: Path) -> None:
    pdf, path = Pdf.new(), tmp_path / "page.pdf"
    page = pdf.add_blank_page(page_size=(210 * MM, 297 * MM))
    stamper = Stamper(pdf, FONTS)
    drawn = stamper.in_packet(Stamp("2.1 Bilag 3", "1", "1"), 210 * MM, 297 * MM)
    page.obj.Contents = pdf.make_stream(b"0 0 900 900 re f\n" + drawn)
    pdf.save(path)
    run("pdftoppm", "-r", "127", "-png", "-singlefile", path, tmp_path / "page")

    with Image.open(tmp_path / "page.png").convert("L") as image:  # 5 pixels a mm
        box = [(93, 7), (118, 12), (122, 7), (154, 12)]
        assert [image.getpixel((x * 5, y * 5)) for x, y in box] == [255] * 4
        assert image.getpixel((90 * 5, 9 * 5)) == 0


def test_late_pages_take_letters_and_nothing_else_moves(tmp_path: Path) -> None:
    reader = stamped(tmp_path, labels=["34", "34a"], numbers=("4", "4a"))

    assert [page.stamp[1:] for page in reader.pages] == [
        ("bilagets side 4 af 4", "pakkens side 34"),
        ("bilagets side 4a af 4", "pakkens side 34a"),
    ]
    assert reader.labels == ["34", "34a"]


def test_the_longest_stamp_keeps_within_its_fields(tmp_path: Path) -> None:
    reader = stamped(
        tmp_path,
        label="2.1 Bilag 3a",
        numbers=("125a", "125b"),
        labels=["125a", "125b"],
    )

    page = reader.pages[0]
    assert page.stamp == (
        "2.1 Bilag 3a",
        "bilagets side 125a af 125",
        "pakkens side 125a",
    )
    assert word(page, "3a")[1] < 92 + 28
    assert word(page, "125")[1] < 92 + 63


def test_a_long_text_to_the_left_is_cut_at_68_mm(tmp_path: Path) -> None:
    page = stamped(
        tmp_path, left="Job- og arbejdsmarkedschefer i de 17 kommuner " * 2
    ).pages[0]

    assert page.left.endswith("…")
    last = [w for w in page.words if w.text.endswith("…")]
    assert 78 < last[0].right <= 88


def test_the_foot_stands_at_its_line_and_signs_no_letter_is_known_for_are_asked_about(
    tmp_path: Path,
) -> None:
    page = stamped(tmp_path, foot="Version 2, 20. november 2023 \u6f22\x07").pages[0]

    assert page.foot == "Version 2, 20. november 2023 ?"
    foot = next(w for w in page.words if w.text == "Version")
    assert foot.top == pytest.approx(279.6 + 0.17, abs=0.15)


def test_the_stamp_is_shown_but_not_read_aloud(tmp_path: Path) -> None:
    reader = stamped(tmp_path, foot="Version 2")

    assert "pakkens" not in reader.spoken
    assert "Version 2" not in reader.spoken


def test_the_stamps_font_is_an_embedded_subset_that_can_be_searched(
    tmp_path: Path,
) -> None:
    reader = stamped(tmp_path)

    ours = [font for font in reader.fonts if "+IBMPlexSans" in font[0]]
    assert [font[1:3] for font in ours] == [["CID", "TrueType"]] * 2
    assert [font[4:7] for font in ours] == [["yes", "yes", "yes"]] * 2


def test_outside_a_packet_there_is_no_box_only_the_own_page(tmp_path: Path) -> None:
    one = part("a", piece(tmp_path, breaks="page", depth=2), left="")
    data = join_part(one, title="Katalog", fonts=FONTS)

    path = tmp_path / "part.pdf"
    path.write_bytes(data)
    reader = PdfReader(path)
    assert [page.between(20, 190) for page in reader.pages] == [
        "side 1 af 2",
        "side 2 af 2",
    ]
    assert reader.headings[0] == ("H1", "Forslag 7")
    assert reader.labels == ["1", "2"]
    assert [mark.title for mark in reader.bookmarks] == ["Forslag 7"]
    assert failures(data) == []
