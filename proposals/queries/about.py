"""What a record says, to whoever is asked about it: with its references as words.

Source: docs/rules.md R-88.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef
from django.db.models.functions import JSONObject

from proposals.facts import rich_text
from proposals.models import Point
from proposals.queries.texts import told_names
from proposals.references import Names, plain
from proposals.words import MOVES, WORDS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from proposals.models import Record

TEXT: Final = {"proposal": "idea", "unit": "summary"}


@dataclass(frozen=True, slots=True)
class About:
    """What a record is about.

    Attributes:
        html: its idea or summary, sanitised; "" for none.
        points: pairs (heading, sentences) of the kinds that it has any of.
    """

    html: str
    points: tuple[tuple[str, tuple[str, ...]], ...]

    def __bool__(self) -> bool:
        return bool(self.html or self.points)


def told(model: type[Record]) -> dict[str, Any]:
    """What :func:`about` is read from, to be annotated to a kind's records."""
    rows = Point.objects.present().filter(**{model.owner: OuterRef("pk")})
    shown = JSONObject(
        kind="kind",
        text="text",
        beneficiary="beneficiary",
        own="has_own_wording",
        stem=F("shared__stem"),
    )
    return {
        "about": F(TEXT[model.owner]),
        "json_points": ArraySubquery(
            rows.order_by("position", "pk").values(json=shown)
        ),
        "json_names": told_names(model),
    }


def about(
    owner: str, text: str, points: Sequence[Mapping[str, Any]], names: Any
) -> About:
    """Read what :func:`told` annotates."""
    known = Names.of_rows(names)
    by_heading: dict[str, list[str]] = {}
    for kind in MOVES[owner]:
        for point in points:
            if point["kind"] == kind:
                who = f": {point['beneficiary']}" if point["beneficiary"] else ""
                heading = f"{WORDS[kind].heading}{who}"
                by_heading.setdefault(heading, []).append(
                    plain(_sentence(point), known)
                )
    return About(
        plain(rich_text(text), known) if text else "",
        tuple((heading, tuple(said)) for heading, said in by_heading.items()),
    )


def _sentence(point: Mapping[str, Any]) -> str:
    if not point["stem"] or point["own"]:
        return str(point["text"])
    return f"{point['stem']} {point['text']}".strip()
