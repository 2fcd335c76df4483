"""What a file tells besides its pages: none of it is in the copy that others get (J6)."""

from __future__ import annotations

import io
import subprocess
from typing import TYPE_CHECKING

import pytest
from pikepdf import Array, Dictionary, Name, Pdf, String
from PIL import Image

from documents.intake import Accepted, Facts, Limits, take_in
from documents.intake.child import answer_for
from documents.intake.photographs import without_remarks
from documents.intake.revisions import count_revisions
from tests.documents import flawed as f
from tests.documents import hostile as h
from tests.documents import telling as t
from tests.documents.flawed import flawed

if TYPE_CHECKING:
    from pathlib import Path

SPELLINGS = (
    t.CANARY.encode(),
    t.CANARY.encode("utf-16-be"),
    t.CANARY.encode().hex().encode(),
)


def cleaned(content: bytes) -> tuple[bytes, Facts]:
    """The clean copy and the facts; the child is called without a process around it."""
    out = io.BytesIO()
    answer = answer_for(io.BytesIO(content), out, Limits())
    return out.getvalue(), Facts.from_json(answer["facts"])


def unfolded(content: bytes, folder: Path) -> bytes:
    """The file with all streams unfolded, as another program writes it."""
    path = folder / "unfolded.pdf"
    path.write_bytes(content)
    command = ["qpdf", "--qdf", "--object-streams=disable", str(path), "-"]
    return subprocess.run(command, capture_output=True, check=True).stdout


def tells(content: bytes, folder: Path) -> bool:
    """Whether the word stands anywhere in a file."""
    whole = unfolded(content, folder) + content
    return any(word in whole for word in SPELLINGS)


@pytest.mark.parametrize("name", t.TELLING)
def test_what_a_file_tells_is_gone_from_the_copy_and_said(
    tmp_path: Path, name: str
) -> None:
    key, change = t.TELLING[name]
    content = t.changed(change)
    assert tells(content, tmp_path)

    copy, facts = cleaned(content)

    assert facts.removed == (key,)
    assert not tells(copy, tmp_path)
    assert (facts.title, facts.text) == ("Årsberetning", "all")


def test_an_earlier_state_of_the_file_is_gone(tmp_path: Path) -> None:
    copy, facts = cleaned(t.revised())

    assert facts.removed == ("revisions",)
    assert not tells(copy, tmp_path)


def test_where_a_photograph_was_taken_is_gone_and_its_dots_are_the_same(
    tmp_path: Path,
) -> None:
    content = t.photograph()

    copy, facts = cleaned(content)

    assert facts.removed == ("photographs",)
    assert not tells(copy, tmp_path)
    assert dots(copy) == dots(content)


def dots(content: bytes) -> bytes:
    """The dots of the one picture in a file."""
    with Pdf.open(io.BytesIO(content)) as pdf:
        data = pdf.pages[0].obj.Resources.XObject.Im.read_raw_bytes()
    return Image.open(io.BytesIO(data)).tobytes()


@pytest.mark.parametrize("data", [b"", b"\xff\xd8", b"\xff\xd8\xff\xe1\0\0", b"JPEG"])
def test_a_broken_photograph_is_left_as_it_is(data: bytes) -> None:
    assert without_remarks(data) == data


def test_what_is_seen_on_a_page_with_layers_is_the_same(tmp_path: Path) -> None:
    def both(pdf: Pdf) -> None:
        t.hidden_text(pdf)
        pdf.pages[0].contents_add(b"/OC /L1 BDC 1 0 0 rg 72 500 90 9 re f EMC")
        layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("Til")))
        pdf.pages[0].add_resource(layer, Name.Properties, Name.L1)
        pdf.Root.OCProperties.OCGs.append(layer)

    content = t.changed(both)
    copy, _ = cleaned(content)

    assert drawn(copy, tmp_path) == drawn(content, tmp_path)
    assert b"/OCProperties" not in copy


def drawn(content: bytes, folder: Path) -> bytes:
    """The first page as poppler draws it."""
    path = folder / "drawn.pdf"
    path.write_bytes(content)
    # Without a name to write under it goes to the standard output.
    command = ["pdftoppm", "-r", "40", "-singlefile", str(path)]
    found = subprocess.run(command, capture_output=True, check=True).stdout
    assert found.startswith(b"P6")
    return found


def test_what_is_drawn_on_a_page_by_a_reader_stays_without_the_readers_words() -> None:
    change = t.annotated(
        Subtype=Name.Highlight, QuadPoints=Array([0, 9, 9, 9, 0, 0, 9, 0]),
        T=String("A. And"), Contents=String("Er det rigtigt?"),
    )  # fmt: skip

    copy, _ = cleaned(t.changed(change))

    with Pdf.open(io.BytesIO(copy)) as pdf:
        (mark,) = pdf.pages[0].obj.Annots
        assert mark.Contents == "Fremhævning"
        assert set(mark.keys()) & {"/T", "/RC", "/Popup", "/M"} == set()


def test_a_tagged_file_keeps_its_tags_its_title_and_its_claim() -> None:
    def tell(pdf: Pdf) -> None:
        pdf.docinfo.Author = t.SECRET

    copy, facts = cleaned(flawed(tell))

    assert (facts.tagged, facts.problems, facts.title) == (True, (), "Prøve")
    assert facts.removed == ("author",)
    assert b"<pdfuaid:part>1</pdfuaid:part>" in copy


def test_a_claim_that_does_not_hold_is_not_carried_on() -> None:
    copy, facts = cleaned(flawed(f.no_headers))

    assert facts.problems
    assert b"pdfuaid:part>" not in copy


@pytest.mark.parametrize(
    ("content", "count"),
    [
        (lambda: h.written(h.plain()), 0),
        (t.revised, 1),
        (lambda: b"%PDF-1.7\n", 0),
        (lambda: b"%PDF-1.7\nstartxref\n5\n%%EOF", 0),
    ],
)
def test_earlier_states_are_counted(content: object, count: int) -> None:
    assert callable(content)

    assert count_revisions(io.BytesIO(content())) == count


def test_a_file_made_for_the_web_is_one_state() -> None:
    out = io.BytesIO()
    h.plain(3).save(out, linearize=True)

    assert b"/Linearized" in out.getvalue()
    assert count_revisions(out) == 0


def test_the_notes_reach_who_uploads(tmp_path: Path) -> None:
    source = tmp_path / "source.pdf"
    source.write_bytes(t.changed(t.info))

    verdict = take_in(source, cleaned=tmp_path / "clean.pdf")

    assert isinstance(verdict, Accepted)
    assert verdict.notes == (
        "Oplysninger om, hvem der lavede filen, er fjernet. Titlen er beholdt.",
    )
