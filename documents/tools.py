"""What a document is made with: all that its bytes depend on besides the records."""

from __future__ import annotations

from importlib.metadata import version
from typing import Final

from documents import codec, data, engine
from documents.fonts import fonts_digest
from documents.printing import paper

NAMES: Final = {
    "schema": "Dokumentskema",
    "templates": "Skabeloner",
    "joining": "Sammenføjning",
    "weasyprint": "WeasyPrint",
    "pikepdf": "pikepdf",
    "fonts": "Skrifter",
    "data": "Data i filen",
}


def tools() -> dict[str, str]:
    """Name what this installation prints and joins with: equal tools, equal bytes.

    Returns:
        versions as they are written; of templates, joining and fonts a SHA-256.
    """
    return {
        "schema": str(codec.SCHEMA),
        "templates": paper.fingerprint(),
        "joining": engine.joining(),
        "weasyprint": version("weasyprint"),
        "pikepdf": version("pikepdf"),
        "fonts": fonts_digest(),
        "data": str(data.SCHEMA),
    }
