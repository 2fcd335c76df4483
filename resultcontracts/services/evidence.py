"""Files that a result rests on: judged by their content, kept, given out as downloads.

Source: docs/rules.md R-146.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from django.conf import settings

from core.errors import RuleViolationError
from core.history import act
from documents import intake
from documents.intake.office import RefusedWord, read_word
from documents.intake.sheets import RefusedSheets, read_sheets
from documents.storage import keep_path
from documents.uploads import RefusedFileError
from resultcontracts.models import Evidence, Measurement

MOST: Final = 20
"""Files beside one measurement."""
NONE_OF_THEM: Final = (
    "Filen er ikke PDF, Word eller Excel. Gem den som PDF, og vælg den igen."
)
TOO_MANY: Final = f"Der er allerede {MOST} filer ved tallet. Skriv resten som link."
_PDF, _ZIP, _OLD = b"%PDF", b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_OFFICE: Final = "application/vnd.openxmlformats-officedocument."
PDF: Final = "application/pdf"
WORD: Final = f"{_OFFICE}wordprocessingml.document"
EXCEL: Final = f"{_OFFICE}spreadsheetml.sheet"
ENDINGS: Final = {PDF: "pdf", WORD: "docx", EXCEL: "xlsx"}
# Refused as a table to read rows from, and safe as a file to keep.
_ONLY_LARGE: Final = frozenset({"too_wide", "too_many", "too_long", "merged"})


class TooManyError(RuleViolationError):
    """There are as many files beside a measurement as there may be."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A file that may come in, kept under ``file``."""

    file: str
    name: str
    media_type: str
    size: int


def take_in(source: Path, name: str) -> Taken:
    """Judge a file by its content, in a child process, and keep it.

    Of a PDF the cleaned copy is kept, of others the file itself.

    Raises:
        RefusedFileError: too large, none of the three kinds, with active content …
    """
    size = source.stat().st_size
    if size > settings.EVIDENCE_MAX_BYTES:
        raise RefusedFileError(too_large())
    with source.open("rb") as file:
        lead = file.read(4)
    shown = intake.safe_name(name)
    if lead == _PDF:
        return _pdf(source, shown)
    if lead == _ZIP:
        return Taken(keep_path(source), shown, _office(source, shown), size)
    if lead == _OLD:
        message = (
            "Filen er i et gammelt format eller beskyttet med adgangskode. "
            "Gem den som PDF, og vælg den igen."
        )
        raise RefusedFileError(message)
    raise RefusedFileError(NONE_OF_THEM)


def too_large() -> str:
    """Say how large a file may be."""
    most = settings.EVIDENCE_MAX_BYTES // (1024 * 1024)
    return f"Filen fylder mere end {most} MB. Gem den som PDF, og vælg den igen."


def _pdf(source: Path, name: str) -> Taken:
    limits = intake.Limits(max_bytes=settings.EVIDENCE_MAX_BYTES)
    with tempfile.TemporaryDirectory() as folder:
        cleaned = Path(folder) / "cleaned.pdf"
        verdict = intake.take_in(source, cleaned=cleaned, limits=limits)
        if isinstance(verdict, intake.Refused):
            raise RefusedFileError(intake.refusal_sentence(name, verdict.code, limits))
        return Taken(keep_path(cleaned), name, PDF, cleaned.stat().st_size)


def _office(source: Path, name: str) -> str:
    """Tell Word from Excel by what is inside.

    Raises:
        RefusedFileError: it is neither, or holds what may not come in.
    """
    word = read_word(source)
    if not isinstance(word, RefusedWord):
        return WORD
    if word.code != "not_word":
        raise RefusedFileError(word.reason)
    book = read_sheets(source, name)
    if not isinstance(book, RefusedSheets) or book.code in _ONLY_LARGE:
        return EXCEL
    raise RefusedFileError(NONE_OF_THEM if book.code == "not_sheets" else book.reason)


def attach(measurement: Measurement, taken: Taken, *, by: Any) -> Evidence:
    """Put a file beside a measurement; the same file twice is one.

    Raises:
        TooManyError: there are ``MOST`` already.
    """
    with act("lagde dokumentation ved en måling", by):
        # One at a time: no two files both become the last one.
        Measurement.checkout(measurement.pk)
        own = Evidence.objects.filter(measurement=measurement)
        if found := own.filter(file=taken.file).first():
            return found
        if own.exclude(file="").count() >= MOST:
            raise TooManyError(TOO_MANY)
        row = Evidence(
            goal_id=measurement.measure.goal_id,
            measurement=measurement,
            title=taken.name[:200] or "Fil",
            file=taken.file,
            file_name=taken.name[:255],
            media_type=taken.media_type,
            size=taken.size,
            changed_by=str(by),
        )
        row.full_clean()
        row.save()
        return row
