"""Files from outside into storage: judged first, then kept for good."""

from __future__ import annotations

import tempfile
from pathlib import Path

from django.conf import settings

from documents import intake
from documents.models import ForeignFile
from documents.storage import keep_path


class RefusedFileError(Exception):
    """A file that cannot be used; the text is the Danish sentence for the user."""


def receive(source: Path, name: str) -> ForeignFile:
    """Take in the file at ``source``: the original and a cleaned copy are kept.

    Args:
        source: any file; it is read by a child process only.
        name: what its owner called it, shown back to them.

    Raises:
        RefusedFileError: it needs a password, is damaged, carries active content …
    """
    limits = intake.Limits(max_bytes=settings.UPLOAD_MAX_BYTES)
    with tempfile.TemporaryDirectory() as folder:
        cleaned = Path(folder) / "cleaned.pdf"
        verdict = intake.take_in(source, cleaned=cleaned, limits=limits)
        if isinstance(verdict, intake.Refused):
            raise RefusedFileError(intake.refusal_sentence(name, verdict.code, limits))
        return ForeignFile.objects.create(
            original=keep_path(source),
            cleaned=keep_path(cleaned),
            name=intake.safe_name(name),
            size=source.stat().st_size,
            page_count=verdict.facts.page_count,
            facts=verdict.facts.to_json(),
            notes=list(verdict.notes),
            problems=list(verdict.facts.problems),
        )
