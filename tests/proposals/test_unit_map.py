"""The map of units: its finding, its sentence, and boxes that stay inside frames."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from proposals import unit_map
from proposals.unit_map import Edge

EDGES = (
    Edge(2, 1, "kan placeres sammen med service, beskrevet i forslag 1", builds=True),
    Edge(3, 1, "samme enhed som forslag 1", builds=True),
    Edge(3, 2, "samme enhed som forslag 2", builds=True),
    Edge(1, 2, "VEU-opgaven er uddybet i forslag 2", builds=False),
)


def test_the_heading_names_what_most_units_build_on() -> None:
    assert unit_map.finding(EDGES) == "Enhed 2 og 3 bygger på enhed 1"
    assert unit_map.finding(()) == "Ingen enhed bygger på en anden"


def test_the_sentence_says_who_could_be_one_and_who_stands_alone() -> None:
    assert unit_map.sentence(range(1, 7), EDGES) == (
        "Enhed 1, 2 og 3 kan ligge i samme tværkommunale enhed, én for hvert "
        "arbejdsmarked. Kilden nævner ingen afhængighed for 4, 5 og 6."
    )


def test_labels_leave_out_what_names_the_other_unit() -> None:
    assert [(edge.words, edge.label) for edge in EDGES] == [
        ("2 bygger på 1", "kan placeres sammen"),
        ("3 bygger på 1", "samme enhed"),
        ("3 bygger på 2", "samme enhed"),
        ("1 henviser til 2", "VEU-opgaven er uddybet"),
    ]


@given(st.integers(0, 5), st.integers(0, 6), st.data())
def test_every_box_is_drawn_once_and_inside_the_drawing(
    groups: int, others: int, data: st.DataObject
) -> None:
    first = [(n, f"Enhed med et langt navn {n}") for n in range(1, groups + 1)]
    rest = [(n, f"Enhed {n}") for n in range(groups + 1, groups + others + 1)]
    numbers = [n for n, _ in first]
    pairs = [(a, b) for a in numbers for b in numbers if a > b]
    chosen = data.draw(st.lists(st.sampled_from(pairs), unique=True)) if pairs else []
    edges = [Edge(a, b, "samme enhed", builds=True) for a, b in chosen]

    for drawing in unit_map.drawings(first, rest, edges, everyone_title="Alle"):
        drawn = sorted(box.number for box in drawing.boxes)
        assert drawn == [n for n, _ in (*first, *rest)]
        assert len(drawing.arrows) == len(edges)
        for box in drawing.boxes:
            assert 0 <= box.x <= drawing.width - box.width
            assert 0 <= box.y <= drawing.height - box.height
