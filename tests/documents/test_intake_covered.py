"""Text under a box: found where it can still be read, and nowhere else (J5)."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pikepdf import Pdf

from documents.intake import Facts, Limits
from documents.intake.child import answer_for
from documents.intake.covered import PAGE_BYTES
from documents.intake.geometry import rectangle, shape_of
from tests.documents import boxes, pdf_makers


def facts_of(content: bytes) -> Facts:
    """What the child finds; it is called without the process around it."""
    answer = answer_for(io.BytesIO(content), io.BytesIO(), Limits())
    return Facts.from_json(answer["facts"])


@pytest.mark.parametrize("name", boxes.COVERED)
def test_covered_text_that_can_be_read_is_found(name: str) -> None:
    assert facts_of(boxes.COVERED[name]).covered_pages == (1,)


@pytest.mark.parametrize("name", boxes.CLEAN)
def test_text_that_is_seen_is_no_finding(name: str) -> None:
    facts = facts_of(boxes.CLEAN[name])

    assert facts.text == "all"
    assert (facts.covered_pages, facts.unexamined_pages) == ((), ())


@pytest.mark.parametrize("make", [pdf_makers.printed, pdf_makers.report])
def test_what_an_honest_printer_makes_is_no_finding(make: object) -> None:
    assert callable(make)

    assert facts_of(make()).covered_pages == ()


def test_the_page_is_named() -> None:
    pdf = Pdf.open(io.BytesIO(boxes.CLEAN["nothing drawn"]))
    other = Pdf.open(io.BytesIO(boxes.COVERED["black box"]))
    pdf.pages.extend([*other.pages, *other.pages])
    out = io.BytesIO()
    pdf.save(out)

    assert facts_of(out.getvalue()).covered_pages == (2, 3)


def test_a_page_too_heavy_to_be_examined_is_said_to_be_so() -> None:
    lines = b"0 0 m 1 1 l S " * (PAGE_BYTES // 14 + 1)
    content = boxes.page(boxes.NAME + lines)

    facts = facts_of(content)

    assert (facts.covered_pages, facts.unexamined_pages) == ((), (1,))


_SIDE = st.floats(-500, 500).filter(lambda value: abs(value) > 3)
_PLACE = st.floats(-1000, 1000)


@settings(max_examples=200)
@given(_PLACE, _PLACE, _SIDE, _SIDE, st.floats(0.01, 0.99), st.floats(0.01, 0.99))
def test_a_box_holds_what_lies_between_its_sides_whichever_way_it_was_drawn(
    x: float, y: float, wide: float, high: float, across: float, up: float
) -> None:
    corners = rectangle((1, 0, 0, 1, 0, 0), (x, y, x + wide, y + high))
    box, turned = shape_of([corners]), shape_of([corners, corners], even_odd=False)
    inside = (x + wide * across, y + high * up)

    assert box is not None
    assert box.holds(*inside)
    assert not box.holds(x + wide * (1 + across), y + high * up)
    assert turned is not None
    assert turned.holds(*inside)
