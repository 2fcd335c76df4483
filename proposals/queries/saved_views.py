"""Saved views of a list, read with the catalogue they are of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q
from django.db.models.functions import JSONObject, Lower

from core.prepared import prepared
from proposals.models import Catalogue, SavedView
from proposals.queries.waiting import unclosed_calls, waiting_in

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from accounts.models import Membership
    from proposals.choices import CatalogueKind
    from proposals.queries.waiting import Waiting


@dataclass(frozen=True, slots=True)
class Saved:
    """A saved view: own, or shared with all who write in the council."""

    pk: int
    name: str
    query: str
    is_shared: bool


def catalogue_with_views(
    seat: Membership, kind: CatalogueKind
) -> tuple[Catalogue | None, tuple[Saved, ...], Waiting | None]:
    """Give the council's catalogue of a kind, its saved views, and who is waited for.

    One query.

    Source: docs/rules.md R-96.
    """
    if not seat.may_edit:
        return None, (), None
    row: Any = _with_views.first(seat.council_id, seat.user_id, str(kind))
    if row is None:
        return None, (), None
    row.council = seat.council
    views = (Saved(v["pk"], v["name"], v["query"], v["shared"]) for v in row.json_views)
    return row, tuple(views), waiting_in(row.json_calls)


@prepared
def _with_views(council: int, user: int, kind: str) -> QuerySet[Catalogue]:
    """The council's catalogue of a kind with the views that the user may see."""
    whose = Q(is_shared=True) | Q(user=user)
    views = SavedView.objects.filter(whose, council=OuterRef("council"), kind=kind)
    shown = JSONObject(pk="pk", name="name", query="query", shared="is_shared")
    in_order = views.order_by(Lower("name"), "pk").values(json=shown)
    rows = Catalogue.objects.filter(council=council, kind=kind)
    return rows.annotate(
        json_views=ArraySubquery(in_order), json_calls=unclosed_calls()
    )
