"""What renumbering changes: every text, list and appendix that prints a number."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.contrib.postgres.aggregates import ArrayAgg

from core.formats import listed
from core.richtext import to_plain
from proposals import references
from proposals.models import Illustration
from proposals.queries.texts import texts_with
from proposals.queries.used_in import Use, uses_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from proposals.models import Catalogue
    from proposals.numbers import Move
    from proposals.queries.texts import Said
    from proposals.references import Name, Names

AROUND: Final = 45


@dataclass(frozen=True, slots=True)
class Changed:
    """One place whose printed text changes.

    Attributes:
        where: "forenkling 4, ideen"; a record that moves is called as it is now.
    """

    where: str
    url: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Preview:
    """All that a renumbering changes.

    Attributes:
        moves: with the record's name.
        texts: of both catalogues.
        lists: what the catalogues list by number, besides the lists of all records.
        uses: appendices that are not sent yet, and those that stay as they were sent.
    """

    moves: tuple[tuple[Move, Name], ...]
    texts: tuple[Changed, ...]
    lists: tuple[Changed, ...]
    uses: tuple[Use, ...]
    kept: tuple[Use, ...]

    @property
    def places(self) -> int:
        """How many texts change."""
        return len(self.texts) + len(self.lists)


def preview(
    catalogue: Catalogue, owner: str, moves: Sequence[Move], names: Names
) -> Preview:
    """Give what moves would change. Three queries.

    Args:
        owner: of the records that move.
        names: all of the council.
    """
    word = references.CATALOGUE_WORDS[owner]
    tokens = {references.token_of(word, move.key): move for move in moves}
    after = names.with_numbers({token: move.new for token, move in tokens.items()})
    said = texts_with(catalogue.council_id, *tokens)
    uses = uses_in(catalogue.council_id)
    kinds = {owner, *(text.owner for text in said)}
    touched = [use for use in uses if use.owner in kinds]
    return Preview(
        moves=tuple((move, names.by_token[token]) for token, move in tokens.items()),
        texts=tuple(_changed(text, names, after) for text in said),
        lists=tuple(_illustrations(catalogue, moves)) if owner == "proposal" else (),
        uses=tuple(use for use in touched if not use.is_locked),
        kept=tuple(use for use in touched if use.is_locked),
    )


def _changed(said: Said, names: Names, after: Names) -> Changed:
    text = to_plain(said.text) if said.field in {"idea", "summary"} else said.text
    before, now = (" ".join(references.plain(text, n).split()) for n in (names, after))
    return Changed(said.where, said.url, *_excerpts(before, now))


def _excerpts(before: str, after: str) -> tuple[str, str]:
    """Cut two texts down to where they differ, with some words around."""
    start = next(
        (at for at, (a, b) in enumerate(zip(before, after, strict=False)) if a != b),
        min(len(before), len(after)),
    )
    tail = next(
        (
            at
            for at, (a, b) in enumerate(
                zip(reversed(before), reversed(after), strict=False)
            )
            if a != b
        ),
        0,
    )
    return _cut(before, start, len(before) - tail), _cut(
        after, start, len(after) - tail
    )


def _cut(text: str, start: int, end: int) -> str:
    first, last = max(start - AROUND, 0), max(end, start) + AROUND
    head = re.sub(r"^\S*\s", "… ", text[first:]) if first else text
    rest = head[: len(head) - (len(text) - last)] if last < len(text) else head
    return rest if last >= len(text) else f"{rest.rsplit(' ', 1)[0]} …"


def _illustrations(catalogue: Catalogue, moves: Sequence[Move]) -> Iterator[Changed]:
    """Pages that say which proposals they belong to."""
    new = {move.old: move.new for move in moves}
    rows = Illustration.objects.filter(
        catalogue=catalogue, belongs_to__number__isnull=False
    ).annotate(numbers=ArrayAgg("belongs_to__number"))
    for row in rows.order_by("pk"):
        before = sorted(row.numbers)
        after = sorted(new.get(number, number) for number in before)
        if before != after:
            yield Changed(
                f"illustrationen ”{row.title}”",
                "",
                f"Hører til forslag {listed([str(n) for n in before])}",
                f"Hører til forslag {listed([str(n) for n in after])}",
            )
