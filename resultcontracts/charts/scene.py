"""Shapes and words in pixels, drawn by Vega-Lite; each ink has a class too. Pure.

What lies where is reckoned here and not left to the engine, so that two words are never
on top of each other. The inks stand as attributes for paper, and as classes for readers
who choose their own colours. Source: docs/rules.md R-128, docs/adr/0035.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, Literal
from xml.etree import ElementTree as ET

from documents.charts import FONT, SVG, draw

if TYPE_CHECKING:
    from collections.abc import Iterable

INKS: Final = {
    "ink": "#1a2026",
    "quiet": "#4a555f",
    "bar": "#12456b",
    "light": "#5a80a0",
    "track": "#e3e8ed",
    "grid": "#e2e7ec",
    "field": "#f1f3f5",
    "paper": "#ffffff",
}
type Ink = Literal[
    "ink", "quiet", "bar", "light", "track", "grid", "field", "paper", ""
]
type Align = Literal["left", "center", "right"]
SMALL: Final = 12
PLAIN: Final = 14


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle; without ``fill`` only its edge."""

    x: float
    y: float
    width: float
    height: float
    fill: Ink = ""
    edge: Ink = ""


@dataclass(frozen=True, slots=True)
class Dot:
    """A point, or a diamond, around its middle; ``fill`` "paper" makes it hollow."""

    x: float
    y: float
    fill: Ink
    edge: Ink
    shape: Literal["circle", "diamond"] = "circle"
    area: int = 110


@dataclass(frozen=True, slots=True)
class Text:
    """Words on one line; ``y`` is their middle."""

    x: float
    y: float
    words: str
    align: Align = "left"
    ink: Ink = "ink"
    size: int = SMALL
    is_bold: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A line through points."""

    points: tuple[tuple[float, float], ...]
    ink: Ink = "bar"


type Shape = Box | Dot | Text | Line


@dataclass(frozen=True, slots=True)
class Scene:
    """A drawing: words on top, then dots, lines and boxes."""

    width: int
    height: int
    shapes: tuple[Shape, ...]


@lru_cache(maxsize=512)
def drawn(scene: Scene) -> str:
    """Draw a scene; the same scene gives the same text.

    Raises:
        ChartError: it cannot be drawn.
    """
    return _with_classes(draw(_spec(scene)))


def _spec(scene: Scene) -> dict[str, Any]:
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "width": scene.width,
        "height": scene.height,
        "autosize": "none",
        "padding": 0,
        "layer": [_layer(run) for run in _runs(scene.shapes)],
    }


# What lies on top of what; inside a kind the later one.
_ORDER: Final = (Box, Line, Dot, Text)


def _runs(shapes: Iterable[Shape]) -> list[list[Shape]]:
    """Put shapes together that one layer can draw: a layer costs more than its shapes."""
    runs: dict[object, list[Shape]] = {}
    for shape in sorted(shapes, key=lambda each: _ORDER.index(type(each))):
        runs.setdefault(_style(shape), []).append(shape)
    return list(runs.values())


def _style(shape: Shape) -> object:
    match shape:
        case Dot():
            return Dot, shape.shape, shape.area
        case Line():
            return shape
        case _:
            return type(shape)


def _layer(run: list[Shape]) -> dict[str, Any]:
    first = run[0]
    mark: dict[str, Any]
    match first:
        case Box():
            mark, encoding = {"type": "rect"}, _BOXES
        case Dot():
            mark, encoding = _dots(first), _DOTS
        case Text():
            mark, encoding = _WORDS, _TEXTS
        case Line():
            return _line(first)
    values = [_datum(shape) for shape in run]
    return {"data": {"values": values}, "mark": mark, "encoding": encoding}


def _datum(shape: Shape) -> dict[str, Any]:
    match shape:
        case Box():
            return _box(shape)
        case Dot():
            fill, stroke = _paint(shape.fill), _paint(shape.edge)
            return {"x": shape.x, "y": shape.y, "fill": fill, "stroke": stroke}
        case Text():
            return _text(shape)
        case Line():
            raise AssertionError


def _where(field: str) -> dict[str, Any]:
    return {"field": field, "type": "quantitative", "scale": None, "axis": None}


def _of(field: str) -> dict[str, Any]:
    return {"field": field, "type": "nominal", "scale": None, "legend": None}


_PLACE: Final = {"x": _where("x"), "y": _where("y")}
_PAINT: Final = {"fill": _of("fill"), "stroke": _of("stroke")}
_BOXES: Final = {**_PLACE, "x2": {"field": "x2"}, "y2": {"field": "y2"}, **_PAINT}
_DOTS: Final = {**_PLACE, **_PAINT}
_TEXTS: Final = {**_PLACE, "text": {"field": "text", "type": "nominal"}}


def _paint(ink: Ink) -> str:
    return INKS[ink] if ink else "transparent"


def _box(box: Box) -> dict[str, Any]:
    return {
        "x": box.x,
        "y": box.y,
        "x2": box.x + box.width,
        "y2": box.y + box.height,
        "fill": _paint(box.fill),
        "stroke": _paint(box.edge),
    }


def _dots(dot: Dot) -> dict[str, Any]:
    return {"type": "point", "shape": dot.shape, "size": dot.area, "opacity": 1,
            "strokeWidth": 2 if dot.shape == "circle" else 1.25}  # fmt: skip


def _text(text: Text) -> dict[str, Any]:
    return {
        "x": text.x,
        "y": text.y,
        "text": text.words,
        "align": text.align,
        "size": text.size,
        "weight": 600 if text.is_bold else 400,
        "color": INKS[text.ink or "ink"],
    }


_WORDS: Final[dict[str, Any]] = {
    "type": "text",
    "baseline": "middle",
    "font": FONT,
    "align": {"expr": "datum.align"},
    "fontSize": {"expr": "datum.size"},
    "fontWeight": {"expr": "datum.weight"},
    "color": {"expr": "datum.color"},
}


def _line(line: Line) -> dict[str, Any]:
    values = [{"x": x, "y": y} for x, y in line.points]
    mark = {"type": "line", "color": _paint(line.ink), "strokeWidth": 2}
    return {"data": {"values": values}, "mark": mark, "encoding": _PLACE}


_NAMES: Final = {colour: name for name, colour in INKS.items()}


def _with_classes(svg: str) -> str:
    """Name each shape's inks, so that a stylesheet can give them other colours."""
    root = ET.fromstring(svg)  # noqa: S314 -- our own drawing
    for node in root.iter():
        names = [
            f"chart-{kind}-{_NAMES[colour]}"
            for kind, key in (("fill", "fill"), ("line", "stroke"))
            if (colour := node.get(key, "")) in _NAMES
        ]
        if names:
            node.set("class", " ".join(names))
    ET.register_namespace("", SVG)
    return ET.tostring(root, encoding="unicode")
