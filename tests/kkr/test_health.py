"""What the load balancer is told."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.db import connection

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import DjangoAssertNumQueries, Settings

pytestmark = pytest.mark.django_db


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
    monkeypatch.setitem(connection.settings_dict, "HOST", "/nowhere")

    response = client.get("/healthz")

    connection.close()
    assert response.status_code == 503
    assert response.json()["database"] == "failed"
    assert response.json()["storage"] == "ok"


def test_it_is_only_read(client: Client) -> None:
    assert client.post("/healthz").status_code == 405
    assert client.head("/healthz").status_code == 200
