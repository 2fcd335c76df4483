"""Which apps know something of a municipality, in the order of their sections.

Source: docs/rules.md R-150.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from meetings.municipality.values import Asked, Given

    type Finder = Callable[[Asked], Given]


@dataclass(frozen=True, slots=True)
class _Registered:
    order: int
    key: str
    find: Finder


_registry: dict[str, _Registered] = {}


def register(key: str, order: int, find: Finder) -> None:
    """Let an app tell of a municipality.

    Args:
        key: known once; registering again replaces it.
        order: of its sections among those of other apps.
        find: only rows that the reader may see.
    """
    _registry[key] = _Registered(order, key, find)


def given(asked: Asked) -> tuple[Given, ...]:
    """Ask all apps, in order."""
    rows = sorted(_registry.values(), key=lambda row: (row.order, row.key))
    return tuple(row.find(asked) for row in rows)
