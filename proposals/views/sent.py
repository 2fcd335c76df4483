"""A record as a meeting received it: for everybody who may read that meeting.

Source: docs/rules.md R-61, R-105.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from documents.marks import marks_between
from documents.page import html_of
from meetings.editions import records
from meetings.editions.reading import own_council
from meetings.minutes.ledger import decisions_on
from meetings.packets.marks import before_edition
from meetings.views.finding import council_asked_for, readable_or_404
from proposals.models import Proposal
from proposals.queries.public import named_in, newest_sending
from proposals.queries.sent_status import sent_status
from proposals.views.kinds import KINDS

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.utils.safestring import SafeString

    from accounts.access import VisitorRequest
    from meetings.editions.edition import Edition
    from meetings.editions.records import SentSection, Shown
    from meetings.packets.marks import SentBefore
    from proposals.queries.sent_status import SentStatus
    from proposals.views.kinds import Kind

PAGE, NOT_THERE = "proposals/sent.html", "proposals/sent_not_there.html"


@require_safe
@login_not_required
def sent_record(
    request: VisitorRequest, of: str, number: int, slug: str
) -> HttpResponse:
    """Show a record as one meeting received it; ``?version=`` as that version has it."""
    kind, edition = KINDS[of], readable_or_404(request, slug)
    label = f"{kind.name} {number}"
    found = records.record_in(edition, kind.model.owner, label)
    if not found:
        return _not_there(request, kind, edition, label)
    return _page(request, kind, edition, found)


def newest_record(request: VisitorRequest, of: str, number: int) -> HttpResponse:
    """Show a record as it was last sent openly; ``?version=`` as that version has it.

    Raises:
        Http404: no public meeting got it.
        WithdrawnError: one did, and it is taken down.
    """
    kind, own = KINDS[of], own_council(request.seat or None)
    council = council_asked_for(request) or own
    owner, label = kind.model.owner, f"{kind.name} {number}"
    wanted = {"label": label, "key__startswith": f"{owner}:"}
    sendings = records.shown_at(None, own, council, **wanted)
    if not sendings:
        slug = newest_sending(council, owner, label)
        if slug:
            records.refuse_taken(readable_or_404(request, slug), owner, label)
        raise Http404
    edition = readable_or_404(request, sendings[0].slug)
    found = records.record_in(edition, owner, label)
    if found:
        return _page(request, kind, edition, found)
    if "version" in request.GET:
        return _not_there(request, kind, edition, label)
    # The newest version is without it: an older one is, and says so.
    return redirect(sendings[0].url)


def _page(
    request: VisitorRequest,
    kind: Kind,
    edition: Edition,
    found: tuple[SentSection, ...],
) -> HttpResponse:
    own = own_council(request.seat or None)
    here, key = found[0], found[0].section.key
    before = before_edition(edition, here.part)
    body, is_changed = _body(edition, here, before)
    shown = records.shown_at(request.user, own, edition.council_slug, key=key)
    others = [
        row
        for row in shown
        if (row.slug, row.version) != (edition.slug, edition.number)
    ]
    context = {
        "edition": edition,
        "council_name": edition.agenda.council,
        "here": here,
        "also": found[1:],
        "part": here.part,
        "body": body,
        "before": before if is_changed else None,
        "permanent": records.permanent_in(edition, here.section),
        "newest": _newest(edition, here),
        "later": _later(edition, others),
        "today": _today(request, kind, edition, key),
        "others": others,
        "decisions": decisions_on(key, request.user),
        "status": _status(request, kind, edition, key),
        "list_url": reverse(kind.list_url),
        "named": named_in(here.section),
        "of": kind.model.word,
    }
    return render(request, PAGE, context)


def _status(
    request: VisitorRequest, kind: Kind, edition: Edition, key: str
) -> SentStatus | None:
    """Give how far a proposal had come, as it was sent last; None of a unit."""
    if kind.model is not Proposal:
        return None
    own = own_council(request.seat or None)
    return sent_status(key, request.user, own, edition.council_slug)


def _later(edition: Edition, others: list[Shown]) -> Shown | None:
    """Give the latest meeting after this one that got the record, too."""
    latest = max(others, key=lambda row: row.held_on, default=None)
    return latest if latest and latest.held_on > edition.held_on else None


def _body(
    edition: Edition, here: SentSection, before: SentBefore
) -> tuple[SafeString, bool]:
    """Write the record by itself, marked against the version before.

    What it refers to is read where the same meeting got that.
    """
    whole, key = records.alone(here.section), here.section.key
    old = records.same_in(before.documents.get(here.part.appendix.slug, ""), key)
    marked = (
        marks_between(old, whole, since=before.since, sent=before.sent) if old else {}
    )
    pages, own_pages = dict(here.part.pages), dict(here.part.within)
    links = {
        name: path
        for part in (*edition.by_slug.values(), here.part)
        for name, path in records.permanent_links(edition, part).items()
    }
    return html_of(whole, pages, own_pages, marked, links), bool(marked)


def _newest(edition: Edition, here: SentSection) -> str:
    """Give where the newest version shows it; "" where that does not hold its appendix."""
    newest, slug = edition.newest, here.part.appendix.slug
    if newest is None or slug not in newest.appendices:
        return ""
    query = {"kkr": edition.kkr}
    key, label = here.section.key, here.section.label
    return records.permanent(key, label, edition.slug, query)


def _today(
    request: VisitorRequest, kind: Kind, edition: Edition, key: str
) -> Any | None:
    """Give the record as it is now, for those who write it: one query; else None."""
    seat = request.seat
    if not seat or not seat.may_edit or seat.council.slug != edition.council_slug:
        return None
    rows: Any = kind.model._default_manager  # noqa: SLF001
    own = rows.visible_to(seat).present()
    return own.filter(key=key.partition(":")[2]).first()


def _not_there(
    request: VisitorRequest, kind: Kind, edition: Edition, label: str
) -> HttpResponse:
    """Say that the meeting holds no such record, and where it was read instead.

    Raises:
        WithdrawnError: it was there, and is taken down.
    """
    owner = kind.model.owner
    records.refuse_taken(edition, owner, label)
    own = own_council(request.seat or None)
    wanted = {"label": label, "key__startswith": f"{owner}:"}
    context = {
        "edition": edition,
        "council_name": edition.agenda.council,
        "label": label,
        "others": records.shown_at(request.user, own, edition.council_slug, **wanted),
    }
    return render(request, NOT_THERE, context, status=404)
