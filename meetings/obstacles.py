"""What keeps something from being done, said with the way to put it right."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Obstacle:
    """What keeps a step from being taken, and the link that puts it right."""

    text: str
    url: str
    label: str
