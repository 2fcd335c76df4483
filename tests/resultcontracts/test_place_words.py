"""Sentences of a municipality's page, against the figures of the source."""

from __future__ import annotations

import json
from fractions import Fraction
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings

from resultcontracts.choices import Qualifier
from resultcontracts.places import words
from resultcontracts.places.given import mention_of
from resultcontracts.queries.of_place import Agreement, Done, Result
from resultcontracts.standing.numbers import Reading
from resultcontracts.standing.yardsticks import Yardstick, yardsticks

DATA = settings.BASE_DIR / "fixtures" / "data"
PEOPLE = {
    row["name"]: row["population"]
    for row in json.loads((DATA / "municipalities.json").read_text())["municipalities"]
    if row["council"] == "sjaelland"
}
TOTALS = (
    ("aftalte forløb", 1300),
    ("gennemførte forløb", 1929),
    ("lange forløb, gennemført", 722),
)


def reading(
    low: str, word: Qualifier = Qualifier.NONE, high: str = "", unit: str = ""
) -> Reading:
    return Reading(Fraction(low), Fraction(high or low), unit, word)


JUST_50 = reading("50", Qualifier.BARELY, unit="virksomheder")


def solroed() -> tuple[Yardstick, ...]:
    return yardsticks(TOTALS, PEOPLE["Solrød"], sum(PEOPLE.values()))


def test_a_result_stands_beside_every_total_that_can_be_meant() -> None:
    rows = solroed()

    assert words.share_of(PEOPLE["Solrød"], sum(PEOPLE.values())) == "2,82"
    assert [row.text for row in rows] == ["36,7", "54,4", "20,4"]
    assert [words.says(JUST_50, row) for row in rows] == [
        "Ca. 36 pct. over.",
        "Ca. 8 pct. under.",
        "Mere end det dobbelte.",
    ]


@pytest.mark.parametrize(
    ("told", "part", "said"),
    [
        (None, 25, ""),
        (reading("25"), 25, "Netop sin del."),
        (reading("50"), 25, "Ca. 100 pct. over."),
        (reading("50", Qualifier.BARELY), 25, "Ca. 100 pct. over."),
        (reading("51"), 25, "Mere end det dobbelte."),
        (reading("20", high="30"), 25, "Over eller under: tallet er ikke nøjagtigt nok."),
        (reading("30", high="40"), 25, "Over."),
        (reading("10", high="12"), 25, "Under."),
        (reading("251"), 250, "Under 1 pct. over."),
        (reading("0"), 25, "Ca. 100 pct. under."),
    ],
)  # fmt: skip
def test_how_far_is_said_no_closer_than_is_known(
    told: Reading | None, part: int, said: str
) -> None:
    assert words.says(told, Yardstick("forløb", 1, Fraction(part))) == said


def test_what_is_told_and_why_nothing_follows() -> None:
    note = "Kaldt lidt over befolkningsandelen"
    told = Result(JUST_50, "2021", "Status", note)

    assert words.course_lead("10.1", "Solrød", "2,82", told) == (
        "Målepunkt 10.1. Solrød har 2,82 pct. af indbyggerne. Oplyst for 2021: "
        "knap 50 virksomheder."
    )
    assert words.course_lead("10.1", "Køge", "7,32", None).endswith("er ikke oplyst.")
    assert words.undecided("Solrød", told, solroed()) == (
        "knap 50 er virksomheder; det, der deles, er 1.300 aftalte forløb, 1.929 "
        "gennemførte forløb og 722 lange forløb, gennemført. Kilden siger: kaldt lidt "
        "over befolkningsandelen. Kontrakten siger ikke, hvilket tal der deles."
    )
    assert words.undecided("Køge", None, solroed()) == "antallet i Køge er ikke oplyst."
    bare = Result(reading("50"), "", "", "")
    assert words.undecided("Solrød", bare, solroed()[:1]) == (
        "det er ikke oplyst, hvad 50 tæller."
    )


def agreement(**more: Any) -> Agreement:
    given: dict[str, Any] = {
        "title": "Lokal erhvervsservice", "house": "Erhvervshus Sjælland",
        "period_name": "august 2021 til august 2023", "amount": Fraction(860_000),
        "part_of_year": Fraction(50), **more,
    }  # fmt: skip
    names = SimpleNamespace(**given)
    return Agreement(
        "a", names.title, names.house, names.period_name, None, names.amount, "",
        names.part_of_year, "", "", "", "", (),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("share", "gone", "said"),
    [
        ("33130679/500000", "50", "to tredjedele af årets budget brugt på et halvt år"),
        ("50", "50", "halvdelen af årets budget brugt på et halvt år"),
        ("67.3", "25", "67,3 pct. af årets budget brugt på et kvartal"),
        ("33.4", "60", "en tredjedel af årets budget brugt på 60 pct. af året"),
        ("104.2", None, "104,2 pct. af årets budget brugt"),
        ("0", "50", "0,0 pct. af årets budget brugt på et halvt år"),
        (None, "50", "forbruget er ikke oplyst"),
    ],
)
def test_the_heading_says_what_was_spent_in_how_long(
    share: str | None, gone: str | None, said: str
) -> None:
    spent = Fraction(share) if share else None
    own = agreement(part_of_year=Fraction(gone) if gone else None)

    assert words.spent_heading(own, spent) == f"Lokal erhvervsservice: {said}"


def test_an_agreement_is_between_two_for_a_time_and_an_amount() -> None:
    lead = (
        "Solrød Kommunes aftale med Erhvervshus Sjælland, august 2021 til august 2023"
    )

    assert words.agreement_lead("Solrød", agreement()) == f"{lead}, 860.000 kr. i alt"
    missing = words.agreement_lead("Solrød", agreement(amount=None))
    assert missing == f"{lead}, beløbet er ikke oplyst"


@pytest.mark.parametrize(
    ("name", "places", "is_named"),
    [
        ("Køge", ("Næstved, Køge",), True),
        ("Solrød", ("Næstved, Køge",), False),
        ("Lolland", ("Lolland-Falster",), True),
        ("Nykøbing", ("Nykøbings havn",), False),
    ],
)
def test_a_municipality_is_named_by_its_whole_name(
    name: str, places: tuple[str, ...], *, is_named: bool
) -> None:
    done = Done("k", 14, "14.3a", ("To events",), places)

    found = mention_of(done, name)

    assert (found.place, found.what) == ("Mål 14.3a", "To events")
    assert found.is_named == is_named


def test_cases_of_one_measure_are_counted() -> None:
    texts, places = ("Case: A", "Case: B"), ("Køge", "Ringsted")

    found = mention_of(Done("k", 13, "13.7", texts, places), "Køge")

    assert (found.what, found.names) == ("2\xa0cases", "Køge, Ringsted")
