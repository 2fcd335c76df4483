"""Stable keys: a slug given once, when a row is created, and never changed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Container

_LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "é": "e", "ä": "ae", "ö": "oe", "ü": "y"})  # fmt: skip
_OTHER = re.compile(r"[^a-z0-9]+")
_LENGTH = 60


def new_key(text: str, taken: Container[str], *, fallback: str = "uden-titel") -> str:
    """Give a key made of ``text`` that is not in ``taken``.

    Args:
        text: any words, usually the row's title; may be empty.
        taken: keys that the row's siblings have, removed ones included.
        fallback: what a text without a letter is called.

    Returns:
        At most 66 characters of a-z, 0-9 and "-"; "-2", "-3" … tells equal ones apart.
    """
    words = _OTHER.sub("-", text.casefold().translate(_LETTERS)).strip("-")
    stem = _shortened(words) or fallback
    key, number = stem, 1
    while key in taken:
        number += 1
        key = f"{stem}-{number}"
    return key


def _shortened(words: str) -> str:
    """Cut at a hyphen, so that no word is left half."""
    if len(words) <= _LENGTH:
        return words
    cut = words[: _LENGTH + 1]
    return cut.rpartition("-")[0] or words[:_LENGTH]
