"""Pages from outside lie in the frame under the stamp zone, links and tags with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from documents.joining.packet import join
from documents.outside.place import place_file
from documents.outside.sheet import MM, place_sheet
from tests.documents.pdf_makers import (
    FONTS,
    changed,
    failures,
    foreign,
    part,
    piece,
    report,
    scan,
)
from tests.documents.pdf_reader import PdfReader, run

if TYPE_CHECKING:
    from pathlib import Path

    from documents.joining.packet import Part

KINDS = {
    "A4": (report(), (210, 297)),
    "landscape": (report("A4 landscape"), (297, 210)),
    "A3": (report("A3"), (297, 420)),
    "A6": (report("A6"), (210, 297)),
    "rotated 90": (changed(report(), Rotate=90), (297, 210)),
    "rotated 180": (changed(report(), Rotate=180), (210, 297)),
    "rotated 270": (changed(report(), Rotate=-90), (297, 210)),
    "cropped": (changed(report(), CropBox=[20, 400, 500, 820]), (169.33, 148.17)),
    "two-fold unit": (changed(report("A6"), UserUnit=2), (210, 296)),
}


def placed(folder: Path, *parts: Part) -> PdfReader:
    out = folder / "packet.pdf"
    join(parts, title="Pakke", fonts=FONTS, out=out)
    return PdfReader(out)


def dark(path: Path, page: int = 1) -> tuple[int, int, int, int]:
    """The rectangle around what is not white on a page, in whole mm."""
    shown = path.with_suffix("")
    run(
        "pdftoppm",
        "-r",
        "127",
        "-png",
        "-gray",
        "-singlefile",
        "-f",
        str(page),
        path,
        shown,
    )
    with Image.open(shown.with_suffix(".png")) as image:
        ink = image.point(lambda grey: 255 if grey < 250 else 0)
        left, top, right, bottom = ink.getbbox() or (0, 0, 0, 0)
    return left // 5, top // 5, -(-right // 5), -(-bottom // 5)


@pytest.mark.parametrize("tagged", [True, False])
@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_sheet_keeps_size_text_and_conformance(
    tmp_path: Path,
    kind: str,
    tagged: bool,  # noqa: FBT001
) -> None:
    data, size = KINDS[kind]
    reader = placed(tmp_path, foreign(tmp_path, data, tagged=tagged))

    assert (reader.pages[0].width, reader.pages[0].height) == pytest.approx(
        size, abs=0.8
    )
    assert "Rapport" in reader.pages[0].text
    assert reader.pages[0].stamp[1:] == ("bilagets side 1 af 2", "pakkens side 1")
    assert failures((tmp_path / "packet.pdf").read_bytes()) == []


@pytest.mark.parametrize(
    ("size", "frame"),
    [("A4", (7.05, 15, 202.95, 292)), ("A4 landscape", (14.15, 15, 282.85, 205))],
)
def test_the_frame_is_where_the_drawing_says(
    tmp_path: Path, size: str, frame: tuple[float, ...]
) -> None:
    path = tmp_path / "placed.pdf"
    part = foreign(tmp_path, report(size))
    assert part.foreign
    path.write_bytes(place_file(part.foreign))

    assert dark(path) == pytest.approx(frame, abs=1)


@pytest.mark.parametrize("kind", [*KINDS, "scan"])
def test_nothing_from_outside_reaches_the_stamp_zone(tmp_path: Path, kind: str) -> None:
    data = scan() if kind == "scan" else KINDS[kind][0]
    part = foreign(tmp_path, data, tagged=kind != "scan")
    assert part.foreign
    path = tmp_path / "placed.pdf"
    path.write_bytes(place_file(part.foreign))

    assert dark(path)[1] >= 14


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_turned_page_is_read_the_way_it_was(tmp_path: Path, turn: int) -> None:
    """Each word lies in the frame where poppler shows it on the page as it came."""
    part = foreign(tmp_path, data := changed(report(), Rotate=turn))
    assert part.foreign
    (tmp_path / "placed.pdf").write_bytes(place_file(part.foreign))
    (tmp_path / "before.pdf").write_bytes(data)
    before = PdfReader(tmp_path / "before.pdf").pages[0]
    after = PdfReader(tmp_path / "placed.pdf").pages[0]
    scale = (after.height - 20) / after.height
    left = after.width * (1 - scale) / 2

    assert [word.text for word in after.words] == [word.text for word in before.words]
    for old, new in zip(before.words, after.words, strict=True):
        wanted = (left + old.left * scale, 15 + old.top * scale)
        assert (new.left, new.top) == pytest.approx(wanted, abs=0.5)


@pytest.mark.parametrize(
    ("width", "height", "size"),
    [(139, 200, (210, 297)), (141, 200, (141, 200)), (200, 79, (210, 297)),
     (200, 81, (200, 81))],
)  # fmt: skip
def test_only_a_sheet_too_small_for_a_stamp_is_set_on_a4(
    width: float, height: float, size: tuple[float, float]
) -> None:
    sheet = place_sheet((0, 0, width * MM, height * MM))

    found = (sheet.width / MM, sheet.height / MM)
    assert found == pytest.approx(size, abs=0.1)


def test_links_follow_the_page_into_the_frame(tmp_path: Path) -> None:
    for tagged in (True, False):
        for turn in (0, 90, 180, 270):
            part = foreign(tmp_path, changed(report(), Rotate=turn), tagged=tagged)
            reader = placed(tmp_path, part)
            inner, outer = reader.links(1)

            assert (inner.page, outer.address) == (2, "https://example.dk/a")
            (word,) = [w for w in reader.pages[0].words if w.text.startswith("netst")]
            across, down = (word.left + word.right) / 2, (word.top + word.bottom) / 2
            assert outer.box[0] - 1 < across < outer.box[2] + 1
            assert outer.box[1] - 1 < down < outer.box[3] + 1


def test_a_page_without_tags_is_one_figure_with_words_and_its_links(
    tmp_path: Path,
) -> None:
    reader = placed(tmp_path, foreign(tmp_path, report(tagged=False), tagged=False))

    assert [figure["/Alt"] for figure in reader.elements("Figure")] == [
        "u:Brev om filmfond. Side 1 af 2.",
        "u:Brev om filmfond. Side 2 af 2.",
    ]
    assert len(reader.elements("Link")) == 2
    assert reader.headings == []


def test_a_tagged_file_keeps_its_tags_under_the_packets_levels(tmp_path: Path) -> None:
    above = part("a", piece(tmp_path, "Over"))
    reader = placed(tmp_path, above, foreign(tmp_path, report(), depth=2))

    assert reader.headings[-2:] == [("H3", "Rapport"), ("H4", "Kapitel to")]
    assert [figure["/Alt"] for figure in reader.elements("Figure")] == ["u:En søjle"]


def test_a_files_own_bookmarks_and_names_come_under_its_bilag(tmp_path: Path) -> None:
    reader = placed(tmp_path, foreign(tmp_path, report()))

    (bilag,) = reader.bookmarks
    (own,) = bilag.below
    assert (bilag.title, own.title, own.page) == ("Brev", "Rapport", 1)
    assert [(mark.title, mark.page) for mark in own.below] == [("Kapitel to", 2)]
    assert reader.names["2-3-bilag-1/to"] == 2


def test_a_placed_file_joins_as_the_cleaned_one_does(tmp_path: Path) -> None:
    part = foreign(tmp_path, report(), depth=1)
    assert part.foreign
    kept = tmp_path / "placed.pdf"
    kept.write_bytes(place_file(part.foreign))
    again = foreign(tmp_path, kept.read_bytes(), depth=1, is_placed=True)

    direct, stored = placed(tmp_path, part), placed(tmp_path, again)
    assert direct.pages == stored.pages
    assert direct.headings == stored.headings
    assert failures((tmp_path / "packet.pdf").read_bytes()) == []


sides = st.floats(min_value=60, max_value=14_000)


@given(
    left=st.floats(-500, 500),
    bottom=st.floats(-500, 500),
    width=sides,
    height=sides,
    rotate=st.sampled_from([0, 90, 180, 270, -90, 450]),
)
def test_the_visible_part_fills_the_frame_and_the_frame_stays_below_the_zone(
    left: float, bottom: float, width: float, height: float, rotate: int
) -> None:
    box = (left, bottom, left + width, bottom + height)
    sheet = place_sheet(box, rotate)

    assert sheet.matrix.rect(box) == pytest.approx(sheet.frame, abs=1e-3)
    assert sheet.frame[3] == pytest.approx(sheet.height - 15 * MM)
    assert sheet.frame[1] >= 5 * MM - 1e-6
    assert sheet.frame[0] >= 0
    assert sheet.frame[2] <= sheet.width + 1e-6
    turned = rotate % 180 == 90
    shape = (height / width) if turned else (width / height)
    frame = sheet.frame
    assert (frame[2] - frame[0]) / (frame[3] - frame[1]) == pytest.approx(
        shape, rel=1e-6
    )
