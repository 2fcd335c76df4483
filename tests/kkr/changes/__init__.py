"""Every service that writes, called once, and the world in which it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    type Act = Callable[[Any], object]
