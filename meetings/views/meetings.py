"""The list of meetings, a meeting's workbench, and what is said of the meeting itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import editors_only
from core import formats
from core.conflict import Place, merged_words, save_form
from core.htmx import render_hx
from core.notices import say
from core.versions import Saved
from meetings.forms import ItemCardForm, MeetingForm, NewMeetingForm
from meetings.models import Meeting
from meetings.queries import workbench
from meetings.services import meetings as service
from meetings.views.finding import own_meeting, own_meeting_or_404
from meetings.views.public import published_list, published_meeting

if TYPE_CHECKING:
    from django.http import HttpResponse

    from accounts.access import PortalRequest, VisitorRequest
    from accounts.models import User

ROWS = 20
LIST = "meetings/list.html"
MEETING = "meetings/meeting.html"
FORM = "meetings/meeting_form.html"


def name_of(meeting: Meeting) -> str:
    """Give "KKR-møde 22. november 2023"."""
    return f"KKR-møde {formats.long_date(meeting.held_on)}"


@require_safe
@login_not_required
def meeting_list(request: VisitorRequest) -> HttpResponse:
    """List the editors' own meetings, drafts too; everybody else the published ones."""
    if not request.seat or not request.seat.may_edit:
        return published_list(request)
    user, council = cast("User", request.user), request.seat.council
    rows = Meeting.objects.visible_to(user).filter(council=council)
    page = Paginator(rows.for_list(), ROWS).get_page(request.GET.get("side"))
    return render(request, LIST, {"page": page})


@require_safe
@login_not_required
def meeting(request: VisitorRequest, slug: str) -> HttpResponse:
    """Show the editors their workbench, everybody else what is published."""
    own = own_meeting(request, slug)
    if own is None:
        return published_meeting(request, slug)
    opened, closed = request.GET.get("rediger", ""), request.GET.get("luk", "")
    return show_workbench(request, own, opened=opened, changed=closed)


def show_workbench(
    request: VisitorRequest,
    own: Meeting,
    *,
    opened: str = "",
    form: Any = None,
    changed: str = "",
    status: int = 200,
) -> HttpResponse:
    """Show the workbench, or the one card that htmx asked for.

    Args:
        opened: the item, "2-3", whose card is open for editing.
        form: what was sent from it; without it the card shows what is saved.
        changed: the item whose card was saved; it gets the focus.
    """
    bench = workbench(own)
    row = bench.row(opened or changed)
    if opened and form is None and row is not None:
        form = ItemCardForm(instance=row.item)
    context = {
        "bench": bench,
        "meeting": own,
        "title": name_of(own),
        "opened": opened if row is not None else "",
        "changed": changed,
        "row": row,
        "form": form,
        "media": ItemCardForm().media,
        "packet_box": bench.packet,
    }
    return render_hx(request, MEETING, "card_and_side", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def meeting_new(request: PortalRequest) -> HttpResponse:
    """Create a meeting."""
    form = NewMeetingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = service.create_meeting(
            council=request.seat.council, by=request.user, **form.values
        )
        say(request, f"{name_of(made)} er oprettet.")
        return redirect(made)
    context = {"form": form, "title": "Nyt møde", "back": reverse("meetings:list")}
    status = 422 if request.method == "POST" else 200
    return render(request, FORM, context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def meeting_edit(request: PortalRequest, slug: str) -> HttpResponse:
    """Edit a meeting's date, hours and place."""
    own = own_meeting_or_404(request, slug)
    title, back = name_of(own), own.get_absolute_url()
    form = MeetingForm(request.POST or None, instance=own)
    status = 200
    if request.method == "POST":
        trail = ((reverse("meetings:list"), "Møder"), (back, title))
        place = Place("mødets oplysninger", request.path, trail)

        def save(**values: Any) -> Saved[Meeting]:
            return service.edit_meeting(own.pk, by=request.user, **values)

        answer = save_form(request, form, own, save, place)
        if isinstance(answer, Saved):
            say(request, f"Oplysningerne er gemt. {merged_words(answer, form)}".strip())
            return redirect(answer.row)
        if answer is not None:
            return answer
        status = 422
    context = {"form": form, "title": title, "back": back, "meeting": own}
    return render(request, FORM, context, status=status)
