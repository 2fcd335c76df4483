"""The graphics state of a content stream, as far as it tells what is hidden."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from documents.intake.colours import BLACK, Colour
from documents.intake.geometry import UNMOVED, Matrix, Shape
from documents.intake.hiding import is_dark
from documents.intake.runs import Hand

# What is less opaque lets the text below shine through.
OPAQUE = 0.95


@dataclass(slots=True)
class State:
    """The state that ``q`` saves and ``Q`` brings back.

    ``veil`` and ``tint`` hold for all that a group draws: it is translucent as a whole,
    or lets through what lies below as a marker pen does.
    """

    ctm: Matrix = UNMOVED
    fill: Colour | None = BLACK
    stroke: Colour | None = BLACK
    fill_space: Any = None
    stroke_space: Any = None
    is_pattern: bool = False
    fill_alpha: float = 1.0
    stroke_alpha: float = 1.0
    is_masked: bool = False
    is_blended: bool = False
    veil: bool = False
    tint: bool = False
    width: float = 1.0
    hand: Hand = field(default_factory=Hand)
    leading: float = 0.0
    clips: tuple[Shape, ...] = ()

    def hides(self, colour: Colour | None, alpha: float) -> bool:
        """Whether what is drawn now lets nothing through."""
        if self.veil or self.is_masked or alpha < OPAQUE:
            return False
        return is_dark(colour) or not (self.is_blended or self.tint)
