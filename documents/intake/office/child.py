"""What runs in the child process: judges a Word file, reads it, tells what it says."""

from __future__ import annotations

import encodings.cp437
import io
import json
import sys
import zipfile
import zlib
from typing import Any, Final
from xml.etree import ElementTree as ET
from xml.parsers.expat import ExpatError

from documents.intake.office.package import WORD, Package
from documents.intake.office.reading import read
from documents.intake.packages import RefusedError
from documents.intake.raster import redraw
from documents.intake.sandbox import confine, leave_files
from documents.intake.verdict import Limits

# Loaded by being named: names in a zip may need it when the files are left behind.
assert encodings.cp437.__name__  # noqa: S101


LEAST: Final = {
    "[Content_Types].xml": "<Types/>",
    "word/document.xml": (
        f'<w:document xmlns:w="{WORD}"><w:body><w:p><w:r><w:t>x</w:t></w:r></w:p>'
        "</w:body></w:document>"
    ),
}


def main() -> None:
    """Read a Word file from standard input, print the answer as JSON."""
    limits = Limits(**json.loads(sys.argv[1]))
    redraw.prepare()
    answer_for(_least())
    confine(limits)
    leave_files()
    data = sys.stdin.buffer.read(limits.max_bytes + 1)
    sys.stdout.write(json.dumps(answer_for(data)))


def _least() -> bytes:
    """Give the least file that can be read: reading it loads all that reading needs."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in LEAST.items():
            archive.writestr(name, text)
    return out.getvalue()


def answer_for(data: bytes) -> dict[str, Any]:
    """``{"refused": code}``, or ``{"title", "parts", "notes"}``."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            package = Package.judged(archive)
            return read(data, package)
    except RefusedError as refusal:
        return {"refused": refusal.code}
    except (MemoryError, RecursionError):
        return {"refused": "too_heavy"}
    except (
        zipfile.BadZipFile, zlib.error, ET.ParseError, ExpatError, EOFError,
        NotImplementedError, OSError, ValueError, LookupError, TypeError,
        AttributeError,
    ):  # fmt: skip
        return {"refused": "damaged"}
