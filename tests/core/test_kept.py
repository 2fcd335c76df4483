"""Pieces of a page that are formed once for the same values.

Source: docs/adr/0036.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from enum import StrEnum
from typing import Any

import pytest
from django.utils.safestring import mark_safe

from core.kept import NotPlainError, kept, told

CHIP = "components/chip.html"
NOON = datetime(2023, 11, 7, 12, tzinfo=UTC)


class One(StrEnum):
    """A choice."""

    A = "a"


class Other(StrEnum):
    """Another of the same name and value."""

    A = "a"


@dataclass(frozen=True)
class Frozen:
    """A value."""

    value: Any


@dataclass(frozen=True)
class Otherwise:
    """Another kind of value."""

    value: Any


@dataclass
class Loose:
    """What may change."""

    value: Any


def test_the_same_values_give_the_same_piece_and_others_another() -> None:
    first = kept(CHIP, text="Nyt tal", tone="changed")
    assert first is kept(CHIP, text="Nyt tal", tone="changed")
    assert "Nyt tal" in first
    assert "Nyt måltal" in kept(CHIP, text="Nyt måltal", tone="changed")
    assert kept(CHIP, text="Nyt tal", tone="good") != first


@pytest.mark.parametrize("turn", [False, True])
def test_text_that_was_not_written_safely_is_escaped_whoever_came_first(
    *, turn: bool
) -> None:
    words = [f"<b>{turn}</b>", mark_safe(f"<b>{turn}</b>")]  # noqa: S308 -- our own
    found = [kept(CHIP, text=each) for each in (words[::-1] if turn else words)]
    plain, safe = found[::-1] if turn else found
    assert f"&lt;b&gt;{turn}&lt;/b&gt;" in plain
    assert f"<b>{turn}</b>" in safe


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (1, True),
        (1, 1.0),
        (0, False),
        (None, ""),
        (0.0, -0.0),
        (Decimal("1.0"), Decimal("1.00")),
        (NOON, NOON.astimezone(timezone(timedelta(hours=1)))),
        (One.A, Other.A),
        (One.A, "a"),
        ((1,), (True,)),
        (("a",), "a"),
        (Frozen(1), Frozen(value=True)),
        (Frozen(1), Otherwise(1)),
        (Frozen((1, Frozen("a"))), Frozen((1, Frozen("b")))),
    ],
)
def test_what_may_be_written_otherwise_is_told_apart(one: Any, other: Any) -> None:
    assert told(one) != told(other)


@pytest.mark.parametrize("value", [[1], {"a": 1}, Loose(1), Frozen([1]), object()])
def test_what_may_change_is_no_plain_value(value: Any) -> None:
    with pytest.raises(NotPlainError):
        told(value)


def test_what_may_change_is_written_anew_each_time() -> None:
    text = ["før"]
    assert "før" in kept(CHIP, text=text)
    text[0] = "efter"
    assert "efter" in kept(CHIP, text=text)
