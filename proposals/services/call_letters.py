"""Mails about calls for positions: to the directors of the municipalities that are asked.

They wait in a table and are sent as the mails about questions are (core.letters).

Source: docs/rules.md R-88.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from accounts.choices import Role
from accounts.models import Membership, Municipality
from core import clock, formats, letters
from proposals.choices import CatalogueKind
from proposals.models import CallLetter, PositionCall

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from accounts.models import User
    from proposals.choices import CallLetterKind

GAP: Final = re.compile(r"\n{3,}")


@dataclass(frozen=True, slots=True)
class Draft:
    """A mail as it would be written."""

    subject: str
    body: str


@dataclass(frozen=True, slots=True)
class Post:
    """Who gets a mail, whom nobody can write to, and the mail as the first gets it."""

    reached: tuple[tuple[Municipality, tuple[str, ...]], ...]
    unreached: tuple[Municipality, ...]
    mail: Draft | None
    example: Municipality | None


def post(
    kind: CallLetterKind,
    call: PositionCall,
    places: Sequence[Municipality],
    missing: Mapping[int, str] = MappingProxyType({}),
) -> Post:
    """Give what would be sent, before it is: one query. The call's council is loaded.

    Args:
        missing: what each lacks, in words, by its pk.
    """
    to = addresses(call, [row.pk for row in places])
    reached = tuple((row, tuple(to[row.pk])) for row in places if row.pk in to)
    example = reached[0][0] if reached else (places[0] if places else None)
    return Post(
        reached,
        tuple(row for row in places if row.pk not in to),
        draft(kind, call, example, missing.get(example.pk, "")) if example else None,
        example,
    )


def addresses(call: PositionCall, pks: Iterable[int]) -> dict[int, list[str]]:
    """Give the directors' addresses by municipality; who has none is left out: one query."""
    seats = Membership.objects.filter(
        council=call.council_id,
        municipality__in=list(pks),
        role=Role.DIRECTOR,
        user__is_active=True,
    )
    found: dict[int, list[str]] = {}
    for place, email in seats.order_by("user__email").values_list(
        "municipality_id", "user__email"
    ):
        found.setdefault(place, []).append(email)
    return found


def to_remind(call: PositionCall, pks: Iterable[int]) -> list[int]:
    """Leave out whoever was reminded today: one query."""
    told = CallLetter.objects.filter(call=call, kind="reminder", day=clock.today())
    today = set(told.values_list("municipality_id", flat=True))
    return [pk for pk in pks if pk not in today]


def draft(
    kind: CallLetterKind, call: PositionCall, place: Municipality, missing: str
) -> Draft:
    """Give a mail's words; the call's council and catalogue are loaded. No query."""
    of = "forslag" if is_simple(call) else "samdrift"
    path = reverse("proposals:positions-of", args=[of, place.code])
    count = len(call.records)
    words = ("forslag", "forslag") if is_simple(call) else ("enhed", "enheder")
    told = {
        "place": place,
        "council": call.council.name,
        "catalogue": call.catalogue.title,
        "what": formats.counted(count, *words),
        "due": formats.long_date(call.due_on),
        "call": call,
        "missing": missing,
        "address": f"{settings.PORTAL_ADDRESS}{path}",
    }
    name = f"proposals/mail/{kind}"
    subject = render_to_string(f"{name}_subject.txt", told).strip()
    body = render_to_string(f"{name}.txt", told).strip()
    return Draft(subject, GAP.sub("\n\n", body) + "\n")


def is_simple(call: PositionCall) -> bool:
    """Whether it is about proposals; else about units."""
    return bool(call.catalogue.kind == CatalogueKind.SIMPLIFICATION)


def write(
    kind: CallLetterKind,
    call: PositionCall,
    missing: Mapping[int, str],
    *,
    by: User | None,
) -> list[CallLetter]:
    """Write a mail to each that can be written to, and the job that sends them.

    Call it inside the act that needs them. Whoever has no director gets none.

    Args:
        missing: to whom, by pk, each with what it lacks, in words.
        by: None where the portal writes by itself.

    Raises:
        ValidationError: an address is none.
    """
    places = list(Municipality.objects.filter(pk__in=list(missing)))
    to = addresses(call, [row.pk for row in places])
    found = []
    for place in places:
        if place.pk not in to:
            continue
        words = draft(kind, call, place, missing[place.pk])
        letter = CallLetter(
            call=call,
            municipality=place,
            kind=kind,
            to=to[place.pk],
            reply_to=call.reply_to or (by.email if by else ""),
            subject=words.subject,
            body=words.body,
            written_by=str(by) if by else "",
        )
        letter.clean_fields()
        found.append(letter)
    CallLetter.objects.bulk_create(found)
    if found:
        letters.defer_sending(CallLetter.send)
    return found
