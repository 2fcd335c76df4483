"""The register of who sits in a council."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.forms import model_to_dict
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import editors_only
from core.asked import REMOVE
from core.conflict import Place, merged_words, save_form
from core.errors import RuleViolationError
from core.notices import Undo, say, warn
from core.versions import Saved
from meetings.forms.members import MemberForm, begun, history_of, seats_of
from meetings.models import Member
from meetings.services import members as service

if TYPE_CHECKING:
    from django.http import HttpResponse

    from accounts.access import PortalRequest

LIST, FORM = "meetings/members.html", "meetings/member_form.html"


@require_safe
@editors_only
def members(request: PortalRequest) -> HttpResponse:
    """List who sits in the council, and with ``?alle`` who once did."""
    rows = Member.objects.visible_to(request.user)
    found = list(rows.filter(council=request.seat.council).for_list())
    shows_all = "alle" in request.GET
    sitting = [row for row in found if row.is_sitting]
    context = {
        "rows": found if shows_all else sitting,
        "shows_all": shows_all,
        "others": len(found) - len(sitting),
    }
    return render(request, LIST, context)


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def member_new(request: PortalRequest) -> HttpResponse:
    """Write a member into the register."""
    council = request.seat.council
    initial = begun(request.GET, council)
    form = MemberForm(request.POST or None, council=council, initial=initial)
    if request.method == "POST" and form.is_valid():
        made = service.create_member(council, by=request.user, **form.values)
        say(request, f"{made} er skrevet ind.")
        return redirect("meetings:members")
    status = 422 if request.method == "POST" else 200
    return render(request, FORM, {"form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def member(request: PortalRequest, pk: int) -> HttpResponse:
    """Edit a member; what was changed before stands below."""
    council = request.seat.council
    rows = Member.objects.visible_to(request.user).filter(council=council)
    row = rows.filter(pk=pk).first()
    if row is None:
        raise Http404
    title = str(row)
    if request.POST.get("remove") == REMOVE["remove"]:
        return _removed(request, row)
    form = MemberForm(request.POST or None, instance=row, council=council)
    status = 200
    if request.method == "POST":
        url = row.get_absolute_url()
        trail = ((reverse("meetings:members"), "Medlemmer"), (url, title))

        def save(**values: Any) -> Saved[Member]:
            return service.edit_member(pk, by=request.user, **values)

        answer = save_form(request, form, row, save, Place(title, url, trail))
        if isinstance(answer, Saved):
            words = f"{answer.row} er gemt. {merged_words(answer, form)}"
            say(request, words.strip())
            return redirect("meetings:members")
        if answer is not None:
            return answer
        status = 422
    others, free = seats_of(row)
    context = {"form": form, "member": row, "title": title, "past": history_of(row)}
    context |= {"others": others, "free": free}
    return render(request, FORM, context, status=status)


def _removed(request: PortalRequest, row: Member) -> HttpResponse:
    """Take out a member whom nothing names; undone by being written in again."""
    values = model_to_dict(row, MemberForm.base_fields)
    told = {
        name: f"{value:%d.%m.%Y}" if isinstance(value, date) else str(value)
        for name, value in values.items()
        if value
    }
    try:
        service.remove_member(row.pk, by=request.user)
    except RuleViolationError as error:
        warn(request, str(error))
        return redirect(row)
    again = Undo(reverse("meetings:member-new"), "Skriv ind igen", told)
    say(request, f"{row} er fjernet fra registeret.", undo=again)
    return redirect("meetings:members")
