"""The door for files from outside. The parent never parses them.

Source: docs/rules.md R-9.
"""

from __future__ import annotations

import json
import os
import secrets
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from documents.intake.sandbox import ChildFailedError, run
from documents.intake.sentences import NOTES, refusal_reason
from documents.intake.verdict import Accepted, Facts, Limits, Reading, Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping
    from pathlib import Path

    from documents.intake.kept import KnownFile

    type Known = Callable[[Collection[str]], Mapping[str, KnownFile]]

HEADER = b"%PDF-"
CHILD = "documents.intake.child"
READER = "documents.intake.reading"
# What is left for reading the text of a file that took long to judge, in seconds; whoever
# needs more asks again with ``read_text``.
LEAST_FOR_READING = 1.0


def take_in(
    source: Path,
    *,
    cleaned: Path,
    limits: Limits | None = None,
    known: Known | None = None,
) -> Accepted | Refused:
    """Judge the file at ``source`` and write a clean copy of it to ``cleaned``.

    ``source`` is never changed. ``cleaned`` exists afterwards only if the file is
    accepted; the same source gives the same cleaned bytes. A file whose text cannot be
    read is accepted nevertheless, and its facts say so.

    Args:
        known: asked for those of the SHA-256 of files inside it that are our own data;
            all else that lies inside is left out.

    Raises:
        OSError: ``source`` cannot be read or ``cleaned`` cannot be written.
    """
    limits = limits or Limits()
    code = _at_first_sight(source, limits)
    if code:
        return _refused(code, limits)
    waiting = cleaned.with_name(f".{cleaned.name}.{secrets.token_hex(8)}")
    began = time.monotonic()
    try:
        answer = _ask_child(source, waiting, limits, {})
        own = known(answer["inside"]) if known and answer.get("inside") else {}
        if own:
            waiting.unlink()
            began = time.monotonic()
            answer = _ask_child(source, waiting, limits, own)
        if "refused" in answer:
            return _refused(answer["refused"], limits)
        left = limits.wall_seconds - (time.monotonic() - began)
        left = min(max(left, LEAST_FOR_READING), limits.reading_seconds)
        facts = Facts.from_json(answer["facts"])
        accepted = _with_text(facts, waiting, replace(limits, wall_seconds=left))
        waiting.rename(cleaned)
    except ChildFailedError as error:
        return _refused(error.code, limits)
    finally:
        waiting.unlink(missing_ok=True)
    return replace(accepted, data=own)


def _with_text(facts: Facts, waiting: Path, limits: Limits) -> Accepted:
    """The verdict on a cleaned copy, its text read if that can be done."""
    notes = tuple(text for key, text in NOTES.items() if key in facts.removed)
    reading = read_text(waiting, facts.page_count, limits)
    if reading is None:
        return Accepted(facts, notes)
    return Accepted(facts.with_reading(reading), notes, reading.texts)


def read_text(
    cleaned: Path, page_count: int, limits: Limits | None = None
) -> Reading | None:
    """The text of a cleaned copy, one a page; None if it cannot be read in time."""
    limits = limits or Limits()
    try:
        with cleaned.open("rb") as file:
            printed = run(READER, _as_argument(limits), source=file, limits=limits)
        reading = Reading.from_json(json.loads(printed))
    except (ChildFailedError, ValueError, KeyError, TypeError):
        return None
    missing = ("",) * (page_count - len(reading.texts))
    return replace(reading, texts=(*reading.texts, *missing)[:page_count])


def _at_first_sight(source: Path, limits: Limits) -> str:
    """The refusal that size and first bytes call for, "" if none."""
    size = source.stat().st_size
    if not size:
        return "empty"
    if size > limits.max_bytes:
        return "too_large"
    with source.open("rb") as file:
        return "" if file.read(len(HEADER)) == HEADER else "not_pdf"


def _ask_child(
    source: Path, waiting: Path, limits: Limits, own: Mapping[str, KnownFile]
) -> dict[str, Any]:
    told = json.dumps({sha256: file.to_json() for sha256, file in own.items()})
    descriptor = os.open(waiting, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600)
    with os.fdopen(descriptor, "r+b") as out, source.open("rb") as file:
        arguments = (_as_argument(limits), told)
        printed = run(CHILD, *arguments, source=file, out=out, limits=limits)
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
