"""The arithmetic in words, as it stands on page and paper."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from core.formats import NBSP
from dimensioning.shares.adjustments import Adjustment, adjusted
from dimensioning.shares.apportion import apportion, decided
from dimensioning.shares.compare import compared
from dimensioning.shares.receivers import Receiver, bounded, receivers
from dimensioning.shares.sensitivity import (
    Neighbour,
    kept_down_to,
    neighbours,
    paradoxes,
)
from dimensioning.shares.table import Choice, Result, Tie
from dimensioning.shares.words import tables
from dimensioning.shares.words.steps import Beside, bound_words, lead, steps
from dimensioning.shares.words.terms import (
    PERCENT,
    Terms,
    as_typed,
    decimals_for,
    in_words,
    largest,
    owner,
    signed,
)
from tests.dimensioning.published import (
    DAY,
    SCHOOL,
    SOCIAL,
    printed_new_key,
    seventeen,
    specialisations,
)

TOWNS = Terms({})
KINDS = Terms({}, "specialisering", "specialiseringer", PERCENT, "studieplads", "studiepladser")  # fmt: skip
FIRST = date(2023, 2, 1)


def plain(text: str) -> str:
    """Give a text with ordinary spaces."""
    return text.replace(NBSP, " ")


def result_of(those: tuple[Receiver, ...], total: int) -> Result:
    outcome = apportion(those, total)
    assert isinstance(outcome, Result)
    return outcome


def tie_of(those: tuple[Receiver, ...], total: int) -> Tie:
    outcome = apportion(those, total)
    assert isinstance(outcome, Tie)
    return outcome


def scenario_b() -> Result:
    """Give 747 places on 17 municipalities, at least 25 and at most 70."""
    return result_of(bounded(seventeen(), low=25, high=70), 747)


def test_hvorfor_fik_vi_41() -> None:
    beside = Beside("scenarie A, uden grænser", 40)
    told = steps(scenario_b(), "Vordingborg", TOWNS, beside=beside)

    assert [
        (step.number, step.name, plain(step.text), step.figure) for step in told
    ] == [
        (1, "Kvote", "Vordingborg har 45.352 af 843.513 indbyggere, 5,38 pct. Den andel af 747 pladser er 40,163.", "40,163"),
        (2, "Grænser", "Ingen får under 25 eller over 70. Solrød og Stevns løftes til 25; Roskilde, Næstved og Slagelse stopper ved 70. De fem har i alt 260 pladser. Vordingborg rammer ingen grænse.", "ikke ramt"),
        (3, "Kvote efter grænser", "487 pladser er tilbage til 12 kommuner med 543.307 indbyggere. 45.352 × 487 / 543.307 = 40,652.", "40,652"),
        (4, "Hele pladser", "Alle får først det hele antal i deres kvote.", "40"),
        (5, "Rest", "40,652 − 40 = 0,652.", "0,652"),
        (6, "Rang", "De hele antal giver 481 af 487. De sidste 6 pladser går til de 6 største rester. Vordingborgs er nr. 4 af 12.", "+1"),
        (7, "Regulering", "Ingen har rettet tallet i hånden.", "ingen"),
        (8, "Resultat", "40 + 1 = 41 pladser. I scenarie A, uden grænser, er tallet 40.", "41"),
    ]  # fmt: skip
    assert [step.has_effect for step in told] == [True, False, True, True, True, True, False, True]  # fmt: skip
    assert plain(lead(scenario_b(), "Vordingborg", TOWNS)) == (
        "Vordingborg fik 41, fordi kvoten er 40,652, og resten er den fjerdestørste. "
        "De seks største rester gav en plads mere."
    )


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("Odsherred", "Odsherred fik 29, fordi kvoten er 29,473, og resten er den syvendestørste. Kun de seks største rester gav en plads mere."),
        ("Solrød", "Solrød fik 25, fordi grænsen er mindst 25. Uden grænser er kvoten 21,072."),
        ("Roskilde", "Roskilde fik 70, fordi grænsen er højst 70. Uden grænser er kvoten 79,213."),
    ],
)  # fmt: skip
def test_the_sentence_names_what_decided(key: str, words: str) -> None:
    assert plain(lead(scenario_b(), key, TOWNS)) == words


def test_a_row_at_a_bound_and_a_run_without_bounds_say_so() -> None:
    lifted = steps(scenario_b(), "Stevns", TOWNS)
    free = steps(result_of(seventeen(), 747), "Greve", TOWNS)
    kinds = steps(result_of(specialisations(), 747), SOCIAL, KINDS)
    exact = steps(result_of(receivers({"a": 1, "b": 1}), 4), "a", TOWNS)

    assert [(step.figure, step.has_effect) for step in lifted] == [
        ("20,787", True), ("løftet til 25", True), ("25", True), ("25", True),
        ("ingen", False), ("ingen", False), ("ingen", False), ("25", True),
    ]  # fmt: skip
    assert bound_words(scenario_b()["Næstved"]) == "stopper ved 70"
    assert bound_words(scenario_b()["Greve"]) == ""
    assert plain(lifted[2].text) == "Stevns skal have mindst 25 pladser."
    assert plain(free[0].text) == "Greve har 50.818 af 843.513 indbyggere, 6,02 pct. Den andel af 747 pladser er 45,004."  # fmt: skip
    assert (free[1].text, free[1].figure) == ("Der er ingen grænser.", "ingen")
    assert free[2].text == "Ingen rammer en grænse, så kvoten er den samme."
    assert (plain(free[7].text), free[5].figure) == ("45 pladser.", "0")
    assert plain(kinds[0].text) == f"{SOCIAL} skal have 37 pct. Den andel af 747 studiepladser er 276,390."  # fmt: skip
    assert plain(kinds[5].text) == f"De hele antal giver 746 af 747. Den sidste studieplads går til den største rest. {SOCIAL}s er nr. 1 af 3."  # fmt: skip
    assert [step.figure for step in exact] == ["2,000", "ingen", "2,000", "2", "ingen", "ingen", "ingen", "2"]  # fmt: skip
    assert lead(result_of(receivers({"a": 1, "b": 1}), 4), "a", TOWNS) == "a fik 2, fordi kvoten er 2 uden rest."  # fmt: skip


def test_a_printed_key_and_different_bounds_have_their_own_words() -> None:
    keyed = Terms({}, weight=PERCENT)
    key = result_of(receivers(printed_new_key()), 1057)
    own = result_of((Receiver("a", Fraction(1), 4), *receivers({"b": 5, "c": 4})), 10)
    low = result_of(bounded(seventeen(), low=21), 747)
    high = result_of(bounded(seventeen(), high=79), 747)

    assert plain(steps(key, "København", keyed)[0].text) == "København har 35,29 af 99,99 pct. Den andel af 1.057 pladser er 373,053."  # fmt: skip
    assert tables.quota_of(key.table, "kommunens nøgle", "nøglernes sum") == "Kvoten er 1.057 gange kommunens nøgle divideret med nøglernes sum, 99,99."  # fmt: skip
    assert plain(tables.method(key, keyed, least=4)) == (
        "Nedrundet giver kvoterne 1.041 pladser. De sidste 16 går til de 16 største rester: fra Furesø (0,9963) til Ballerup (0,5419). "
        "Glostrup (0,5310) er den første, der ikke får en ekstra plads. Ingen rester er lige store."
    )  # fmt: skip
    assert plain(tables.method(result_of(specialisations(), 747), KINDS, least=2)) == "Nedrundet giver kvoterne 746 studiepladser. Den sidste studieplads går til den største rest, 0,39."  # fmt: skip
    some = result_of(receivers({"a": 18, "b": 18, "c": 28, "d": 36}), 10)
    assert tables.method(some, TOWNS).endswith(
        "Ingen rester ved grænsen er lige store."
    )
    assert tables.method(result_of(receivers({"a": 1}), 4), TOWNS).endswith(
        "Ingen har en rest."
    )
    assert (
        tables.line(result_of(receivers({"a": 1}), 4), TOWNS)
        == "Der er ingen rester at fordele."
    )
    assert steps(own, "b", TOWNS)[1].text == "Grænserne er ikke ens for alle kommuner. a løftes til 4. b rammer ingen grænse."  # fmt: skip
    assert steps(low, "Greve", TOWNS)[1].text.startswith("Ingen får under 21. Stevns løftes til 21.")  # fmt: skip
    assert steps(high, "Greve", TOWNS)[1].text.startswith("Ingen får over 79. Roskilde stopper ved 79.")  # fmt: skip


def test_the_line_the_sums_and_what_another_total_gives() -> None:
    result = scenario_b()
    near = neighbours(result)

    assert tables.line(result, TOWNS) == "Sidste plads går til Ringsted (0,499). Odsherred er først uden (0,473). Ingen står lige."  # fmt: skip
    assert plain(tables.foot(result)) == "481 hele pladser + 260 ved grænserne + 6 ekstra = 747."  # fmt: skip
    assert plain(tables.bounds_words(result.table, TOWNS)) == "5 kommuner rammer en grænse, 487 pladser deles af de andre 12."  # fmt: skip
    down = kept_down_to(result, "Vordingborg")
    assert plain(tables.kept(result, "Vordingborg", down, TOWNS)) == "Vordingborg beholder 41, så længe der er mindst 745 pladser i alt."  # fmt: skip
    assert tables.one_more(near.more, TOWNS) == "Én plads mere ville gå til Odsherred."
    assert tables.one_fewer(near.fewer, TOWNS) == "Én færre ville tage fra Ringsted."
    comparison = compared(result_of(seventeen(), 747).places, result.places)
    assert plain(tables.moved(comparison, TOWNS, subject="Grænserne")) == "Grænserne flytter 14 pladser: 3 kommuner afgiver, 8 får, 6 mærker intet"  # fmt: skip
    same = compared({"a": 1, "b": None}, {"a": 1, "b": 2})
    assert tables.moved(same, TOWNS, subject="Nøglen") == "Nøglen flytter ingen pladser"
    other = compared({"a": 1, "b": None, "c": 2}, {"a": 2, "b": 2, "c": 1})
    assert plain(tables.moved(other, TOWNS, subject="Nøglen")) == "Nøglen flytter 1 plads: 1 kommune afgiver, 1 får, 0 mærker intet, 1 kendes ikke"  # fmt: skip


@pytest.mark.parametrize(
    ("near", "more", "fewer"),
    [
        (Neighbour(5, (("a", 1), ("b", 2)), (("c", 2),)), "Én plads mere ville give flere til a og b (2) og færre til c (2).", "Én færre ville tage fra c (2) og give flere til a og b (2)."),
        (Neighbour(5, tied=("a", "b")), "Med én plads mere ville a og b stå lige.", "Med én færre ville a og b stå lige."),
        (Neighbour(5, impossible="Nej."), "Én plads mere kan ikke gives. Nej.", "Én færre kan ikke deles. Nej."),
    ],
)  # fmt: skip
def test_another_total_that_is_not_simple(
    near: Neighbour, more: str, fewer: str
) -> None:
    assert tables.one_more(near, TOWNS) == more
    assert tables.one_fewer(near, TOWNS) == fewer
    assert tables.one_fewer(None, TOWNS) == ""


def test_a_tie_in_words_before_and_after_somebody_decided() -> None:
    tie = tie_of(specialisations(), 750)
    order = (DAY, SCHOOL, SOCIAL)

    assert tables.tie_title(tie, KINDS) == "én studieplads, to lige rester"
    assert plain(tables.tie_question(tie, Terms({}))) == "Hvem får plads nr. 750?"
    given = [tables.answer_words(tie, answer, KINDS, order) for answer in tie.answers()]
    assert given == ["Giver 293, 180 og 277", "Giver 292, 180 og 278"]
    assert (
        lead(tie, DAY, KINDS, own=True) == f"292 eller 293: I står lige med {SOCIAL}."
    )
    assert lead(tie, DAY, KINDS) == f"292 eller 293: {DAY} står lige med {SOCIAL}."
    assert lead(tie, SCHOOL, KINDS) == f"{SCHOOL} fik 180, fordi kvoten er 180 uden rest."  # fmt: skip
    tied = steps(tie, DAY, KINDS)
    assert (tied[5].figure, tied[7].figure) == ("står lige", "292 eller 293")
    choice = Choice(tie.among, (DAY,), "Flest søger dertil.", "Formandskabet", FIRST)
    assert plain(tables.line(decided(tie, choice), KINDS)) == (
        f"Sidste plads går til {DAY} (0,500). {SOCIAL} er først uden (0,500). De stod lige. "
        f"Formandskabet besluttede 1. februar 2023: {DAY}. Flest søger dertil."
    )  # fmt: skip
    five = tie_of(receivers(dict.fromkeys("abcde", 1)), 12)
    assert (tables.tie_title(five, TOWNS), plain(tables.tie_question(five, TOWNS))) == (
        "to pladser, fem lige rester", "Hvem får de sidste 2 pladser?",
    )  # fmt: skip
    first = next(five.answers())
    assert tables.answer_words(five, first, TOWNS, "abcde") == "Giver a 3, b 3, c 2, d 2 og e 2"  # fmt: skip


def test_changes_by_hand_stand_with_both_who_are_changed() -> None:
    one = Adjustment(
        "Greve", 1, 46, "Ny børnehave.", "Sekretariatet", FIRST, "Faxe", 33
    )
    moved = adjusted(scenario_b(), [one])
    alone = adjusted(scenario_b(), [replace(one, counterpart=None, change=-2)])

    own, other = (steps(moved, key, TOWNS)[6:] for key in ("Greve", "Faxe"))
    assert (plain(own[0].text), own[0].figure) == ("+1: Ny børnehave. Sekretariatet, 1. februar 2023. Modposten står hos Faxe.", "+1")  # fmt: skip
    assert (plain(other[0].text), other[0].figure) == ("−1: Ny børnehave. Sekretariatet, 1. februar 2023. Modposten står hos Greve.", "−1")  # fmt: skip
    assert plain(own[1].text) == "45 + 1 + 1 = 47 pladser."
    assert plain(other[1].text) == "33 − 1 = 32 pladser."
    assert lead(moved, "Faxe", TOWNS).endswith("Tallet er rettet i hånden fra 33 til 32.")  # fmt: skip
    assert plain(tables.foot(moved)).endswith("6 ekstra + 0 rettet i hånden = 747.")
    assert plain(tables.foot(alone)).endswith("6 ekstra − 2 rettet i hånden = 745. Det er 2 færre end de 747, der skal deles.")  # fmt: skip


def test_the_alabama_paradox_is_explained() -> None:
    [found] = paradoxes(receivers({"a": 6, "b": 6, "c": 2}), [10])

    assert plain(tables.paradox(found, TOWNS)) == (
        "Med 11 pladser i stedet for 10 får c 1 og ikke 2, selv om kvoten vokser fra 1,429 til 1,571: "
        "a og b vokser mere, så resten går fra nr. 1 til nr. 3. Det kan ske med største rest og kaldes Alabama-paradokset."
    )  # fmt: skip


def test_decimals_are_as_many_as_tell_what_decided() -> None:
    near = result_of(receivers({"a": 10_000_001, "b": 10_000_000, "c": 1_000_000}), 5)
    almost = result_of(receivers({"a": 39_999, "b": 1}), 4)

    assert decimals_for(scenario_b().table) == 3
    assert decimals_for(almost.table) == 4
    assert steps(almost, "a", TOWNS)[4].figure == "0,9999"
    assert tables.line(near, TOWNS) == "Sidste plads går til a (0,380953). b er først uden (0,380952). Ingen står lige."  # fmt: skip


def test_small_words() -> None:
    assert [in_words(count) for count in (1, 12, 13)] == ["én", "tolv", "13"]
    assert [plain(largest(rank)) for rank in (1, 2, 12, 13)] == ["den største", "den næststørste", "den tolvtestørste", "nr. 13 i størrelse"]  # fmt: skip
    assert [owner(name) for name in ("Greve", "Halsnæs")] == ["Greves", "Halsnæs’"]
    assert [signed(value) for value in (4, 0, -9, Decimal("0.5"))] == ["+4", "0", "−9", "+0,5"]  # fmt: skip
    assert [as_typed(Fraction(text)) for text in ("45352", "35.29", "1/3")] == ["45.352", "35,29", "0,3333"]  # fmt: skip
