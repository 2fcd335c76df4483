"""Where a page from outside lies on its sheet: plain geometry, in points.

A sheet keeps its size and direction. Its content is scaled into the frame under the
stamp zone; /Rotate, CropBox and UserUnit are worked into one matrix.
"""

from __future__ import annotations

from dataclasses import dataclass

MM = 72 / 25.4
A4 = (210 * MM, 297 * MM)
TOP = 15 * MM
TAKEN = 20 * MM
NARROWEST = 140 * MM
LOWEST = 80 * MM

type Rect = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Matrix:
    """A PDF matrix: x' = a·x + c·y + e, y' = b·x + d·y + f."""

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 1.0
    e: float = 0.0
    f: float = 0.0

    def then(self, after: Matrix) -> Matrix:
        """First this one, then ``after``."""
        return Matrix(
            self.a * after.a + self.b * after.c,
            self.a * after.b + self.b * after.d,
            self.c * after.a + self.d * after.c,
            self.c * after.b + self.d * after.d,
            self.e * after.a + self.f * after.c + after.e,
            self.e * after.b + self.f * after.d + after.f,
        )

    def point(self, x: float, y: float) -> tuple[float, float]:
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def rect(self, rect: Rect) -> Rect:
        """The upright rectangle around ``rect`` when it has been moved."""
        left, bottom, right, top = rect
        corners = [self.point(x, y) for x in (left, right) for y in (bottom, top)]
        across, up = [x for x, _ in corners], [y for _, y in corners]
        return min(across), min(up), max(across), max(up)

    @property
    def values(self) -> tuple[float, float, float, float, float, float]:
        return self.a, self.b, self.c, self.d, self.e, self.f


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page from outside, placed.

    Attributes:
        width: of the sheet it lies on, as displayed.
        height: of the sheet it lies on, as displayed.
        frame: the rectangle that its visible part fills.
        matrix: from the page's own coordinates to the sheet's.
    """

    width: float
    height: float
    frame: Rect
    matrix: Matrix


def upright(box: Rect, rotate: int, unit: float = 1.0) -> tuple[Matrix, float, float]:
    """The matrix that shows ``box`` as displayed with its corner at 0, 0; its size.

    Args:
        box: the visible part of the page, in its own coordinates.
        rotate: degrees clockwise, a multiple of 90; anything else counts as 0.
        unit: how many points one unit of the page is.
    """
    width, height = box[2] - box[0], box[3] - box[1]
    turned = {
        90: Matrix(0, -1, 1, 0, 0, width),
        180: Matrix(-1, 0, 0, -1, width, height),
        270: Matrix(0, 1, -1, 0, height, 0),
    }.get(rotate % 360, Matrix())
    matrix = Matrix(e=-box[0], f=-box[1]).then(turned).then(Matrix(a=unit, d=unit))
    if rotate % 180 == 90:  # noqa: PLR2004
        width, height = height, width
    return matrix, width * unit, height * unit


def place_sheet(box: Rect, rotate: int = 0, unit: float = 1.0) -> Sheet:
    """Place one page: scaled by (height - 20 mm) / height, centred, top at 15 mm.

    A sheet narrower than 140 mm or lower than 80 mm is first set on A4.
    """
    matrix, width, height = upright(box, rotate, unit)
    sheet_width, sheet_height, fit = width, height, 1.0
    if width < NARROWEST or height < LOWEST:
        sheet_width, sheet_height = A4
        fit = min(1.0, sheet_width / width, sheet_height / height)
    scale = fit * (sheet_height - TAKEN) / sheet_height
    left = (sheet_width - width * scale) / 2
    top = sheet_height - TOP
    bottom = top - height * scale
    return Sheet(
        width=sheet_width,
        height=sheet_height,
        frame=(left, bottom, left + width * scale, top),
        matrix=matrix.then(Matrix(a=scale, d=scale, e=left, f=bottom)),
    )
