"""What is told beside a record's texts: who refers to it, and references to put right."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from django.utils import timezone

from proposals import references
from proposals.queries.texts import FIELDS, Said
from proposals.references import CATALOGUE_WORDS, Names, Typed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from proposals.models import Figure, Record
    from proposals.queries.points import PointList

# Links to other records have flags of their own.
LINKS: Final = ("wording-", "dependency-")


@dataclass(frozen=True, slots=True)
class Place:
    """One of a record's texts.

    Attributes:
        at: what a form calls it: "idea", "point-12".
        name: in words: "gevinst 2".
    """

    at: str
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Wrong:
    """A reference that leads to its own record, to a removed one, or nowhere."""

    place: Place
    sentence: str


@dataclass(frozen=True, slots=True)
class Former:
    """What a record was called, until somebody changed that; None and "" are as after.

    Attributes:
        number: 0: it was another record's, or none.
        until: when that was; None for what was written from outside.
    """

    number: int
    title: str
    short_title: str
    until: datetime | None
    who: str


@dataclass(frozen=True, slots=True)
class Around:
    """What stands beside the texts of one record.

    Attributes:
        names: what its texts refer to.
        mentions: texts of other records that refer to it.
        typed: references that were typed with a number, with where they stand.
    """

    names: Names
    mentions: tuple[Said, ...]
    typed: tuple[tuple[Place, Typed], ...]
    wrong: tuple[Wrong, ...]
    former: tuple[Former, ...]


def around(
    record: Record, points: Iterable[PointList], figures: Iterable[Figure]
) -> Around:
    """Give what stands beside a record that ``own_record`` read; no query."""
    loaded: Any = record
    names = Names.of_rows(loaded.json_names)
    places = tuple(_places(record, points, figures))
    word = CATALOGUE_WORDS[record.owner]
    return Around(
        names=names,
        mentions=tuple(Said(*row) for row in loaded.json_mentions),
        typed=tuple(
            (place, typed)
            for place in places
            for typed in references.typed_in(place.text, word)
        ),
        wrong=tuple(
            Wrong(place, sentence)
            for place in places
            if not place.at.startswith(LINKS)
            for sentence in wrong_in(place.text, names, f"{record.owner}:{record.key}")
        ),
        former=tuple(_former(loaded.json_former)),
    )


def wrong_in(text: str, names: Names, own: str) -> Iterator[str]:
    """Say what is wrong with the references in a text.

    Args:
        own: the key of its record in documents, "proposal:faerre-maalgrupper".
    """
    for token in references.tokens_in(text):
        name = names.by_token.get(token)
        if name is None:
            yield "Henvisningen fører ingen steder hen."
        elif name.number is None:
            yield f"Henviser til {name.text}, som er fjernet."
        elif name.node == own:
            yield f"Henviser til sig selv ({name.text})."


def _places(
    record: Record, points: Iterable[PointList], figures: Iterable[Figure]
) -> Iterator[Place]:
    for field, name in FIELDS[record.owner].items():
        yield Place(field, name, getattr(record, field))
    for group in (group for each in points for group in each.groups):
        for row in group.rows:
            yield Place(row.dom_id, row.name, row.point.text)
    for position, figure in enumerate(figures, 1):
        yield Place(f"figure-{figure.pk}", f"tal {position}", figure.what)
    loaded: Any = record
    kind = "wording" if record.owner == "proposal" else "dependency"
    for link in loaded.json_to:
        yield Place(f"{kind}-{link['pk']}", "ordlyden", link["wording"])


def _former(rows: Iterable[dict[str, Any]]) -> Iterator[Former]:
    for row in rows:
        if row["number"] is None and not row["title"]:
            continue
        at = row["at"]
        yield Former(
            number=row["number"] or 0,
            title=row["title"],
            short_title=row["short_title"],
            until=timezone.localtime(datetime.fromisoformat(at)) if at else None,
            who=row["who"] or "",
        )
