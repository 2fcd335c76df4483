"""Reads settings from the environment, each in one place and one way."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

TRUE: Final = frozenset({"1", "true", "yes", "on"})
FALSE: Final = frozenset({"0", "false", "no", "off", ""})


class SettingError(Exception):
    """A setting in the environment is missing or cannot be read."""


def env_secret(name: str, default: str | None = None) -> str:
    """Give a secret from ``NAME``, or from the file that ``NAME_FILE`` points at.

    Args:
        name: the variable's name, e.g. ``SECRET_KEY``.
        default: given when neither is set; None makes the secret required.

    Returns:
        The secret; from a file without surrounding white space.

    Raises:
        SettingError: both are set, the file cannot be read, or neither is set and
            there is no default.
    """
    value = os.environ.get(name)
    file = os.environ.get(f"{name}_FILE")
    if value is not None and file is not None:
        message = f"set {name} or {name}_FILE, not both"
        raise SettingError(message)
    if file is not None:
        try:
            return Path(file).read_text(encoding="utf-8").strip()
        except OSError as error:
            message = f"{name}_FILE: {file} cannot be read ({error.strerror})"
            raise SettingError(message) from error
    if value is not None:
        return value
    if default is None:
        message = f"{name} (or {name}_FILE) must be set"
        raise SettingError(message)
    return default


def env_required(name: str) -> str:
    """Give a setting that has no default and is no secret.

    Raises:
        SettingError: it is not set, or blank.
    """
    value = os.environ.get(name, "").strip()
    if not value:
        message = f"{name} must be set"
        raise SettingError(message)
    return value


def env_bool(name: str, *, default: bool = False) -> bool:
    """Give a switch: 1/true/yes/on or 0/false/no/off.

    Raises:
        SettingError: the value is neither.
    """
    value = os.environ.get(name)
    if value is None:
        return default
    if value.strip().lower() in TRUE:
        return True
    if value.strip().lower() in FALSE:
        return False
    message = f"{name} must be 1 or 0, not {value!r}"
    raise SettingError(message)


def env_int(name: str, default: int) -> int:
    """Give a whole number.

    Raises:
        SettingError: the value is no whole number.
    """
    value = os.environ.get(name, "").strip()
    if not value:
        return default
    try:
        return int(value)
    except ValueError as error:
        message = f"{name} must be a whole number, not {value!r}"
        raise SettingError(message) from error


def env_list(name: str, default: tuple[str, ...] = ()) -> list[str]:
    """Give a comma-separated list, without blanks."""
    value = os.environ.get(name)
    if value is None:
        return list(default)
    return [entry.strip() for entry in value.split(",") if entry.strip()]
