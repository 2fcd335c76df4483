"""Approval: the secretariat asks, and writes down what was answered in other ways."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.access import editors_only
from core.drafts.keeping import close_posted
from core.drafts.offering import offer
from core.errors import RuleViolationError
from core.notices import say, warn
from meetings.choices import MeetingState
from meetings.forms.members import AskForm, RecordForm, approvers
from meetings.post.words import token_of
from meetings.services import approval as service
from meetings.services.life import StepRefusedError
from meetings.views.finding import own_meeting_or_404

if TYPE_CHECKING:
    from django.http import HttpResponse

    from accounts.access import PortalRequest
    from meetings.models import Approval, Letter, Meeting
    from meetings.obstacles import Obstacle

PAGE = "meetings/approvals.html"


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
    close_posted(request)
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
    name = f"svaret på godkendelsen, {own.name}"
    offer(request, record, name, key=f"meetings.approval:{own.pk}")
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
