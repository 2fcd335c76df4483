"""Which closed items somebody reads by the seats held now, asked in the database.

An item is hidden where either hides it: the row as it stands, or the newest sent version
that holds it. So a version that is only begun opens nothing, and to close an item in it
hides at once.

Source: docs/rules.md R-32, R-63, R-64.
"""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db.models import (
    BooleanField,
    CharField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Cast, Coalesce, Concat, JSONObject

from accounts.models import Membership
from meetings.choices import ClosedTo
from meetings.closed.access import COUNCIL, EDITORS, role_word, seat_word
from meetings.models import ClosedPublication, Publication
from meetings.models.paths import PathExists

_SEAT = seat_word(0).removesuffix("0")


class _Holds(PathExists):
    """Whether an agenda as JSON has the item of a key."""

    arg_joiner = ", '$.sections[*].items[*] ? (@.key == $key)', "


class _Closes(PathExists):
    """Whether an agenda as JSON has the item of a key as a closed one."""

    arg_joiner = ", '$.sections[*].items[*] ? (@.key == $key && @.is_closed == true)', "


class _ReadsAt(PathExists):
    """Whether ``access`` has one of two words at a key."""

    arg_joiner = (
        ", '$.keyvalue() ? (@.key == $key).value[*] ? (@ == $role || @ == $seat)', "
    )


def is_shut() -> Any:
    """Whether an item is closed as it stands, or in the newest sent version that has it."""
    shut = Q(is_closed=True) | Exists(_sent_closed())
    return ExpressionWrapper(shut, output_field=BooleanField())


def hidden_items(rows: QuerySet[Any], user_pk: int | None, *, only: Q) -> QuerySet[Any]:
    """Give of some items those that are closed to a user, now or as they were sent last.

    Args:
        only: which are asked about. It is looked at first: the database would read the
            stored agendas of all others, too.
    """
    is_now = Q(is_closed=True) & ~_reads_now(user_pk)
    as_sent = only & Q(sent_in__isnull=False)
    as_sent &= Q(Exists(_sent_closed().exclude(_read_as_sent(user_pk))))
    seats = _seats(user_pk, "section__meeting__council")
    found: QuerySet[Any] = rows.filter(only).annotate(
        own_roles=_words(seats, role_word(""), "role"),
        own_seats=_words(seats, _SEAT, Cast("pk", CharField())),
    )
    return found.filter(is_now | as_sent)


def _sent_closed() -> QuerySet[ClosedPublication]:
    """Give the closed packet of the newest sent version with the outer item, if it is shut.

    ``item_key`` is the item's. A version that has the item open holds its key openly.
    """
    key = ExpressionWrapper(OuterRef("key"), output_field=CharField())
    newest = Publication.objects.annotate(whole=Coalesce("closed__agenda", "agenda"))
    newest = newest.filter(
        _Holds("whole", JSONObject(key=OuterRef("item_key"))),
        meeting=OuterRef("publication__meeting"),
    )
    rows = ClosedPublication.objects.annotate(item_key=key).filter(
        _Closes("agenda", JSONObject(key="item_key")),
        publication__meeting=OuterRef("section__meeting"),
    )
    last = newest.order_by("-number").values("pk")[:1]
    return rows.filter(publication=Subquery(last))


def _read_as_sent(user_pk: int | None) -> Exists:
    """Whether a user reads the item ``item_key`` of a closed packet."""
    seats = _seats(user_pk, "publication__meeting__council")
    words = JSONObject(
        key=OuterRef("item_key"),
        role=Concat(Value(role_word("")), "role", output_field=CharField()),
        seat=Concat(Value(_SEAT), Cast("pk", CharField())),
    )
    named = Q(_ReadsAt(OuterRef("access"), words))
    return Exists(seats.filter(Q(role__in=EDITORS) | named))


def _reads_now(user_pk: int | None) -> Q:
    """Whether a user reads a closed item as it stands; its words are annotated."""
    seats = _seats(user_pk, "section__meeting__council")
    chosen = Q(closed_readers__overlap=F("own_roles"))
    chosen |= Q(closed_readers__overlap=F("own_seats"))
    return (
        Q(Exists(seats.filter(role__in=EDITORS)))
        | Q(closed_to=ClosedTo.COUNCIL) & Exists(seats.filter(role__in=COUNCIL))
        | Q(closed_to=ClosedTo.CHOSEN) & chosen
    )


def _seats(user_pk: int | None, council: str) -> QuerySet[Membership]:
    """Give a user's seats in the council of the outer row; a visitor has none."""
    rows = Membership.objects.filter(user=user_pk, council=OuterRef(council))
    return rows.order_by()


def _words(seats: QuerySet[Membership], lead: str, name: Any) -> Cast:
    """Give what seats are called where chosen readers are kept: an array of words."""
    words = seats.values(word=Concat(Value(lead), name, output_field=CharField()))
    return Cast(ArraySubquery(words), ArrayField(CharField(max_length=30)))
