"""A key of criteria, and the published table of an old and a new key."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from core.formats import NBSP
from dimensioning.shares.exact import Rounding, SharesError, rounded
from dimensioning.shares.keys import Criterion, key_shares
from dimensioning.shares.printed import (
    PrintedRow,
    PrintedTable,
    columns_off,
    recomputed,
    roundings,
    rows_off,
    tried,
)
from dimensioning.shares.words import keys
from dimensioning.shares.words.terms import Terms
from tests.dimensioning.published import inhabitants, read

TOWNS = Terms({})
SOURCE = read("practice-key-hovedstaden.json")
SIX = ["Brøndby", "Ishøj", "Rødovre", "Vallensbæk", "Hørsholm", "Rudersdal"]


def published() -> PrintedTable:
    """Give KKR Hovedstaden's comparison as it is printed."""
    rows = [
        PrintedRow(
            row["name"], *(Decimal(figure) for figure in (*row["key"], *row["places"]))
        )
        for row in SOURCE["rows"]
    ]
    key, places = (
        [None if figure is None else Decimal(figure) for figure in SOURCE["printed_totals"][part]]
        for part in ("key", "places")
    )  # fmt: skip
    return PrintedTable(
        tuple(rows),
        {
            "key_before": key[0],
            "key_after": key[1],
            "key_change": key[2],
            "places_before": places[0],
            "places_after": places[1],
            "places_change": places[2],
        },
    )


def plain(text: str) -> str:
    return text.replace(NBSP, " ")


def test_six_rows_are_one_hundredth_off_and_rounding_explains_them() -> None:
    found = rows_off(published())

    assert [one.key for one in found] == SIX
    assert [(str(one.printed), str(one.given)) for one in found] == [
        ("-0.29", "-0.30"), ("-0.18", "-0.17"), ("-0.17", "-0.16"),
        ("-0.08", "-0.07"), ("0.45", "0.44"), ("0.52", "0.53"),
    ]  # fmt: skip
    assert {abs(one.off) for one in found} == {Decimal("0.01")}
    assert all(one.is_rounding for one in found)
    assert [keys.row_off(one) for one in found][:2] == ["de to giver −0,30", "de to giver −0,17"]  # fmt: skip
    assert keys.row_off(found[4]) == "de to giver +0,44"
    assert plain(keys.rows_off(found, TOWNS)) == (
        "6 rækker: forskellen i nøglen er 0,01 ved siden af de to trykte tal: "
        "Brøndby, Ishøj, Rødovre, Vallensbæk, Hørsholm og Rudersdal."
    )


def test_six_columns_do_not_add_up_to_what_is_printed_below() -> None:
    table = published()
    found = columns_off(table)

    assert [(one.column, str(one.given), one.printed, one.is_rounding) for one in found] == [
        ("key_before", "99.99", Decimal(100), True),
        ("key_after", "99.99", Decimal(100), True),
        ("key_change", "-0.02", None, True),
        ("places_before", "1056.9", Decimal("1057.0"), True),
        ("places_after", "1056.9", Decimal("1057.0"), True),
        ("places_change", "3", Decimal(0), True),
    ]  # fmt: skip
    assert [one.off for one in found][2:4] == [Fraction("-0.02"), Fraction("-0.1")]
    assert keys.columns_off(table, found) == (
        "Nøglens kolonner: andelene giver 99,99 og 99,99, trykt 100. Forskellene giver −0,02, ikke trykt.",
        "Pladsernes kolonner: rækkerne giver 1.056,9 og 1.056,9, trykt 1.057,0. Forskellene giver +3, trykt 0.",
    )  # fmt: skip
    assert keys.standing(rows_off(table), found) == (
        "Tallene står, som de er trykt. Intet er rettet. "
        "Alle afvigelser kan skyldes, at kilden har regnet på uafrundede tal."
    )
    assert keys.missing(table, SOURCE["missing"], "KKR Hovedstaden", TOWNS).replace(NBSP, " ") == (
        "Bornholm mangler: 28 af de 29 kommuner i KKR Hovedstaden er med. Kilden siger ikke hvorfor."
    )  # fmt: skip
    assert keys.missing(table, [], "KKR Hovedstaden", TOWNS) == ""


def test_the_places_give_both_keys_of_20_rows_and_the_rest_within_rounding() -> None:
    found = recomputed(published())

    counts = [sum(one.before_agrees for one in found), sum(one.after_agrees for one in found), sum(one.both_agree for one in found)]  # fmt: skip
    assert counts == [25, 23, 20]
    assert all(one.is_possible for one in found)
    first = [str(rounded(value, 4)) for value in (found[0].before, found[0].after)]
    assert first == ["37.2185", "35.2886"]
    sums = [sum((one.before for one in found), Fraction(0)), sum((one.after for one in found), Fraction(0))]  # fmt: skip
    assert [str(rounded(value, 4)) for value in sums] == ["99.9905", "99.9905"]
    assert plain(keys.foot(published(), TOWNS)) == (
        "Beregnet nøgle = trykte pladser / 1.057. Den fulde præcision findes ikke i kilden. "
        "20 af 28 kommuner giver begge trykte andele igen; de øvrige er 0,01 ved siden af. "
        "Pladsernes forskel er trykt i hele tal, halve rundet væk fra nul."
    )


def test_only_halves_away_from_zero_give_all_printed_differences() -> None:
    table = published()

    counts = roundings((row.places_gap, row.places_change) for row in table.rows)

    assert counts == {Rounding.HALF_AWAY: 28, Rounding.HALF_EVEN: 27, Rounding.TRUNCATED: 8}  # fmt: skip
    even = [row.key for row in table.rows if rounded(row.places_gap, 0, Rounding.HALF_EVEN) != row.places_change]  # fmt: skip
    assert even == ["Frederiksberg"]
    other = replace(table.rows[0], places_change=Decimal(-21))
    assert keys.rule_of_places(replace(table, rows=(other,))) == ""


def test_the_new_key_is_the_population_wherever_that_is_known() -> None:
    table = published()
    known = {row["name"]: row["population_2023"] for row in SOURCE["rows"] if "population_2023" in row}  # fmt: skip

    found = tried(table, known, SOURCE["derived"]["population_total_2023"])

    assert len(found) == 18
    assert all(one.key_agrees and one.places_agree for one in found)
    assert keys.tried_words(found, table, TOWNS) == f"Passer på alle 18{NBSP}kommuner, der er prøvet. 10 ikke prøvet."  # fmt: skip
    assert [str(rounded(one.places, 1)) for one in found if one.key in {"Dragør", "Gladsaxe"}] == ["8.3", "39.9"]  # fmt: skip
    # A total that is a little another fits fewer: the words say how many.
    fewer = keys.tried_words(tried(table, known, 1_900_000), table, TOWNS)
    assert plain(fewer).startswith("Passer på 0 af 18 kommuner, der er prøvet.")
    # Share by share, the printed key gives other places than were printed.
    dragoer = next(row for row in table.rows if row.key == "Dragør")
    assert str(rounded(Fraction(dragoer.key_after) * 1057 / 100, 1)) == "8.4"


def test_who_gains_and_who_loses() -> None:
    table = published()

    assert (len(table.gainers), len(table.losers)) == (17, 11)
    assert sum(row.places_change for row in table.gainers) == 58
    assert sum(row.places_change for row in table.losers) == -55
    assert table.moved == Fraction("54.8")
    assert (table.gainers[0].key, table.gainers[0].places_gap) == ("Gribskov", Fraction("7.8"))  # fmt: skip
    assert (table.losers[0].key, table.losers[0].places_gap) == ("København", Fraction("-20.4"))  # fmt: skip
    assert plain(keys.headline(table, TOWNS)) == "Den nye nøgle flytter 54,8 af 1.057 pladser: 17 kommuner får flere, 11 får færre."  # fmt: skip


def test_what_rounding_cannot_explain_is_said() -> None:
    table = published()
    first = replace(table.rows[0], key_change=Decimal("-1.95"), places_change=Decimal(-22))  # fmt: skip
    wrong = replace(table, rows=(first, *table.rows[1:]), totals={**table.totals, "key_before": Decimal(101), "places_after": None})  # fmt: skip

    rows, columns = rows_off(wrong), columns_off(wrong)

    assert [(one.column, one.is_rounding) for one in rows][:2] == [("key_change", False), ("places_change", False)]  # fmt: skip
    assert [one.is_rounding for one in columns if one.column == "key_before"] == [False]
    assert plain(keys.standing(rows, columns)).endswith("4 afvigelser kan afrunding ikke forklare.")  # fmt: skip
    assert plain(keys.rows_off(rows[:1] + rows[2:], TOWNS)).startswith("7 rækker: forskellen i nøglen er op til 0,02 ved")  # fmt: skip
    assert plain(keys.rows_off(rows[1:2], TOWNS)) == "1 række: forskellen i pladser er 2 ved siden af de to trykte tal: København."  # fmt: skip
    assert keys.rows_off([], TOWNS) == ""
    assert keys.standing([], []) == "Alle trykte tal stemmer."
    assert keys.columns_off(wrong, columns)[0].startswith("Nøglens kolonner: andelene giver 99,99 og 99,99, trykt 101 og 100.")  # fmt: skip
    assert wrong.expected("places_after") is None
    assert wrong.expected("places_change") == 0
    nothing = replace(table, totals={})
    assert columns_off(nothing) == ()
    assert recomputed(nothing) == ()
    assert tried(nothing, {"København": 1}, 2) == ()
    assert keys.foot(nothing, TOWNS) == ""


def test_a_key_of_criteria_keeps_full_precision() -> None:
    people = inhabitants()
    one = key_shares([Criterion("Indbyggere", 1, people)])
    two = key_shares(
        [
            Criterion("Indbyggere", 3, {"a": 1, "b": 2}),
            Criterion("Børn", Decimal("0.5"), {"a": 0, "b": 7}),
        ]
    )

    assert one["Greve"] == Fraction(50_818, 843_513)
    assert sum(one.values()) == 1
    assert two == {"a": Fraction(2, 7), "b": Fraction(5, 7)}


@pytest.mark.parametrize(
    ("criteria", "words"),
    [
        ([], "Nøglen har ingen kriterier med vægt."),
        ([Criterion("Børn", 0, {"a": 1})], "Nøglen har ingen kriterier med vægt."),
        ([Criterion("Børn", -1, {"a": 1})], "Børn: et tal kan ikke være negativt."),
        ([Criterion("Børn", 1, {"a": 1, "b": None})], "Børn: tallet for b mangler."),
        ([Criterion("Børn", 1, {"a": 1}), Criterion("Ældre", 1, {"a": 1, "b": 2})], "Børn: tallet for b mangler."),
        ([Criterion("Børn", 1, {"a": 0})], "Børn: alle tal er 0."),
        ([Criterion("Børn", 1, {"a": -1})], "Børn: et tal kan ikke være negativt."),
    ],
)  # fmt: skip
def test_a_key_that_cannot_be_reckoned_says_why(
    criteria: list[Criterion], words: str
) -> None:
    with pytest.raises(SharesError) as refused:
        key_shares(criteria)

    assert str(refused.value) == words
