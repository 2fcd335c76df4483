"""Which closed items somebody reads by the seats held now, asked in the database.

Source: docs/rules.md R-32, R-63.
"""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat

from accounts.models import Membership
from meetings.choices import ClosedTo
from meetings.closed.access import COUNCIL, EDITORS, role_word, seat_word
from meetings.models import AgendaItem


def readable_items(user_pk: int | None) -> QuerySet[Any]:
    """Give the closed items that a user reads as they stand now; a visitor reads none."""
    seats = Membership.objects.filter(
        user=user_pk, council=OuterRef("section__meeting__council")
    ).order_by()
    chosen = Q(closed_readers__overlap=F("own_roles"))
    chosen |= Q(closed_readers__overlap=F("own_seats"))
    seat = seat_word(0).removesuffix("0")
    return AgendaItem.objects.filter(is_closed=True).annotate(
        own_roles=_words(seats, role_word(""), "role"),
        own_seats=_words(seats, seat, Cast("pk", CharField())),
    ).filter(
        Exists(seats.filter(role__in=EDITORS))
        | Q(closed_to=ClosedTo.COUNCIL) & Exists(seats.filter(role__in=COUNCIL))
        | Q(closed_to=ClosedTo.CHOSEN) & chosen
    )  # fmt: skip


def _words(seats: QuerySet[Membership], lead: str, name: Any) -> Cast:
    """Give what seats are called where chosen readers are kept: an array of words."""
    words = seats.values(word=Concat(Value(lead), name, output_field=CharField()))
    return Cast(ArraySubquery(words), ArrayField(CharField(max_length=30)))
