"""What one may not see changes nothing of the answer: the same as if it did not exist."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from core.search.finding import silent
from core.search.indexing import index
from core.search.suggestions import suggestion
from tests.core.search.makers import EDITORS, search

if TYPE_CHECKING:
    from tests.core.search.makers import Shelf

pytestmark = pytest.mark.django_db
QUESTIONS = (
    "praktik", "hemmelig", "hemmeligpraktik", "hemmeligpraktk", "praktik hemmelig",
    "”hemmelig praktik”", "tilskud", "kanarie", "kanarei",
)  # fmt: skip


def answers() -> list[Any]:
    """All that the public is told."""
    told: list[Any] = []
    for text in QUESTIONS:
        question, found = search(text)
        told += [question, question.compounds, found, suggestion(question, ("public",))]
    return [*told, silent(("public",))]


def test_drafts_leave_no_trace_in_what_the_public_is_told(shelf: Shelf) -> None:
    shelf.put("Om praktik", "Praktik og tilskud.", subject="forslag", is_sent=True)
    index()
    before = answers()
    for council in ("sjaelland", "hovedstaden", "midtjylland"):
        shelf.put(
            "Hemmelig praktik",
            "Hemmeligpraktik, tilskud, kanarie.",
            audience=EDITORS,
            council=council,
            subject="forslag",
            digest="anden",
            pages_without_text=3,
        )
    index()

    assert answers() == before


def test_the_editors_are_told(shelf: Shelf) -> None:
    shelf.put("Om praktik", subject="forslag", is_sent=True)
    shelf.put("Hemmelig praktik", audience=EDITORS, subject="forslag")
    index()

    hits = search("praktik", "public", EDITORS)[1].hits

    assert [(hit.title, [copy.link for copy in hit.copies]) for hit in hits] == [
        ("Hemmelig praktik", ["Om praktik"]),
        ("Om praktik", ["Hemmelig praktik"]),
    ]
