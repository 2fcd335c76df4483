"""Small real PDFs for the tests: pieces printed by WeasyPrint, and files from outside."""

from __future__ import annotations

import hashlib
import io
from functools import cache
from typing import TYPE_CHECKING, Any

import pikepdf
from page import ValidationProfile, validate_pdf_bytes
from pikepdf import Array, Pdf
from PIL import Image, ImageDraw
from weasyprint import HTML

from documents.fonts import fonts_folder
from documents.joining.packet import ForeignFile, Part, Piece
from documents.printing.mend import mend_piece

if TYPE_CHECKING:
    from pathlib import Path

FONTS = fonts_folder()
MEETING = "KKR Sjælland, møde 22. november 2023"

_PIECE = """<html lang=da><head><title>{title}</title><style>
@font-face {{ font-family: Plex; src: url({regular}) }}
@page {{ size: A4; margin: 32mm 20mm 22.3mm; @top-left {{ content: "Løbende hoved" }} }}
body {{ font: 11pt/16pt Plex }} h3 {{ break-before: {breaks} }}
</style></head><body><article id="{anchor}"><h1>{title}</h1><h2>Ideen</h2>
<p>Se <a href="#tal">tallene</a>, <a href="kkr:{link}">det andet sted</a> og
<a href="https://example.dk/">netstedet</a>.</p>
<ol><li><p>Et afsnit i et punkt</p></li><li>Et punkt</li></ol>
<h3 id=tal>Tal</h3><table><thead><tr><th>Felt<th>Antal</thead><tbody>
<tr><th>Lærlinge<td>297</tr></tbody></table></article></body></html>"""

_REPORT = """<html lang=da><head><title>Rapport</title><style>
@page {{ size: {size}; margin: 12mm }} body {{ font: 9pt "{family}"; background: #ddd }}
h2 {{ break-before: page }}</style></head><body>
<h1>Rapport</h1><p>Se <a href="#to">kapitel to</a> og
<a href="https://example.dk/a">netstedet</a>.</p>
<svg width="40" height="20"><title>En søjle</title><rect width="9" height="20"/></svg>
<h2 id=to>Kapitel to</h2><ul><li>a<li>b</ul></body></html>"""


def failures(data: bytes) -> list[str]:
    """The PDF/UA-1 rules that ``data`` breaks, by an outside validator."""
    report = validate_pdf_bytes(data, profile=ValidationProfile.PDF_UA_1)
    return sorted({f"{found.rule_id}: {found.message}" for found in report.failures})


@cache
def printed(
    title: str = "Forslag 7",
    anchor: str = "proposal:7",
    link: str = "tal",
    breaks: str = "",
) -> bytes:
    """A piece as WeasyPrint leaves it; ``breaks="page"`` gives it a second page."""
    regular = (FONTS / "IBMPlexSans-Regular.ttf").as_uri()
    source = _PIECE.format(
        title=title, anchor=anchor, link=link, regular=regular, breaks=breaks or "auto"
    )
    return bytes(HTML(string=source).write_pdf(pdf_variant="pdf/ua-1"))


def piece(
    folder: Path, title: str = "Forslag 7", *, depth: int = 0, **said: str
) -> Piece:
    """A mended piece in ``folder``; ``said``: anchor, link, breaks."""
    anchor = said.setdefault("anchor", title.lower().replace(" ", ":"))
    path = folder / f"{title} {'-'.join(said.values())}.pdf".replace("/", "_")
    path.write_bytes(mend_piece(printed(title, **said)))
    return Piece(path, depth, title, anchor)


def part(prefix: str, *pieces: Piece, **said: Any) -> Part:
    """An own part unless ``said`` says otherwise."""
    values = {
        "kind": "own",
        "label": "2.1 Bilag 3",
        "title": "Katalog",
        "left": MEETING,
    }
    return Part(prefix=prefix, pieces=pieces, **{**values, **said})


@cache
def report(size: str = "A4", *, tagged: bool = True) -> bytes:
    """A report from outside: two pages, links, a picture, bookmarks."""
    variant = {"pdf_variant": "pdf/ua-1"} if tagged else {}
    source = _REPORT.format(size=size, family="IBM Plex Sans, DejaVu Sans, sans-serif")
    return bytes(HTML(string=source).write_pdf(**variant))


def changed(data: bytes, **keys: object) -> bytes:
    """``data`` with ``keys`` set on every page: Rotate=90, CropBox=[…], UserUnit=2."""
    pdf = Pdf.open(io.BytesIO(data))
    for page in pdf.pages:
        for key, value in keys.items():
            page.obj[f"/{key}"] = Array(value) if isinstance(value, list) else value
    return saved(pdf)


def saved(pdf: Pdf) -> bytes:
    out = io.BytesIO()
    pdf.save(out, deterministic_id=True)
    return out.getvalue()


@cache
def scan() -> bytes:
    """One page, a picture without any text, dark to its very edges."""
    image = Image.new("L", (827, 1169), 60)
    ImageDraw.Draw(image).rectangle((200, 200, 400, 260), fill=200)
    out = io.BytesIO()
    image.save(out, "PDF", resolution=100)
    return out.getvalue()


def foreign(folder: Path, data: bytes, *, tagged: bool = True, **said: Any) -> Part:
    """A part from outside; ``said`` goes to ``ForeignFile``."""
    path = folder / f"{hashlib.sha256(data).hexdigest()[:12]}.pdf"
    path.write_bytes(data)
    values = {"alternative": "Brev om filmfond.", **said}
    return Part(
        "foreign", "2.3 Bilag 1", "Brev", "2-3-bilag-1", left="Kulturministeren: brev",
        foreign=ForeignFile(path, is_tagged=tagged, **values),
    )  # fmt: skip


def opened(data: bytes) -> Pdf:
    return pikepdf.open(io.BytesIO(data))
