"""The packet as a whole: numbers that agree, bookmarks, claims, the same bytes."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pikepdf import Pdf

from documents.joining.outline import write_labels
from documents.joining.packet import Part, join
from tests.documents.pdf_makers import (
    FONTS,
    MEETING,
    failures,
    foreign,
    part,
    piece,
    report,
    scan,
)
from tests.documents.pdf_reader import PdfReader

if TYPE_CHECKING:
    from pathlib import Path

ITEM = "2.1 Indspil til fremtidig beskæftigelsesindsats"


def small_packet(folder: Path) -> list[Part]:
    """Contents, and two bilag with separators: one of ours, one from outside."""
    cover = piece(folder, "Katalog", anchor="cover", breaks="page")
    proposals = [piece(folder, f"Forslag {n}", depth=1) for n in (1, 2)]
    bilag = {"item": ITEM, "label": "2.1 Bilag 1"}
    own, other = "2-1-bilag-1", "2-1-bilag-2"
    first = piece(folder, "Skilleblad 1")
    second = piece(folder, "Skilleblad 2")
    contents = piece(folder, "Indhold", link=other)
    letter = foreign(folder, report(), depth=1).foreign
    return [
        part("indhold", contents, kind="contents", label="Indhold", title="Indhold"),
        part(own, first, kind="separator", title="Bilag 1. Katalog", **bilag),
        part(own, cover, *proposals, title="Katalog", foot="Version 2", **bilag),
        part(other, second, kind="separator", title="Bilag 2. Brev",
             item=ITEM, label="2.1 Bilag 2"),
        Part("foreign", "2.1 Bilag 2", "Brev", other, item=ITEM, foreign=letter),
    ]  # fmt: skip


@pytest.fixture
def packet(tmp_path: Path) -> PdfReader:
    out = tmp_path / "packet.pdf"
    join(small_packet(tmp_path), title="Bilagspakke", fonts=FONTS, out=out)
    return PdfReader(out)


def test_stamps_labels_and_destinations_agree_on_every_page(packet: PdfReader) -> None:
    numbers = [str(at + 1) for at in range(9)]

    assert packet.labels == numbers
    assert [page.number for page in packet.pages] == numbers
    assert [page.stamp[1] for page in packet.pages] == [
        "side 1 af 1", "skilleblad", "bilagets side 1 af 4", "bilagets side 2 af 4",
        "bilagets side 3 af 4", "bilagets side 4 af 4", "skilleblad",
        "bilagets side 1 af 2", "bilagets side 2 af 2",
    ]  # fmt: skip
    assert packet.names["2-1-bilag-1"] == 2
    assert packet.names["2-1-bilag-1/forslag:2"] == 6
    assert packet.names["2-1-bilag-2"] == 7


def test_the_contents_link_leads_to_the_separator(packet: PdfReader) -> None:
    link = packet.links(1)[1]

    assert (link.page, link.words) == (7, "Gå til 2.1 Bilag 2. Brev")


def test_bookmarks_nest_item_bilag_piece(packet: PdfReader) -> None:
    contents, item = packet.bookmarks
    ours, theirs = item.below

    assert (contents.title, contents.page, contents.below) == ("Indhold", 1, ())
    assert (item.title, item.page) == (ITEM, 2)
    assert (ours.title, ours.page) == ("Bilag 1. Katalog", 2)
    (cover,) = ours.below
    assert (cover.title, cover.page) == ("Katalog", 3)
    assert [(mark.title, mark.page) for mark in cover.below] == [
        ("Forslag 1", 5),
        ("Forslag 2", 6),
    ]
    assert (theirs.title, theirs.page) == ("Bilag 2. Brev", 7)
    assert [(mark.title, mark.page) for mark in theirs.below] == [("Rapport", 8)]


def test_the_packet_conforms_says_so_and_names_itself(packet: PdfReader) -> None:
    assert failures(packet.path.read_bytes()) == []
    assert "pdfuaid:part>1<" in packet.metadata
    assert (packet.title, packet.root["/Lang"]) == ("Bilagspakke", "u:da")
    assert packet.root["/ViewerPreferences"] == {"/DisplayDocTitle": True}


def test_text_is_read_in_the_order_of_the_parts(packet: PdfReader) -> None:
    tops = [text for _, text in packet.headings if text not in ("Ideen", "Tal")]

    assert tops == [
        "Indhold", "Skilleblad 1", "Katalog", "Forslag 1", "Forslag 2", "Skilleblad 2",
        "Rapport", "Kapitel to",
    ]  # fmt: skip


def test_a_foreign_problem_takes_the_claim_but_not_the_tags(tmp_path: Path) -> None:
    out = tmp_path / "packet.pdf"
    bad = foreign(tmp_path, report(), problems=("Skriften Arial er ikke indlejret.",))
    done = join([bad], title="Pakke", fonts=FONTS, out=out)

    (reason,) = done.reasons
    assert (reason.prefix, reason.label) == ("2-3-bilag-1", "2.3 Bilag 1")
    assert reason.text == "Skriften Arial er ikke indlejret."
    assert "pdfuaid" not in PdfReader(out).metadata
    assert PdfReader(out).headings[0] == ("H1", "Rapport")


def test_where_the_parts_lie_and_how_far_it_has_come_are_told(tmp_path: Path) -> None:
    told: list[int] = []
    out = tmp_path / "packet.pdf"
    done = join(
        small_packet(tmp_path), title="Pakke", fonts=FONTS, out=out, on_part=told.append
    )

    assert told == [0, 1, 2, 3, 4]
    assert [(at.start, at.stop) for at in done.parts] == [
        (0, 1), (1, 2), (2, 6), (6, 7), (7, 9),
    ]  # fmt: skip
    assert (done.page_count, done.reasons, done.dropped) == (9, (), ())


@pytest.mark.parametrize("labels", [["1"], [str(at) for at in range(10)]])
def test_a_wrong_number_of_labels_is_refused_and_nothing_is_written(
    tmp_path: Path, labels: list[str]
) -> None:
    out = tmp_path / "packet.pdf"
    with pytest.raises(ValueError, match="page labels for 9 pages"):
        join(small_packet(tmp_path), title="Pakke", fonts=FONTS, out=out, labels=labels)

    assert not out.exists()


def test_a_wrong_number_of_own_pages_is_refused(tmp_path: Path) -> None:
    out = tmp_path / "packet.pdf"
    with pytest.raises(ValueError, match="2 own page numbers for 1 pages"):
        join(
            [part("a", piece(tmp_path), numbers=("1", "2"))],
            title="Pakke", fonts=FONTS, out=out,
        )  # fmt: skip


def test_a_part_is_of_pieces_or_of_a_file(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="foreign"):
        Part("foreign", "2.1 Bilag 1", "Brev", "a")
    with pytest.raises(ValueError, match="pieces"):
        Part("own", "2.1 Bilag 1", "Brev", "a", left=MEETING)


_AGAIN = """
import sys
from pathlib import Path
from tests.documents.test_packet import FONTS, join, small_packet
folder = Path(sys.argv[1])
join(small_packet(folder), title="Bilagspakke", fonts=FONTS, out=folder / "packet.pdf")
"""


@pytest.mark.parametrize(
    ("seed", "zone"), [("1", "Pacific/Auckland"), ("4242", "America/Lima")]
)
def test_another_process_folder_and_time_zone_give_the_same_bytes(
    tmp_path: Path, packet: PdfReader, seed: str, zone: str
) -> None:
    other = tmp_path / "elsewhere" / seed
    other.mkdir(parents=True)
    environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone}
    subprocess.run(
        [sys.executable, "-c", _AGAIN, str(other)], env=environment, check=True
    )

    assert (other / "packet.pdf").read_bytes() == packet.path.read_bytes()


def test_a_scan_among_the_parts_leaves_the_packet_conformant(tmp_path: Path) -> None:
    out = tmp_path / "packet.pdf"
    parts = [part("a", piece(tmp_path)), foreign(tmp_path, scan(), tagged=False)]
    done = join(parts, title="Pakke", fonts=FONTS, out=out)

    assert not done.reasons
    assert failures(out.read_bytes()) == []


whole = st.integers(min_value=1, max_value=130).map(str)
numbers = st.one_of(
    whole,
    st.tuples(whole, st.sampled_from("abcd")).map("".join),
    st.sampled_from(["i", "iv", "007", "0", "A-1", "½"]),
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(labels=st.lists(numbers, min_size=1, max_size=12))
def test_any_page_labels_are_read_back_as_they_were_given(
    tmp_path: Path, labels: list[str]
) -> None:
    pdf = Pdf.new()
    for _ in labels:
        pdf.add_blank_page()
    write_labels(pdf, labels)
    pdf.save(tmp_path / "labels.pdf")

    assert PdfReader(tmp_path / "labels.pdf").labels == labels
