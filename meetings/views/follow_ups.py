"""What is to be done after meetings: the list, and each task."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from accounts.access import editors_only
from core.asked import asked_by, removal_by_word
from core.conflict import Place, merged_words, save_form
from core.errors import RuleViolationError
from core.notices import Undo, say, warn
from core.versions import Saved
from meetings.forms.minutes import FollowUpForm
from meetings.models import FollowUp
from meetings.queries import item_at
from meetings.services import follow_ups as service
from meetings.views.finding import own_meeting_or_404

if TYPE_CHECKING:
    from django.http import HttpResponse

    from accounts.access import PortalRequest
    from meetings.models import Meeting

LIST, FORM = "meetings/follow_ups.html", "meetings/follow_up_form.html"
DONE_SHOWN = 20


@require_safe
@editors_only
def tasks(request: PortalRequest) -> HttpResponse:
    """List what is not done, the nearest day first, and what was done last."""
    own = FollowUp.objects.visible_to(request.user).filter(
        meeting__council=request.seat.council
    )
    done = own.present().filter(done_on__isnull=False).order_by("-done_on", "-pk")
    context = {
        "waiting": own.waiting().for_list(),
        "done": done.for_list()[:DONE_SHOWN],
    }
    return render(request, LIST, context)


def _task_or_404(request: PortalRequest, pk: int) -> FollowUp:
    rows = FollowUp.objects.visible_to(request.user).filter(
        meeting__council=request.seat.council
    )
    row = rows.select_related("meeting", "item__section").filter(pk=pk).first()
    if row is None:
        raise Http404
    return row


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def task_new(request: PortalRequest, slug: str) -> HttpResponse:
    """Write a task of a meeting, or with ``?punkt=2-3`` of one of its items."""
    own = own_meeting_or_404(request, slug)
    item = item_at(own, request.GET.get("punkt", ""))
    form = FollowUpForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            service.create_task(own.pk, item=item, by=request.user, **form.values)
        except RuleViolationError as error:
            form.add_error(None, str(error))
        else:
            say(request, "Opgaven er skrevet.")
            place = f"#punkt-{item.slug}" if item else "#opgaver"
            return redirect(reverse("meetings:minutes", args=[own.slug]) + place)
    context = {"form": form, "meeting": own, "item": item}
    status = 422 if request.method == "POST" else 200
    return render(request, FORM, context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def task(request: PortalRequest, pk: int) -> HttpResponse:
    """Edit a task."""
    row = _task_or_404(request, pk)
    form = FollowUpForm(request.POST or None, instance=row)
    status = 200
    if request.method == "POST":
        trail = ((reverse("decisions:tasks"), "Opfølgning"), (request.path, "Opgave"))

        def save(**values: Any) -> Saved[FollowUp]:
            return service.edit_task(pk, by=request.user, **values)

        answer = save_form(
            request, form, row, save, Place("opgaven", request.path, trail)
        )
        if isinstance(answer, Saved):
            say(request, f"Opgaven er gemt. {merged_words(answer, form)}".strip())
            return redirect("decisions:tasks")
        if answer is not None:
            return answer
        status = 422
    meeting: Meeting = row.meeting
    context = {"form": form, "meeting": meeting, "item": row.item, "task": row}
    return render(request, FORM, context, status=status)


@require_POST
@editors_only
@asked_by("til", "loest", "aaben")
def task_state(request: PortalRequest, pk: int) -> HttpResponse:
    """Say that a task is done, or that it is not after all."""
    row = _task_or_404(request, pk)
    if request.POST["til"] == "aaben":
        service.reopen_task(row.pk, by=request.user)
        say(request, "Opgaven er åben igen.")
    else:
        service.finish_task(row.pk, by=request.user)
        undo = Undo(request.path, "Åbn den igen", {"til": "aaben"})
        say(request, f"Løst: {row.text}", undo=undo)
    return redirect("decisions:tasks")


@require_POST
@editors_only
@removal_by_word
def task_removal(request: PortalRequest, pk: int) -> HttpResponse:
    """Take a task off the list, or with ``undo`` put it back."""
    row = _task_or_404(request, pk)
    try:
        if request.POST.get("undo"):
            service.restore_task(row.pk, by=request.user)
            say(request, "Opgaven er sat ind igen.")
        else:
            service.remove_task(row.pk, by=request.user)
            undo = Undo(request.path, "Sæt den ind igen", {"undo": "1"})
            say(request, "Opgaven er fjernet.", undo=undo)
    except RuleViolationError as error:
        warn(request, str(error))
    return redirect("decisions:tasks")
