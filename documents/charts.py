"""Charts from a table: Vega-Lite draws them here, on the server, as shapes and texts.

A spec is made of our own values only and may fetch nothing (``allowed_base_urls=[]``).
Of the drawing are kept shapes and texts with attributes: no style, no id, no address.

Source: docs/adr/0014, docs/rules.md R-36.
"""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final
from xml.etree import ElementTree as ET

from documents.fonts import fonts_folder

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

# In CSS pixels: what can be read on a telephone too, and room for a row.
WIDTH: Final = 360
ROW: Final = 26
LINE: Final = 15
# Letters of a name on one line.
NAME: Final = 22
FONT: Final = "IBM Plex Sans"
INK, QUIET, BAR = "#1a2026", "#4a555f", "#5c87a6"
SVG: Final = "http://www.w3.org/2000/svg"
_TAGS: Final = frozenset({"svg", "g", "path", "line", "rect", "text", "tspan"})
_ATTRIBUTES: Final = frozenset(
    [
        "d",
        "transform",
        "fill",
        "stroke",
        "stroke-width",
        "x",
        "y",
        "dy",
        "x1",
        "x2",
        "y1",
        "y2",
        "width",
        "height",
        "viewBox",
        "text-anchor",
        "font-family",
        "font-size",
        "font-weight",
        "font-style",
    ]
)
_CONFIG: Final[Mapping[str, Any]] = {
    "font": FONT,
    "background": None,
    "view": {"stroke": None},
    "axis": {"labelFontSize": 12, "labelColor": INK, "titleFontSize": 12},
}


class ChartError(Exception):
    """A chart that cannot be drawn; the whole document then fails, loudly."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One row of a chart.

    Attributes:
        low, high: what is drawn; equal for a single figure, None where it is missing.
        printed: the figure as its table prints it, or the word for why it is missing.
    """

    name: str
    printed: str
    low: Decimal | None = None
    high: Decimal | None = None


@lru_cache(maxsize=256)
def bars(rows: tuple[Bar, ...]) -> str:
    """Draw lying bars, one a row, each with its figure; what is missing has no bar.

    Returns:
        An ``<svg>`` without title; the same rows give the same text.

    Raises:
        ChartError: it cannot be drawn.
    """
    return draw(_spec(rows))


def draw(spec: Mapping[str, Any]) -> str:
    """Draw a Vega-Lite spec whose data stand in it.

    Raises:
        ChartError: it asks for an address, or is no spec.
    """
    if _asks(spec):
        msg = "a chart's data stand in it, and are fetched from nowhere"
        raise ChartError(msg)
    convert = _engine()
    try:
        drawn = convert.vegalite_to_svg(
            dict(spec), config=dict(_CONFIG), allowed_base_urls=[]
        )
    except ValueError as error:
        raise ChartError(str(error)[:300]) from error
    root = _kept(ET.fromstring(drawn))  # noqa: S314 -- the engine's own output
    root.set("role", "img")
    root.set("class", "doc-chart__svg")
    ET.register_namespace("", SVG)
    return ET.tostring(root, encoding="unicode")


def _asks(node: Any) -> bool:
    """Whether a spec names an address anywhere; the engine passes over some in silence."""
    if isinstance(node, Mapping):
        return "url" in node or any(map(_asks, node.values()))
    return isinstance(node, list | tuple) and any(map(_asks, node))


@lru_cache(maxsize=1)
def _engine() -> Any:
    """Load the engine (half a second, 80 MB) where the first chart is drawn."""
    import vl_convert  # noqa: PLC0415 -- most processes draw nothing

    # Texts are measured with the font they are set in, the same on every machine.
    vl_convert.register_font_directory(str(fonts_folder()))
    return vl_convert


def _spec(rows: Sequence[Bar]) -> dict[str, Any]:
    names = list(_distinct(_wrapped(row.name) for row in rows))
    lines = max((name.count("\n") + 1 for name in names), default=1)
    axis = {"domain": False, "ticks": False, "labelLimit": 0, "labelPadding": 8,
            "labelExpr": "split(datum.value, '\\n')", "labelLineHeight": LINE}  # fmt: skip
    down = {"field": "name", "type": "nominal", "sort": None, "title": None,
            "axis": axis, "scale": {"domain": names}}  # fmt: skip
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "width": WIDTH,
        "height": (ROW + LINE * (lines - 1)) * len(rows),
        "autosize": {"type": "fit-x", "contains": "padding"},
        "padding": 0,
        "data": {"values": list(map(_datum, names, rows))},
        "encoding": {"y": down},
        "layer": [_bars(), _figures(is_missing=False), _figures(is_missing=True)],
    }


def _datum(name: str, row: Bar) -> dict[str, Any]:
    """Give one row of data: a single figure begins at zero, a span at its lowest."""
    low, high = (float(end) if end is not None else 0.0 for end in (row.low, row.high))
    return {
        "name": name,
        "from": 0.0 if low == high else low,
        "to": high,
        "end": max(high, 0.0),
        "printed": row.printed,
        "missing": row.high is None,
    }


def _wrapped(name: str) -> str:
    return "\n".join(textwrap.wrap(name, NAME)) or " "


_ALONG: Final[Mapping[str, Any]] = {
    "type": "quantitative",
    "axis": None,
    "scale": {"zero": True, "nice": False, "range": [0, {"expr": "width - 90"}]},
}


def _bars() -> dict[str, Any]:
    along = {"field": "from", **_ALONG}
    return {
        "transform": [{"filter": "!datum.missing"}],
        "mark": {"type": "bar", "color": BAR, "height": 16},
        "encoding": {"x": along, "x2": {"field": "to"}},
    }


def _figures(*, is_missing: bool) -> dict[str, Any]:
    style = "italic" if is_missing else "normal"
    mark = {"type": "text", "align": "left", "dx": 6, "fontSize": 12,
            "fontStyle": style, "color": QUIET if is_missing else INK}  # fmt: skip
    return {
        "transform": [{"filter": f"{'' if is_missing else '!'}datum.missing"}],
        "mark": mark,
        "encoding": {"x": {"field": "end", **_ALONG}, "text": {"field": "printed"}},
    }


def _distinct(names: Iterator[str]) -> Iterator[str]:
    """Tell equal names apart by spaces that are not seen."""
    seen: dict[str, int] = {}
    for name in names:
        count = seen.get(name, 0)
        seen[name] = count + 1
        yield name + " " * count


def _kept(node: ET.Element) -> ET.Element:
    """Give the drawing with what may be kept; what draws nothing is left out."""
    name = node.tag.rpartition("}")[2]
    own = {key: value for key, value in node.attrib.items() if key in _ATTRIBUTES}
    kept = ET.Element(f"{{{SVG}}}{name}", own)
    kept.text = node.text if name in {"text", "tspan"} else None
    for child in node:
        tag = child.tag.rpartition("}")[2]
        if tag in _TAGS and not _draws_nothing(child, tag):
            inner = _kept(child)
            if tag != "g" or len(inner):
                kept.append(inner)
    return kept


def _draws_nothing(node: ET.Element, tag: str) -> bool:
    is_frame = node.get("class") in {"background", "foreground"}
    return is_frame or (tag == "text" and not "".join(node.itertext()))
