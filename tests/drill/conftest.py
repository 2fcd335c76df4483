"""Drills: kills in full numbers, on the demo, in a database of their own.

``script/drill`` names the files; an ordinary run of the tests does not find them.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from tests.demo.conftest import django_db_keepdb, django_db_setup
from tests.processes import forget_jobs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django import DjangoDbBlocker

    from accounts.models import User
    from meetings.models import Meeting

__all__ = ["django_db_keepdb", "django_db_setup"]


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> None:
    """Keep away from the databases of the tests."""
    from django.db import connection  # noqa: PLC0415 -- settings must be ready

    connection.settings_dict["TEST"]["NAME"] += "_drill"


@pytest.fixture(autouse=True)
def open_database(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """Let what is written be seen by other processes: no transaction, no flush."""
    from django.db import connection  # noqa: PLC0415

    os.environ["KKR_TEST_DATABASE"] = connection.settings_dict["NAME"]
    with django_db_blocker.unblock():
        forget_jobs()
        yield
        forget_jobs()


@pytest.fixture
def meeting(open_database: None) -> Meeting:
    from meetings.models import Meeting  # noqa: PLC0415

    return Meeting.objects.select_related("council").get(slug="2023-11-22")


@pytest.fixture
def secretary(open_database: None) -> User:
    from accounts.models import User  # noqa: PLC0415

    return User.objects.get(email="sekretariat@kkr.example")
