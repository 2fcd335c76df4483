"""Tests on the demo's data: real figures, loaded once for the whole run.

They run apart from the others (``script/test``), in a database of their own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.core.management import call_command

if TYPE_CHECKING:
    from pytest_django import DjangoDbBlocker

    from meetings.models import Meeting, Packet


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None) -> None:
    """Keep away from the database of the other tests."""
    from django.db import connection  # noqa: PLC0415 -- settings must be ready

    connection.settings_dict["TEST"]["NAME"] += "_demo"


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """Begin afresh: the rows name files that go with the run."""
    return False


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """Load the demo into the fresh database."""
    with django_db_blocker.unblock():
        from accounts.models import User  # noqa: PLC0415 -- apps must be ready

        if not User.objects.exists():
            settings.DEMO = True
            call_command("load_demo", verbosity=0)
            settings.DEMO = False


@pytest.fixture
def meeting(db: None) -> Meeting:
    """The meeting of 22 November 2023."""
    from meetings.models import Meeting  # noqa: PLC0415 -- apps must be ready

    return Meeting.objects.select_related("council").get(slug="2023-11-22")


@pytest.fixture(scope="session")
def packet(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Packet:
    """The demo's packet, built once and never changed by a test."""
    from meetings.models import Meeting  # noqa: PLC0415 -- apps must be ready
    from tests.demo.packets import build_packet  # noqa: PLC0415

    with django_db_blocker.unblock():
        return build_packet(Meeting.objects.get(slug="2023-11-22"))
