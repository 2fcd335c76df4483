"""Items of other meetings that an item came from or went to."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q
from django.db.models.functions import JSONObject

from meetings.models import AgendaItem, Meeting, Section

if TYPE_CHECKING:
    from django.db.models import QuerySet


def relatives(item: AgendaItem) -> tuple[tuple[str, AgendaItem], ...]:
    """Give where an item came from and went to, in words and as items.

    No query for an item that was read :func:`with_relatives`.
    """
    known: Any = item
    rows = getattr(known, "relative_rows", None)
    if rows is None:
        known = with_relatives(AgendaItem.objects.filter(pk=item.pk)).get()
        rows = known.relative_rows
    return tuple(
        ("Kommer fra" if row["pk"] == item.came_from_id else "Videreført som", _of(row))
        for row in rows
    )


def with_relatives(rows: QuerySet[AgendaItem]) -> QuerySet[Any]:
    """Annotate ``relative_rows``: the items each came from and went to, as mappings."""
    own = Q(pk=OuterRef("came_from")) | Q(came_from=OuterRef("pk"))
    fields = JSONObject(
        pk="pk",
        given_number="given_number",
        position="position",
        number="section__number",
        slug="section__meeting__slug",
        held_on="section__meeting__held_on",
        kind="section__meeting__kind",
    )
    standing = AgendaItem.objects.filter(own, position__isnull=False)
    found = standing.exclude(section__meeting__is_removed=True).order_by("pk")
    return rows.annotate(relative_rows=ArraySubquery(found.values(row=fields)))


def _of(row: dict[str, Any]) -> AgendaItem:
    """Give an item that can be named and linked to; nothing else of it is there."""
    day = date.fromisoformat(row["held_on"])
    meeting = Meeting(slug=row["slug"], held_on=day, kind=row["kind"])
    return AgendaItem(
        pk=row["pk"],
        given_number=row["given_number"],
        position=row["position"],
        section=Section(number=row["number"], meeting=meeting),
    )
