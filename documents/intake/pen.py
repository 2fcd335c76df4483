"""Follows what a content stream draws: where letters and opaque shapes come to lie."""

from __future__ import annotations

import re
from copy import copy
from typing import TYPE_CHECKING, Any, Literal

from pikepdf import Array, Dictionary, Name, Stream

from documents.intake.colours import BLACK, colour_of, space_called
from documents.intake.content import MAX_DEPTH, STRING, unescaped
from documents.intake.geometry import (
    Point,
    Shape,
    moved,
    rectangle,
    scale_of,
    shape_of,
    strokes,
    then,
)
from documents.intake.ink import OPAQUE, State
from documents.intake.lettering import Lettering, matrix_of, named
from documents.objects import numbers_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from documents.intake.hiding import Hiding
    from documents.intake.metrics import Metrics

_TOKENS = re.compile(
    rb"(?P<number>[+-]?(?:[0-9]++\.?[0-9]*+|\.[0-9]++))"
    rb"|(?P<inline>\bID\s.*?\sEI\b)"
    rb"|(?P<word>[A-Za-z'\"*][A-Za-z0-9'\"*]*+)"
    rb"|(?P<string>" + STRING + rb")"
    rb"|(?P<hex><[0-9A-Fa-f\s]*+>)"
    rb"|/(?P<name>[^\s()<>\[\]{}/%]*+)"
    rb"|(?P<comment>%[^\r\n]*+)",
    re.DOTALL,
)
# A line as thick as this may hide text, in points.
THICK = 5.0
MAX_POINTS = 4000
MAX_CLIPS = 6
# A picture over more of the page than this is the page, not a patch upon it.
LARGEST_PATCH = 0.5
_PAPER = 595.0 * 842.0
_UNIT = (0.0, 0.0, 1.0, 1.0)


class Pen(Lettering):
    """Draws content streams on a page, and tells ``hiding`` what comes to lie where."""

    def __init__(self, hiding: Hiding, fonts: dict[tuple[int, int], Metrics]) -> None:
        super().__init__(hiding, fonts)
        self.saved: list[State] = []
        self.depth = 0
        self._new_path()

    def draw(self, content: bytes, resources: Any, state: State) -> None:
        """Draw one stream.

        Raises:
            SpentError: it costs more than the budget.
        """
        self.budget.read(len(content))
        outer = (self.state, self.saved, self.resources, self.tm, self.line)
        self.run = None
        self.state, self.saved, self.resources = copy(state), [], resources
        self._new_path()
        for token in _TOKENS.finditer(content):
            kind = token.lastgroup
            if kind == "number":
                self.operands.append(float(token[0]))
            elif kind == "word":
                action = _ACTIONS.get(token[0])
                if action is not None:
                    action(self)
                self.operands.clear()
            elif kind == "name":
                self.operands.append(unescaped(token[kind]))
            elif kind in {"string", "hex"}:
                self.operands.append(token[0])
            elif kind == "inline":
                self.operands.clear()
        self.state, self.saved, self.resources, self.tm, self.line = outer
        self.run = None
        self.operands.clear()

    # The graphics state

    def save(self) -> None:
        if len(self.saved) < MAX_POINTS:
            self.saved.append(copy(self.state))

    def restore(self) -> None:
        if self.saved:
            self.state = self.saved.pop()

    def move(self) -> None:
        found = self.numbers(6)
        if found:
            self.state.ctm = then(matrix_of(found), self.state.ctm)

    def set_state(self) -> None:
        settings = named(self.resources, Name.ExtGState, self.name())
        if not isinstance(settings, Dictionary):
            return
        state = self.state
        state.fill_alpha = _number(settings.get(Name.ca), state.fill_alpha)
        state.stroke_alpha = _number(settings.get(Name.CA), state.stroke_alpha)
        state.width = _number(settings.get(Name.LW), state.width)
        mode, mask = settings.get(Name.BM), settings.get(Name.SMask)
        if isinstance(mode, Array) and len(mode):
            mode = mode[0]
        if mode is not None:
            state.is_blended = mode not in (Name.Normal, Name.Compatible)
        if mask is not None:
            state.is_masked = isinstance(mask, (Dictionary, Stream))

    def set_fill(self, count: int) -> None:
        found = self.numbers(count)
        self.state.fill = colour_of(found) if found else None
        self.state.fill_space, self.state.is_pattern = None, False

    def set_stroke(self, count: int) -> None:
        found = self.numbers(count)
        self.state.stroke = colour_of(found) if found else None
        self.state.stroke_space = None

    def set_fill_space(self) -> None:
        self.state.fill_space = space_called(self.name(), self.resources)
        self.state.fill, self.state.is_pattern = BLACK, False

    def set_stroke_space(self) -> None:
        self.state.stroke_space = space_called(self.name(), self.resources)
        self.state.stroke = BLACK

    def set_fill_there(self) -> None:
        values = [each for each in self.operands if isinstance(each, float)]
        self.state.is_pattern = bool(self.name())
        self.state.fill = colour_of(values, self.state.fill_space) if values else None

    def set_stroke_there(self) -> None:
        values = [each for each in self.operands if isinstance(each, float)]
        self.state.stroke = (
            colour_of(values, self.state.stroke_space) if values else None
        )

    def set_value(self, name: Literal["width", "leading"]) -> None:
        found = self.numbers(1)
        if found:
            setattr(self.state, name, found[0])

    # Paths

    def _new_path(self) -> None:
        self.loops: list[list[Point]] = []
        self.points = 0
        self.only_boxes = True
        self.clip: bool | None = None

    def start(self) -> None:
        found = self.numbers(2)
        if found and self.points < MAX_POINTS:
            self.loops.append([moved(self.state.ctm, *found)])
            self.points += 1
            self.only_boxes = False

    def go(self, count: int) -> None:
        """A line or a curve, which counts as a line to its end."""
        found = self.numbers(count)
        if found and self.loops and self.points < MAX_POINTS:
            self.loops[-1].append(moved(self.state.ctm, *found[-2:]))
            self.points += 1

    def close(self) -> None:
        if self.loops and self.loops[-1]:
            first = self.loops[-1][0]
            self.loops[-1].append(first)

    def box(self) -> None:
        found = self.numbers(4)
        if found and self.points < MAX_POINTS:
            x, y, width, height = found
            corners = rectangle(self.state.ctm, (x, y, x + width, y + height))
            self.loops.append([*corners, corners[0]])
            self.points += 4

    def set_clip(self, *, even_odd: bool = False) -> None:
        self.clip = even_odd

    def paint(self, *how: Literal["fill", "stroke", "even-odd", "close"]) -> None:
        """Paint the path, and cut to it what follows if that was asked for."""
        state = self.state
        if "close" in how:
            self.close()
        is_opaque = not state.is_pattern and state.hides(state.fill, state.fill_alpha)
        if "fill" in how and is_opaque:
            for shape in self._shapes(even_odd="even-odd" in how):
                self.hiding.cover(shape, state.clips, state.fill)
        thickness = state.width * scale_of(state.ctm)
        is_opaque = state.hides(state.stroke, state.stroke_alpha)
        if "stroke" in how and thickness >= THICK and is_opaque:
            for shape in strokes(self.loops, thickness):
                self.hiding.cover(shape, state.clips, state.stroke)
        if self.clip is not None:
            frame = shape_of(self.loops, even_odd=self.clip)
            if frame and len(state.clips) < MAX_CLIPS:
                state.clips = (*state.clips, frame)
        self._new_path()

    def _shapes(self, *, even_odd: bool) -> list[Shape]:
        """What the path fills; boxes beside each other are shapes of their own."""
        if self.only_boxes and not even_odd:
            found = [shape_of([loop]) for loop in self.loops]
        else:
            found = [shape_of(self.loops, even_odd=even_odd)]
        return [shape for shape in found if shape]

    # Drawings and pictures

    def call(self) -> None:
        called = named(self.resources, Name.XObject, self.name())
        if not isinstance(called, Stream):
            return
        if called.get(Name.Subtype) == Name.Form:
            self.draw_form(called, self.state)
        elif called.get(Name.Subtype) == Name.Image:
            self._patch(called)

    def draw_form(self, form: Any, state: State) -> None:
        """Draw a form: cut to its box, and as translucent as the state says."""
        if self.depth >= MAX_DEPTH:
            return
        inner = copy(state)
        inner.veil |= state.is_masked or state.fill_alpha < OPAQUE
        inner.tint |= state.is_blended
        inner.fill_alpha = inner.stroke_alpha = 1.0
        inner.is_masked = inner.is_blended = False
        matrix = numbers_of(form.get(Name.Matrix), 6)
        if matrix:
            inner.ctm = then(matrix_of(matrix), state.ctm)
        edges = numbers_of(form.get(Name.BBox), 4)
        if edges and len(inner.clips) < MAX_CLIPS:
            left, bottom, right, top = edges
            frame = shape_of([rectangle(inner.ctm, (left, bottom, right, top))])
            inner.clips = (*inner.clips, frame) if frame else inner.clips
        resources = form.get(Name.Resources)
        self.depth += 1
        self.draw(
            form.read_bytes(), self.resources if resources is None else resources, inner
        )
        self.depth -= 1
        self._new_path()

    def _patch(self, image: Any) -> None:
        """A small picture may hide text; one as large as the page is the page."""
        state = self.state
        see_through = (Name.SMask, Name.Mask)
        if image.get(Name.ImageMask) is True or any(
            key in image for key in see_through
        ):
            return
        if scale_of(state.ctm) ** 2 > LARGEST_PATCH * _PAPER:
            return
        shape = shape_of([rectangle(state.ctm, _UNIT)])
        if shape and state.hides(None, state.fill_alpha):
            self.hiding.cover(shape, state.clips, None, seen_only=True)


def _number(value: Any, otherwise: float) -> float:
    found = numbers_of(Array([value]), 1) if value is not None else []
    return found[0] if found else otherwise


_ACTIONS: dict[bytes, Callable[[Pen], None]] = {
    b"q": Pen.save,
    b"Q": Pen.restore,
    b"cm": Pen.move,
    b"gs": Pen.set_state,
    b"w": lambda pen: pen.set_value("width"),
    b"g": lambda pen: pen.set_fill(1),
    b"rg": lambda pen: pen.set_fill(3),
    b"k": lambda pen: pen.set_fill(4),
    b"G": lambda pen: pen.set_stroke(1),
    b"RG": lambda pen: pen.set_stroke(3),
    b"K": lambda pen: pen.set_stroke(4),
    b"cs": Pen.set_fill_space,
    b"CS": Pen.set_stroke_space,
    b"sc": Pen.set_fill_there,
    b"scn": Pen.set_fill_there,
    b"SC": Pen.set_stroke_there,
    b"SCN": Pen.set_stroke_there,
    b"m": Pen.start,
    b"l": lambda pen: pen.go(2),
    b"c": lambda pen: pen.go(6),
    b"v": lambda pen: pen.go(4),
    b"y": lambda pen: pen.go(4),
    b"h": Pen.close,
    b"re": Pen.box,
    b"W": Pen.set_clip,
    b"W*": lambda pen: pen.set_clip(even_odd=True),
    b"n": Pen.paint,
    b"f": lambda pen: pen.paint("fill"),
    b"F": lambda pen: pen.paint("fill"),
    b"f*": lambda pen: pen.paint("fill", "even-odd"),
    b"B": lambda pen: pen.paint("fill", "stroke"),
    b"B*": lambda pen: pen.paint("fill", "stroke", "even-odd"),
    b"b": lambda pen: pen.paint("fill", "stroke", "close"),
    b"b*": lambda pen: pen.paint("fill", "stroke", "even-odd", "close"),
    b"S": lambda pen: pen.paint("stroke"),
    b"s": lambda pen: pen.paint("stroke", "close"),
    b"BT": Pen.begin_text,
    b"Tf": Pen.set_font,
    b"Tm": Pen.set_text_matrix,
    b"Td": Pen.next_line,
    b"TD": lambda pen: pen.next_line(keep=True),
    b"T*": Pen.new_line,
    b"TL": lambda pen: pen.set_value("leading"),
    b"Tc": lambda pen: pen.set_hand("letter_gap"),
    b"Tw": lambda pen: pen.set_hand("word_gap"),
    b"Tz": lambda pen: pen.set_hand("stretch", 0.01),
    b"Ts": lambda pen: pen.set_hand("rise"),
    b"Tr": lambda pen: pen.set_hand("mode"),
    b"Tj": Pen.show,
    b"TJ": Pen.show,
    b"'": Pen.show_on_new_line,
    b'"': Pen.show_on_new_line,
    b"Do": Pen.call,
}
