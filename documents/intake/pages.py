"""Page boxes of foreign files: read as displayed, and mended where they are nonsense."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from pikepdf import Array, Name, Page, Stream

from documents.intake.verdict import PageFacts

MM = 72 / 25.4
A4 = (0.0, 0.0, 595.276, 841.89)
# The PDF standard's own bounds for a side, in points.
SHORTEST, LONGEST = 3.0, 14400.0

type Box = tuple[float, float, float, float]


def mend_sheet(page: Page) -> set[str]:
    """Give ``page`` a MediaBox (A4 if it has none), a CropBox inside it, a right angle.

    Returns:
        Keys of ``sentences.NOTES``: "size" if it said it was a sheet that cannot be.
    """
    media, unit = _box(page.obj.get(Name.MediaBox)), page.obj.get(Name.UserUnit, 1)
    is_odd = media is None and Name.MediaBox in page.obj
    if media is None:
        page.obj.MediaBox = Array(A4)
        media = A4
    if Name.UserUnit in page.obj and not _is_unit(unit, media):
        del page.obj.UserUnit
        is_odd = True
    if Name.CropBox in page.obj and _crop(page, media) is None:
        del page.obj.CropBox
    rotate = page.obj.get(Name.Rotate, 0)
    if not isinstance(rotate, int) or rotate % 90:
        page.obj.Rotate = 0
    return {"size"} if is_odd else set()


def mend_contents(page: Page) -> None:
    """Drop content that is not there; nothing is drawn by it."""
    contents = page.obj.get(Name.Contents)
    if isinstance(contents, Array):
        for index in reversed(range(len(contents))):
            if not isinstance(contents[index], Stream):
                del contents[index]
    elif Name.Contents in page.obj and not isinstance(contents, Stream):
        del page.obj.Contents


def _is_unit(unit: Any, media: Box) -> bool:
    """Whether ``unit`` is a number that leaves the sheet within the standard's bounds."""
    if not isinstance(unit, (int, Decimal)) or isinstance(unit, bool):
        return False
    sides = (media[2] - media[0], media[3] - media[1])
    return all(SHORTEST <= side * float(unit) <= LONGEST for side in sides)


def page_facts(page: Page) -> PageFacts:
    """The size of a mended page as displayed."""
    media = _box(page.obj.get(Name.MediaBox)) or A4
    left, lower, right, upper = _crop(page, media) or media
    unit = page.obj.get(Name.UserUnit, 1)
    scale = float(unit) if isinstance(unit, (int, Decimal)) and unit > 0 else 1.0
    width, height = ((right - left) * scale / MM, (upper - lower) * scale / MM)
    rotate = int(page.obj.get(Name.Rotate, 0)) % 360
    if rotate in {90, 270}:
        width, height = height, width
    return PageFacts(round(width, 1), round(height, 1), rotate)


def _box(value: Any) -> Box | None:
    """Four numbers as left, lower, right, upper; None if they span no sheet."""
    if not isinstance(value, Array) or len(value) != 4:  # noqa: PLR2004
        return None
    try:
        one, two, three, four = (float(edge) for edge in value)
    except (TypeError, ValueError):
        return None
    left, right = sorted((one, three))
    lower, upper = sorted((two, four))
    sides = (right - left, upper - lower)
    if not all(SHORTEST <= side <= LONGEST for side in sides):
        return None
    return left, lower, right, upper


def _crop(page: Page, media: Box) -> Box | None:
    """The CropBox cut to the MediaBox; None if there is none or nothing is left."""
    crop = _box(page.obj.get(Name.CropBox))
    if crop is None:
        return None
    cut = Array(
        [
            max(crop[0], media[0]),
            max(crop[1], media[1]),
            min(crop[2], media[2]),
            min(crop[3], media[3]),
        ]
    )
    ordered = float(cut[0]) < float(cut[2]) and float(cut[1]) < float(cut[3])
    return _box(cut) if ordered else None
