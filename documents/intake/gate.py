"""The door for files from outside. The parent never parses them."""

from __future__ import annotations

import json
import os
import secrets
from typing import TYPE_CHECKING, Any

from documents.intake.sandbox import ChildFailedError, run
from documents.intake.sentences import NOTES, refusal_reason
from documents.intake.verdict import Accepted, Facts, Limits, Refused

if TYPE_CHECKING:
    from pathlib import Path

HEADER = b"%PDF-"
CHILD = "documents.intake.child"


def take_in(
    source: Path, *, cleaned: Path, limits: Limits | None = None
) -> Accepted | Refused:
    """Judge the file at ``source`` and write a clean copy of it to ``cleaned``.

    ``source`` is never changed. ``cleaned`` exists afterwards only if the file is
    accepted; the same source gives the same cleaned bytes.

    Raises:
        OSError: ``source`` cannot be read or ``cleaned`` cannot be written.
    """
    limits = limits or Limits()
    code = _at_first_sight(source, limits)
    if code:
        return _refused(code, limits)
    waiting = cleaned.with_name(f".{cleaned.name}.{secrets.token_hex(8)}")
    try:
        answer = _ask_child(source, waiting, limits)
        if "refused" in answer:
            return _refused(answer["refused"], limits)
        accepted = Accepted(
            facts=Facts.from_json(answer["facts"]),
            notes=tuple(text for key, text in NOTES.items() if key in answer["notes"]),
        )
        waiting.rename(cleaned)
    except ChildFailedError as error:
        return _refused(error.code, limits)
    finally:
        waiting.unlink(missing_ok=True)
    return accepted


def _at_first_sight(source: Path, limits: Limits) -> str:
    """The refusal that size and first bytes call for, "" if none."""
    size = source.stat().st_size
    if not size:
        return "empty"
    if size > limits.max_bytes:
        return "too_large"
    with source.open("rb") as file:
        return "" if file.read(len(HEADER)) == HEADER else "not_pdf"


def _ask_child(source: Path, waiting: Path, limits: Limits) -> dict[str, Any]:
    descriptor = os.open(waiting, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600)
    with os.fdopen(descriptor, "r+b") as out, source.open("rb") as file:
        printed = run(CHILD, _as_argument(limits), source=file, out=out, limits=limits)
    try:
        answer = json.loads(printed)
    except ValueError:
        raise ChildFailedError("damaged") from None
    if not isinstance(answer, dict):
        raise ChildFailedError("damaged")
    return answer


def _as_argument(limits: Limits) -> str:
    return json.dumps({name: getattr(limits, name) for name in limits.__slots__})


def _refused(code: str, limits: Limits) -> Refused:
    return Refused(code, refusal_reason(code, limits))
