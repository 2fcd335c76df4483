"""What is printed, as HTML: a piece of a document, or a sheet with a template of its own.

The HTML is made without a query; printing happens elsewhere (:mod:`documents.printing.renderers`).

Source: docs/rules.md R-11.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Final, Protocol

from django.conf import settings
from django.template.loader import render_to_string

from documents import codec
from documents.fonts import drawable, fonts_digest
from documents.inlines import Place, kept_together
from documents.marks import MarkedPiece
from documents.printing.pdf import PAPER_CSS, STATIC, VARIANT
from documents.tree import Piece

_HERE: Final = Path(__file__).resolve().parents[1]
_TEMPLATES: Final = _HERE.parent / "templates" / "documents"
# What decides the look of a piece besides its own values.
_CODE: Final = (
    "compare/weaving.py",
    "inlines.py",
    "printing/mend.py",
    "page_numbers.py",
    "printing/paper.py",
    "printing/pdf.py",
    "objects.py",
    "printing/tables.py",
    "templatetags/documents.py",
    "tree.py",
)
_GLYPHS: Final = "img/glyph-*.svg"
_ONLY_THE_PAGES: Final = frozenset({"document.html", "toc.html"})
_UNKNOWN: Final = "\N{LOZENGE}"
_NBSP: Final = "\N{NO-BREAK SPACE}"
# Characters that the fonts lack and that have a plain relation: hyphen, spaces, nothing.
_DRAWN_AS: Final = {
    0x2010: "-",
    0x2011: "-",
    **dict.fromkeys((0x2002, 0x2003, 0x2007, 0x2009, 0x200A, 0x202F), _NBSP),
    **dict.fromkeys((0x200B, 0x200C, 0x200D, 0x2060, 0xFE0F, 0xFEFF), None),
}


class Sheet(Protocol):
    """A page with a template of its own: a contents list, a separator.

    It is a frozen dataclass of plain values, hashed as it is; the template gets it as
    ``sheet``.
    """

    @property
    def template(self) -> str: ...

    @property
    def key(self) -> str: ...

    @property
    def heading(self) -> str: ...


type Printable = Piece | Sheet


def html_of(what: Printable) -> str:
    """Give the whole HTML page of a piece or sheet, with only what the fonts can draw."""
    if isinstance(what, Piece):
        marks = what.marks if isinstance(what, MarkedPiece) else None
        place = Place("paper", marks=marks)
        context = {"piece": what, "section": what.section, "place": place}
        html = render_to_string("documents/piece.html", context)
    else:
        html = render_to_string(what.template, {"sheet": what})
    head, body, rest = _drawn(html).partition("<body")
    return head + body + kept_together(rest)


def digest_of(what: Printable) -> str:
    """Give the hash of all that a print depends on; equal hashes mean equal bytes."""
    digest, _ = identity_of(what)
    return digest


def identity_of(what: Printable, *more: str) -> tuple[str, int]:
    """Give the hash of a print, and how long the text is that it is taken of.

    Args:
        more: what else the hash is of, where not a print is meant.
    """
    return codec.identity(what, fingerprint(), *more)


def fingerprint() -> str:
    """Give the hash of templates, stylesheet, engine and fonts."""
    return _fingerprint_now() if settings.DEBUG else _fingerprint_once()


def _glyphs() -> list[Path]:
    """Give the drawings that the stylesheet names."""
    return sorted(STATIC.glob(_GLYPHS))


@lru_cache(maxsize=1)
def _fingerprint_once() -> str:
    return _fingerprint_now()


def _fingerprint_now() -> str:
    sha = hashlib.sha256(f"{VARIANT} {version('weasyprint')} {fonts_digest()}".encode())
    templates = sorted(
        path for path in _TEMPLATES.rglob("*.html") if path.name not in _ONLY_THE_PAGES
    )
    files = [*templates, *(_HERE / name for name in _CODE)]
    for path in (PAPER_CSS, *_glyphs(), *files):
        sha.update(f"\0{path.name}\0".encode() + path.read_bytes())
    return sha.hexdigest()


def _drawn(html: str) -> str:
    """Put a lozenge for what the fonts cannot draw: paper may not hold a blank."""
    said = set(map(ord, set(html)))
    if not said.isdisjoint(_DRAWN_AS):  # to translate costs more than to look
        html = html.translate(_DRAWN_AS)
        said = set(map(ord, set(html)))
    missing = said - drawable() - {ord("\n"), ord("\t")}
    return html.translate(dict.fromkeys(missing, _UNKNOWN)) if missing else html
