"""Files from outside into storage: judged first, then kept for good."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction

from core.formats import listed
from core.jobs import app
from documents import intake
from documents.foreign import keep_texts, path_of
from documents.intake.office import RefusedWord, WordText, read_word
from documents.intake.raster import RefusedPicture, TakenPicture, take_picture
from documents.known_data import known_data
from documents.models import ForeignFile
from documents.storage import keep_path

if TYPE_CHECKING:
    from documents.intake.kept import KnownFile


class RefusedFileError(Exception):
    """A file that cannot be used; the text is the Danish sentence for the user."""


def receive(
    source: Path, name: str, *, limits: intake.Limits | None = None
) -> ForeignFile:
    """Take in the file at ``source``: the original, a cleaned copy and its text are kept.

    Where the text cannot be read at once, a job is deferred that tries with more time.

    Args:
        source: any file; it is read by a child process only.
        name: what its owner called it, shown back to them.
        limits: what it may cost; None for the portal's own limits.

    Raises:
        RefusedFileError: it needs a password, is damaged, carries active content …
    """
    limits = limits or own_limits()
    with tempfile.TemporaryDirectory() as folder:
        cleaned = Path(folder) / "cleaned.pdf"
        verdict = intake.take_in(
            source, cleaned=cleaned, limits=limits, known=known_data
        )
        if isinstance(verdict, intake.Refused):
            raise RefusedFileError(intake.refusal_sentence(name, verdict.code, limits))
        facts = verdict.facts
        file = ForeignFile(
            original=keep_path(source),
            cleaned=keep_path(cleaned),
            text=keep_texts(verdict.texts) if facts.is_read else "",
            name=intake.safe_name(name),
            size=source.stat().st_size,
            page_count=facts.page_count,
            facts=facts.to_json(),
            notes=[*verdict.notes, *_inside(verdict)],
            problems=list(facts.problems),
            data=[
                {"sha256": sha256, **own.to_json()} for sha256, own in _data(verdict)
            ],
        )
    with transaction.atomic():
        file.save()
        if not facts.is_read:
            app.configure_task("documents.read_text").defer(file_pk=file.pk)
    return file


def _data(verdict: intake.Accepted) -> list[tuple[str, KnownFile]]:
    """Give the data of ours that stay inside, by name."""
    return sorted(verdict.data.items(), key=lambda own: (own[1].name, own[0]))


def _inside(verdict: intake.Accepted) -> list[str]:
    """Say what of ours lies inside, so that whoever sends the file knows it."""
    names = [own.name for _, own in _data(verdict)]
    return [f"Indeholder vores data: {listed(names)}."] if names else []


def receive_picture(source: Path, name: str = "Billedet") -> TakenPicture:
    """Take in the picture at ``source``, drawn anew; nothing is kept yet.

    Raises:
        RefusedFileError: it is no PNG or JPEG, too large, damaged …
    """
    taken = take_picture(source)
    if isinstance(taken, RefusedPicture):
        shown = intake.safe_name(name)
        raise RefusedFileError(f"{shown} blev ikke modtaget. {taken.reason}")
    return taken


def receive_word(source: Path, name: str) -> WordText:
    """Read the Word file at ``source``; nothing is kept yet.

    Raises:
        RefusedFileError: it has macros, unfolds too far, is no Word file …
    """
    read = read_word(source)
    if isinstance(read, RefusedWord):
        shown = intake.safe_name(name)
        raise RefusedFileError(f"{shown} blev ikke modtaget. {read.reason}")
    return read


def own_limits() -> intake.Limits:
    """Give what an uploaded file may cost in this portal."""
    return intake.Limits(max_bytes=settings.UPLOAD_MAX_BYTES)


def read_again(file: ForeignFile) -> bool:
    """Read the text of a file that was taken in before; safe to repeat.

    Its cleaned copy stays as it is; ``text`` and what the text tells are saved.

    Returns:
        Whether the text could be read.
    """
    reading = intake.read_text(path_of(file.cleaned), file.page_count, own_limits())
    if reading is None:
        return False
    file.text = keep_texts(reading.texts)
    file.facts = intake.Facts.from_json(file.facts).with_reading(reading).to_json()
    file.save(update_fields=["text", "facts"])
    return True
