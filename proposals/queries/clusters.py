"""Groups of municipalities as the page of a unit shows them. Pure but for subqueries.

Source: docs/rules.md R-81.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef
from django.db.models.functions import Coalesce, JSONObject

from accounts.models import Municipality
from core import formats
from proposals.choices import Scope
from proposals.models import Cluster, ClusterMember

if TYPE_CHECKING:
    from collections.abc import Iterable

    from proposals.models import CooperationUnit


@dataclass(frozen=True, slots=True)
class Place:
    """A municipality of the council; ``group`` is the name of the one it is in, or ""."""

    pk: int
    name: str
    population: int
    group: str = ""


@dataclass(frozen=True, slots=True)
class GroupRow:
    """One group.

    Attributes:
        dom_id: its place on the page.
        url: where it is edited; its removal lies below.
        warning: "Gruppe A har 6 kommuner. Kataloget siger 3-5.", or "".
    """

    pk: int
    name: str
    dom_id: str
    url: str
    places: tuple[Place, ...]
    warning: str

    @property
    def names(self) -> str:
        """Its municipalities in Danish order; "ingen" where there are none."""
        return ", ".join(place.name for place in self.places) or "ingen"

    @property
    def population(self) -> int:
        """Its inhabitants."""
        return sum(place.population for place in self.places)


@dataclass(frozen=True, slots=True)
class Groups:
    """The groups of a unit, and who is in none.

    Attributes:
        every: all municipalities of the council in Danish order, each with its group.
        bounds: "3-5", "mindst 3", or "" where the source names no number.
        lent_by: the number of the unit whose groups these are; None: its own.
        lent_name: what that unit is called, also where it has been removed.
        lent_url: its page; "" where it has none.
        is_wanted: the unit is for groups of municipalities, or has some.
    """

    rows: tuple[GroupRow, ...]
    every: tuple[Place, ...]
    bounds: str
    lent_by: int | None
    lent_name: str
    lent_url: str
    is_wanted: bool

    @property
    def unplaced(self) -> tuple[Place, ...]:
        """Those in no group."""
        return tuple(place for place in self.every if not place.group)

    @property
    def placed(self) -> int:
        """How many are in a group."""
        return len(self.every) - len(self.unplaced)

    @property
    def population(self) -> int:
        """The inhabitants of all of them."""
        return sum(place.population for place in self.every)

    @property
    def unplaced_population(self) -> int:
        """The inhabitants of those in no group."""
        return sum(place.population for place in self.unplaced)

    @property
    def unplaced_names(self) -> str:
        """Give "Roskilde"."""
        return ", ".join(place.name for place in self.unplaced)

    @property
    def placed_words(self) -> str:
        """Give "16 af 17 kommuner er placeret."."""
        return f"{self.placed} af {len(self.every)} kommuner er placeret."

    @property
    def missing(self) -> str:
        """Who is in no group, as a sentence; "" where nobody is left or none is made."""
        if not self.rows or not self.unplaced:
            return ""
        names = formats.listed([place.name for place in self.unplaced])
        return f"{names} er ikke i en gruppe"

    @property
    def warnings(self) -> tuple[str, ...]:
        """What is too few or too many."""
        return tuple(row.warning for row in self.rows if row.warning)

    def find(self, pk: int) -> GroupRow | None:
        """Give one group."""
        return next((row for row in self.rows if row.pk == pk), None)


def json_clusters() -> ArraySubquery:
    """The groups of a unit, its own or those that it shares, in their order."""
    members = ClusterMember.objects.filter(cluster=OuterRef("pk"))
    rows = Cluster.objects.filter(
        unit=Coalesce(OuterRef("groups_of"), OuterRef("pk"))
    ).order_by("position", "pk")
    return ArraySubquery(
        rows.values(
            json=JSONObject(
                pk="pk",
                name="name",
                members=ArraySubquery(
                    members.order_by("municipality__sort_key").values("municipality")
                ),
            )
        )
    )


def json_municipalities() -> ArraySubquery:
    """The municipalities of a record's council, in Danish order."""
    rows = Municipality.objects.filter(council=OuterRef("catalogue__council"))
    shown = JSONObject(pk=F("pk"), name=F("name"), population=F("population"))
    return ArraySubquery(rows.order_by("sort_key", "pk").values(json=shown))


def groups_of(record: CooperationUnit) -> Groups:
    """Give the groups of a unit that comes from ``own_record``. No query."""
    loaded: Any = record
    places = {row["pk"]: Place(**row) for row in loaded.json_municipalities}
    bounds = bounds_of(record)
    rows = tuple(
        _row(record, row, [places[pk] for pk in row["members"] if pk in places])
        for row in loaded.json_clusters
    )
    placed = {place.pk: place for row in rows for place in row.places}
    lender = record.groups_of if record.groups_of_id else None
    return Groups(
        rows=rows,
        every=tuple(placed.get(pk, place) for pk, place in places.items()),
        bounds=bounds,
        lent_by=lender.number or lender.removed_number if lender else None,
        lent_name=str(lender) if lender else "",
        lent_url=lender.get_absolute_url() if lender and lender.number else "",
        is_wanted=record.scope == Scope.CLUSTER or bool(rows),
    )


def bounds_of(unit: CooperationUnit) -> str:
    """How many municipalities a group may have: "3-5", "mindst 3", "højst 5", or ""."""
    least, most = unit.least, unit.most
    if least and most:
        return str(least) if least == most else f"{least}-{most}"
    if least or most:
        return f"mindst {least}" if least else f"højst {most}"
    return ""


def _row(
    unit: CooperationUnit, row: dict[str, Any], places: Iterable[Place]
) -> GroupRow:
    own = tuple(
        Place(place.pk, place.name, place.population, row["name"]) for place in places
    )
    too_few = unit.least is not None and len(own) < unit.least
    too_many = unit.most is not None and len(own) > unit.most
    warning = ""
    if too_few or too_many:
        amount = formats.counted(len(own), "kommune", "kommuner", "ingen kommuner")
        warning = f"{row['name']} har {amount}. Kataloget siger {bounds_of(unit)}."
    return GroupRow(
        pk=row["pk"],
        name=row["name"],
        dom_id=f"group-{row['pk']}",
        url=f"{unit.get_absolute_url()}grupper/{row['pk']}/",
        places=own,
        warning=warning,
    )
