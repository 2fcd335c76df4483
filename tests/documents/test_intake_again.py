"""A cleaned copy taken in again: nothing is left to clean, and the facts are the same."""

from __future__ import annotations

import io
from functools import partial
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pikepdf import Encryption

from documents.intake import Limits
from documents.intake.child import answer_for
from tests.documents import boxes, pdf_makers
from tests.documents import flawed as f
from tests.documents import hostile as h
from tests.documents import telling as t
from tests.documents.test_intake_conformance import FLAWS, HARMLESS
from tests.documents.test_intake_hostile import CLEANED

if TYPE_CHECKING:
    from collections.abc import Callable

    from pikepdf import Pdf

CORPUS: dict[str, Callable[[], bytes]] = {
    **{f"hostile: {name}": make for name, _, make in CLEANED},
    **{
        f"telling: {name}": partial(t.changed, change)
        for name, (_, change) in t.TELLING.items()
    },
    **{
        f"flawed: {name}": partial(f.flawed, flaw)
        for name, flaw in (FLAWS | HARMLESS).items()
    },
    **{
        f"box: {name}": partial(bytes, content)
        for name, content in (boxes.COVERED | boxes.CLEAN).items()
    },
    "revised": t.revised,
    "photograph": t.photograph,
    "printed": pdf_makers.printed,
    "report": pdf_makers.report,
    "scan": pdf_makers.scan,
}


def cleaned(content: bytes) -> tuple[bytes, dict[str, object]]:
    """The clean copy of a file, and the facts of it as JSON."""
    out = io.BytesIO()
    answer = answer_for(io.BytesIO(content), out, Limits())
    assert "refused" not in answer, answer
    return out.getvalue(), answer["facts"]


@pytest.mark.parametrize("name", CORPUS)
def test_cleaning_again_changes_nothing(name: str) -> None:
    once, facts = cleaned(CORPUS[name]())

    twice, facts_again = cleaned(once)

    assert facts_again["removed"] == ()
    assert facts_again == facts | {"removed": ()}
    assert twice == once


@settings(max_examples=30)
@given(st.lists(st.sampled_from([*t.TELLING.values()]), max_size=5))
def test_any_mixture_is_clean_after_one_pass(
    changes: list[tuple[str, Callable[[Pdf], object]]],
) -> None:
    def all_of_them(pdf: Pdf) -> None:
        for _, change in changes:
            change(pdf)

    once, _ = cleaned(t.changed(all_of_them))
    twice, facts = cleaned(once)

    assert facts["removed"] == ()
    assert twice == once


def test_a_protected_file_is_open_after_one_pass() -> None:
    content = h.written(h.plain(), Encryption(owner="x", R=6))

    once, facts = cleaned(content)

    assert facts["removed"] == ("protection",)
    assert cleaned(once)[1] == facts | {"removed": ()}
