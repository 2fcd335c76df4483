"""The index is made to say what the records say: as often as one likes.

Jobs come after one another (an advisory lock), and each reads the records when it is its
turn: the last one has seen every change. What has not changed is not written.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import astuple, dataclass, replace
from itertools import batched
from typing import TYPE_CHECKING, Final

from django.db import connection, transaction
from django.db.models import Q

from core.search.entries import kinds
from core.search.lexemes import stems
from core.search.models import SearchEntry, SearchPassage, SearchWord
from core.search.vectors import HEADING, TEXT, TITLE, vector
from core.search.words import base, is_listed, tidy, tokens, word_grams

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from core.search.entries import Entry, Kind, Passage
    from core.search.vectors import Weight

LOCK: Final = 0x50E6
"""Number of the advisory lock under which the index is written."""

# Raise it when an entry is written in another way: all are then written anew.
_FORM: Final = 1
_BATCH: Final = 200

_ADD_WORDS: Final = """
INSERT INTO core_searchword (audience, word, stem, grams, entries)
SELECT audience, word, stem, string_to_array(grams, ' '), entries
FROM unnest(%s::text[], %s::text[], %s::text[], %s::text[], %s::int[])
     AS new (audience, word, stem, grams, entries)
ON CONFLICT (audience, word)
DO UPDATE SET entries = core_searchword.entries + EXCLUDED.entries
"""
_DROP_WORDS: Final = """
DELETE FROM core_searchword
WHERE audience = ANY(%s) AND word = ANY(%s) AND entries <= 0
"""

type Words = Counter[tuple[str, str]]
"""(audience, word) → in how many entries more, or fewer."""


@dataclass(frozen=True, slots=True)
class Indexed:
    """What one run did: entries written, and entries taken out."""

    written: int = 0
    removed: int = 0

    def __add__(self, other: Indexed) -> Indexed:
        return Indexed(self.written + other.written, self.removed + other.removed)


def index(scope: str | None = None, *, is_anew: bool = False) -> Indexed:
    """Bring the index up to date with one scope, or with everything.

    Entries that are no longer provided are taken out, and so are those of kinds that
    nobody provides any more.

    Args:
        is_anew: forget all that is there before.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        if is_anew:
            SearchEntry.objects.all().delete()
            SearchWord.objects.all().delete()
        done = sum((_index(kind, scope) for kind in kinds().values()), Indexed())
        if scope is None:
            others = SearchEntry.objects.exclude(kind__in=kinds())
            done += Indexed(0, _take_out(others.values_list("pk", flat=True)))
        return done


def _index(kind: Kind, scope: str | None) -> Indexed:
    rows = SearchEntry.objects.filter(kind=kind.key)
    if scope is not None:
        rows = rows.filter(scope=scope)
    known = {
        row[0]: (row[1], row[2]) for row in rows.values_list("key", "fingerprint", "pk")
    }
    written, seen = 0, set()
    for batch in batched(kind.provide(scope), _BATCH, strict=False):
        fresh = []
        for entry in map(_tidied, batch):
            if entry.key in seen:
                msg = f"two entries of {kind.key} are called {entry.key}"
                raise ValueError(msg)
            seen.add(entry.key)
            mark = _fingerprint(entry)
            if known.get(entry.key, ("", 0))[0] != mark:
                fresh.append((entry, mark))
        _take_out(known[entry.key][1] for entry, _ in fresh if entry.key in known)
        _put_in(kind, fresh)
        written += len(fresh)
    gone = [pk for name, (_, pk) in known.items() if name not in seen]
    return Indexed(written, _take_out(gone))


def _tidied(entry: Entry) -> Entry:
    return replace(
        entry,
        title=tidy(entry.title),
        passages=tuple(
            replace(passage, text=text)
            for passage in entry.passages
            if (text := tidy(passage.text))
        ),
        subject=entry.subject or entry.key,
    )


def _fingerprint(entry: Entry) -> str:
    return hashlib.sha256(repr((_FORM, astuple(entry))).encode()).hexdigest()


def _take_out(pks: Iterable[int]) -> int:
    """Remove entries, and their words from the lists; give how many."""
    rows = SearchEntry.objects.filter(pk__in=list(pks))
    words: Words = Counter()
    for audience, own in rows.values_list("audience", "words"):
        words.subtract((audience, word) for word in own)
    _count_words(words, {})
    return rows.delete()[1].get("core.SearchEntry", 0)


def take_out(keys: Iterable[str]) -> int:
    """Take out the entries of these keys, and those below them ("7@2/2-1-bilag-3/…").

    Call it inside the transaction of the change, with a job to follow: while that index
    is being written by another, words may stay in the lists until the job has run.

    Returns:
        How many entries.
    """
    own = Q()
    for key in keys:
        own |= Q(key=key) | Q(key__startswith=f"{key}/")
    rows = SearchEntry.objects.filter(own) if own else SearchEntry.objects.none()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        (is_free,) = cursor.fetchone()
    if is_free:
        return _take_out(rows.values_list("pk", flat=True))
    return rows.delete()[1].get("core.SearchEntry", 0)


def _put_in(kind: Kind, entries: Sequence[tuple[Entry, str]]) -> None:
    if not entries:
        return
    stem_of = stems(
        token.base
        for entry, _ in entries
        for text in _texts(entry)
        for token in tokens(text)
    )
    rows = SearchEntry.objects.bulk_create(
        _row(kind, entry, mark, stem_of) for entry, mark in entries
    )
    SearchPassage.objects.bulk_create(
        (
            SearchPassage(
                entry=row,
                position=position,
                name=passage.name,
                text=passage.text,
                page=passage.page,
                lexemes=vector([(passage.text, _weight(passage))], stem_of),
            )
            for row, (entry, _) in zip(rows, entries, strict=True)
            for position, passage in enumerate(entry.passages, 1)
        ),
        batch_size=1000,
    )
    words: Words = Counter((row.audience, word) for row in rows for word in row.words)
    _count_words(words, stem_of)


def _row(
    kind: Kind, entry: Entry, mark: str, stem_of: Mapping[str, str]
) -> SearchEntry:
    weighted = [(entry.title, TITLE)] + [
        (passage.text, _weight(passage)) for passage in entry.passages
    ]
    found = {
        token.text.lower()
        for text in _texts(entry)
        for token in tokens(text)
        if stem_of[token.base]
    }
    return SearchEntry(
        kind=kind.key,
        scope=entry.scope,
        key=entry.key,
        audience=entry.audience,
        council=entry.council,
        within=entry.within,
        subject=entry.subject,
        digest=entry.digest or mark,
        fingerprint=mark,
        is_sent=entry.is_sent,
        version=entry.version,
        dated=entry.dated,
        year=entry.year or entry.dated.year,
        url=entry.url,
        title=entry.title,
        link=entry.link or entry.title,
        place=entry.place,
        label=entry.label,
        remark=entry.remark,
        pages_without_text=entry.pages_without_text,
        words=sorted(word for word in found if is_listed(word)),
        lexemes=vector(weighted, stem_of),
        title_lexemes=vector([(entry.title, TITLE)], stem_of),
    )


def _weight(passage: Passage) -> Weight:
    return HEADING if passage.is_heading else TEXT


def _texts(entry: Entry) -> tuple[str, ...]:
    return (entry.title, *(passage.text for passage in entry.passages))


def _count_words(words: Words, stem_of: Mapping[str, str]) -> None:
    """Add to, or take from, the lists of words; what stands nowhere is taken out."""
    rows = sorted((audience, word, n) for (audience, word), n in words.items() if n)
    if not rows:
        return
    audiences, own, counts = (list(column) for column in zip(*rows, strict=True))
    stem = [stem_of.get(base(word), "") for word in own]
    letters = [" ".join(word_grams(word)) for word in own]
    with connection.cursor() as cursor:
        cursor.execute(_ADD_WORDS, [audiences, own, stem, letters, counts])
        if any(n < 0 for n in counts):
            cursor.execute(_DROP_WORDS, [list(set(audiences)), own])
