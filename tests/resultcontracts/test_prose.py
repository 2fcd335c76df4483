"""Numbers in a report's text: references to results, and those typed by hand."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.formats import number
from resultcontracts.contradictions.prose import (
    Known,
    Reference,
    parts,
    typed,
    unknown_references,
)

if TYPE_CHECKING:
    from decimal import Decimal

LABELS = frozenset({"3.1", "13.4a", "4.S"})
KNOWN = Known(
    frozenset(map(Fraction, ("77", "80", "1207", "137.55", "2.6", "4"))), LABELS
)
NUMBERS = st.decimals(
    min_value=0, max_value=99_999, places=2, allow_nan=False, allow_infinity=False
)
WORDS = st.sampled_from(
    ["Huset nåede", "mod", "pct. i drift", "ifølge mål 3", "den 26. januar", "i 2021",
     "og [[3.1]]", "RK22", "kl. 9.30", "målepunkt 13.4a", "se 3.1,", "2021-2023"]
)  # fmt: skip


def found(text: str, known: Known = KNOWN) -> list[str]:
    return [each.printed for each in typed(text, known)]


@pytest.mark.parametrize(
    ("text", "flagged"),
    [
        ("Steget 15 procentpoint til 77 pct.", ["15"]),
        ("1.207 forløb mod 1.300", ["1.300"]),
        ("137,55 er ikke 137,5", ["137,5"]),
        ("2,60 og 2,6 er det samme", []),
        ("mål 9, målene 3, 4 og 18, målepunkt 13.4a og 3.1 i 2021", []),
        ("26. januar, 1. maj 2021, 1-5-2021, 31.12.2021 og 3. kvartal", []),
        ("Fra 22. til 24. februar 2022 og 2021-2023", []),
        ("RK22 og CO2 er navne; 22 er ikke", ["22"]),
        ("3.100 virksomheder, ikke 3.1", ["3.100"]),
        ("[[3.1]] pct. og [[13.4a]]", []),
        ("77 pct.\nog 78.", ["78"]),
        ("Mål 3 og 15 pct. flere", ["15"]),
        ("", []),
    ],
)
def test_a_typed_number_that_nothing_bears_out_is_told(
    text: str, flagged: list[str]
) -> None:
    assert found(text) == flagged


def test_what_is_told_stands_among_its_words() -> None:
    [each] = typed("Kendskabet til de grønne ydelser er steget 15 procentpoint.", KNOWN)
    assert each.said == "…de grønne ydelser er steget 15 procentpoint."


def test_a_share_without_end_is_known_as_it_is_rounded() -> None:
    thirds = Known(frozenset({Fraction(200, 3)}), frozenset())
    assert found("66,7 og 66,67 og 67", thirds) == []
    assert found("66,6", thirds) == ["66,6"]


@given(st.lists(NUMBERS, min_size=1, max_size=5), st.lists(WORDS, max_size=5))
def test_known_numbers_are_never_told_and_one_more_always_is(
    values: list[Decimal], words: list[str]
) -> None:
    known = Known(frozenset(map(Fraction, values)), LABELS)
    text = " og ".join([*words, *(number(value, 2) for value in values)])
    assert found(text, known) == []
    more = max(values) + 1
    assert found(f"{text} og {number(more, 2)}", known) == [number(more, 2)]


@given(st.text(max_size=60), st.sampled_from(sorted(LABELS)), st.text(max_size=60))
def test_a_text_cut_at_its_references_is_the_text(
    before: str, label: str, after: str
) -> None:
    text = f"{before}[[{label}]]{after}"
    cut = list(parts(text))
    assert Reference(label) in cut
    together = "".join(
        f"[[{each.label}]]" if isinstance(each, Reference) else each for each in cut
    )
    assert together == text.replace("[[ ", "[[")


def test_a_reference_to_nothing_is_told() -> None:
    assert unknown_references("[[3.1]] og [[9.9]] og [[9.9]]", LABELS) == ("9.9",)
