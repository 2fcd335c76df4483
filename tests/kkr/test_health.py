"""What the load balancer is told."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.db import connection

from kkr import health

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.test import Client
    from pytest_django import DjangoAssertNumQueries, Settings

pytestmark = pytest.mark.django_db
CALLS = 50


@pytest.fixture(autouse=True)
def _nothing_said_yet() -> Iterator[None]:
    """Have this process forget what it answered."""
    health.answer.forget()
    yield
    health.answer.forget()


def files_made(settings: Settings) -> int:
    """How often the storage was written to: its folder's time tells."""
    folder = Path(settings.STORAGES["default"]["OPTIONS"]["location"]) / "00/00"
    return folder.stat().st_mtime_ns if folder.exists() else 0


def test_all_well_is_said_with_one_query_and_no_session(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        response = client.get("/healthz")

    found = response.json()
    assert found.pop("network_sandbox") in {"on", "off"}
    assert found == {"status": "ok", "database": "ok", "storage": "ok"}
    assert response.status_code == 200
    assert not response.cookies
    assert "no-store" in response["Cache-Control"]


def test_nothing_is_left_in_the_storage(client: Client, settings: Settings) -> None:
    client.get("/healthz")

    folder = Path(settings.STORAGES["default"]["OPTIONS"]["location"])
    assert [path for path in folder.rglob("0" * 32 + "*") if path.is_file()] == []


def test_a_storage_that_cannot_be_written_is_told_without_its_cause(
    client: Client, settings: Settings, tmp_path: Path
) -> None:
    (tmp_path / "files").write_text("a file where a folder should be")
    options = {"location": str(tmp_path / "files")}
    default = {**settings.STORAGES["default"], "OPTIONS": options}
    settings.STORAGES = {**settings.STORAGES, "default": default}

    response = client.get("/healthz")

    assert response.status_code == 503
    assert response.json()["storage"] == "failed"
    assert response.json()["database"] == "ok"
    assert str(tmp_path) not in response.content.decode()


@pytest.mark.django_db(transaction=True)
def test_a_database_that_is_gone_is_told(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    connection.close()
    with monkeypatch.context() as patched:
        patched.setitem(connection.settings_dict, "HOST", "/nowhere")
        response = client.get("/healthz")
    connection.close()

    assert response.status_code == 503
    assert response.json()["database"] == "failed"
    assert response.json()["storage"] == "ok"


def test_it_is_only_read(client: Client) -> None:
    assert client.post("/healthz").status_code == 405
    assert client.head("/healthz").status_code == 200


def test_many_questions_touch_database_and_storage_once(
    client: Client,
    settings: Settings,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    client.get("/healthz")
    before = files_made(settings)

    with django_assert_num_queries(0):
        found = {client.get("/healthz").status_code for _ in range(CALLS)}

    assert found == {200}
    assert files_made(settings) == before > 0


def test_an_old_answer_is_not_repeated(
    client: Client,
    monkeypatch: pytest.MonkeyPatch,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    monkeypatch.setitem(health.KEPT, health.OK, 0.0)
    client.get("/healthz")

    with django_assert_num_queries(1):
        client.get("/healthz")


def test_a_failure_is_forgotten_within_two_seconds() -> None:
    assert health.KEPT[health.FAILED] <= 2
    assert health.KEPT[health.OK] <= 10
