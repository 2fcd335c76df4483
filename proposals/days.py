"""The deadlines of calls for positions, for those who called and those who are asked.

Source: docs/rules.md R-110.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Exists, OuterRef
from django.db.models.functions import JSONObject
from django.urls import reverse

from accounts.access import EDITORS
from accounts.choices import Role
from accounts.models import Membership
from core import occasions
from core.occasions import Days, Occasion, uid
from proposals.models import PositionCall
from proposals.queries.arrays import is_among
from proposals.queries.record_lines import KINDS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.db.models import QuerySet

    from accounts.models import User

WHAT: Final = "Svarfrist"


def register() -> None:
    """Let the days by which positions are due stand in people's calendars."""
    occasions.register("proposals.called", Days(_called, _of_caller))
    occasions.register("proposals.asked", Days(_asked, _of_director))


def _called(user: User, since: date) -> QuerySet[Any, Any]:
    """Give the open calls of the councils whose secretariat the user is in."""
    return _told(_seats(user).filter(role__in=EDITORS), since)


def _asked(user: User, since: date) -> QuerySet[Any, Any]:
    """Give the open calls that ask the municipality the user is the director of."""
    own = _seats(user).filter(role=Role.DIRECTOR)
    return _told(own.filter(is_among("municipality", "municipalities")), since)


def _seats(user: User) -> QuerySet[Membership]:
    return Membership.objects.filter(user=user.pk, council=OuterRef("council"))


def _told(seats: QuerySet[Membership], since: date) -> QuerySet[Any, Any]:
    rows = PositionCall.objects.open().filter(Exists(seats), due_on__gte=since)
    told = JSONObject(
        pk="pk",
        kind="catalogue__kind",
        title="catalogue__title",
        due="due_on",
        stamp="changed_at",
    )
    return rows.annotate(row=told).values("row")


def _of_caller(row: Mapping[str, Any]) -> Occasion:
    of = next(word for word, kind in KINDS.items() if kind == row["kind"])
    return _occasion(row, reverse("proposals:positions", args=[of]))


def _of_director(row: Mapping[str, Any]) -> Occasion:
    return _occasion(row, reverse("proposals:own-positions"))


def _occasion(row: Mapping[str, Any], url: str) -> Occasion:
    short = f"holdninger til {row['title']}"
    return Occasion(
        uid=uid("holdninger", row["pk"]),
        title=f"{WHAT}: {short}",
        day=date.fromisoformat(row["due"]),
        url=url,
        stamp=datetime.fromisoformat(row["stamp"]),
        what=WHAT,
        short=short,
    )
