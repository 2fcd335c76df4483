"""Which others name the same law or scheme as a proposal: proposals, and units.

Source: docs/rules.md R-129.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    Case,
    ExpressionWrapper,
    F,
    JSONField,
    OuterRef,
    Q,
    Subquery,
    TextField,
    When,
)
from django.db.models.expressions import RawSQL
from django.db.models.functions import JSONObject, Least, Length, Lower
from django.urls import reverse

from proposals.choices import TermKind
from proposals.models import CooperationUnit, Proposal, Term
from proposals.queries.texts import TEXTS
from proposals.words import LINK_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable

KINDS: Final = (TermKind.SCHEME, TermKind.LAW)
SHORTEST: Final = 5
"""Letters of a name that is looked for in longer names and in texts: "IPS" is not."""


@dataclass(frozen=True, slots=True)
class Sharing:
    """Another record, and what both name."""

    name: str
    url: str
    terms: tuple[str, ...]


# A text as its words: small letters, a space between two and at each end.
_WORDS: Final = "' ' || regexp_replace(lower(text), '[^[:alnum:]]+', ' ', 'g') || ' '"
# OFFSET 0: each text is made into words once, not once for each name.
_IN_UNITS: Final = f"""(
SELECT coalesce(jsonb_agg(jsonb_build_object('number', u.number, 'names', u.names)
    ORDER BY u.number), '[]')
FROM (SELECT t.number, jsonb_agg(DISTINCT m.text) AS names
    FROM (SELECT number, {_WORDS} AS words FROM {TEXTS} every
        WHERE owner = 'unit' AND field NOT IN ('stem', 'dependency')
        AND council_id = (SELECT council_id FROM proposals_catalogue
            WHERE id = proposals_proposal.catalogue_id)
        OFFSET 0) t
    JOIN (SELECT text, {_WORDS} AS words FROM proposals_term
        WHERE proposal_id = proposals_proposal.id AND kind IN ('scheme', 'law')
        AND length(text) >= {SHORTEST}
        OFFSET 0) m ON strpos(t.words, m.words) > 0
    GROUP BY t.number) u)"""  # noqa: S608 -- constants


def json_sharing() -> ArraySubquery:
    """Give the laws and schemes of others that a proposal names, too, by its number.

    ``own`` is its own name for it: the same, or one that the other's ends with, or that
    ends with the other's.
    """
    own = (
        Term.objects.filter(proposal=OuterRef(OuterRef("pk")), kind=OuterRef("kind"))
        .annotate(low=Lower("text"), theirs=_outer("low"))
        .annotate(is_same=Case(When(low=F("theirs"), then=True), default=False))
        .annotate(shorter=Least(Length("low"), Length("theirs")))
        .filter(
            Q(is_same=True)
            | Q(shorter__gte=SHORTEST, low__endswith=F("theirs"))
            | Q(shorter__gte=SHORTEST, theirs__endswith=F("low"))
        )
        .order_by("-is_same", "position")
    )
    rows = (
        Term.objects.filter(
            proposal__catalogue=OuterRef("catalogue"),
            proposal__number__isnull=False,
            kind__in=KINDS,
        )
        .exclude(proposal=OuterRef("pk"))
        .annotate(low=Lower("text"))
        .annotate(own=Subquery(own.values("text")[:1]))
        .exclude(own=None)
        .order_by("proposal__number", "-kind", "position")
    )
    return ArraySubquery(
        rows.values(json=JSONObject(number="proposal__number", text="text", own="own"))
    )


def json_sharing_units() -> RawSQL:
    """Give the council's units whose texts name a law or scheme of a proposal, with it."""
    return RawSQL(_IN_UNITS, [], output_field=JSONField())  # noqa: S611 -- constants


def sharing_of(rows: Iterable[Any], units: Iterable[Any]) -> tuple[Sharing, ...]:
    """Give the others, as the two above read them; no query."""
    return (
        *(
            _sharing(Proposal, number, (_word(row) for row in own))
            for number, own in groupby(rows, key=lambda row: row["number"])
        ),
        *(_sharing(CooperationUnit, row["number"], row["names"]) for row in units),
    )


def _sharing(model: Any, number: int, terms: Iterable[str]) -> Sharing:
    return Sharing(
        LINK_WORDS[model.owner].name.format(number),
        reverse(f"proposals:{model.owner}", args=[number]),
        tuple(dict.fromkeys(terms)),
    )


def _word(row: Any) -> str:
    """What another calls it, and what it is like, where that is not the same name."""
    text, own = str(row["text"]), str(row["own"])
    return text if text.lower() == own.lower() else f"{text}, ligner {own}"


def _outer(name: str) -> Any:
    return ExpressionWrapper(OuterRef(name), TextField())
