"""Plain geometry of a page: matrices, shapes, and what lies inside them. In points."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

type Matrix = tuple[float, float, float, float, float, float]
type Point = tuple[float, float]
type Rect = tuple[float, float, float, float]

UNMOVED: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
# A shape of more corners is a drawing, and no box somebody put over a text.
MAX_CORNERS = 64
# Thinner shapes are lines and borders.
THINNEST = 2.0
_NEARLY = 0.01
_FOUR = 4


def then(first: Matrix, after: Matrix) -> Matrix:
    """First one matrix, then the other."""
    a, b, c, d, e, f = first
    k, l, m, n, o, p = after  # noqa: E741
    return (
        a * k + b * m, a * l + b * n, c * k + d * m,
        c * l + d * n, e * k + f * m + o, e * l + f * n + p,
    )  # fmt: skip


def moved(matrix: Matrix, x: float, y: float) -> Point:
    """Where a point comes to lie."""
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def scale_of(matrix: Matrix) -> float:
    """How much larger a matrix makes things, directions averaged."""
    a, b, c, d, _, _ = matrix
    return math.sqrt(abs(a * d - b * c))


@dataclass(frozen=True, slots=True)
class Shape:
    """A filled shape: closed loops, and how those inside each other count.

    ``is_box`` says that ``box`` is all of it: one upright rectangle.
    """

    loops: tuple[tuple[Point, ...], ...]
    box: Rect
    is_box: bool
    even_odd: bool = False

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies inside."""
        left, bottom, right, top = self.box
        if not (left <= x <= right and bottom <= y <= top):
            return False
        if self.is_box:
            return True
        turns = sum(_turns(loop, x, y) for loop in self.loops)
        return bool(turns % 2) if self.even_odd else bool(turns)


def _turns(loop: tuple[Point, ...], x: float, y: float) -> int:
    """How often a loop goes round a point, and in which direction."""
    turns = 0
    px, py = loop[-1]
    for qx, qy in loop:
        if (py <= y) != (qy <= y):
            side = (qx - px) * (y - py) - (x - px) * (qy - py)
            if qy > py and side > 0:
                turns += 1
            elif qy <= py and side < 0:
                turns -= 1
        px, py = qx, qy
    return turns


def shape_of(
    loops: Sequence[Sequence[Point]], *, even_odd: bool = False
) -> Shape | None:
    """The shape of some loops; None if it is a thin line or has too many corners."""
    real = tuple(tuple(loop) for loop in loops if len(loop) > 2)  # noqa: PLR2004
    if not real or sum(map(len, real)) > MAX_CORNERS:
        return None
    across = [x for loop in real for x, _ in loop]
    up = [y for loop in real for _, y in loop]
    box = (min(across), min(up), max(across), max(up))
    if not all(map(math.isfinite, box)):
        return None
    if box[2] - box[0] < THINNEST or box[3] - box[1] < THINNEST:
        return None
    return Shape(real, box, len(real) == 1 and _is_upright(real[0]), even_odd)


def _is_upright(loop: tuple[Point, ...]) -> bool:
    """Whether a loop is a rectangle whose sides lie along the page's."""
    corners = loop[:-1] if len(loop) > _FOUR and loop[0] == loop[-1] else loop
    if len(corners) != _FOUR:
        return False
    sides = list(pairwise((*corners, corners[0])))
    flat = [abs(p[1] - q[1]) < _NEARLY for p, q in sides]
    steep = [abs(p[0] - q[0]) < _NEARLY for p, q in sides]
    return all(a or b for a, b in zip(flat, steep, strict=True)) and flat[0] != flat[1]


def rectangle(matrix: Matrix, box: Rect) -> tuple[Point, ...]:
    """The corners of a rectangle when it has been moved."""
    left, bottom, right, top = box
    corners = ((left, bottom), (right, bottom), (right, top), (left, top))
    return tuple(moved(matrix, x, y) for x, y in corners)


def strokes(loops: Sequence[Sequence[Point]], width: float) -> Iterator[Shape]:
    """The straight strokes of a thick line as shapes."""
    for loop in loops:
        for (px, py), (qx, qy) in pairwise(loop):
            length = math.hypot(qx - px, qy - py)
            if length > 0:
                dx, dy = (py - qy) * width / 2 / length, (qx - px) * width / 2 / length
                corners = [
                    (px + dx, py + dy), (qx + dx, qy + dy),
                    (qx - dx, qy - dy), (px - dx, py - dy),
                ]  # fmt: skip
                shape = shape_of([corners])
                if shape:
                    yield shape
