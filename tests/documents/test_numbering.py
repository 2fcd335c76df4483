"""Page numbers never move and are never given twice."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.numbering import (
    Numbering,
    all_spans,
    next_letter,
    number_pages,
    order,
    put_between,
    spans,
    total,
)

KEYS = "abcdefgh"
RUNS = st.lists(
    st.lists(
        st.tuples(st.sampled_from(KEYS), st.integers(0, 5)),
        unique_by=lambda part: part[0],
        max_size=len(KEYS),
    ),
    min_size=1,
    max_size=6,
)


def every_run(runs: list[list[tuple[str, int]]]) -> list[Numbering]:
    made: list[Numbering] = []
    for parts in runs:
        made.append(number_pages(parts, made[-1].given if made else None))
    return made


def test_the_first_run_counts_from_one() -> None:
    numbering = number_pages([("contents", 1), ("a", 2), ("empty", 0), ("b", 1)])

    assert numbering.labels == ("1", "2", "3", "4")
    assert numbering.of["empty"] == ()
    assert numbering.gone == ()


def test_a_late_part_is_called_by_the_page_before_it() -> None:
    first = number_pages([("a", 3), ("b", 2)])
    second = number_pages([("a", 3), ("late", 4), ("b", 2)], first.given)

    assert second.of["late"] == ("3a", "3b", "3c", "3d")
    assert second.of["b"] == ("4", "5")


def test_a_part_that_grows_takes_letters_behind_its_own_last_page() -> None:
    first = number_pages([("a", 2), ("b", 1)])
    second = number_pages([("a", 3), ("late", 1), ("b", 1)], first.given)

    assert second.labels == ("1", "2", "2a", "2b", "3")


def test_a_part_that_shrinks_leaves_its_numbers_behind() -> None:
    first = number_pages([("a", 4), ("b", 1)])
    second = number_pages([("a", 2), ("b", 1)], first.given)

    assert second.labels == ("1", "2", "5")
    assert second.gone == ("3", "4")


def test_a_withdrawn_part_that_comes_back_has_its_old_numbers() -> None:
    first = number_pages([("a", 1), ("b", 2), ("c", 1)])
    second = number_pages([("a", 1), ("c", 1)], first.given)
    third = number_pages([("a", 1), ("b", 2), ("c", 1)], second.given)

    assert second.gone == ("2", "3")
    assert third.labels == first.labels


def test_a_page_before_the_first_is_called_by_nought() -> None:
    first = number_pages([("b", 1)])

    assert number_pages([("a", 1), ("b", 1)], first.given).labels == ("0a", "1")


def test_a_part_may_not_come_twice() -> None:
    with pytest.raises(ValueError, match="twice"):
        number_pages([("a", 1), ("a", 1)])


@given(RUNS)
def test_no_number_ever_means_two_pages(runs: list[list[tuple[str, int]]]) -> None:
    owner: dict[str, tuple[str, int]] = {}
    for numbering in every_run(runs):
        assert len(set(numbering.labels)) == len(numbering.labels)
        for key, numbers in numbering.of.items():
            for at, number in enumerate(numbers):
                assert owner.setdefault(number, (key, at)) == (key, at)


@given(RUNS)
def test_a_page_keeps_its_number_in_every_later_run(
    runs: list[list[tuple[str, int]]],
) -> None:
    made = every_run(runs)
    for parts, one in zip(runs, made, strict=True):
        assert [len(one.of[key]) for key, _ in parts] == [n for _, n in parts]
    for one, other in itertools.pairwise(made):
        for key in set(one.of) & set(other.of):
            both = min(len(one.of[key]), len(other.of[key]))
            assert one.of[key][:both] == other.of[key][:both]


@given(RUNS)
def test_what_is_in_a_run_and_what_is_gone_is_all_that_was_given(
    runs: list[list[tuple[str, int]]],
) -> None:
    for numbering in every_run(runs):
        ever = {n for numbers in numbering.given.values() for n in numbers}
        assert set(numbering.labels) | set(numbering.gone) == ever
        assert not set(numbering.labels) & set(numbering.gone)


def test_letters_run_from_a_to_z_and_on() -> None:
    seen, letters = [], ""
    for _ in range(26 + 26 * 26 + 1):
        letters = next_letter(letters)
        seen.append(letters)

    assert seen[:2] == ["a", "b"]
    assert seen[25:28] == ["z", "aa", "ab"]
    assert seen[51:53] == ["az", "ba"]
    assert seen[-2:] == ["zz", "aaa"]
    assert [f"41{each}" for each in seen] == sorted(
        (f"41{each}" for each in reversed(seen)), key=order
    )


@pytest.mark.parametrize("word", ["", "a", "41A", "41-a", "4 1", "41å"])
def test_what_is_no_page_number_is_refused(word: str) -> None:
    with pytest.raises(ValueError, match="no page number"):
        order(word)


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        ((), ""),
        (("41",), "41"),
        (("41", "42", "43"), "41–43"),
        (("41", "41a", "41b", "42"), "41–42"),
        (("41", "41b"), "41, 41b"),
        (("71z", "71aa"), "71z–71aa"),
        (("3", "5"), "3, 5"),
        (("0a", "1"), "0a–1"),
        (("9b", "9a"), "9b, 9a"),
    ],
)
def test_numbers_are_said_as_runs(numbers: tuple[str, ...], said: str) -> None:
    assert spans(numbers) == said


@pytest.mark.parametrize(
    ("numbers", "hidden"),
    [
        (("4", "5", "5a", "6"), ("5a",)),
        (("4", "5", "5a"), ()),
        (("70", "71", "71m", "71n"), ()),
        (("9a", "9b"), ()),
        (("3", "7", "7a", "8", "8b"), ("7a",)),
    ],
)
def test_what_was_put_between_is_what_a_run_does_not_show(
    numbers: tuple[str, ...], hidden: tuple[str, ...]
) -> None:
    assert put_between(numbers) == hidden


def test_late_pages_within_a_span_are_named() -> None:
    assert all_spans(("4", "5", "5a", "6")) == "4–6 med 5a"
    assert all_spans(("4", "5", "5a")) == "4–5a"


def test_late_pages_do_not_change_how_many_there_are() -> None:
    assert total(("1", "1a", "2")) == "2"
    assert total(("1", "1a", "1b")) == "1"


def test_a_second_volume_has_a_lead_of_its_own() -> None:
    first = number_pages([("a", 2), ("b", 1)], lead="L")
    again = number_pages([("a", 3), ("b", 1), ("c", 1)], first.given, "L")

    assert first.labels == ("L1", "L2", "L3")
    assert again.labels == ("L1", "L2", "L2a", "L3", "L3a")
    assert all_spans(again.labels) == "L1–L3a med L2a"
    assert total(again.labels) == "3"
