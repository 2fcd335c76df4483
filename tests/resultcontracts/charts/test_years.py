"""Years: points, no line over a break and none of two, and words where there is room."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from django.template.loader import render_to_string
from hypothesis import given, settings
from hypothesis import strategies as st

from documents.charts import ChartError
from resultcontracts.charts.course import Held
from resultcontracts.charts.figure import NARROW, PAPER
from resultcontracts.charts.layout import FIGURE
from resultcontracts.charts.letters import Area, area_of
from resultcontracts.charts.scene import Box, Dot, Line, Scene
from resultcontracts.charts.timeline import Absent, Timeline, absent_of, held_of
from resultcontracts.charts.years import WIDTH, years
from resultcontracts.choices import Missing, Operator
from resultcontracts.standing.measures import Measurement
from resultcontracts.standing.numbers import Reading
from resultcontracts.standing.periods import Period
from resultcontracts.standing.series import Series, series_of
from resultcontracts.standing.targets import Target, TargetRevision
from tests.resultcontracts.charts.scenes import of_ink, on_top, outside, texts
from tests.resultcontracts.charts.test_segments import rows_of
from tests.resultcontracts.test_standing import APPROVED, TODAY


def result(year: int, value: Fraction | int | str, definition: int = 1,
           text: str = "", *, is_derived: bool = False) -> Measurement:  # fmt: skip
    reading = Reading.of(Fraction(value), "pct.")
    period = Period(str(year), date(year, 12, 31), is_year=True)
    return Measurement(reading, period, APPROVED, definition=definition,
                       definition_text=text, is_derived=is_derived)  # fmt: skip


def line_of(*rows: Measurement, **more: object) -> Timeline:
    return replace(Timeline("NPS for alle", series_of(rows, TODAY)), **more)  # type: ignore[arg-type]


def scene_of(line: Timeline, width: int = WIDTH) -> Scene:
    plot = years("g", line).plot
    assert plot is not None
    return plot.scene(width)


def held(value: int, **more: date) -> Held:
    return Held(Target.of(Operator.AT_LEAST, value, "pct."), **more)


def lines(scene: Scene) -> list[int]:
    return [len(each.points) for each in scene.shapes if isinstance(each, Line)]


def test_two_points_are_no_trend_and_the_derived_one_is_hollow() -> None:
    line = line_of(
        result(2020, 74, is_derived=True), result(2021, 76), held=(held(70),)
    )
    figure, scene = years("g", line), scene_of(line)
    assert figure.heading == "To punkter er ingen tendens"
    assert figure.note == "NPS for alle: 74 i 2020, 76 i 2021"
    assert figure.source == "Hul cirkel: tallet er afledt."
    dots = of_ink(scene, Dot, "paper", "bar")
    assert [dot.fill for dot in dots] == ["paper", "bar"]
    assert lines(scene) == []
    # 60, 70, 80 over 140 pixels: the newer one lies higher, both over the target.
    (target,) = of_ink(scene, Box, "ink")
    assert dots[1].y < dots[0].y < target.y
    assert round(dots[0].y - dots[1].y) == 14
    assert rows_of(figure.table) == [["2020", "74 (afledt)"], ["2021", "76"]]
    assert "2020: 74 (afledt); 2021: 76." in figure.sentence
    assert "Måltal 70." in figure.sentence
    assert {"74", "76", "måltal 70", "2020", "2021"} <= {t.words for t in texts(scene)}


def test_another_definition_is_a_grey_field_with_words_and_a_dashed_line() -> None:
    before = Absent("2020", date(2020, 12, 31), "ikke i kilden", 1, "også tilfredse")
    line = line_of(
        result(2021, 80, 2, "kun meget tilfredse"), absent=(before,), held=(held(80),)
    )
    figure, scene = years("g", line), scene_of(line)
    assert figure.heading == "Ét punkt er ingen tendens"
    assert figure.note == "NPS for alle kan ikke sammenlignes med 2020"
    field, dashes = of_ink(scene, Box, "field")[0], _dashes(scene)
    edge = field.x + field.width
    assert {round(dash.x + 0.75, 2) for dash in dashes} == {round(edge, 2)}
    (target,) = [box for box in of_ink(scene, Box, "ink") if box.width > 2]
    assert round(target.x - edge, 2) == 0
    said = " ".join(each.words for each in texts(scene))
    assert "Anden definition: også tilfredse. Ikke i kilden." in said
    assert rows_of(figure.table) == [
        ["2020", "ikke i kilden", "også tilfredse"],
        ["2021", "80", "kun meget tilfredse"],
    ]
    assert len(of_ink(scene, Dot, "bar", "paper")) == 1
    # Several such years have one field, and one line where the question was changed.
    more = replace(before, name="2019", end=date(2019, 12, 31))
    scene = scene_of(replace(line, absent=(before, more)))
    assert len({dash.x for dash in _dashes(scene)}) == 1
    assert len([box for box in of_ink(scene, Box, "field") if box.height > 100]) == 1
    assert {"2019", "2020", "2021"} <= {each.words for each in texts(scene)}


def _dashes(scene: Scene) -> list[Box]:
    return [box for box in of_ink(scene, Box, "ink") if box.width == 1.5]


def test_a_line_goes_through_three_or_more_of_one_question_only() -> None:
    old = [result(year, 50 + year % 7) for year in (2012, 2013, 2014)]
    new = [result(year, 70 + year % 7, 2) for year in (2015, 2016, 2017, 2018)]
    assert lines(scene_of(line_of(*old, *new))) == [3, 4]
    assert lines(scene_of(line_of(*old, *new[:2]))) == [3]
    assert lines(scene_of(line_of(*old[:2], *new[:2]))) == []
    # Nor over a time of which it is known that there is no figure.
    gap = Absent("2016", date(2016, 12, 31), "ikke målt", 2)
    rows = [row for row in new if row.period.name != "2016"]
    scene = scene_of(line_of(*rows, absent=(gap,)))
    assert lines(scene) == []
    assert _dashes(scene) == []
    assert years("g", line_of(*old, *new)).heading.endswith("kan sammenlignes")


def test_a_target_is_drawn_only_where_it_applies() -> None:
    rows = [result(year, 50) for year in range(2018, 2022)]
    revisions = (
        TargetRevision(Target.of(Operator.AT_LEAST, 55, "pct."), date(2020, 6, 1)),
        TargetRevision(Target.of(Operator.AT_LEAST, 45, "pct.")),
    )
    first, second = held_of(revisions)
    assert [int(each.target.low) for each in (first, second)] == [45, 55]
    assert first.until == second.since == date(2020, 6, 1)
    scene = scene_of(line_of(*rows, held=(first, second)))
    one, other = of_ink(scene, Box, "ink")
    assert one.x + one.width == other.x
    dots = of_ink(scene, Dot, "bar")
    assert dots[1].x < other.x < dots[2].x
    span = Held(Target(Operator.BETWEEN, Fraction(40), Fraction(60), "pct."))
    assert of_ink(scene_of(line_of(*rows, held=(span,))), Box, "")[0].height > 20


def test_a_time_without_a_figure_is_known_from_its_measurement() -> None:
    none = Measurement(
        None,
        Period("2022", date(2022, 12, 31)),
        APPROVED,
        Missing.NOT_TOLD,
        definition=2,
    )
    draft = replace(none, period=Period("2023", date(2023, 1, 1)), approved_on=None)
    (found,) = absent_of([result(2021, 1), none, draft], TODAY)
    assert (found.name, found.words, found.definition) == ("2022", "ikke oplyst", 2)


def test_a_measured_nothing_is_a_point_and_nothing_measured_is_no_drawing() -> None:
    scene = scene_of(line_of(result(2021, 0)))
    assert len(of_ink(scene, Dot, "bar")) == 1
    empty = years("g", Timeline("NPS", Series(())))
    assert empty.heading == "Ingen resultater"
    with pytest.raises(ChartError):
        _ = empty.wide
    page = render_to_string("resultcontracts/charts/figure.html", {"figure": empty})
    assert "svg" not in page
    assert "Ingen resultater" in page


def test_a_page_has_title_finding_and_both_widths_or_one() -> None:
    figure = years("g", line_of(result(2020, 74), result(2021, 76)))
    page = render_to_string("resultcontracts/charts/figure.html", {"figure": figure})
    assert page.count("<svg") == 1
    assert f"<title>{figure.sentence}</title>" in page
    assert "<h2>To punkter er ingen tendens</h2>" in page
    assert " style=" not in page
    assert 'width="440"' in figure.paper.svg


POINTS = st.lists(
    st.tuples(st.integers(2010, 2023), st.integers(-50, 4000), st.booleans()),
    max_size=12,
    unique_by=lambda row: row[0],
)


@settings(max_examples=40)
@given(POINTS, st.sampled_from([WIDTH, PAPER, NARROW]), st.integers(2010, 2024))
def test_no_words_lie_on_each_other_whatever_was_measured(
    rows: list[tuple[int, int, bool]], width: int, changed: int
) -> None:
    measured = [
        result(year, value, 1 + (year >= changed), "gengangere talte med")
        for year, value, is_there in rows
        if is_there
    ]
    absent = tuple(
        Absent(str(year), date(year, 12, 31), "ikke målt", 1 + (year >= changed))
        for year, _, is_there in sorted(rows)
        if not is_there
    )
    line = line_of(*measured, absent=absent, held=(held(1000), held(1300)))
    figure = years("g", line)
    if figure.plot is None:
        assert not rows
        return
    scene = figure.plot.scene(width)
    assert on_top(scene) == []
    assert outside(scene) == []
    assert len(of_ink(scene, Dot, "bar")) == len(measured)
    # No figure is struck through by the line of a target.
    struck = [
        Area(box.x, box.y, box.x + box.width, box.y + box.height)
        for box in of_ink(scene, Box, "ink")
        if box.width > box.height
    ]
    for text in texts(scene):
        own = area_of(text.words, text.x, text.y, FIGURE)
        assert not (text.is_bold and any(each.meets(own) for each in struck)), text
    for each in scene.shapes:
        if isinstance(each, Line):
            assert len(each.points) >= 3
