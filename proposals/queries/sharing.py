"""Which proposals name the same law or scheme."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef
from django.db.models.functions import JSONObject, Lower
from django.urls import reverse

from proposals.choices import TermKind
from proposals.models import Proposal, Term
from proposals.words import LINK_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable

KINDS = (TermKind.SCHEME, TermKind.LAW)


@dataclass(frozen=True, slots=True)
class Sharing:
    """Another proposal, and what both name."""

    name: str
    url: str
    terms: tuple[str, ...]


def json_sharing() -> ArraySubquery:
    """Give the laws and schemes of others that a proposal names, too, by its number."""
    same = Term.objects.filter(
        proposal=OuterRef(OuterRef("pk")), kind=OuterRef("kind")
    ).annotate(low=Lower("text"))
    rows = (
        Term.objects.filter(
            proposal__catalogue=OuterRef("catalogue"),
            proposal__number__isnull=False,
            kind__in=KINDS,
        )
        .exclude(proposal=OuterRef("pk"))
        .annotate(low=Lower("text"))
        .filter(Exists(same.filter(low=OuterRef("low"))))
        .order_by("proposal__number", "-kind", "position")
    )
    return ArraySubquery(
        rows.values(json=JSONObject(number="proposal__number", text="text"))
    )


def sharing_of(rows: Iterable[Any]) -> tuple[Sharing, ...]:
    """Give the others, as ``json_sharing`` read them; no query."""
    name = LINK_WORDS[Proposal.owner].name
    return tuple(
        Sharing(
            name.format(number),
            reverse("proposals:proposal", args=[number]),
            tuple(dict.fromkeys(row["text"] for row in own)),
        )
        for number, own in groupby(rows, key=lambda row: row["number"])
    )
