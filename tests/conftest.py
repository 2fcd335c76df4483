"""What every test needs."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

import pytest
from django.db import connection, transaction
from django.test.utils import setup_databases
from hypothesis import HealthCheck, settings

from tests import printed
from tests.processes import forget_jobs
from tests.template import template

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django import DjangoDbBlocker


# How long an example takes is the machine's: what is found is judged, never the time.
settings.register_profile(
    "portal", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("portal")


def pytest_configure() -> None:
    """Print no page twice; ``tests/printed.py`` says which tests do."""
    printed.make_folder()
    printed.begin()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run a module's tests that do without its rows before those rows are made."""
    modules: dict[str, int] = {}
    places = {item: modules.setdefault(str(item.path), len(modules)) for item in items}
    items.sort(key=lambda item: (places[item], rows_kept_for(item)))


def rows_kept_for(item: pytest.Item) -> int:
    """How many fixtures of its module, whose rows stay, a test rests on."""
    if not isinstance(item, pytest.Function) or "kept" not in item.fixturenames:
        return 0
    found = item._fixtureinfo.name2fixturedefs.values()
    return sum(each[-1].scope == "module" for each in found)


def pytest_collection_finish() -> None:
    """Look for rubbish less often, and never among what stays: it cost a twentieth."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings: None, *, django_db_createdb: bool
) -> None:
    """Let a database that is made for the tests be a copy of the template.

    It has every table: of one made anew it is not asked again which migrations are left.
    """
    own = connection.settings_dict["TEST"]
    own["TEMPLATE"] = template()
    own["MIGRATE"] = not django_db_createdb


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    *,
    django_db_keepdb: bool,
    django_db_createdb: bool,
) -> None:
    """Never let a test work on the developer's database.

    The databases of a run are those that its marked tests name: where the tests that are
    left are all unmarked, none is named, and none would be made.
    """
    own = connection.settings_dict
    if own["NAME"] != own["TEST"]["NAME"]:
        keeps = django_db_keepdb and not django_db_createdb
        with django_db_blocker.unblock():
            setup_databases(
                0, interactive=False, keepdb=keeps, aliases={"default": None}
            )
    assert own["NAME"] == own["TEST"]["NAME"]


@pytest.fixture(scope="module")
def kept(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Let what the module's fixtures make stay for all its tests, and go with the last.

    Each test is a transaction within this one, so that none sees what another did.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


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
