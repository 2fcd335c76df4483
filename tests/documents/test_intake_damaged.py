"""Damaged files: what is taken in can be opened, checked and placed by anybody."""

from __future__ import annotations

import io
import subprocess
from typing import TYPE_CHECKING

import pytest
from pikepdf import Array, Dictionary, Name, ObjectStreamMode, Pdf

from documents.intake import Accepted, Limits, Refused, take_in
from documents.intake.child import answer_for
from documents.outside.place import place_file
from documents.parts import ForeignFile
from tests.documents import flawed as f
from tests.documents import hostile as h
from tests.documents import pdf_makers

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PIECES = 24
# How qpdf ends when it cannot read a file.
ERRORS = 2


def packed() -> bytes:
    """Three pages, their objects in streams, as most programs save today."""
    return _saved(object_stream_mode=ObjectStreamMode.generate)


def for_the_web() -> bytes:
    """The same, its first page and a trailer in front."""
    return _saved(linearize=True)


def _saved(**how: object) -> bytes:
    out = io.BytesIO()
    h.plain(3).save(out, static_id=True, **how)  # type: ignore[arg-type]
    return out.getvalue()


def revised() -> bytes:
    """Four pages, the last of which was appended later, with a table of its own."""
    first = h.many_pages(3)
    with Pdf.open(io.BytesIO(first)) as pdf:
        size = int(pdf.trailer.Size)
    place = len(first)
    page = b"%d 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Resources<<>>>>\n"
    tree = b"endobj\n2 0 obj\n<</Type/Pages/Count 4/Kids[3 0 R 4 0 R 5 0 R %d 0 R]>>\n"
    body = page % size + tree % size + b"endobj\n"
    at = place + body.index(b"2 0 obj")
    table = b"xref\n2 1\n%010d 00000 n \n%d 1\n%010d 00000 n \n" % (at, size, place)
    start = first.rindex(b"startxref\n") + len(b"startxref\n")
    before = int(first[start:].split(b"\n")[0])
    trailer = b"trailer\n<</Size %d/Root 1 0 R/Prev %d>>\n" % (size + 1, before)
    end = b"startxref\n%d\n%%%%EOF\n" % (place + len(body))
    return first + body + table + trailer + end


WHOLE: dict[str, Callable[[], bytes]] = {
    "plain": lambda: h.written(h.plain(3)),
    "packed": packed,
    "for the web": for_the_web,
    "revised": revised,
    "by hand": lambda: h.many_pages(5),
    "report": pdf_makers.report,
    "scan": pdf_makers.scan,
    "tagged": lambda: f.flawed(lambda _: None),
}


def is_usable(
    clean: Path, *, is_tagged: bool, may_be_drawn_badly: bool = False
) -> bool:
    """Whether another program finds no fault in a copy, and it can be placed."""
    checked = subprocess.run(
        ["qpdf", "--check", str(clean)], check=False, capture_output=True, text=True
    )
    warnings = [line for line in checked.stderr.splitlines() if "WARNING" in line]
    if may_be_drawn_badly:
        warnings = [line for line in warnings if "(content" not in line]
    placed = place_file(ForeignFile(clean, "Brev.", is_tagged=is_tagged))
    with Pdf.open(io.BytesIO(placed)) as pdf:
        return not warnings and checked.returncode != ERRORS and len(pdf.pages) > 0


@pytest.mark.parametrize("name", WHOLE)
def test_a_whole_file_is_taken_and_its_copy_is_sound(tmp_path: Path, name: str) -> None:
    (tmp_path / "source.pdf").write_bytes(WHOLE[name]())

    verdict = take_in(tmp_path / "source.pdf", cleaned=tmp_path / "clean.pdf")

    assert isinstance(verdict, Accepted)
    assert is_usable(tmp_path / "clean.pdf", is_tagged=verdict.facts.tagged)


@pytest.mark.parametrize("name", WHOLE)
def test_a_file_cut_to_a_third_is_damaged(tmp_path: Path, name: str) -> None:
    content = WHOLE[name]()
    (tmp_path / "source.pdf").write_bytes(content[: len(content) // 3])

    verdict = take_in(tmp_path / "source.pdf", cleaned=tmp_path / "clean.pdf")

    assert isinstance(verdict, Refused)
    assert verdict.code == "damaged"


@pytest.mark.parametrize("name", WHOLE)
def test_wherever_a_file_is_cut_what_is_taken_can_be_used(
    tmp_path: Path, name: str
) -> None:
    content = WHOLE[name]()
    for piece in range(1, PIECES + 4):
        # Most of what can be lost unnoticed stands at the end.
        left = len(content) * piece // PIECES if piece < PIECES else 26 - piece * 2
        out = io.BytesIO()

        answer = answer_for(io.BytesIO(content[:left]), out, Limits())

        if "refused" not in answer:
            (tmp_path / "clean.pdf").write_bytes(out.getvalue())
            is_tagged = answer["facts"]["tagged"]
            assert is_usable(tmp_path / "clean.pdf", is_tagged=is_tagged), left


@pytest.mark.parametrize("name", WHOLE)
def test_a_hole_in_the_middle_is_refused_or_harmless(tmp_path: Path, name: str) -> None:
    content = WHOLE[name]()
    for piece in range(1, PIECES):
        at = len(content) * piece // PIECES
        out = io.BytesIO()

        answer = answer_for(
            io.BytesIO(content[:at] + b"\0" * 40 + content[at + 40 :]), out, Limits()
        )

        if "refused" not in answer:
            (tmp_path / "clean.pdf").write_bytes(out.getvalue())
            is_tagged = answer["facts"]["tagged"]
            assert is_usable(
                tmp_path / "clean.pdf", is_tagged=is_tagged, may_be_drawn_badly=True
            ), at


def test_a_page_whose_content_is_lost_is_not_taken_for_blank() -> None:
    content = h.written(h.plain(3))
    broken = content.replace(b"startxref\n", b"startxref\n9")
    lost = broken.replace(b"7 0 obj", b"7 0 xxx")

    assert answer_for(io.BytesIO(lost), io.BytesIO(), Limits()) == {
        "refused": "damaged"
    }


@pytest.mark.parametrize(
    ("unit", "height", "is_mended"),
    [
        (75_000, 842, True),
        (18, 842, True),
        (17, 842, False),
        (0, 842, True),
        (-2, 842, True),
        (2, 14_400, True),
        (1, 14_400, False),
        (1, 1_000_000, True),
    ],
)
def test_a_sheet_that_cannot_be_is_mended_and_said(
    unit: int, height: int, *, is_mended: bool
) -> None:
    pdf = h.plain()
    page = pdf.pages[0].obj
    page.MediaBox, page.UserUnit = Array([0, 0, 595, height]), unit
    out = io.BytesIO()

    facts = answer_for(io.BytesIO(h.written(pdf)), out, Limits())["facts"]

    assert facts["removed"] == (("size",) if is_mended else ())
    assert facts["pages"][0]["height_mm"] <= 14_400 / 72 * 25.4
    with Pdf.open(out) as clean:
        assert ("/UserUnit" in clean.pages[0].obj) == (unit in {17, 1})


def test_a_unit_that_is_no_number_is_mended() -> None:
    pdf = h.plain()
    pdf.pages[0].obj.UserUnit = Dictionary(S=Name.X)

    facts = answer_for(io.BytesIO(h.written(pdf)), io.BytesIO(), Limits())["facts"]

    assert facts["removed"] == ("size",)
