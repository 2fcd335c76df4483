"""Here printing itself is tested: every page is printed, each time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from documents.intake import gate
from tests import printed
from tests.documents.warm import Warm

if TYPE_CHECKING:
    from collections.abc import Iterator

MANY_FILES = {"cpr", "hostile", "damaged", "received", "claims", "text", "conformance"}
"""Modules, of those on the intake, whose children are forked."""


@pytest.fixture(scope="module", autouse=True)
def printed_anew() -> Iterator[None]:
    """Take no page from another test."""
    with printed.anew():
        yield


@pytest.fixture(scope="session")
def warm() -> Iterator[Warm]:
    """The process that forks the intake's children."""
    process = Warm()
    yield process
    process.end()


@pytest.fixture(scope="module", autouse=True)
def warm_children(request: pytest.FixtureRequest) -> Iterator[None]:
    """Let modules of many small files have children that need not import anything."""
    if request.module.__name__.rpartition("test_intake_")[2] not in MANY_FILES:
        yield
        return
    run = request.getfixturevalue("warm").run
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(gate, "run", run)
        yield
