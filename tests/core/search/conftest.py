"""A kind of its own for these tests; other kinds have nothing in an empty database."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from core.search import entries
from tests.core.search.makers import Shelf

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def shelf() -> Iterator[Shelf]:
    """An empty shelf, registered."""
    own = Shelf()
    entries.register("prøve", "Prøver", own)
    yield own
    entries.forget("prøve")
