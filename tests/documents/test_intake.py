"""Intake of ordinary foreign files: what is kept, what is said about them."""

from __future__ import annotations

import hashlib
import subprocess
from typing import TYPE_CHECKING

import pytest
from pikepdf import Array, Dictionary, Encryption, Name, Pdf, Permissions, String

from documents.intake import Accepted, Facts, Limits, Refused, take_in
from tests.documents import hostile

if TYPE_CHECKING:
    from pathlib import Path


def taken(folder: Path, content: bytes, limits: Limits | None = None) -> Accepted:
    """The verdict on ``content``, which must be accepted."""
    verdict = judged(folder, content, limits)
    assert isinstance(verdict, Accepted), verdict
    return verdict


def judged(
    folder: Path, content: bytes, limits: Limits | None = None
) -> Accepted | Refused:
    """The verdict on ``content``; the clean copy is ``folder``/clean.pdf."""
    source = folder / "source.pdf"
    source.write_bytes(content)
    return take_in(source, cleaned=folder / "clean.pdf", limits=limits)


def test_the_original_stays_byte_for_byte_and_nothing_else_is_left(
    tmp_path: Path,
) -> None:
    content = hostile.with_link(hostile.script())

    taken(tmp_path, content)

    assert (tmp_path / "source.pdf").read_bytes() == content
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "clean.pdf",
        "source.pdf",
    ]


def test_the_same_file_gives_the_same_clean_bytes(tmp_path: Path) -> None:
    owner = Encryption(owner="hemmelig", R=6)
    content = hostile.written(hostile.plain(3), owner)
    digests = set()

    for _ in range(2):
        taken(tmp_path, content)
        clean = (tmp_path / "clean.pdf").read_bytes()
        digests.add(hashlib.sha256(clean).hexdigest())

    assert len(digests) == 1


def test_protection_against_change_is_taken_off_and_said(tmp_path: Path) -> None:
    allow = Permissions(modify_other=False, extract=False)
    owner = Encryption(owner="hemmelig", R=6, allow=allow)

    verdict = taken(tmp_path, hostile.written(hostile.plain(), owner))

    assert verdict.notes == ("Beskyttelsen mod ændringer er fjernet i pakkens kopi.",)
    with Pdf.open(tmp_path / "clean.pdf") as pdf:
        assert not pdf.is_encrypted


@pytest.mark.parametrize(
    ("rotate", "crop", "unit", "shown"),
    [
        (0, None, 1, (210.0, 297.0, 0)),
        (90, None, 1, (297.0, 210.0, 90)),
        (-90, None, 1, (297.0, 210.0, 270)),
        (45, None, 1, (210.0, 297.0, 0)),
        (0, [72, 72, 372, 272], 1, (105.8, 70.6, 0)),
        (90, [72, 72, 372, 272], 2, (141.1, 211.7, 90)),
        (0, [5000, 5000, 6000, 6000], 1, (210.0, 297.0, 0)),
    ],
)
def test_a_page_is_as_large_as_it_is_shown(
    tmp_path: Path,
    rotate: int,
    crop: list[int] | None,
    unit: int,
    shown: tuple[float, float, int],
) -> None:
    pdf = hostile.plain()
    page = pdf.pages[0].obj
    page.MediaBox, page.Rotate = Array([0, 0, 595.276, 841.89]), rotate
    page.UserUnit = unit
    if crop:
        page.CropBox = Array(crop)

    (found,) = taken(tmp_path, hostile.written(pdf)).facts.pages

    assert (found.width_mm, found.height_mm, found.rotate) == shown


def test_a_page_that_spans_no_sheet_becomes_a4(tmp_path: Path) -> None:
    pdf = hostile.plain()
    pdf.pages[0].obj.MediaBox = Array([0, 0, 1, 9_000_000])

    (found,) = taken(tmp_path, hostile.written(pdf)).facts.pages

    assert (found.width_mm, found.height_mm) == (210.0, 297.0)


def test_title_language_labels_and_bookmarks_are_read(tmp_path: Path) -> None:
    pdf = hostile.plain(3)
    pdf.docinfo.Title = String("Årsberetning\x07 2023")
    pdf.Root.Lang = String("da-DK")
    roman, arabic = Dictionary(S=Name.r), Dictionary(S=Name.D, St=7)
    pdf.Root.PageLabels = Dictionary(Nums=Array([0, roman, 1, arabic]))

    facts = taken(tmp_path, hostile.written(pdf)).facts

    assert facts.title == "Årsberetning 2023"
    assert facts.language == "da-DK"
    assert facts.labels == ("i", "7", "8")
    assert not facts.has_outline
    assert taken(
        tmp_path, hostile.with_bookmark(hostile.address("https://example.org/"))
    ).facts.has_outline


def test_a_language_that_is_none_is_not_passed_on(tmp_path: Path) -> None:
    content = hostile.with_catalog(Lang=String("dansk, tror jeg"))

    assert taken(tmp_path, content).facts.language == ""


def test_pages_without_text_are_counted_and_blank_ones_are_not(tmp_path: Path) -> None:
    pdf = hostile.plain(4)
    pdf.pages[1].obj.Contents = pdf.make_stream(b"0 0 300 300 re f")
    pdf.pages[2].obj.Contents = pdf.make_stream(b"q Q")

    facts = taken(tmp_path, hostile.written(pdf)).facts

    assert (facts.text, facts.pages_without_text) == ("some", (2,))
    assert facts.readability.level == "partial"
    assert facts.readability.sentence == (
        "Kan læses op, men 1 af 4 sider er et billede uden tekst."
    )


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"BT /F1 9 Tf (Ord) Tj ET", "all"),
        (b"BT /F1 9 Tf 3 Tr [(O) -20 (rd)] TJ ET", "all"),
        (b"BT /F1 9 Tf <4f7264> ' ET", "all"),
        (b"BT /F1 9 Tf () Tj [()] TJ <> Tj ET 0 0 9 9 re f", "none"),
        (b"(Tj) pop 0 0 9 9 re f", "none"),
        (b"BI /W 1 /H 1 /BPC 8 /CS /G ID (x)Tj EI 0 0 9 9 re f", "none"),
    ],
)
def test_text_is_what_shows_characters(
    tmp_path: Path, content: bytes, text: str
) -> None:
    pdf = hostile.plain()
    pdf.pages[0].obj.Contents = pdf.make_stream(content)

    assert taken(tmp_path, hostile.written(pdf)).facts.text == text


def test_facts_survive_being_stored_as_json(tmp_path: Path) -> None:
    facts = taken(tmp_path, hostile.written(hostile.plain(2))).facts

    assert Facts.from_json(facts.to_json()) == facts


def test_fields_become_fixed_text_that_is_still_read(tmp_path: Path) -> None:
    pdf = hostile.plain()
    font = pdf.pages[0].obj.Resources.Font.F1
    field = Dictionary(
        Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T=String("navn"),
        V=String("Kanariefugl"), DA=String("/F1 12 Tf 0 g"),
        Rect=Array([72, 600, 300, 620]),
    )  # fmt: skip
    field = pdf.make_indirect(field)
    pdf.pages[0].obj.Annots = Array([field])
    resources = Dictionary(Font=Dictionary(F1=font))
    pdf.Root.AcroForm = Dictionary(
        Fields=Array([field]), DR=resources, NeedAppearances=True
    )

    verdict = taken(tmp_path, hostile.written(pdf))

    assert verdict.notes == ("Udfyldningsfelter er gjort til fast tekst.",)
    read = subprocess.run(
        ["pdftotext", str(tmp_path / "clean.pdf"), "-"],
        capture_output=True, check=True, text=True,
    )  # fmt: skip
    assert "Kanariefugl" in read.stdout


def test_a_file_at_the_limit_is_taken_and_one_byte_more_is_not(tmp_path: Path) -> None:
    content = hostile.written(hostile.plain())

    taken(tmp_path, content, Limits(max_bytes=len(content)))
    refused = judged(tmp_path, content, Limits(max_bytes=len(content) - 1))

    assert isinstance(refused, Refused)
    assert refused.code == "too_large"
