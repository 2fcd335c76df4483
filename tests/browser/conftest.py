"""A real portal and a real browser; nothing may go wrong on any page of any test."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.chromium import PATIENCE, Visits, chromium
from tests.browser.portal import NAME, Portal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

# Other work may go on beside the tests.
expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session")
def portal(request: pytest.FixtureRequest) -> Iterator[Portal]:
    """The portal, serving; ask for a state of it with one of the fixtures below."""
    portal = Portal(NAME)
    portal.prepare(anew=request.config.getoption("create_db"))
    portal.be("published", anew=False)
    with portal.serving():
        yield portal


@pytest.fixture(scope="session")
def browser(portal: Portal) -> Iterator[Browser]:
    """Chromium."""
    with chromium() as browser:
        yield browser


@pytest.fixture
def drafts(portal: Portal) -> Portal:
    """The demo, nothing built; the test only reads."""
    portal.be("drafts", anew=False)
    return portal


@pytest.fixture
def published(portal: Portal) -> Portal:
    """The demo, its packet built and published; the test only reads."""
    portal.be("published", anew=False)
    return portal


@pytest.fixture
def drafts_anew(portal: Portal) -> Portal:
    """The demo, nothing built, for a test that writes."""
    portal.be("drafts", anew=True)
    return portal


@pytest.fixture
def published_anew(portal: Portal) -> Portal:
    """The demo, its packet built and published, for a test that writes."""
    portal.be("published", anew=True)
    return portal


@pytest.fixture
def visits(portal: Portal, browser: Browser) -> Iterator[Visits]:
    """Pages as anybody of the cast; the test fails if anything went wrong on one."""
    visits = Visits(browser, portal.address)
    yield visits
    assert visits.end() == []
