"""What the matrix draws without a template each: the same fields, and nothing unescaped."""

from __future__ import annotations

from django.template import Context, Template

from accounts.models import Municipality
from proposals.queries.matrix import CellShown, MatrixRow
from proposals.queries.record_lines import RecordLine
from proposals.stances import Tally


def test_fields_and_names_are_escaped_and_marked() -> None:
    places = [Municipality(pk=n, code=n, name=f"<b>{n}</b>") for n in (1, 2)]
    cells = tuple(
        CellShown(place, stance, f"/f/{place.pk}/", f"{place.name}, forslag 7")
        for place, stance in zip(places, ("supports", ""), strict=True)
    )
    record = RecordLine(1, "x", 7, "Titel", "", "")
    row = MatrixRow(record, "/f/", cells, Tally(1, 0, 0, 1), ())

    drawn = Template(
        "{% load matrix %}{% matrix_cells row own_pk changed %}"
        '{% spans names "ingen" %}|{% spans nobody "ingen" %}'
    ).render(
        Context(
            {
                "row": row,
                "own_pk": 2,
                "changed": "/f/1/",
                "names": [place.name for place in places],
                "nobody": [],
            }
        )
    )

    first, second, said = drawn.split("</td>")
    assert "<b>" not in drawn
    assert "data-focus" in first
    assert "matrix__cell--own" not in first
    assert 'aria-label="&lt;b&gt;1&lt;/b&gt;, forslag 7: støtter"' in first
    assert 'hx-target="#svar-7"' in second
    assert "data-focus" not in second
    assert "matrix__cell--own" in second
    names = "<span>&lt;b&gt;1&lt;/b&gt;</span>, <span>&lt;b&gt;2&lt;/b&gt;</span>"
    assert said == f"{names}|ingen"
