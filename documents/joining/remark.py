"""A finished PDF with one line more on every page: that it no longer holds."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from pikepdf import Array, ObjectStreamMode, Pdf

from documents.joining.stamp import Stamper

if TYPE_CHECKING:
    from pathlib import Path


def remarked(path: Path, words: str, *, fonts: Path) -> bytes:
    """Give a file that was joined here with ``words`` below each page, as an artifact.

    Args:
        fonts: folder with the fonts of the stamp.
    """
    out = io.BytesIO()
    with Pdf.open(path) as pdf:
        stamper = Stamper(pdf, fonts)
        for page in pdf.pages:
            width = float(page.mediabox[2])
            drawn = stamper.named_on(page.obj, stamper.remark(words, width))
            # Each page's own drawing is closed already.
            inside = page.obj.Contents
            each = list(inside) if isinstance(inside, Array) else [inside]
            page.obj.Contents = Array([*each, pdf.make_stream(b"\n" + drawn)])
        stamper.finish()
        pdf.save(
            out,
            min_version="1.7",
            deterministic_id=True,
            object_stream_mode=ObjectStreamMode.generate,
        )
    return out.getvalue()
