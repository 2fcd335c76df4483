"""What runs in the child process: judges a workbook, reads it, tells what it says."""

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

from openpyxl import Workbook
from openpyxl.utils.exceptions import InvalidFileException

from documents.intake.packages import RefusedError
from documents.intake.sandbox import confine, leave_files
from documents.intake.sheets.reading import read
from documents.intake.verdict import Limits

# Loaded by being named: names in a zip may need it when the files are left behind.
assert encodings.cp437.__name__  # noqa: S101

FEW: Final = 5


def main() -> None:
    """Read a workbook from standard input, print the answer as JSON."""
    told = json.loads(sys.argv[1])
    most_rows = told.pop("rows")
    limits = Limits(**told)
    answer_for(_least(), FEW)
    confine(limits)
    leave_files()
    data = sys.stdin.buffer.read(limits.max_bytes + 1)
    sys.stdout.write(json.dumps(answer_for(data, most_rows)))


def _least() -> bytes:
    """Give a small workbook: reading it loads all that reading needs."""
    out = io.BytesIO()
    book: Any = Workbook()
    book.active.append(["Nr.", 1, 1.5, None])
    book.save(out)
    return out.getvalue()


def answer_for(data: bytes, most_rows: int) -> dict[str, Any]:
    """``{"refused": code}``, or ``{"sheets": …}``."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return {
                "sheets": [each.to_json() for each in read(archive, data, most_rows)]
            }
    except RefusedError as refusal:
        return {"refused": refusal.code}
    except (MemoryError, RecursionError):
        return {"refused": "too_heavy"}
    except (
        zipfile.BadZipFile, zlib.error, ET.ParseError, ExpatError, EOFError,
        NotImplementedError, OSError, ValueError, LookupError, TypeError,
        AttributeError, InvalidFileException,
    ):  # fmt: skip
        return {"refused": "damaged"}
