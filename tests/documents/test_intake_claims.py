"""Untagged files in a packet: it claims nothing that a file from outside does not keep."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pytest
from pikepdf import Array, Dictionary, Name, Pdf, Stream

from documents.intake import Accepted, advice_on, take_in
from documents.joining.packet import join
from documents.parts import ForeignFile, Part
from tests.documents import flawed as f
from tests.documents import hostile as h
from tests.documents import pdf_makers

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

NOT_EMBEDDED = "Skrifttypen Helvetica er ikke indlejret i filen."


def untagged(change: Callable[[Pdf], object] = lambda _: None) -> bytes:
    """A sound file without tags, and what ``change`` does to it."""
    with Pdf.open(io.BytesIO(pdf_makers.report(tagged=False))) as pdf:
        change(pdf)
        out = io.BytesIO()
        pdf.save(out, static_id=True)
    return out.getvalue()


def stamp(pdf: Pdf) -> None:
    """A stamp whose letters are in a font that is not in the file."""
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    shown = Stream(pdf, b"BT /F1 9 Tf (Modtaget) Tj ET")
    shown.Type, shown.Subtype, shown.BBox = Name.XObject, Name.Form, Array(h.A4)
    shown.Resources = Dictionary(Font=Dictionary(F1=font))
    _annotate(pdf, Subtype=Name.Stamp, AP=Dictionary(N=pdf.make_indirect(shown)))


def _annotate(pdf: Pdf, **entries: Any) -> None:
    annotation = Dictionary(Type=Name.Annot, Rect=Array([9, 9, 99, 29]), **entries)
    pdf.pages[0].obj.Annots = Array([pdf.make_indirect(annotation)])


def link(pdf: Pdf) -> None:
    """A link that does not say in words where it leads."""
    _annotate(pdf, Subtype=Name.Link, A=h.address("https://example.dk"))


def mute(pdf: Pdf) -> None:
    """No font says which letters it shows."""
    f.without("Font", "/ToUnicode")(pdf)


def invisible(pdf: Pdf) -> None:
    """Text recognition left words in a font that is not in the file; nobody sees them."""
    f.drawn_text(b"3 Tr /Hv 9 Tf (Ord) Tj")(pdf)


FILES: dict[str, tuple[Callable[[], bytes], bool]] = {
    "sound": (untagged, True),
    "font not in the file": (lambda: h.written(h.plain()), False),
    "font of a stamp": (lambda: untagged(stamp), False),
    "mute": (lambda: untagged(mute), False),
    "invisible text": (lambda: untagged(invisible), True),
    "link": (lambda: untagged(link), True),
    "letters lie about their width": (lambda: untagged(f.wide_letters), False),
    "letters that stand for nothing": (lambda: untagged(f.letters_nowhere), False),
    "list of glyphs": (lambda: untagged(f.glyph_list), True),
    "scan": (pdf_makers.scan, True),
    "bookmarks": (lambda: h.with_bookmark(h.address("https://example.dk")), False),
}


@pytest.mark.parametrize("name", FILES)
def test_a_packet_claims_what_its_files_keep(tmp_path: Path, name: str) -> None:
    make, is_kept = FILES[name]
    (tmp_path / "source.pdf").write_bytes(make())
    verdict = take_in(tmp_path / "source.pdf", cleaned=tmp_path / "clean.pdf")
    assert isinstance(verdict, Accepted)
    facts = verdict.facts
    file = ForeignFile(tmp_path / "clean.pdf", "Brev.", problems=facts.problems)
    part = Part("foreign", "2.3 Bilag 1", "Brev", "2-3-bilag-1", foreign=file)

    done = join(
        [part], title="Pakke", fonts=pdf_makers.FONTS, out=tmp_path / "packet.pdf"
    )

    assert not facts.tagged
    broken = pdf_makers.failures((tmp_path / "packet.pdf").read_bytes())
    assert (broken == []) == is_kept, broken
    assert (done.reasons == ()) == is_kept
    assert all(reason.label == "2.3 Bilag 1" for reason in done.reasons)


def test_the_editor_is_told_which_font_and_what_follows(tmp_path: Path) -> None:
    (tmp_path / "source.pdf").write_bytes(h.written(h.plain()))

    verdict = take_in(tmp_path / "source.pdf", cleaned=tmp_path / "clean.pdf")

    assert isinstance(verdict, Accepted)
    assert verdict.facts.problems == (NOT_EMBEDDED,)
    told = {each.key: each for each in advice_on(verdict.facts.to_json())}
    assert told["letters"].wrong == NOT_EMBEDDED
    assert "pakken ikke lever op til kravene" in told["letters"].portal
    assert "tags" not in told
