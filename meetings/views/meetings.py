"""The list of meetings, a meeting's workbench, and what is said of the meeting itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from accounts.access import editors_only
from core import clock, formats
from core.asked import removal_by_word
from core.conflict import Place, merged_words, save_form
from core.drafts.keeping import close_posted
from core.drafts.offering import key_of, offer
from core.errors import RuleViolationError
from core.htmx import render_hx, wants_partial
from core.notices import Undo, say, warn
from core.versions import Saved
from meetings import steps
from meetings.days.deadlines import deadlines
from meetings.forms.agenda import CARD, ItemCardForm, SectionForm
from meetings.forms.meetings import MeetingForm, NewMeetingForm
from meetings.models import Meeting
from meetings.queries import (
    may_be_removed,
    removed_meeting,
    removed_meetings,
    sections_of,
    workbench,
)
from meetings.readthrough.standing import readers_of
from meetings.services import meetings as service
from meetings.services.life import sent_day
from meetings.views.finding import own_meeting, own_meeting_or_404
from meetings.views.locked import show_locked
from meetings.views.public import published_list, published_meeting

if TYPE_CHECKING:
    from django.http import HttpResponse

    from accounts.access import PortalRequest, VisitorRequest
    from accounts.models import User

ROWS = 20
LIST, GONE = "meetings/list.html", "meetings/list_gone.html"
MEETING = "meetings/meeting.html"
FORM = "meetings/meeting_form.html"
# What drafts of meetings that are not created yet are about.
NEW_DRAFT = "meetings.meeting:nyt"
# In place of a section's number: the form for one more.
NEW_SECTION = 0
# Forms that are open at once; more are not believed.
MOST_OPEN = 200
# Said where the day of a sent meeting is changed.
STAYS = (
    "Mødet er sendt med datoen {}. Den sendte side og pakken beholder den, til mødet "
    "sendes igen, og adressen beholder den for altid."
)
# What the page asks by itself until every change has been looked at.
LOOKED_AT = "ventende"


def name_of(meeting: Meeting) -> str:
    """Give "KKR-møde 22. november 2023"."""
    return meeting.name


@require_safe
@login_not_required
def meeting_list(request: VisitorRequest) -> HttpResponse:
    """List the editors' own meetings, drafts too; everybody else the published ones.

    With ``?kkr=`` editors see what everybody sees, of all councils or of one, with
    ``?fjernede`` what they have removed.
    """
    if not request.seat or not request.seat.may_edit or "kkr" in request.GET:
        return published_list(request)
    user, council = cast("User", request.user), request.seat.council
    if "fjernede" in request.GET:
        return render(request, GONE, {"rows": removed_meetings(user, council)})
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
    if own.is_locked:
        return show_workbench(request, own, changed=closed or opened)
    number, form = _opened_section(own, request.GET.get("afsnit", ""))
    return show_workbench(
        request,
        own,
        opened=opened,
        changed=closed,
        section=number,
        section_form=form,
    )


def _opened_section(own: Meeting, asked: str) -> tuple[int | None, SectionForm | None]:
    """Give the section whose form an address asks for, "nyt" for one more."""
    if asked == "nyt":
        return NEW_SECTION, SectionForm()
    found = (row for row in sections_of(own) if str(row.number) == asked)
    return next(
        ((row.number, SectionForm(instance=row)) for row in found), (None, None)
    )


def show_workbench(  # noqa: PLR0913 -- one keyword a form that may be open
    request: VisitorRequest,
    own: Meeting,
    *,
    opened: str = "",
    form: Any = None,
    changed: str = "",
    section: int | None = None,
    section_form: SectionForm | None = None,
    stepped: str = "",
    status: int = 200,
) -> HttpResponse:
    """Show the workbench, or the one card that htmx asked for.

    Args:
        opened: the item, "2-3", whose card is open for editing.
        form: what was sent from it; without it the card shows what is saved.
        changed: the item whose card was saved; it gets the focus.
        section: number of the section whose form is open, ``NEW_SECTION`` for one more.
        section_form: that form, as it was opened or sent.
        stepped: "op" or "ned": the opened item was moved that way, "til" where it was
            put at a place; then htmx gets all cards.
    """
    bench = workbench(own)
    row = bench.row(opened or changed)
    if opened and form is None and row is not None:
        form = ItemCardForm(instance=row.item)
    if form is not None and row is not None:
        name = f"{row.item}, {own.name}"
        offer(request, form, name, key=key_of(row.item), part=CARD)
    context = {
        "bench": bench,
        "meeting": own,
        "title": name_of(own),
        "opened": row.item.slug if opened and row is not None else "",
        "changed": row.item.slug if row is not None and not opened else "",
        "kept": _kept(request) if stepped else (),
        "stepped": stepped,
        "row": row,
        "form": form,
        "section_number": section,
        "section_form": section_form,
        "media": ItemCardForm().media,
        "packet_box": bench.packet,
        "state_line": steps.line(own),
        "next_steps": steps.steps_from(own),
        "deadlines": deadlines(own),
        "today": clock.today(),
        "readers": readers_of(own),
    }
    partial = "looked_at" if LOOKED_AT in request.GET else "card_and_side"
    if not stepped or not wants_partial(request):
        return render_hx(request, MEETING, partial, context, status=status)
    return _all_cards(request, own, context, status)


def _all_cards(
    request: VisitorRequest, own: Meeting, context: dict[str, Any], status: int
) -> HttpResponse:
    """Show the whole agenda where one card was asked for: others have moved along."""
    if context["section_number"] is None:
        number, form = _opened_section(own, _kept_section(request))
        context |= {"section_number": number, "section_form": form}
    response = render_hx(request, MEETING, "agenda", context, status=status)
    response["HX-Retarget"], response["HX-Reswap"] = "#agenda", "outerHTML"
    return response


def _kept(request: VisitorRequest) -> tuple[int, ...]:
    """Give the items whose forms are open in the browser beside the one that was sent."""
    names = (name.removeprefix("item-") for name in _open_forms(request) if "-" in name)
    own = request.POST.get("pk", "")
    return tuple(int(pk) for pk in names if pk.isdecimal() and pk != own)


def _kept_section(request: VisitorRequest) -> str:
    """Give which section's form is open in the browser, as addresses ask for it."""
    number = next((name for name in _open_forms(request) if "-" not in name), "")
    return "nyt" if number == str(NEW_SECTION) else number


def _open_forms(request: VisitorRequest) -> list[str]:
    """Give what the forms that are open in the browser are called; they tell it."""
    return [name for name in request.POST.getlist("aaben") if name][:MOST_OPEN]


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def meeting_new(request: PortalRequest) -> HttpResponse:
    """Create a meeting."""
    form = NewMeetingForm(request.POST or None, council=request.seat.council)
    if request.method == "POST" and form.is_valid():
        made = service.create_meeting(
            council=request.seat.council, by=request.user, **form.values
        )
        close_posted(request)
        say(request, f"{name_of(made)} er oprettet.")
        return redirect(made)
    offer(request, form, "et nyt møde", key=f"{NEW_DRAFT}:{request.seat.council_id}")
    context = {"form": form, "title": "Nyt møde", "back": reverse("meetings:list")}
    status = 422 if request.method == "POST" else 200
    return render(request, FORM, context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def meeting_edit(request: PortalRequest, slug: str) -> HttpResponse:
    """Edit a meeting's date, hours and place."""
    own = own_meeting_or_404(request, slug)
    if own.is_locked and request.method != "POST":
        return show_locked(request, own, "Oplysninger om mødet")
    title, back = name_of(own), own.get_absolute_url()
    form = MeetingForm(request.POST or None, instance=own, council=own.council)
    sent_on = sent_day(own)
    if sent_on:
        form.fields["held_on"].help_text = STAYS.format(formats.long_date(sent_on))
    status = 200
    if request.method == "POST":
        trail = ((reverse("meetings:list"), "Møder"), (back, title))
        place = Place("mødets oplysninger", request.path, trail)

        def save(**values: Any) -> Saved[Meeting]:
            return service.edit_meeting(own.pk, by=request.user, **values)

        answer = save_form(request, form, own, save, place)
        if isinstance(answer, Saved):
            words = f"Oplysningerne er gemt. {merged_words(answer, form)}".strip()
            if sent_on and answer.row.held_on != sent_on:
                words = f"{words} {STAYS.format(formats.long_date(sent_on))}"
            say(request, words)
            return redirect(answer.row)
        if answer is not None:
            return answer
        status = 422
    offer(request, form, f"oplysningerne om {title}", key=key_of(own))
    context = {
        "form": form,
        "title": title,
        "back": back,
        "meeting": own,
        "may_remove": may_be_removed(own),
    }
    return render(request, FORM, context, status=status)


@require_POST
@editors_only
@removal_by_word
def meeting_removal(request: PortalRequest, slug: str) -> HttpResponse:
    """Take a draft away, or with ``undo`` put it back."""
    if "undo" in request.POST:
        gone = removed_meeting(request.user, request.seat.council, slug)
        if gone is None:
            raise Http404
        back = service.restore_meeting(gone.pk, by=request.user)
        say(request, f"{name_of(back)} er sat ind igen.")
        return redirect(back)
    own = own_meeting_or_404(request, slug)
    try:
        gone = service.remove_meeting(own.pk, by=request.user)
    except RuleViolationError as error:
        warn(request, str(error))
        return redirect(own)
    url = reverse("meetings:removal", args=[gone.slug])
    say(request, f"{name_of(own)} er fjernet.", undo=Undo(url, fields={"undo": "1"}))
    return redirect("meetings:list")
