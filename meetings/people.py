"""The people that an item's form offers: whom it answers, and who may read what is closed."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject

from accounts.choices import Role
from accounts.models import Council, Membership
from meetings.closed.access import ROLES
from meetings.models import AgendaItem

MOST = 10


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody who reads and does not write agendas; ``place`` is a municipality, or ""."""

    pk: int
    name: str
    role: str
    place: str

    @property
    def words(self) -> str:
        """Give "Lars Holte, kommunaldirektør, Greve"."""
        role = Role(self.role).label.lower()
        return ", ".join(part for part in (self.name, role, self.place) if part)


@dataclass(frozen=True, slots=True)
class People:
    """Whom the council has answered before, at most ten; and its readers, by name."""

    addressees: tuple[str, ...]
    seats: tuple[Seat, ...]


def people_of(council_pk: int) -> People:
    """Read what an item's form offers: one query."""
    items = AgendaItem.objects.filter(section__meeting__council=OuterRef("pk"))
    names = items.exclude(addressee="").order_by("addressee").values("addressee")
    seats = Membership.objects.filter(council=OuterRef("pk"), user__is_active=True)
    row = JSONObject(
        pk="pk", name="user__name", role="role", place="municipality__name"
    )
    readers = seats.filter(role__in=ROLES)
    found = Council.objects.annotate(
        names=ArraySubquery(names.distinct()[:MOST]),
        readers=ArraySubquery(readers.order_by("user__name", "pk").values(row=row)),
    ).values_list("names", "readers")
    addressees, rows = found.get(pk=council_pk)
    own = (Seat(r["pk"], r["name"], r["role"], r["place"] or "") for r in rows)
    return People(tuple(addressees), tuple(own))
