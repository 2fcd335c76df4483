"""Settings from the environment."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kkr.env import SettingError, env_bool, env_int, env_list, env_secret

if TYPE_CHECKING:
    from pathlib import Path


def test_a_secret_comes_from_its_variable_or_its_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "key").write_text("from the file\n")
    monkeypatch.setenv("A_KEY", "from the variable")
    monkeypatch.setenv("B_KEY_FILE", str(tmp_path / "key"))

    found = [env_secret("A_KEY"), env_secret("B_KEY"), env_secret("C_KEY", "none")]

    assert found == ["from the variable", "from the file", "none"]


@pytest.mark.parametrize(
    ("variables", "words"),
    [
        ({}, "must be set"),
        ({"A_KEY": "x", "A_KEY_FILE": "y"}, "not both"),
        ({"A_KEY_FILE": "/does/not/exist"}, "cannot be read"),
    ],
)
def test_a_secret_that_is_not_clear_stops_the_start(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], words: str
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)

    with pytest.raises(SettingError, match=words):
        env_secret("A_KEY")


def test_a_switch_is_on_or_off_and_nothing_else(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found = []
    for value in ("1", "True", "0", ""):
        monkeypatch.setenv("SWITCH", value)
        found.append(env_bool("SWITCH"))

    assert found == [True, True, False, False]
    monkeypatch.setenv("SWITCH", "ja")
    with pytest.raises(SettingError, match="1 or 0"):
        env_bool("SWITCH")


def test_numbers_and_lists_are_read_as_such(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "25")
    monkeypatch.setenv("HOSTS", "a.example, b.example,")

    assert env_int("PORT", 1) == 25
    assert env_list("HOSTS") == ["a.example", "b.example"]
    monkeypatch.setenv("PORT", "smtp")
    with pytest.raises(SettingError, match="whole number"):
        env_int("PORT", 1)
