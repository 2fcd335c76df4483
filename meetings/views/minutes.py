"""A meeting's minutes: written by its editors, read by those who may.

Source: docs/rules.md R-48.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.access import editors_only
from core.errors import RuleViolationError
from core.notices import Undo, say, warn
from documents import codec
from documents.page import html_of
from meetings.choices import Body, Presence, in_sentence
from meetings.editions.withdrawn import WithdrawnError, withdrawn
from meetings.minutes.applies import applies_words
from meetings.minutes.document import minutes_document
from meetings.minutes.guards import is_as_sent, not_whole
from meetings.minutes.proposed import proposed
from meetings.minutes.value import written
from meetings.models import Minutes
from meetings.models.taken import closing_minutes, latest_of
from meetings.services import minutes as service
from meetings.services.writing import is_approved
from meetings.views.closed_minutes import (
    may_read_some,
    preview_closed,
    read_closed,
    send_closed,
)
from meetings.views.files import send_paper
from meetings.views.finding import (
    asks_for_closed,
    own_meeting,
    own_meeting_or_404,
    published_or_404,
    readable_or_404,
)
from meetings.views.items import at_item

if TYPE_CHECKING:
    from django.http import HttpResponse, HttpResponseBase

    from accounts.access import PortalRequest, VisitorRequest
    from meetings.editions.edition import Edition
    from meetings.minutes.value import Written
    from meetings.models import Meeting

WORK, READ = "meetings/minutes.html", "meetings/minutes_read.html"


@require_safe
@login_not_required
def minutes(request: VisitorRequest, slug: str) -> HttpResponse:
    """Show the editors what they write; what is approved is read by everybody alike.

    With ``?del=lukket``: what was sent or approved of closed items, for their readers.
    """
    own = own_meeting(request, slug)
    if asks_for_closed(request):
        edition = readable_or_404(request, slug)
        return read_closed(request, edition, minutes_or_404(request, edition), own)
    if own is None or is_approved(own):
        return _read(request, slug, own)
    return _work(request, own)


def _work(request: VisitorRequest, own: Meeting, status: int = 200) -> HttpResponse:
    """Show the working page; ``status`` says that something was refused."""
    found = written(own)
    context: dict[str, Any] = {"meeting": own, "written": found}
    if found is None:
        return render(request, WORK, context, status=status)
    latest = found.latest
    on_agenda = service.approval_item(own.pk)
    context |= {
        "rows": [_row(found, each) for each in found.whole],
        "present": found.of_presence(Presence.PRESENT),
        "apologies": found.of_presence(Presence.APOLOGY),
        "absent": found.of_presence(Presence.ABSENT),
        "body": Body(own.kind).label if own.kind in Body.values else "",
        "who_met": in_sentence(own.body),
        "silent": [seat for seat in found.seats if not seat.presence],
        "obstacles": not_whole(found),
        "latest": latest,
        "is_changed": latest is not None and not is_as_sent(found),
        "on_agenda": on_agenda,
        "next_meeting": None if on_agenda else service.next_meeting(own),
        "is_refused": status != 200,  # noqa: PLR2004
    }
    return render(request, WORK, context, status=status)


def _row(found: Written, each: Any) -> dict[str, Any]:
    """Give an item with its decision, or with what is proposed."""
    who = found.meeting.who
    outcome = each.decision.outcome
    return {
        "own": each,
        "words": applies_words(found.edition_of(each), each.item, outcome),
        "proposed": proposed(each.row, who) if each.row and not outcome else None,
    }


def _read(request: VisitorRequest, slug: str, own: Meeting | None) -> HttpResponse:
    edition = published_or_404(request, slug)
    row = minutes_or_404(request, edition)
    body = html_of(codec.loads(row.paper.document))
    context = {
        "edition": edition,
        "council_name": edition.agenda.council,
        "row": row,
        "body": body,
        "meeting": own,
        "has_closed": may_read_some(request, row),
    }
    return render(request, READ, context)


def minutes_or_404(request: VisitorRequest, edition: Edition) -> Minutes:
    """Give the minutes that a reader of the meeting may read: the latest, 1 query.

    Approved ones come before those that wait for approval.

    Raises:
        Http404: there are none.
        WithdrawnError: they are taken down, or something is that they hold.
    """
    rows = Minutes.objects.visible_to(request.user).filter(
        meeting__slug=edition.slug, meeting__council__slug=edition.council_slug
    )
    rows = rows.annotate(taken=latest_of(closing_minutes()))
    row: Any = rows.select_related("paper", "meeting").order_by("-number").first()
    if row is None:
        raise Http404
    if row.taken:
        raise WithdrawnError(withdrawn(row.taken), edition, is_minutes=True)
    found: Minutes = row
    return found


@require_safe
@editors_only
def minutes_draft(request: PortalRequest, slug: str) -> HttpResponse:
    """Show the editors the minutes as they will be read; ``?del=lukket`` the closed ones."""
    own = own_meeting_or_404(request, slug)
    found = written(own)
    if found is None:
        raise Http404
    if asks_for_closed(request):
        return preview_closed(request, found, own)
    body = html_of(minutes_document(found))
    context = {"edition": found.edition, "row": None, "body": body, "meeting": own}
    return render(request, READ, context)


@require_safe
@login_not_required
def minutes_file(request: VisitorRequest, slug: str) -> HttpResponseBase:
    """Download the minutes as they were sent for approval, or approved."""
    if asks_for_closed(request):
        edition = readable_or_404(request, slug)
        return send_closed(request, edition, minutes_or_404(request, edition))
    edition = published_or_404(request, slug)
    row = minutes_or_404(request, edition)
    name = f"{edition.agenda.council} {edition.slug} Referat"
    is_public = row.is_approved and edition.is_public
    return send_paper(request, row.paper.file, name, is_public=is_public)


@require_POST
@editors_only
def minutes_proposal(request: PortalRequest, slug: str) -> HttpResponse:
    """Send the minutes for approval."""
    own = own_meeting_or_404(request, slug)
    try:
        service.propose_minutes(own.pk, by=request.user)
    except service.NotWholeError:
        return _work(request, own, 422)
    except service.NotPrintedError as error:
        service.print_again(own.pk)
        warn(request, str(error))
    except RuleViolationError as error:
        warn(request, str(error))
    else:
        words = (
            "Referatet er sendt til godkendelse. De, der sidder i rådet, kan læse det."
        )
        say(request, words)
    return redirect("meetings:minutes", own.slug)


@require_POST
@editors_only
def minutes_next(request: PortalRequest, slug: str) -> HttpResponse:
    """Put the minutes on the agenda of the council's next meeting."""
    own = own_meeting_or_404(request, slug)
    following = service.next_meeting(own)
    if following is None:
        warn(request, "Der er ikke oprettet et senere møde, som kan rettes.")
        return redirect("meetings:minutes", own.slug)
    try:
        item = service.put_on_agenda(own.pk, to=following.pk, by=request.user)
    except RuleViolationError as error:
        warn(request, str(error))
        return redirect("meetings:minutes", own.slug)
    item.section.meeting = following
    words = f"Referatet er punkt {item.number} på {following.name}."
    undo = Undo(f"{item.get_absolute_url()}fjernelse/", "Fortryd", {"remove": "ja"})
    say(request, words, undo=undo)
    return redirect(at_item(item))
