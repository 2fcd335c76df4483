"""Drills: kills in full numbers, on the demo, in a database of their own.

``script/drill`` names the files; an ordinary run of the tests does not find them.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from django.core.management import call_command
from django.db import connection

from tests import printed
from tests.processes import forget_jobs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django import Settings

    from accounts.models import User
    from meetings.models import Meeting

NAME = "_drill"


@pytest.fixture(scope="module", autouse=True)
def printed_anew() -> Iterator[None]:
    """Print every page: a kill wants much to interrupt."""
    with printed.anew():
        yield


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None) -> None:
    """Keep away from the databases of the tests."""
    connection.settings_dict["TEST"]["NAME"] += NAME


@pytest.fixture
def demo(transactional_db: None, settings: Settings) -> Iterator[None]:
    """The demo, committed, so that other processes see it; the end empties it again."""
    database = connection.settings_dict["NAME"]
    assert database.endswith(NAME), "this is not the drill's own database"
    os.environ["KKR_TEST_DATABASE"] = database
    settings.DEMO = True
    call_command("load_demo", verbosity=0)
    settings.DEMO = False
    forget_jobs()
    yield
    forget_jobs()


@pytest.fixture
def meeting(demo: None) -> Meeting:
    from meetings.models import Meeting  # noqa: PLC0415 -- apps must be ready

    return Meeting.objects.select_related("council").get(slug="2023-11-22")


@pytest.fixture
def secretary(demo: None) -> User:
    from accounts.models import User  # noqa: PLC0415

    return User.objects.get(email="sekretariat@kkr.example")
