"""Where the database is: from a URL, from a file, or the embedded one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kkr.database import app_role_name, chosen_role, database_settings
from kkr.env import SettingError

if TYPE_CHECKING:
    from pathlib import Path

URL = "postgresql://web:p%40ss@db.example:6543/portal?sslmode=verify-full"


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(f"{name}_FILE", raising=False)
    monkeypatch.delenv("KKR_DATABASE_POOL", raising=False)


def test_a_url_is_read_to_its_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", URL)

    found = database_settings("app")

    parts = [found[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT")]
    assert parts == ["portal", "web", "p@ss", "db.example", "6543"]
    assert found["OPTIONS"]["sslmode"] == "verify-full"
    assert app_role_name() == "web"


def test_a_sockets_folder_may_stand_in_the_hosts_place(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql:///portal?host=/run/Postgres")

    assert database_settings("app")["HOST"] == "/run/Postgres"


def test_the_owner_has_a_url_of_its_own_from_a_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "url").write_text("postgresql://boss:x@db.example/portal\n")
    monkeypatch.setenv("DATABASE_URL", URL)
    monkeypatch.setenv("DATABASE_OWNER_URL_FILE", str(tmp_path / "url"))

    assert database_settings("owner")["USER"] == "boss"
    assert database_settings("app")["USER"] == "web"


@pytest.mark.parametrize("url", ["mysql://a:secret@b/c", "postgresql://a:secret@b/"])
def test_a_url_that_cannot_be_used_is_refused_and_not_shown(
    monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    monkeypatch.setenv("DATABASE_URL", url)

    with pytest.raises(SettingError) as caught:
        database_settings("app")

    assert "secret" not in str(caught.value)


def test_only_the_web_has_a_pool(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", URL)
    alone = database_settings("app")
    monkeypatch.setenv("KKR_DATABASE_POOL", "1")

    pooled = database_settings("app")

    assert ("pool" in alone["OPTIONS"], "pool" in pooled["OPTIONS"]) == (False, True)
    assert (alone["CONN_MAX_AGE"], pooled["CONN_MAX_AGE"]) == (None, 0)


def test_a_role_that_does_not_exist_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KKR_DATABASE_ROLE", "postgres")

    with pytest.raises(SettingError, match="app or owner"):
        chosen_role()
