"""Keeping what was typed, closing what was saved, sweeping what is old."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from django.contrib.auth import get_user_model
from django.core.exceptions import SuspiciousOperation
from django.db import DatabaseError, InterfaceError, transaction
from django.http import UnreadablePostError
from django.http.multipartparser import MultiPartParserError

from core import clock
from core.drafts.models import Draft
from core.drafts.ticket import KEPT_AT, TICKET, Ticket
from core.posted import SECRET

if TYPE_CHECKING:
    from django.http import HttpRequest, QueryDict

log = logging.getLogger(__name__)

MOST_LETTERS: Final = 1_000_000
MOST_DRAFTS: Final = 100
KEPT_FOR: Final = timedelta(days=30)
# A draft that was on its way while its text was saved comes no later than this.
LATE: Final = timedelta(minutes=1)
UNKEPT: Final = SECRET | {TICKET, KEPT_AT, "draft_action"}
OWN: Final = "__own"
UNREADABLE: Final = (SuspiciousOperation, MultiPartParserError, UnreadablePostError)


class TooLargeError(Exception):
    """The text is longer than a draft may be."""


def keep(ticket: Ticket, data: QueryDict, *, is_late: bool = False) -> Draft | None:
    """Keep what was typed, for the ticket's user, whoever sends it.

    Args:
        data: the posted fields.
        is_late: by itself, and perhaps after the form was saved; then it is dropped.

    Returns:
        The draft; None for a user who is gone or shut out, and for what came late.

    Raises:
        TooLargeError: more than ``MOST_LETTERS`` letters.
        DatabaseError: nothing is kept.
    """
    typed = typed_fields(data)
    with transaction.atomic():
        if not _locked(ticket.user):
            return None
        row = _row_of(ticket)
        if is_late and row.closed_at and clock.now() - row.closed_at < LATE:
            return None
        row.key, row.part = ticket.key, ticket.part
        row.name, row.page = ticket.name[:300], ticket.page
        row.labels = list(ticket.labels)
        row.data, row.writer = typed, ticket.writer
        row.written_at, row.closed_at = clock.now(), None
        row.save()
        _drop_oldest(ticket.user)
    return row


def _locked(user: int) -> bool:
    """Lock a user's drafts until the transaction ends; give whether the user may sign in.

    The user's row stands for them, so that two writes of one form come one by one.
    """
    users: Any = get_user_model()._default_manager  # noqa: SLF001 -- Django's
    rows = users.select_for_update(no_key=True, of=("self",))
    return bool(rows.filter(pk=user, is_active=True).values_list("pk"))


def typed_fields(data: QueryDict) -> dict[str, list[str]]:
    """Give the posted fields that are worth keeping: name → values.

    A common text from the page of a conflict stands for the text it began with.

    Raises:
        TooLargeError: more than ``MOST_LETTERS`` letters.
    """
    found = {
        name: [str(value).replace("\x00", "") for value in values]
        for name, values in data.lists()
        if name not in UNKEPT
    }
    own = {
        name.replace(OWN, "", 1): found[name]
        for name in found
        if OWN in name and name.replace(OWN, "", 1) in found
    }
    kept = {name: values for name, values in found.items() if "__" not in name} | own
    if sum(len(text) for values in kept.values() for text in values) > MOST_LETTERS:
        raise TooLargeError
    return kept


def _row_of(ticket: Ticket) -> Draft:
    """Give the draft that a form writes: what it was filled with, or one of its own."""
    rows = {row.pk: row for row in Draft.objects.filter(pk__in=ticket.drafts)}
    first = rows.get(ticket.drafts[0])
    if first is not None and first.user_id == ticket.user and ticket.may_write(first):
        return first
    return rows.get(ticket.writer) or Draft(pk=ticket.writer, user_id=ticket.user)


def _drop_oldest(user: int) -> None:
    own = Draft.objects.filter(user=user)
    own.filter(closed_at__lt=clock.now() - LATE).delete()
    kept = own.open().order_by("-written_at").values_list("pk", flat=True)
    own.filter(pk__in=list(kept[MOST_DRAFTS:])).delete()


def keep_posted(request: HttpRequest) -> Draft | None:
    """Keep what a request sent, once, if its form keeps drafts; never raises for it."""
    known: Any = request
    if hasattr(known, "kept_draft"):
        found: Draft | None = known.kept_draft
        return found
    known.kept_draft = None
    try:
        ticket = Ticket.of(request.POST)
        if ticket is not None:
            known.kept_draft = keep(ticket, request.POST)
    except TooLargeError:
        log.warning("A text was too long to be kept as a draft")
    except (*UNREADABLE, DatabaseError, InterfaceError) as error:
        log.warning("A draft could not be kept: %r", error)
    kept: Draft | None = known.kept_draft
    return kept


def forgo(request: HttpRequest) -> None:
    """Keep nothing of a request: what it sent is what is saved already."""
    known: Any = request
    known.kept_draft = None


def close_posted(request: HttpRequest) -> None:
    """Close the draft of a form that was saved: its text is where it belongs now.

    Call it where the form is saved, also where the form keeps no drafts.
    """
    forgo(request)
    ticket = Ticket.of(request.POST)
    if ticket is None:
        return
    try:
        with transaction.atomic():
            _close(ticket)
    except (DatabaseError, InterfaceError) as error:
        log.warning("A draft of a saved form could not be closed: %r", error)


def _close(ticket: Ticket) -> None:
    is_known = _locked(ticket.user)
    rows = Draft.objects.filter(pk__in=ticket.drafts, user=ticket.user)
    mine = [row.pk for row in rows if ticket.may_write(row)]
    closed = {"data": {}, "closed_at": clock.now(), "writer": ticket.writer}
    Draft.objects.filter(pk__in=mine).update(**closed)
    if mine or not is_known:
        return
    # None was kept; one may be on its way, and finds this.
    Draft.objects.get_or_create(
        pk=ticket.writer,
        defaults={
            "user_id": ticket.user,
            "key": ticket.key,
            "name": ticket.name,
            "page": ticket.page,
            "writer": ticket.writer,
            "closed_at": clock.now(),
        },
    )


def sweep(now: datetime | None = None) -> int:
    """Delete drafts that nobody wrote on for ``KEPT_FOR``, and all that is saved.

    Args:
        now: the present when left out.

    Returns:
        How many rows went.
    """
    moment = now or clock.now()
    old = Draft.objects.filter(written_at__lt=moment - KEPT_FOR)
    saved = Draft.objects.filter(closed_at__lt=moment - LATE)
    return old.delete()[0] + saved.delete()[0]
