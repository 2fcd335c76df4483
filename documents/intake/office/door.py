"""The door for Word files. The parent never unpacks one.

Source: docs/adr/0014, docs/rules.md R-35.
"""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

from documents.intake.office.sentences import NOTES, REFUSALS
from documents.intake.sandbox import ChildFailedError, run
from documents.intake.verdict import MIB, Limits

if TYPE_CHECKING:
    from pathlib import Path

CHILD: Final = "documents.intake.office.child"
LIMITS: Final = Limits(max_bytes=50 * MIB)
ZIP: Final = b"PK\x03\x04"
OLD: Final = b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True, slots=True)
class WordPart:
    """A chapter's text, or a picture.

    Attributes:
        heading: what it stands under; "" for none.
        html: of a text: as the file has it, to be sanitised once more.
        data, format, width, height: of a picture, drawn anew.
        alternative: what the file says in a picture's stead; often "".
    """

    kind: Literal["text", "picture"]
    heading: str = ""
    html: str = ""
    data: bytes = b""
    format: str = ""
    width: int = 0
    height: int = 0
    alternative: str = ""


@dataclass(frozen=True, slots=True)
class WordText:
    """What a Word file says.

    Attributes:
        title: as it stands on its first page, or in its properties; "" for none.
        notes: what was not carried over, in Danish, one sentence each.
    """

    title: str
    parts: tuple[WordPart, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RefusedWord:
    """The file cannot be used; ``reason`` says in Danish why, and what to do."""

    code: str
    reason: str


def looks_like_word(source: Path, name: str) -> bool:
    """Whether a file is meant to be a Word file, by its name or its first bytes."""
    with source.open("rb") as file:
        lead = file.read(4)
    is_named = name.casefold().endswith((".docx", ".docm", ".dotx", ".dotm", ".doc"))
    return is_named and lead in {ZIP, OLD}


def read_word(source: Path, limits: Limits | None = None) -> WordText | RefusedWord:
    """Judge and read the Word file at ``source``, which is never changed.

    Raises:
        OSError: ``source`` cannot be read.
    """
    limits = limits or LIMITS
    if code := _at_first_sight(source, limits):
        return _refused(code)
    argument = json.dumps({name: getattr(limits, name) for name in limits.__slots__})
    try:
        with source.open("rb") as file:
            printed = run(CHILD, argument, source=file, limits=limits)
        answer = json.loads(printed)
    except ChildFailedError as error:
        return _refused(error.code)
    if "refused" in answer:
        return _refused(answer["refused"])
    return WordText(
        title=answer["title"],
        parts=tuple(map(_part, answer["parts"])),
        notes=tuple(text for key, text in NOTES.items() if key in answer["notes"]),
    )


def _part(plain: dict[str, Any]) -> WordPart:
    data = base64.b64decode(plain.get("data", ""))
    return WordPart(**{**plain, "data": data})


def _at_first_sight(source: Path, limits: Limits) -> str:
    size = source.stat().st_size
    if not size:
        return "empty"
    if size > limits.max_bytes:
        return "too_large"
    with source.open("rb") as file:
        lead = file.read(4)
    if lead == OLD:
        return "old"
    return "" if lead == ZIP else "not_word"


def _refused(code: str) -> RefusedWord:
    return RefusedWord(code, REFUSALS[code])
