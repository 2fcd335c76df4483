"""What is mended in a piece, and what happens to tags and links when pieces are joined."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from documents.joining.graft import mend_piece
from documents.joining.packet import join
from tests.documents.pdf_makers import FONTS, failures, part, piece, printed, scan
from tests.documents.pdf_reader import PdfReader

if TYPE_CHECKING:
    from pathlib import Path

    from documents.joining.packet import Joined, Part


def joined(folder: Path, *parts: Part) -> tuple[Joined, PdfReader]:
    out = folder / "packet.pdf"
    return join(parts, title="Bilagspakke", fonts=FONTS, out=out), PdfReader(out)


def read(folder: Path, data: bytes) -> PdfReader:
    path = folder / "read.pdf"
    path.write_bytes(data)
    return PdfReader(path)


def test_a_printed_piece_breaks_pdf_ua_until_it_is_mended() -> None:
    assert any("LI-KIDS" in found for found in failures(printed()))
    assert failures(mend_piece(printed())) == []


def test_mending_is_done_once_and_gives_the_same_bytes() -> None:
    mended = mend_piece(printed())

    assert mend_piece(printed()) == mended
    assert mend_piece(mended) == mended


def test_the_running_head_is_shown_but_not_read_aloud(tmp_path: Path) -> None:
    reader = read(tmp_path, mend_piece(printed()))

    assert "Løbende hoved" in reader.pages[0].text
    assert "Løbende hoved" not in reader.spoken
    assert reader.spoken.startswith("Forslag 7 Ideen Se")


def test_table_headers_have_a_scope_and_cells_name_their_headers(
    tmp_path: Path,
) -> None:
    reader = read(tmp_path, mend_piece(printed()))

    scopes = [reader.get(cell["/A"])["/Scope"] for cell in reader.elements("TH")]
    assert scopes == ["/Column", "/Column", "/Row"]
    column, row = reader.elements("TH")[1]["/ID"], reader.elements("TH")[2]["/ID"]
    (cell,) = reader.elements("TD")
    assert reader.get(cell["/A"])["/Headers"] == [row, column]


def test_a_file_without_tags_is_no_piece() -> None:
    with pytest.raises(ValueError, match="printed with tags"):
        mend_piece(scan())


@pytest.mark.parametrize(
    ("depth", "levels"),
    [(0, ["H1", "H2", "H3"]), (2, ["H3", "H4", "H5"]), (5, ["H6", "H6", "H6"])],
)
def test_headings_are_lowered_by_the_depth_and_at_most_to_h6(
    tmp_path: Path, depth: int, levels: list[str]
) -> None:
    above = [piece(tmp_path, f"Over {n}", depth=n) for n in range(depth)]
    _, reader = joined(tmp_path, part("a", *above, piece(tmp_path, depth=depth)))

    words = ["Forslag 7", "Ideen", "Tal"]
    assert reader.headings[-3:] == list(zip(levels, words, strict=True))


def test_no_heading_level_is_skipped_where_one_above_is_missing(tmp_path: Path) -> None:
    _, reader = joined(tmp_path, part("a", piece(tmp_path, depth=3)))

    assert [level for level, _ in reader.headings] == ["H1", "H2", "H3"]
    assert failures((tmp_path / "packet.pdf").read_bytes()) == []


def test_all_parts_hang_under_one_document_in_their_order(tmp_path: Path) -> None:
    first, second = piece(tmp_path, "Forslag 1"), piece(tmp_path, "Forslag 2")
    _, reader = joined(
        tmp_path, part("a", second, title="Andet"), part("b", first, title="Første")
    )

    (document,) = reader.get(reader.root["/StructTreeRoot"])["/K"]
    titles = [reader.get(kid)["/T"] for kid in reader.get(document)["/K"]]
    assert titles == ["u:Andet", "u:Første"]
    assert len(reader.elements("Document")) == 1
    assert [text for level, text in reader.headings if level == "H1"] == [
        "Forslag 2",
        "Forslag 1",
    ]


def test_a_link_within_a_piece_follows_it_to_its_new_pages(tmp_path: Path) -> None:
    first = piece(tmp_path, "Forslag 1", breaks="page")
    second = piece(tmp_path, "Forslag 2", breaks="page")
    _, reader = joined(tmp_path, part("a", first), part("b", second))

    assert [reader.links(at)[0].page for at in (1, 3)] == [2, 4]
    assert [link.address for link in reader.links(3) if not link.page] == [
        "https://example.dk/"
    ]


@pytest.mark.parametrize(
    ("link", "page"), [("forslag:2", 2), ("b", 3), ("b/forslag:3", 3)]
)
def test_a_link_to_another_piece_or_part_leads_to_its_page(
    tmp_path: Path, link: str, page: int
) -> None:
    pieces = [piece(tmp_path, f"Forslag {n}") for n in (2, 3)]
    linking = piece(tmp_path, "Forslag 1", link=link)
    done, reader = joined(
        tmp_path, part("a", linking, pieces[0]), part("b", pieces[1], label="2.2")
    )

    target = reader.links(1)[1]
    assert (target.page, target.address) == (page, "")
    assert target.words.startswith("Gå til")
    assert link not in done.dropped


def test_a_link_whose_target_is_absent_is_plain_text(tmp_path: Path) -> None:
    linking = piece(tmp_path, "Forslag 1", link="forslag:99")
    done, reader = joined(tmp_path, part("a", linking))

    assert done.dropped == ("forslag:99",)
    assert [link.address for link in reader.links(1)] == ["", "https://example.dk/"]
    assert "det andet sted" in reader.spoken
    assert failures((tmp_path / "packet.pdf").read_bytes()) == []


def test_one_piece_may_stand_in_two_bilag(tmp_path: Path) -> None:
    same = piece(tmp_path, breaks="page")
    _, reader = joined(tmp_path, part("a", same), part("b", same, label="2.2 Bilag 1"))

    ids = [cell["/ID"] for cell in reader.elements("TH")]
    assert len(ids) == len(set(ids)) == 6
    assert [reader.links(at)[0].page for at in (1, 3)] == [2, 4]
    assert failures((tmp_path / "packet.pdf").read_bytes()) == []


def test_a_piece_that_was_not_mended_is_refused(tmp_path: Path) -> None:
    raw = piece(tmp_path)
    raw.path.write_bytes(printed())

    with pytest.raises(ValueError, match="not made ready"):
        joined(tmp_path, part("a", raw))
