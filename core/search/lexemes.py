"""Stems of words, as PostgreSQL's Danish stemmer gives them: one query for many words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection

from core.search.words import key

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


def stems(bases: Iterable[str]) -> Mapping[str, str]:
    """Give base → stem as a key; "" for a word that is too common to be searched."""
    asked = sorted(set(bases))
    if not asked:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT word, (ts_lexize('danish_stem', word))[1]"
            " FROM unnest(%s::text[]) AS word",
            [asked],
        )
        return {word: key(stem or "") for word, stem in cursor.fetchall()}
