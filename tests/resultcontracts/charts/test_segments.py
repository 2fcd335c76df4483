"""Segments: one scale, words where they stand, and the strings of the standing."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from documents.inlines import text
from documents.tree import Missing, Table, Value
from resultcontracts.charts.figure import NARROW, PAPER, WIDE
from resultcontracts.charts.lanes import STUB, Lane, Lanes, Mark
from resultcontracts.charts.scale import Scale, ends_around, scale_of
from resultcontracts.charts.scene import Box, Dot
from resultcontracts.charts.segments import Comparison, Segment, segments
from resultcontracts.standing.measures import MeasureStanding, standing_of
from resultcontracts.standing.numbers import Reading, UnitMismatchError
from resultcontracts.standing.sentence import said_of
from tests.resultcontracts.charts.scenes import of_ink, on_top, outside, texts
from tests.resultcontracts.contract import goals
from tests.resultcontracts.test_standing import TODAY

MEASURES = {each.label: each for _, measures in goals() for each in measures}
BARS = ("bar", "light", "paper")


def of(label: str) -> MeasureStanding:
    return standing_of(MEASURES[label], TODAY)


def rows_of(table: Table) -> list[list[str]]:
    return [
        [text(cell) for cell in row.cells]
        for group in table.groups
        for row in group.rows
    ]


SHARES = (
    Segment("drift", of("3.1"), (Comparison("øvrige huse", Reading.of(73, "pct."), is_derived=True),)),
    Segment("vækst", of("3.2")),
    Segment("alle", of("3.3"), (Comparison("sammenlignet", Reading.of(78, "pct.")),)),
)  # fmt: skip
SCORES = tuple(
    Segment(name, of(label))
    for name, label in (("drift", "3.4"), ("vækst", "3.5"), ("alle", "3.6"))
)


def test_shares_are_drawn_from_nothing_to_the_whole() -> None:
    figure = segments("g", "meget tilfredse", SHARES, source="Kilde: Brugerne.")
    assert figure.plot is not None
    scene = figure.plot.scene(WIDE)
    tracks = of_ink(scene, Box, "track")
    assert {(box.x, box.x + box.width) for box in tracks} == {(84, 800)}
    bars = of_ink(scene, Box, "bar", "light")
    assert [(bar.x, round(bar.width)) for bar in bars] == [
        (84, round(716 * share)) for share in (0.77, 0.82, 0.80)
    ]
    # What does not count is lighter; who is only compared with is a white diamond.
    assert [bar.fill for bar in bars] == ["bar", "bar", "light"]
    assert [dot.fill for dot in of_ink(scene, Dot, "paper")] == ["paper", "paper"]
    words = [each.words for each in texts(scene)]
    assert words.count("måltal 80") == 1
    assert {"øvrige huse 73", "sammenlignet 78", "100 pct."} <= set(words)
    for width in (WIDE, NARROW, PAPER):
        assert on_top(figure.plot.scene(width)) == []
        assert outside(figure.plot.scene(width)) == []


def test_table_and_sentence_are_the_standings_own_words() -> None:
    figure = segments("g", "meget tilfredse", SHARES, source="Kilde: Brugerne.")
    assert figure.heading == "Drift mangler 3 procentpoint, vækst er 2 over"
    assert rows_of(figure.table) == [
        ["drift", "77", "80", "−3", "73 (afledt)", f"Ikke nået: {said_of(of('3.1'))}."],
        ["vækst", "82", "80", "+2", "ikke oplyst", f"Nået: {said_of(of('3.2'))}."],
        ["alle", "80", "80", "0", "78", f"Tæller ikke med: {said_of(of('3.3'))}."],
    ]
    cell = figure.table.groups[0].rows[1].cells[4][0]
    assert isinstance(cell, Value)
    assert cell.missing is Missing.NOT_GIVEN
    assert said_of(of("3.1")) == "3 procentpoint under måltallet"
    for each in SHARES:
        assert said_of(each.standing) in figure.sentence
    assert figure.source == (
        "Kilde: Brugerne. Lys søjle tæller ikke med i status. Rude: til sammenligning."
    )


def test_a_score_is_drawn_from_zero_between_a_hundred_below_and_above() -> None:
    figure = segments("g", "NPS", SCORES)
    assert figure.heading == "NPS er over måltallet i begge segmenter"
    assert figure.plot is not None
    scene = figure.plot.scene(WIDE)
    middle = 84 + 716 / 2
    bars = of_ink(scene, Box, "bar", "light")
    assert [round(bar.width) for bar in bars] == [round(358 * x) for x in (0.76, 0.77, 0.76)]  # fmt: skip
    assert {bar.x for bar in bars} == {middle}
    assert [each.words for each in texts(scene)[-3:]] == ["−100", "0", "100 point"]
    below = replace(of("3.4"), measurement=replace(of("3.4").measurement,
                    reading=Reading.of(-40, "NPS-point")))  # type: ignore[type-var]  # fmt: skip
    plot = segments("g", "NPS", [Segment("drift", below)]).plot
    assert plot is not None
    (bar,) = of_ink(plot.scene(WIDE), Box, "bar")
    assert (round(bar.x + bar.width), round(bar.width)) == (middle, round(358 * 0.4))


def test_what_is_missing_is_a_word_and_a_measured_nothing_is_a_stub() -> None:
    rows = [Segment("vejledt", of("1.2")), Segment("nye kunder", of("11.1"))]
    figure = segments("g", "kendskab", rows)
    assert figure.plot is not None
    scene = figure.plot.scene(WIDE)
    assert len(of_ink(scene, Box, *BARS)) == 1
    assert "skal måles senere" in {each.words for each in texts(scene)}
    assert rows_of(figure.table)[0][1:4] == ["skal måles senere", "50", ""]
    # It counts growth plans too, so it is hollow and that is said.
    assert of_ink(scene, Box, "paper")[0].edge == "bar"
    assert "Hul søjle" in figure.source
    plot = segments("g", "forløb", [Segment("detail", of("17.1"))]).plot
    assert plot is not None
    assert [bar.width for bar in of_ink(plot.scene(WIDE), Box, "bar")] == [STUB]
    band = segments("g", "styregrupper", [Segment("alle", of("17.4"))])
    assert band.plot is not None
    assert [box.edge for box in of_ink(band.plot.scene(WIDE), Box, "")] == ["ink"]
    assert band.heading == "Alle når måltallet"


@pytest.mark.parametrize(
    ("labels", "heading"),
    [
        (("9.1", "9.2", "9.3", "9.4"), "9.2 mangler 3 forløb, 9.1 er 607 over, 9.3 er 25 over"),
        (("7.1",), "7.1 er på måltallet"),
        (("1.1", "5.2"), "1.1 mangler 1 procentpoint, 5.2 er ikke målt"),
        (("3.3",), "Tilfredse: ingen segmenter tæller med"),
        (("13.4a", "13.4b", "11.1", "8.1"), "Tilfredse: 3 af 4 segmenter når måltallet"),
        (("3.2", "13.4a", "7.1"), "Tilfredse når måltallet i alle tre segmenter"),
    ],
)  # fmt: skip
def test_the_heading_is_the_finding(labels: tuple[str, ...], heading: str) -> None:
    rows = [Segment(label, of(label)) for label in labels]
    assert segments("g", "tilfredse", rows).heading == heading


def test_what_has_no_scale_in_common_is_refused() -> None:
    with pytest.raises(UnitMismatchError):
        segments("g", "alt", [Segment("a", of("1.1")), Segment("b", of("9.1"))])
    with pytest.raises(ValueError, match="at least one"):
        segments("g", "alt", [])


def test_scales_end_where_they_are_easy_to_read() -> None:
    numbers = [Fraction(each) for each in (54, 37, 20)]
    assert scale_of(numbers, "").high == 70
    assert scale_of([Fraction(140)], "pct.").high == 200
    assert scale_of([Fraction(-5)], "pct.") == Scale(Fraction(-7), Fraction(7), "pct.")
    assert scale_of([Fraction(0)], "forløb").high == 1
    assert list(ends_around(map(Fraction, (70, 74, 76)))) == [60, 80, 10]
    assert list(ends_around([Fraction(80)])) == [70, 90, 10]
    assert ends_around([Fraction(0), Fraction(2)])[0] == 0


VALUES = st.fractions(min_value=-100, max_value=300, max_denominator=8)
MARKS = st.builds(
    Mark,
    VALUES,
    st.sampled_from(["", "måltal 137,55", "øvrige huse 73", "halvdelen af året"]),
    is_diamond=st.booleans(),
    side=st.sampled_from([-1, 0, 1]),
)
NAMES = st.sampled_from(["drift", "vækst- eller omstillingsplan", "1.929 gennemførte"])


@st.composite
def lanes(draw: st.DrawFn) -> Lane:
    ends = sorted(draw(st.lists(VALUES, max_size=2)))
    low, high = (ends[0], ends[-1]) if ends else (None, None)
    printed = "−12,25" if ends else "skal måles senere"
    marks = tuple(draw(st.lists(MARKS, max_size=3, unique_by=lambda each: each.words)))
    return Lane(draw(NAMES), printed, low, high, marks, draw(st.booleans()))


@settings(max_examples=40)
@given(
    st.lists(lanes(), min_size=1, max_size=4),
    st.sampled_from([WIDE, NARROW]),
    st.sampled_from(["", "pct.", "forløb pr. kommune ift. befolkningsandel af 1.300"]),
)
def test_no_words_lie_on_each_other_whatever_is_drawn(
    rows: list[Lane], width: int, unit: str
) -> None:
    ends = [each for row in rows for each in (row.low, row.high) if each is not None]
    ends += [mark.at for row in rows for mark in row.marks]
    scene = Lanes(tuple(rows), scale_of(ends, unit)).scene(width)
    assert on_top(scene) == []
    assert outside(scene) == []
    drawn = [row for row in rows if row.low is not None]
    assert len(of_ink(scene, Box, "track")) == len(drawn)
    for box in of_ink(scene, Box, *BARS):
        assert box.width >= STUB - 0.01
        assert box.x >= 0
        assert box.x + box.width <= width + 0.01


def test_a_drawing_is_shapes_words_and_names_of_inks() -> None:
    svg = segments("g", "meget tilfredse", SHARES).narrow.svg
    assert 'role="img"' in svg
    assert not re.search(r"\sstyle=|\sid=|href|url\(|<script", svg)
    # Each ink is named, so that a reader's own colours can take its place.
    inks = re.findall(r'<(?:path|text)[^>]*fill="#[^>]*>', svg)
    assert inks
    assert all('class="chart-' in each for each in inks)
    assert svg.count('class="chart-fill-light"') == 1
    assert svg.count('class="chart-fill-paper chart-line-ink"') == 2
