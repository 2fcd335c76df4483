"""Possible CPR numbers: 60 of 60 planted are found or gone, and none is kept (J4).

Where one stands and how it is spelled are looked for by different code: each run has every
place and every spelling, and the drill every pair of them.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.intake import Accepted, advice_on, cpr, take_in
from tests.documents import numbers as n
from tests.documents.test_intake_private import unfolded

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

DATA = Path(__file__).parents[2] / "fixtures" / "data"


def pairs(places: Iterable[str], spellings: Sequence[str]) -> list[Any]:
    """Every place with every spelling; in each run one pair of a place, in turn."""
    return [
        pytest.param(
            place,
            spelling,
            marks=() if turn else pytest.mark.drill,
            id=f"{place}-{spelling}",
        )
        for at, place in enumerate(places)
        for spelling in spellings
        for turn in [spellings[at % len(spellings)] == spelling]
    ]


def taken(folder: Path, content: bytes) -> Accepted:
    source = folder / "source.pdf"
    source.write_bytes(content)
    verdict = take_in(source, cleaned=folder / "clean.pdf")
    assert isinstance(verdict, Accepted)
    return verdict


@pytest.mark.parametrize(("place", "spelling"), pairs(n.FOUND, n.SPELLINGS))
def test_a_planted_number_is_found_and_nowhere_in_what_is_said(
    tmp_path: Path, place: str, spelling: str
) -> None:
    verdict = taken(tmp_path, n.FOUND[place](spelling))

    facts = verdict.facts.to_json()
    pages = (*verdict.facts.cpr_pages, *verdict.facts.cpr_elsewhere)
    assert set(pages) <= {0, 1}
    assert pages
    (advice,) = [each for each in advice_on(facts) if each.key == "cpr"]
    assert (advice.tone, advice.may_override) == ("bad", True)
    said = json.dumps([facts, verdict.notes, advice.wrong, advice.portal])
    assert "1234" not in said


@pytest.mark.parametrize(("place", "spelling"), pairs(n.GONE, n.SPELLINGS[:3]))
def test_a_number_in_a_hidden_place_is_gone(
    tmp_path: Path, place: str, spelling: str
) -> None:
    content = n.GONE[place](spelling)
    assert spelling.encode() in unfolded(content, tmp_path) + content

    verdict = taken(tmp_path, content)

    copy = (tmp_path / "clean.pdf").read_bytes()
    assert spelling.encode() not in unfolded(copy, tmp_path) + copy
    assert (verdict.facts.cpr_pages, verdict.facts.cpr_elsewhere) == ((), ())
    assert verdict.notes


@pytest.mark.parametrize(
    "text",
    [
        "tlf. 0102031234", "Telefon: 0102031234", "Sag 2311221300", "EAN 5790001234567",
        "CVR 1234567890", "320203-1234", "010003-1234", "310423-1234", "290223-1234",
        "12345678901", "22.11.2310", "Mødet 22.11.23 1300", "0102031234 kr.",
        "01 02 03 12 34", "010203-12345", "1.010203-1234,5", "2.2-1.3.2023-2024",
        "Journalnr.: 0102031234", "side 3-1234",
    ],
)  # fmt: skip
def test_other_numbers_are_left_alone(text: str) -> None:
    assert cpr.count(text) == 0


@pytest.mark.parametrize(
    "text",
    [
        "010203-\n1234", "(010203-1234)", "cpr:0102031234.", "01.02.03-1234",
        "010203\u00ad-1234", "010203\u20111234", "0 1 0 2 0 3 - 1 2 3 4", "290204-1234",
        "sag 010203-1234", "010203\u00a01234",
    ],
)  # fmt: skip
def test_a_number_is_found_however_it_is_written(text: str) -> None:
    assert cpr.count(text) == 1


@given(st.dates(), st.integers(0, 9999), st.sampled_from(["", "-", " ", "–", " - "]))
def test_every_date_with_four_digits_is_found(
    born: date, last: int, between: str
) -> None:
    number = f"{born:%d%m}{born.year % 100:02}{between}{last:04}"

    assert [number] == [f"Nr {number} x"[a:b] for a, b in cpr.find(f"Nr {number} x")]


@given(st.text("0123456789 -./,\n", max_size=60))
def test_what_is_found_has_a_date_and_ten_digits(text: str) -> None:
    for start, end in cpr.find(text):
        digits = "".join(filter(str.isdigit, text[start:end]))
        assert len(digits) == 10
        assert cpr.is_date(digits[:2], digits[2:4], digits[4:6])


def test_the_projects_own_records_raise_no_alarm() -> None:
    files = [*DATA.rglob("*.json")]

    assert files
    assert sum(cpr.count(path.read_text()) for path in files) == 0
