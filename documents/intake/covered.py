"""Text that is covered and can be read nevertheless: boxes drawn over it hide nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pikepdf import Array, Dictionary, Name, Pdf, PikepdfError, Stream

from documents.intake.colours import colour_of
from documents.intake.forms import annotations_of
from documents.intake.geometry import Shape, rectangle, shape_of, then
from documents.intake.hiding import Budget, Hiding, SpentError, is_dark
from documents.intake.ink import OPAQUE, State
from documents.intake.lettering import matrix_of
from documents.intake.pen import Pen
from documents.objects import numbers_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from documents.intake.content import Scope
    from documents.intake.metrics import Metrics

# What may be examined of a file and of one page: bytes of content, questions asked.
FILE_BYTES, FILE_QUESTIONS = 6_000_000, 3_000_000
PAGE_BYTES, PAGE_QUESTIONS = 1_500_000, 750_000
# Fewer letters come about at the edge of any box.
FEWEST_LETTERS = 3
_MARKS = {"/Square", "/Highlight", "/Redact"}
_OTHER_MARKS = {
    "/Circle",
    "/Polygon",
    "/Ink",
    "/Line",
    "/PolyLine",
    "/Stamp",
    "/FreeText",
}
_HIDDEN = 2
_QUAD = 8


def find_covered(
    pdf: Pdf, scopes: list[Scope]
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The pages where covered text can be read, and those too large to be examined.

    A page counts from three letters on that lie under an opaque shape or a small
    picture drawn after them, or that are dark upon a dark shape.
    """
    covered, unexamined = [], []
    left = Budget(FILE_BYTES, FILE_QUESTIONS)
    fonts: dict[tuple[int, int], Metrics] = {}
    for number, (page, scope) in enumerate(zip(pdf.pages, scopes, strict=True), 1):
        marks = [item for item in annotations_of(page.obj) if _may_cover(item)]
        if not scope.has_text or not (marks or _may_hide(scope)):
            continue
        allowed = Budget(
            min(PAGE_BYTES, left.content), min(PAGE_QUESTIONS, left.questions)
        )
        before = (allowed.content, allowed.questions)
        try:
            if _covered(page.obj, marks, Hiding(allowed), fonts) >= FEWEST_LETTERS:
                covered.append(number)
        except (SpentError, PikepdfError, ValueError, OverflowError):
            unexamined.append(number)
        left.content -= before[0] - max(0, allowed.content)
        left.questions -= before[1] - max(0, allowed.questions)
    return tuple(covered), tuple(unexamined)


def _may_hide(scope: Scope) -> bool:
    """Whether anything but text is drawn."""
    return any(each.drawing.paints for each in scope.all())


def _may_cover(annotation: Any) -> bool:
    kind, flags = str(annotation.get(Name.Subtype)), annotation.get(Name.F, 0)
    is_hidden = isinstance(flags, int) and bool(flags & _HIDDEN)
    return kind in _MARKS | _OTHER_MARKS and not is_hidden


def _covered(
    page: Any, marks: list[Any], hiding: Hiding, fonts: dict[tuple[int, int], Metrics]
) -> int:
    """How many letters of a page are covered."""
    pen = Pen(hiding, fonts)
    contents = page.get(Name.Contents)
    streams = list(contents) if isinstance(contents, Array) else [contents]
    content = b"\n".join(s.read_bytes() for s in streams if isinstance(s, Stream))
    pen.draw(content, page.get(Name.Resources), State())
    for mark in marks:
        _draw_mark(pen, mark)
    return hiding.finish()


def _draw_mark(pen: Pen, mark: Any) -> None:
    """Draw an annotation as it looks; without a look of its own, as viewers do."""
    look = _look(mark)
    kind = str(mark.get(Name.Subtype))
    if look is not None and kind != "/Redact":
        _draw_look(pen, mark, look)
    elif kind in _MARKS:
        for shape, colour in _as_viewers_do(mark, kind):
            pen.hiding.cover(shape, (), colour)


def _look(mark: Any) -> Any:
    """The appearance that is shown, None if there is none."""
    found = mark.get(Name.AP)
    normal = found.get(Name.N) if isinstance(found, Dictionary) else None
    state = mark.get(Name.AS)
    if isinstance(normal, Dictionary) and isinstance(state, Name):
        normal = normal.get(str(state))
    return normal if isinstance(normal, Stream) else None


def _draw_look(pen: Pen, mark: Any, look: Any) -> None:
    """Draw an appearance, moved so that its box fills the annotation's rectangle."""
    rect = numbers_of(mark.get(Name.Rect), 4)
    edges = numbers_of(look.get(Name.BBox), 4)
    if not rect or not edges:
        return
    matrix = numbers_of(look.get(Name.Matrix), 6) or [1, 0, 0, 1, 0, 0]
    left, bottom, right, top = edges
    corners = rectangle(matrix_of(matrix), (left, bottom, right, top))
    across, up = [x for x, _ in corners], [y for _, y in corners]
    wide, high = max(across) - min(across), max(up) - min(up)
    if not wide or not high:
        return
    sx = abs(rect[2] - rect[0]) / wide
    sy = abs(rect[3] - rect[1]) / high
    at_x, at_y = min(rect[0], rect[2]), min(rect[1], rect[3])
    fit = (sx, 0.0, 0.0, sy, at_x - min(across) * sx, at_y - min(up) * sy)
    pen.draw_form(look, State(ctm=then((1.0, 0.0, 0.0, 1.0, 0.0, 0.0), fit)))


def _as_viewers_do(
    mark: Any, kind: str
) -> Iterator[tuple[Shape, tuple[float, float, float] | None]]:
    """What viewers draw of a mark without a look; black highlights hide, others don't."""
    key = Name.C if kind == "/Highlight" else Name.IC
    values = numbers_of(mark.get(key))
    colour = colour_of(values) if values else None
    if kind == "/Highlight" and not is_dark(colour):
        return
    if kind == "/Square" and (colour is None or _alpha(mark) < OPAQUE):
        return
    loops = _quads(mark) if kind != "/Square" else []
    rect = numbers_of(mark.get(Name.Rect), 4)
    if not loops and rect:
        left, bottom, right, top = rect
        loops = [((left, bottom), (right, bottom), (right, top), (left, top))]
    for loop in loops:
        shape = shape_of([loop])
        if shape:
            yield shape, colour


def _alpha(mark: Any) -> float:
    found = mark.get(Name.CA)
    numbers = numbers_of(Array([found]), 1) if found is not None else []
    return numbers[0] if numbers else 1.0


def _quads(mark: Any) -> list[tuple[tuple[float, float], ...]]:
    """The four-cornered areas of a mark; files list the corners in two orders."""
    numbers = numbers_of(mark.get(Name.QuadPoints))
    found: list[tuple[tuple[float, float], ...]] = []
    for at in range(0, len(numbers) - _QUAD + 1, _QUAD):
        across, up = numbers[at : at + _QUAD : 2], numbers[at + 1 : at + _QUAD : 2]
        left, right, low, high = min(across), max(across), min(up), max(up)
        found.append(((left, low), (right, low), (right, high), (left, high)))
    return found
