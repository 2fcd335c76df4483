"""The door for pictures. The parent never decodes one.

Source: docs/rules.md R-9, R-35.
"""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from documents.intake.sandbox import ChildFailedError, run
from documents.intake.verdict import MIB, Limits

if TYPE_CHECKING:
    from pathlib import Path

CHILD: Final = "documents.intake.raster.child"
LIMITS: Final = Limits(max_bytes=20 * MIB)
LEADS: Final = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")

REASONS: Final = {
    "empty": "Filen er tom. Vælg billedet igen.",
    "not_picture": (
        "Indholdet er ikke et billede af typen PNG eller JPEG. Gem det som et af dem."
    ),
    "too_large": "Billedet fylder mere end 20 MB. Gem det i en mindre udgave.",
    "too_many_points": (
        "Billedet har flere end 50 millioner punkter. Gem det i en mindre udgave."
    ),
    "damaged": "Billedet er beskadiget og kan ikke vises. Gem det igen som PNG.",
    "too_heavy": (
        "Billedet kræver for meget tid eller hukommelse at læse. Gem det i en mindre "
        "udgave."
    ),
}


@dataclass(frozen=True, slots=True)
class TakenPicture:
    """A picture drawn anew: nothing of the file but its points is left in it.

    Attributes:
        width, height: in pixels, at most 2,000 on the longest side.
    """

    data: bytes
    format: Literal["png", "jpeg"]
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class RefusedPicture:
    """The picture cannot be used; ``reason`` says in Danish why, and what to do."""

    code: str
    reason: str


def take_picture(
    source: Path, limits: Limits | None = None
) -> TakenPicture | RefusedPicture:
    """Judge the picture at ``source`` and draw it anew; ``source`` is never changed.

    Raises:
        OSError: ``source`` cannot be read.
    """
    limits = limits or LIMITS
    if code := _at_first_sight(source, limits):
        return RefusedPicture(code, REASONS[code])
    try:
        with source.open("rb") as file:
            printed = run(CHILD, _as_argument(limits), source=file, limits=limits)
        answer = json.loads(printed)
        if "refused" in answer:
            return RefusedPicture(answer["refused"], REASONS[answer["refused"]])
        data = base64.b64decode(answer.pop("data"))
        return TakenPicture(data=data, **answer)
    except ChildFailedError as error:
        return RefusedPicture(error.code, REASONS[error.code])


def _at_first_sight(source: Path, limits: Limits) -> str:
    size = source.stat().st_size
    if not size:
        return "empty"
    if size > limits.max_bytes:
        return "too_large"
    with source.open("rb") as file:
        return "" if file.read(8).startswith(LEADS) else "not_picture"


def _as_argument(limits: Limits) -> str:
    return json.dumps({name: getattr(limits, name) for name in limits.__slots__})
