"""Sessions: a row that holds is read with one query, any other is nobody's."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from core.sessions import SessionStore

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

pytestmark = pytest.mark.django_db


def test_a_session_is_read_until_it_ends_and_by_its_key_alone(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    now, key = timezone.now(), "k" * 32
    Session.objects.save(key, {"who": "greve"}, now + timedelta(hours=1))
    Session.objects.save("e" * 32, {"who": "greve"}, now - timedelta(seconds=1))
    found = {}

    for asked in (key, "e" * 32, "n" * 32, "short", "x\0" * 16):
        store = SessionStore(asked)
        with django_assert_num_queries(0 if len(asked) < 8 or "\0" in asked else 1):
            found[asked] = store.get("who"), store.session_key

    assert found.pop(key) == ("greve", key)
    assert set(found.values()) == {(None, None)}


def test_a_cookie_that_no_row_can_have_is_nobodys(client: Client) -> None:
    client.cookies["sessionid"] = "x\0" * 16

    assert client.get("/log-ind/").status_code == 200
