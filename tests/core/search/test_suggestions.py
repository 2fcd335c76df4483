"""The likest word instead of one that stands nowhere, and what it must not tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from core.search.indexing import index
from core.search.suggestions import suggestion
from tests.core.search.makers import EDITORS, search

if TYPE_CHECKING:
    from tests.core.search.makers import Shelf

pytestmark = pytest.mark.django_db


def better(text: str, *audiences: str) -> str:
    """What is suggested instead."""
    who = audiences or ("public",)
    return suggestion(search(text, *who)[0], who)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Den Vestske Filmpulje", "Den Vestdanske Filmpulje"),
        ("filmpuje", "filmpulje"),
        ("fimlpulje", "filmpulje"),
        ("vestdanke", "vestdanske"),
        ("xyzzy", ""),
        ("filmpulje", ""),
    ],
)
def test_the_likest_word_is_suggested_as_it_was_typed(
    shelf: Shelf, typed: str, expected: str
) -> None:
    shelf.put("Den Vestdanske Filmpulje", "En fond for film.")
    index()

    assert better(typed) == expected


def test_words_of_drafts_are_suggested_to_nobody_else(shelf: Shelf) -> None:
    shelf.put("Lukkethemmelighed", audience=EDITORS)
    index()

    assert better("lukethemmelighed") == ""
    assert better("lukethemmelighed", "public", EDITORS) == "lukkethemmelighed"
