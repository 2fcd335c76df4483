"""Hostile files that are no PDF: for now each is told so, and none is opened."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_TYPES = "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'/>"
_PART = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def packed(files: Mapping[str, bytes | str]) -> bytes:
    """A zip archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def word(
    document: str = "<w:document/>", more: Mapping[str, bytes | str] | None = None
) -> bytes:
    """A DOCX file of a kind; ``more``: its other parts."""
    parts: dict[str, bytes | str] = {
        "[Content_Types].xml": _TYPES,
        "word/document.xml": document,
    }
    return packed(parts | dict(more or {}))


def related(kind: str, target: str) -> bytes:
    """A DOCX file that refers to something outside."""
    relation = (
        f'<Relationship Type="{_PART}/{kind}" Target="{target}" TargetMode="External"/>'
    )
    return word(more={"word/_rels/document.xml.rels": relation})


def laughs() -> str:
    """XML that unfolds to a billion words."""
    entities = "".join(
        f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha"}">' for n in range(10)
    )
    return f"<!DOCTYPE x [{entities}]><x>&l9;</x>"


def matryoshka(depth: int = 6) -> bytes:
    """Archives in archives, ten in each, of blanks at the bottom."""
    content = packed({"0.bin": b"\0" * (4 << 20)})
    for _ in range(depth):
        content = packed({f"{number}.zip": content for number in range(10)})
    return content


def huge_png() -> bytes:
    """A picture of 50,000 by 50,000 dots in a few bytes."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + body))
        return struct.pack(">I", len(body)) + kind + body + check

    head = struct.pack(">IIBBBBB", 50_000, 50_000, 1, 0, 0, 0, 0)
    rows = zlib.compress(b"\0" * 6251 * 500)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows)
        + chunk(b"IEND", b"")
    )  # fmt: skip


def disguised(address: str, path: str) -> dict[str, Callable[[], bytes]]:
    """All of them; ``address`` and ``path`` are what they want to reach."""
    asks = f'<!DOCTYPE x [<!ENTITY e SYSTEM "file://{path}">]><x>&e;</x>'
    drawing = f"<svg xmlns='http://www.w3.org/2000/svg'><script>fetch('{address}')"
    return {
        "docx with a linked picture": lambda: related("image", address),
        "docx with an attached template": lambda: related("attachedTemplate", address),
        "docx that asks for a file": lambda: word(asks),
        "docx of a billion laughs": lambda: word(laughs()),
        "docx with a macro": lambda: word(more={"word/vbaProject.bin": b"Auto_Open"}),
        "docx that starts a program": lambda: word("<w:instrText>DDEAUTO cmd"),
        "xlsx with an outside link": lambda: packed(
            {
                "[Content_Types].xml": _TYPES,
                "xl/externalLinks/externalLink1.xml": address,
            }
        ),
        "zip of zips": matryoshka,
        "zip that leaves its folder": lambda: packed({"../../kanariefugl": b"x"}),
        "old word file": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 4096,
        "svg with a script": drawing.encode,
        "page with a script": lambda: b"<html><script>alert(1)</script>%PDF-1.7",
        "50,000 by 50,000 dots": huge_png,
        "program": lambda: b"\x7fELF" + b"\0" * 400,
        "archive before a pdf": lambda: packed({"a": b"b"}) + b"%PDF-1.7\n",
    }
