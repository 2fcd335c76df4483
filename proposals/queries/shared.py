"""Attention points that units share: how each unit ends them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from core import formats
from proposals import references
from proposals.queries.texts import names_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from proposals.models import SharedPoint
    from proposals.references import Names


@dataclass(frozen=True, slots=True)
class Ending:
    """Units that end a shared point alike; ``own``: in words of their own."""

    units: tuple[int, ...]
    texts: tuple[str, ...]
    own: bool

    @property
    def who(self) -> str:
        """Give "1, 2, 3, 5 og 6"."""
        return formats.listed([str(number) for number in self.units])


@dataclass(frozen=True, slots=True)
class SharedRow:
    """A shared attention point with its endings."""

    key: str
    name: str
    stem: str
    units: tuple[int, ...]
    rows: int
    endings: tuple[Ending, ...]

    @property
    def has_endings(self) -> bool:
        """The stem goes on in at least one unit."""
        return any(any(e.texts) for e in self.endings if not e.own)


def shared_rows(
    shared: Sequence[SharedPoint], units: Sequence[Any], names: Names
) -> tuple[SharedRow, ...]:
    """Give what the catalogue's units share; no query.

    Args:
        units: rows with ``json_points``, in the order of their numbers.
        names: what the texts refer to.
    """
    return tuple(_row(each, units, names) for each in shared)


def _row(shared: SharedPoint, units: Sequence[Any], names: Names) -> SharedRow:
    points = [
        (unit.number, point["own"], references.plain(point["text"], names))
        for unit in units
        for point in unit.json_points
        if point["shared"] == shared.pk
    ]
    texts: dict[tuple[int, bool], list[str]] = {}
    for number, own, text in points:
        texts.setdefault((number, own), []).append(text)
    alike: dict[tuple[bool, tuple[str, ...]], list[int]] = {}
    for (number, own), endings in texts.items():
        alike.setdefault((own, tuple(endings)), []).append(number)
    return SharedRow(
        key=shared.key,
        name=shared.name,
        stem=references.plain(shared.stem, names),
        units=tuple(dict.fromkeys(number for number, _, _ in points)),
        rows=len(points),
        endings=tuple(
            Ending(tuple(numbers), endings, own)
            for (own, endings), numbers in alike.items()
        ),
    )


@dataclass(frozen=True, slots=True)
class Sentence:
    """A shared point as one unit prints it; ``own``: in the unit's own words."""

    point: int
    unit: int
    text: str
    own: bool


def sentences_of(shared: SharedPoint, stem: str) -> tuple[Sentence, ...]:
    """Give each unit's sentence if the stem read ``stem``. One query, or two."""
    points = shared.points.filter(position__isnull=False, unit__number__isnull=False)
    rows = tuple(points.select_related("unit").order_by("unit__number", "position"))
    council = shared.catalogue.council_id
    names = names_in(council, (stem, *(row.text for row in rows)))
    return tuple(
        Sentence(
            row.pk,
            row.unit.number or 0 if row.unit else 0,
            references.plain(
                row.text if row.has_own_wording else f"{stem} {row.text}".strip(), names
            ),
            row.has_own_wording,
        )
        for row in rows
    )
