"""One number beside every total it can be held against, and posts beside the year."""

from __future__ import annotations

from fractions import Fraction

import pytest

from resultcontracts.charts.budget import Gone, Post, budget
from resultcontracts.charts.figure import NARROW, WIDE, Figure
from resultcontracts.charts.minimum import minimum
from resultcontracts.charts.scene import Box, Scene
from resultcontracts.choices import Qualifier
from resultcontracts.standing.numbers import Reading
from resultcontracts.standing.yardsticks import yardsticks
from tests.resultcontracts.charts.scenes import of_ink, on_top, outside, texts
from tests.resultcontracts.charts.test_segments import rows_of
from tests.resultcontracts.test_series import population

TOTALS = (
    ("aftalte forløb", 1300),
    ("gennemførte forløb", 1929),
    ("lange forløb", 722),
)
BARELY_50 = Reading.of(50, "virksomheder", Qualifier.BARELY)


def scenes(figure: Figure) -> tuple[Scene, Scene]:
    assert figure.plot is not None
    wide, narrow = figure.plot.scene(WIDE), figure.plot.scene(NARROW)
    for scene in (wide, narrow):
        assert on_top(scene) == []
        assert outside(scene) == []
    return wide, narrow


def test_solroed_is_over_one_part_and_under_the_other() -> None:
    rows = yardsticks(TOTALS, *population())
    figure = minimum("m", "Solrød", BARELY_50, rows, source="Kilde: status.")
    assert figure.heading == "Om Solrød fik sin del, kommer an på, hvad man deler"
    wide, narrow = scenes(figure)
    words = {each.words for each in texts(wide)}
    assert {"mindst 36,7", "mindst 54,4", "mindst 20,4", "knap 50", "70"} <= words
    for scene in (wide, narrow):
        bars, ticks = of_ink(scene, Box, "bar"), of_ink(scene, Box, "ink")
        assert len({bar.width for bar in bars}) == 1
        ends = [bar.x + bar.width for bar in bars]
        sides = [end > tick.x for end, tick in zip(ends, ticks, strict=True)]
        assert sides == [True, False, True]
    assert rows_of(figure.table) == [
        ["Aftalte forløb", "1.300", "36,7", "knap 50", "over"],
        ["Gennemførte forløb", "1.929", "54,4", "knap 50", "under"],
        ["Lange forløb", "722", "20,4", "knap 50", "over"],
    ]
    assert "1.929 gennemførte forløb: mindst 54,4, knap 50 er under." in figure.sentence


@pytest.mark.parametrize(
    ("value", "totals", "heading"),
    [
        (60, TOTALS, "Solrød fik mere end sin del efter indbyggertallet, uanset hvad man deler"),
        (2, TOTALS[:1], "Solrød fik mindre end sin del efter indbyggertallet"),
    ],
)  # fmt: skip
def test_the_heading_says_what_all_totals_say(
    value: int, totals: tuple[tuple[str, int], ...], heading: str
) -> None:
    rows = yardsticks(totals, *population())
    assert minimum("m", "Solrød", Reading.of(value, "v"), rows).heading == heading


def test_what_is_not_told_has_its_part_and_no_bar() -> None:
    figure = minimum("m", "Greve", None, yardsticks(TOTALS, *population()))
    assert figure.heading == "Greve: antallet er ikke oplyst"
    for scene in scenes(figure):
        assert of_ink(scene, Box, "bar", "light", "paper", "track") == []
        assert len(of_ink(scene, Box, "ink")) == 3
    assert {row[3] for row in rows_of(figure.table)} == {"ikke oplyst"}
    with pytest.raises(ValueError, match="at least one"):
        minimum("m", "Greve", None, ())


def test_a_budget_has_a_row_a_post_and_a_line_for_the_year() -> None:
    posts = [
        Post("Løn (timer)", Fraction(500), Fraction(294)),
        Post("Evaluering", Fraction(100), None),
        Post("Gaver", Fraction(0), Fraction(3)),
        Post("Ubrugt", Fraction(10), Fraction(0)),
        Post("I alt", Fraction(860), Fraction(57018, 100)),
    ]
    figure = budget("b", posts, Gone(Fraction(50)), source="Kilde: status.")
    assert (
        figure.heading == "66,3 pct. af årets budget er brugt efter halvdelen af året"
    )
    wide, _ = scenes(figure)
    assert len(of_ink(wide, Box, "bar")) == 3
    assert len(of_ink(wide, Box, "ink")) == 5
    words = [each.words for each in texts(wide)]
    assert words.count("halvdelen af året") == 1
    assert {"58,8", "ikke oplyst", "intet budget", "0,0", "100 pct."} <= set(words)
    assert rows_of(figure.table)[1:3] == [
        ["Evaluering", "100", "ikke oplyst", "ikke oplyst"],
        ["Gaver", "0", "3", "intet budget"],
    ]
    over = budget("b", [Post("I alt", Fraction(10), Fraction(13))], Gone(Fraction(50)))
    assert "200 pct." in {each.words for each in texts(scenes(over)[0])}
    with pytest.raises(ValueError, match="at least one"):
        budget("b", [], Gone(Fraction(50)))
