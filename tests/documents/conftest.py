"""Here printing itself is tested: every page is printed, each time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests import printed

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="module", autouse=True)
def printed_anew() -> Iterator[None]:
    """Take no page from another test."""
    with printed.anew():
        yield
