"""What a list is searched and narrowed by: annotations on proposals and on units."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, Exists, F, Func, OuterRef, Value
from django.db.models.functions import Concat, JSONObject

from core.models import SearchEntry
from proposals.models import Position, Term, VisionLink

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from proposals.models import Catalogue, Record


def key_of_entry(catalogue: Catalogue, model: type[Record]) -> str:
    """Give what the keys of a catalogue's records begin with in the index."""
    return f"{catalogue.council.slug}/{model.owner}:"


def is_found(kind: str, lexemes: Any, keys: Any, *, is_searched: bool) -> Any:
    """Whether the index has a record under the words that are searched for.

    Args:
        kind: under which the records are indexed.
        lexemes: a ``tsquery``.
        keys: as :func:`key_of_entry` gives it.
        is_searched: there are words; otherwise every record is found.
    """
    if not is_searched:
        return Value(True)  # noqa: FBT003 -- the value itself
    has_all = Func(
        F("lexemes"),
        lexemes,
        template="%(expressions)s::tsquery",
        arg_joiner=" @@ ",
        output_field=BooleanField(),
    )
    own = SearchEntry.objects.filter(kind=kind, key=Concat(keys, OuterRef("key")))
    return Exists(own.filter(has_all))


def terms_of(owner: str) -> ArraySubquery:
    """The laws, actors and other words that a record names."""
    rows = Term.objects.filter(**{owner: OuterRef("pk")})
    return ArraySubquery(
        rows.order_by("kind", "position").values(
            json=JSONObject(kind="kind", text="text")
        )
    )


def visions_of(owner: str) -> ArraySubquery:
    """The visions that a record serves, by number."""
    rows = VisionLink.objects.filter(**{owner: OuterRef("pk")})
    shown = JSONObject(
        key=F("vision__key"), number=F("vision__number"), title=F("vision__title")
    )
    return ArraySubquery(rows.order_by("vision__number").values(json=shown))


def visions_found(rows: Iterable[Mapping[str, Any]]) -> tuple[tuple[str, str], ...]:
    """Give what :func:`visions_of` read as pairs (key, "2. Titel"). No query."""
    return tuple((row["key"], f"{row['number']}. {row['title']}") for row in rows)


def stances_of(owner: str) -> ArraySubquery:
    """The stances that municipalities have given on a record; who gave none is not there."""
    rows = Position.objects.filter(**{owner: OuterRef("pk")}).given()
    return ArraySubquery(rows.order_by("stance").values("stance"))
