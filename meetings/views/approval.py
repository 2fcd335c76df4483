"""Approval: the secretariat asks and writes down, the chairman answers by a link."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import editors_only
from core.errors import RuleViolationError
from core.notices import say, warn
from meetings.agenda import Agenda
from meetings.choices import MeetingState
from meetings.editions import reading
from meetings.editions.copies import taken_in
from meetings.editions.withdrawn import (
    WithdrawnError,
    withdrawal_rows,
    withdrawn,
)
from meetings.forms.members import AnswerForm, AskForm, RecordForm, approvers
from meetings.post.words import token_of
from meetings.services import approval as service
from meetings.services.life import StepRefusedError
from meetings.views.files import send_file
from meetings.views.finding import own_meeting_or_404

if TYPE_CHECKING:
    from typing import Any

    from django.http import HttpResponse, HttpResponseBase

    from accounts.access import PortalRequest, VisitorRequest
    from meetings.models import Approval, Letter, Meeting
    from meetings.obstacles import Obstacle

PAGE, LINK = "meetings/approvals.html", "meetings/approval.html"
GONE = 410


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def approvals(request: PortalRequest, slug: str) -> HttpResponse:
    """Ask for approval, write an answer down, or take a question back."""
    own = own_meeting_or_404(request, slug)
    act, known = request.POST.get("act", ""), approvers(own)
    ask = AskForm(request.POST if act == "ask" else None, known=known)
    record = RecordForm(request.POST if act == "record" else None, known=known)
    if request.method != "POST":
        return _page(request, own, ask, record)
    try:
        if not _done(request, own, ask, record):
            return _page(request, own, ask, record, 422)
    except StepRefusedError as error:
        return _page(request, own, ask, record, 422, error.obstacles)
    except RuleViolationError as error:
        warn(request, str(error))
    return redirect("meetings:approvals", slug)


def _done(
    request: PortalRequest, own: Meeting, ask: AskForm, record: RecordForm
) -> bool:
    """Do what was asked for; False where a form must be put right first."""
    if ask.is_valid():
        _ask(request, own, ask)
    elif record.is_valid():
        _record(request, own, record)
    elif (pk := request.POST.get("withdraw", "")).isdecimal():
        service.take_back(_own(own, pk).pk, by=request.user)
        say(request, "Linket gælder ikke mere.")
    elif (pk := request.POST.get("mail", "")).isdecimal():
        row = service.mail_again(_own(own, pk).pk, by=request.user)
        say(request, f"Mailen til {row.name} sendes igen.")
    else:
        return False
    return True


def _ask(request: PortalRequest, own: Meeting, form: AskForm) -> None:
    expires_on = form.cleaned_data["expires_on"]
    row = service.ask(own.pk, who=form.who, expires_on=expires_on, by=request.user)
    if row.email:
        say(request, f"Linket er på vej til {row.name}, {row.email}.")
    else:
        say(request, "Linket er klar. Kopiér det, og send det.")


def _record(request: PortalRequest, own: Meeting, form: RecordForm) -> None:
    given = form.cleaned_data
    service.record(
        own.pk,
        who=service.Asked(given["name"], given["role"]),
        how=given["how"],
        is_approved=form.is_approved,
        remarks=given["remarks"],
        by=request.user,
    )
    say(request, "Svaret er skrevet ind.")


def _own(meeting: Meeting, pk: str) -> Approval:
    row: Approval | None = meeting.approvals.filter(pk=int(pk[:18])).first()
    if row is None:
        raise Http404
    return row


def _page(
    request: PortalRequest,
    own: Meeting,
    ask: AskForm,
    record: RecordForm,
    status: int = 200,
    obstacles: tuple[Obstacle, ...] = (),
) -> HttpResponse:
    rows = [
        (
            row,
            _address(request, row) if row.is_open else "",
            _last(row),
        )
        for row in own.approvals.prefetch_related("letters")
    ]
    context = {
        "meeting": own,
        "rows": rows,
        "ask": ask,
        "record": record,
        "obstacles": obstacles,
        "may_ask": own.state == MeetingState.APPROVAL or own.is_revising,
    }
    return render(request, PAGE, context, status=status)


def _last(row: Approval) -> Letter | None:
    """Give the mail with its link that was written last."""
    return next(reversed(row.letters.all()), None)


def _address(request: PortalRequest, row: Approval) -> str:
    path = reverse("meetings:approval-link", args=[token_of(row)])
    return request.build_absolute_uri(path)


@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
@never_cache
def approval_link(request: VisitorRequest, token: str) -> HttpResponse:
    """Show whoever has the link what it is for, and take the answer of a POST."""
    row = _approval_or_404(token)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            service.answer(
                row.pk,
                is_approved=form.is_approved,
                remarks=form.cleaned_data["remarks"],
            )
        except RuleViolationError as error:
            form.add_error(None, str(error))
        else:
            return redirect("meetings:approval-link", token)
    status = 422 if request.method == "POST" else 200
    is_void = not row.answer and not row.is_open
    context: dict[str, Any] = {
        "approval": row,
        "meeting": row.meeting,
        "council_name": row.meeting.council.name,
        "agenda": Agenda.from_json(row.packet.contents),
        "token": token,
        "form": form,
        "is_void": is_void,
    }
    return render(request, LINK, context, status=GONE if is_void else status)


@require_safe
@login_not_required
def approval_file(request: VisitorRequest, token: str) -> HttpResponseBase:
    """Give the packet that is to be approved, while the question is open or answered."""
    row = _approval_or_404(token)
    if not row.answer and not row.is_open:
        raise Http404
    edition = reading.of_packet_row(row.packet, row.meeting)
    name = f"{edition.agenda.council} {edition.agenda.slug} Bilagspakke"
    return send_file(request, edition, edition.file, name)


def _approval_or_404(token: str) -> Approval:
    found = service.approval_of(token)
    if found is None:
        raise Http404
    built = found.packet.built_at or found.packet.asked_at
    for closed in map(withdrawn, withdrawal_rows(found.meeting_id)):
        # What was built before may be marked against it.
        if closed.holds_for(found.packet.version) or closed.at > built:
            raise WithdrawnError(closed, None, is_whole=True)
    if borrowed := taken_in(found.packet):
        raise WithdrawnError(borrowed, None, is_held=True)
    return found
