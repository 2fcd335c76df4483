"""The question put to the index: one query for hits, counts and what surrounds them.

Every row that is read is one the asker may know of: the audience stands in each part of
the query. What one may not see changes no count, no order and no word of the answer.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from django.db import connection

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from core.search.question import Question

A_PAGE: Final = 20
MOST_PAGES: Final = 50
PASSAGES: Final = 2
_COPIES: Final = 3
_UNREAD: Final = 3

_FIND: Final = """
WITH found AS MATERIALIZED (
  SELECT id, kind, council, year, subject, digest, is_sent, version, dated,
         title_lexemes @@ %(all_of)s::tsquery AS in_title,
         ts_rank(lexemes, %(weighed)s::tsquery)
         + ts_rank(lexemes, %(weighed_whole)s::tsquery) AS rank
  FROM core_searchentry
  WHERE audience = ANY(%(audiences)s) AND lexemes @@ %(all_of)s::tsquery
    AND (%(within)s = '' OR within = %(within)s)
), hit AS MATERIALIZED (
  SELECT DISTINCT ON (council, subject, digest) * FROM found
  ORDER BY council, subject, digest, is_sent, dated DESC, version DESC, id
), chosen AS (
  SELECT *, max(in_title::int) OVER same AS in_title_of_any,
         max(rank) OVER same AS rank_of_best
  FROM hit
  WHERE (%(council)s = '' OR council = %(council)s)
    AND (%(year)s = 0 OR year = %(year)s) AND (%(kind)s = '' OR kind = %(kind)s)
  WINDOW same AS (PARTITION BY council, subject)
), page AS (
  SELECT *, row_number() OVER (ORDER BY {order}) AS place FROM chosen
  ORDER BY place LIMIT %(limit)s OFFSET %(offset)s
)
SELECT
  (SELECT coalesce(json_agg(json_build_array(council, year, kind, n)), '[]')
   FROM (SELECT council, year, kind, count(*) AS n FROM hit GROUP BY 1, 2, 3) AS counts),
  (SELECT coalesce(json_agg(to_json(shown) ORDER BY place), '[]') FROM (
     SELECT page.place, own.kind, own.council, own.year, own.url, own.title, own.link,
            own.label, own.remark, own.is_sent, own.version, own.dated,
            (SELECT coalesce(json_agg(to_json(own_text) ORDER BY position), '[]') FROM (
               SELECT name, text, page, position FROM core_searchpassage
               WHERE entry_id = own.id AND lexemes @@ %(any_of)s::tsquery
               ORDER BY ts_rank(lexemes, %(any_of)s::tsquery) DESC, position
               LIMIT %(passages)s) AS own_text) AS passages,
            (SELECT coalesce(json_agg(to_json(copy)), '[]') FROM (
               SELECT place, link, url, is_sent, version, dated, digest = own.digest AS is_same
               FROM core_searchentry AS other
               WHERE other.council = own.council AND other.subject = own.subject
                 AND other.id <> own.id AND other.audience = ANY(%(audiences)s)
               ORDER BY is_sent, dated DESC, version DESC, id
               LIMIT %(copies)s) AS copy) AS copies
     FROM page JOIN core_searchentry AS own USING (id)) AS shown),
  (SELECT coalesce(json_agg(json_build_array(place, link, url)), '[]') FROM (
     SELECT DISTINCT ON (council, subject) place, link, url FROM core_searchentry
     WHERE audience = ANY(%(audiences)s) AND pages_without_text > 0
       AND (%(within)s = '' OR within = %(within)s)
       AND (%(council)s = '' OR council = %(council)s)
       AND (%(year)s = 0 OR year = %(year)s) AND NOT EXISTS (SELECT FROM hit)
     ORDER BY council, subject, is_sent, dated DESC, version DESC, id
     LIMIT %(unread)s) AS silent)
"""
_SILENT: Final = """
SELECT link, url, remark, pages_without_text FROM (
  SELECT DISTINCT ON (council, subject) * FROM core_searchentry
  WHERE audience = ANY(%s) AND pages_without_text > 0
  ORDER BY council, subject, is_sent, dated DESC, version DESC, id) AS own
ORDER BY dated DESC, link, id LIMIT %s
"""
_MOST_SILENT: Final = 200
_BEST_FIRST: Final = (
    "in_title_of_any DESC, rank_of_best DESC, council, subject, is_sent,"
    " dated DESC, version DESC, id"
)
_NEWEST_FIRST: Final = (
    "dated DESC, in_title_of_any DESC, rank_of_best DESC, council, subject, is_sent,"
    " version DESC, id"
)


@dataclass(frozen=True, slots=True)
class Filters:
    """What narrows a search; "" and 0 leave all. ``within`` is as an entry's."""

    council: str = ""
    year: int = 0
    kind: str = ""
    within: str = ""


@dataclass(frozen=True, slots=True)
class FoundPassage:
    """A passage that holds a word of the question."""

    name: str
    text: str
    page: int


@dataclass(frozen=True, slots=True)
class Copy:
    """Another reading of a hit's subject; ``is_same``: word for word."""

    place: str
    link: str
    url: str
    is_sent: bool
    version: int
    dated: date
    is_same: bool


@dataclass(frozen=True, slots=True)
class Hit:
    """One result, as its entry tells of it.

    Attributes:
        passages: at most two that hold a word of the question, in their order.
        copies: other readings that the asker may see, today's first, then the newest.
    """

    kind: str
    council: str
    year: int
    url: str
    title: str
    link: str
    label: str
    remark: str
    is_sent: bool
    version: int
    dated: date
    passages: tuple[FoundPassage, ...]
    copies: tuple[Copy, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """The answer.

    Attributes:
        counts: (council, year, kind) → hits, before council, year and kind narrow them.
        hits: of the page that was asked for.
        silent: place and address of some entries that have pages without text; only
            where nothing was found at all.
    """

    counts: Mapping[tuple[str, int, str], int]
    hits: tuple[Hit, ...]
    silent: tuple[tuple[str, str], ...]

    def total(self, filters: Filters) -> int:
        """How many hits the filters leave."""
        return sum(
            n
            for (council, year, kind), n in self.counts.items()
            if filters.council in {"", council}
            and filters.year in {0, year}
            and filters.kind in {"", kind}
        )


def find(
    question: Question,
    audiences: Sequence[str],
    filters: Filters,
    *,
    page: int = 1,
    newest_first: bool = False,
) -> Found:
    """Search: one query; none where the question has no terms.

    Args:
        page: from 1; what is beyond the last page is empty.
    """
    if not question.terms:
        return Found({}, (), ())
    asked: dict[str, Any] = {
        "all_of": question.all_of,
        "any_of": question.any_of,
        "weighed": question.weighed,
        "weighed_whole": question.weighed_whole,
        "audiences": list(audiences),
        "within": filters.within,
        "council": filters.council,
        "year": filters.year,
        "kind": filters.kind,
        "limit": A_PAGE,
        "offset": (min(max(page, 1), MOST_PAGES) - 1) * A_PAGE,
        "passages": PASSAGES,
        "copies": _COPIES,
        "unread": _UNREAD,
    }
    order = _NEWEST_FIRST if newest_first else _BEST_FIRST
    with connection.cursor() as cursor:
        cursor.execute(_FIND.format(order=order), asked)
        counts, hits, silent = map(_read, cursor.fetchone())
    return Found(
        {(council, year, kind): n for council, year, kind, n in counts},
        tuple(_hit(row) for row in hits),
        tuple((place or link, url) for place, link, url in silent),
    )


def _read(value: Any) -> Any:
    """JSON may come as text or read already; that is the driver's choice."""
    return json.loads(value) if isinstance(value, str) else value


def _hit(row: dict[str, Any]) -> Hit:
    del row["place"]
    passages = tuple(
        FoundPassage(each["name"], each["text"], each["page"])
        for each in row["passages"]
    )
    copies = tuple(
        Copy(**{**each, "dated": date.fromisoformat(each["dated"])})
        for each in row["copies"]
    )
    own = {"dated": date.fromisoformat(row["dated"]), "passages": passages}
    return Hit(**{**row, **own, "copies": copies})


@dataclass(frozen=True, slots=True)
class Silent:
    """An entry with pages that cannot be searched."""

    link: str
    url: str
    remark: str
    pages: int


def silent(audiences: Sequence[str]) -> tuple[Silent, ...]:
    """Give what has pages without text, each once, the newest first: one query."""
    with connection.cursor() as cursor:
        cursor.execute(_SILENT, [list(audiences), _MOST_SILENT])
        return tuple(Silent(*row) for row in cursor.fetchall())
