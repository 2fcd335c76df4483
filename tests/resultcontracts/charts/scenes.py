"""What a drawing's words take up."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from resultcontracts.charts.letters import Area, width_of
from resultcontracts.charts.scene import Text

if TYPE_CHECKING:
    from resultcontracts.charts.scene import Scene, Shape


def texts(scene: Scene) -> list[Text]:
    return [shape for shape in scene.shapes if isinstance(shape, Text)]


def area(text: Text) -> Area:
    width = width_of(text.words, text.size)
    left = {"left": text.x, "center": text.x - width / 2, "right": text.x - width}
    x, half = left[text.align], text.size / 2
    return Area(x, text.y - half, x + width, text.y + half)


def on_top(scene: Scene) -> list[tuple[str, str]]:
    """Give the pairs of words that lie on each other."""
    rows = [(text, area(text)) for text in texts(scene)]
    return [
        (one.words, other.words)
        for (one, here), (other, there) in combinations(rows, 2)
        if here.meets(there)
    ]


def outside(scene: Scene) -> list[str]:
    """Give the words that leave the drawing."""
    return [
        text.words
        for text in texts(scene)
        if area(text).left < -0.01 or area(text).right > scene.width + 0.01
    ]


def of_ink[Kind: Shape](scene: Scene, kind: type[Kind], *inks: str) -> list[Kind]:
    found = [shape for shape in scene.shapes if isinstance(shape, kind)]
    return [each for each in found if getattr(each, "fill", "") in inks]
