"""The bench of shares: what it reckons can be reckoned, and its table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench import shares

if TYPE_CHECKING:
    import pytest


def test_each_is_told_as_a_multiple_of_an_empty_view(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(shares, "ROUNDS", 1)
    monkeypatch.setattr(shares, "WARMING", 0)

    names = [one.name for one in shares.reckon({str(at): at + 1 for at in range(20)})]

    assert names[:2] == ["20 scenarios of 20 municipalities", "a matrix of 6 × 3"]
    table = shares.table([shares.Reckoned(names[1], 12.0)], 4.0)
    assert table.splitlines()[2] == "| a matrix of 6 × 3 | 12.0 ms | 3.0 × | ≤ 6 × |"
