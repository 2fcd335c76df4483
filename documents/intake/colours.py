"""Colours of a content stream as red, green and blue from 0 to 1, as far as known."""

from __future__ import annotations

from typing import Any

from pikepdf import Array, Dictionary, Name, Stream

type Colour = tuple[float, float, float]

BLACK: Colour = (0.0, 0.0, 0.0)
_GRAY, _RGB, _CMYK = 1, 3, 4


def colour_of(values: list[float], space: Any = None) -> Colour | None:
    """The colour that numbers mean in a colour space; None if that is not known.

    Args:
        values: one number for grey or an ink, three for a screen, four for print.
        space: the colour space as the resources name it; None where the operator tells.
    """
    inked = _is_ink(space)
    if inked is not None:
        return (1 - values[0],) * 3 if inked and len(values) == _GRAY else None
    if len(values) == _GRAY:
        return (values[0],) * 3
    if len(values) == _RGB:
        return values[0], values[1], values[2]
    if len(values) == _CMYK:
        cyan, magenta, yellow, black = values
        return (
            (1 - min(1, cyan)) * (1 - min(1, black)),
            (1 - min(1, magenta)) * (1 - min(1, black)),
            (1 - min(1, yellow)) * (1 - min(1, black)),
        )
    return None


def _is_ink(space: Any) -> bool | None:
    """True for black ink, False for others that cannot be told, None for no ink."""
    if not isinstance(space, Array) or not len(space):
        return None
    kind = space[0]
    if kind == Name.Separation and len(space) > 1:
        return bool(space[1] == Name.Black)
    if kind in (Name.DeviceN, Name.Indexed, Name.Pattern, Name.Lab):
        return False
    return None


def space_called(name: str, resources: Any) -> Any:
    """The colour space that a content stream calls ``name``."""
    table = (
        resources.get(Name.ColorSpace) if isinstance(resources, Dictionary) else None
    )
    found = table.get("/" + name) if isinstance(table, Dictionary) else None
    return None if isinstance(found, (Dictionary, Stream)) else found
