"""What every test needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.processes import forget_jobs

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(autouse=True)
def no_jobs_left(request: pytest.FixtureRequest) -> Iterator[None]:
    """Empty the queue around a test that commits: the flush leaves the queue's tables."""
    marker = request.node.get_closest_marker("django_db")
    if marker is None or not marker.kwargs.get("transaction"):
        yield
        return
    request.getfixturevalue("transactional_db")
    forget_jobs()
    yield
    forget_jobs()
