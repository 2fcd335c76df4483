"""The three-way merge: who changed what, and what follows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.merge import FieldMerge, Origin, three_way

VALUES = st.sampled_from(["", "a", "b", "c"])


@pytest.mark.parametrize(
    ("base", "theirs", "mine", "origin", "value"),
    [
        ("a", "a", "a", Origin.NOBODY, "a"),
        ("a", "b", "a", Origin.THEIRS, "b"),
        ("a", "a", "b", Origin.MINE, "b"),
        ("a", "b", "b", Origin.BOTH_ALIKE, "b"),
        ("a", "b", "c", Origin.CONFLICT, "c"),
    ],
)
def test_a_field_is_merged_by_who_changed_it(
    base: str, theirs: str, mine: str, origin: Origin, value: str
) -> None:
    merge = FieldMerge(base, theirs, mine)

    assert (merge.origin, merge.value) == (origin, value)
    assert merge.is_conflict == (origin is Origin.CONFLICT)


@given(VALUES, VALUES, VALUES)
def test_nobodys_change_is_overwritten_unknowing(
    base: str, theirs: str, mine: str
) -> None:
    merge = FieldMerge(base, theirs, mine)

    if theirs not in {base, merge.value}:
        assert merge.is_conflict
    if mine not in {base, merge.value}:
        assert merge.is_conflict


def test_the_senders_fields_decide_what_is_merged() -> None:
    row = {"title": "a", "case": "b"}

    assert list(three_way(row, row, {"case": "c"})) == ["case"]
