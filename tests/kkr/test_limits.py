"""One page tells all limits, and tells what is enforced."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from core.drafts.keeping import MOST_LETTERS
from kkr.limits import limits
from proposals.queries import matrix
from tests.makers_packets import a_user

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

pytestmark = pytest.mark.django_db


def test_the_page_tells_each_limit_as_it_is_set(
    client: Client,
    settings: Any,
    monkeypatch: pytest.MonkeyPatch,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    client.force_login(a_user())
    with django_assert_max_num_queries(8):
        page = client.get("/graenser/").text
    for _, rows in limits():
        for row in rows:
            assert row.what in page
            assert row.most in page
    told = {row.what: row.most for _, rows in limits() for row in rows}
    assert len(told) == sum(len(rows) for _, rows in limits())
    assert told["PDF"] == "50\xa0MB"
    assert told["Rækker"] == "5.000"
    assert told["Sider i en PDF"] == "2.000"
    assert told["En kladde"] == f"{MOST_LETTERS // 10**6}.000.000\xa0tegn"
    assert told["Alt i ét skema, uden filer"] == "5\xa0MB"

    settings.UPLOAD_MAX_BYTES = 7 * 1024 * 1024
    monkeypatch.setattr(matrix, "MOST_ROWS", 33)
    told = {row.what: row.most for _, rows in limits() for row in rows}
    assert told["PDF"] == "7\xa0MB"
    assert told["Holdninger i matrixen"] == "33 rækker, 20 kommuner"
