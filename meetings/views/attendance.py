"""Who was at a meeting: those who sit there, and guests and staff besides."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.access import editors_only
from core.errors import RuleViolationError
from core.notices import say
from meetings.choices import Body, MeetingKind, Presence
from meetings.forms.guests import AgainForm, GuestForm, earlier_guests, guest_forms
from meetings.forms.minutes import SeatForm, seat_forms
from meetings.minutes.value import written
from meetings.services.attendance import OthersWroteError, write_attendance
from meetings.services.guests import OthersToldError, write_guests
from meetings.views.finding import own_meeting_or_404

if TYPE_CHECKING:
    from django.http import HttpResponse

    from accounts.access import PortalRequest
    from meetings.models import Meeting

PAGE = "meetings/attendance.html"


@dataclass(frozen=True, slots=True)
class Forms:
    """All that the page sends: a form a member, a form a guest, and who came before."""

    seats: tuple[SeatForm, ...]
    guests: tuple[GuestForm, ...]
    again: AgainForm

    def are_valid(self) -> bool:
        """Ask every one of them, so that each tells its own."""
        each = [form.is_valid() for form in (*self.seats, *self.guests, self.again)]
        return all(each)


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def attendance(request: PortalRequest, slug: str) -> HttpResponse:
    """Write who was there, for all at once; a written hearing has no such page."""
    own = _met_or_404(request, slug)
    found = written(own)
    if found is None:
        if request.method == "POST":
            raise Http404
        return redirect("meetings:minutes", own.slug)
    data = request.POST if request.method == "POST" else None
    again = AgainForm(data, rows=earlier_guests(own, found.guests))
    forms = Forms(seat_forms(data, found), guest_forms(data, found), again)
    if data is None:
        return _page(request, own, forms)
    if not forms.are_valid():
        return _page(request, own, forms, status=422)
    return _save(request, own, forms)


def _met_or_404(request: PortalRequest, slug: str) -> Meeting:
    own = own_meeting_or_404(request, slug)
    if own.kind == MeetingKind.HEARING:
        raise Http404
    return own


def _save(request: PortalRequest, own: Meeting, forms: Forms) -> HttpResponse:
    try:
        count = _write(request, own, forms)
    except OthersWroteError as error:
        _tell_seats(forms.seats, error)
        return _page(request, own, forms, refused=str(error), status=409)
    except OthersToldError as error:
        _tell_guests(forms.guests, error)
        return _page(request, own, forms, refused=str(error), status=409)
    except RuleViolationError as error:
        return _page(request, own, forms, refused=str(error), status=422)
    say(request, "Fremmødet er gemt." if count else "Intet er ændret i fremmødet.")
    return redirect(reverse("meetings:minutes", args=[own.slug]) + "#fremmoede")


def _write(request: PortalRequest, own: Meeting, forms: Forms) -> int:
    """Write all or nothing; give of how many something changed."""
    guests = [form for form in forms.guests if form.row is not None]
    new = [form.told for form in forms.guests if form.row is None]
    with transaction.atomic():
        return write_attendance(
            own.pk,
            marks={form.seat.member.pk: form.mark for form in forms.seats},
            seen={form.seat.member.pk: form.was for form in forms.seats},
            by=request.user,
        ) + write_guests(
            own.pk,
            told={form.row.pk: form.told for form in guests if form.row},
            seen={form.row.pk: form.was for form in guests if form.row},
            new=[*new, *forms.again.told],
            by=request.user,
        )


def _tell_seats(forms: tuple[SeatForm, ...], error: OthersWroteError) -> None:
    """Say at each row what others wrote, and let the next save be a choice over it."""
    for form in forms:
        theirs = error.theirs.get(form.seat.member.pk)
        if theirs is not None:
            said = Presence(theirs.presence).label if theirs.presence else ""
            form.theirs = said or "Ikke skrevet"
            _see(form, seen=theirs.presence, seen_substitute=theirs.substitute or "")


def _tell_guests(forms: tuple[GuestForm, ...], error: OthersToldError) -> None:
    """Say the same of guests."""
    for form in forms:
        theirs = error.theirs.get(form.row.pk) if form.row else None
        if theirs is not None:
            said = ", ".join(word for word in (theirs.name, theirs.role) if word)
            form.theirs = said or "Fjernet"
            _see(form, seen_name=theirs.name, seen_role=theirs.role)


def _see(form: SeatForm | GuestForm, **seen: Any) -> None:
    """Let a form say that its user has seen what stands now."""
    data: Any = form.data
    copied = data.copy()
    for name, value in seen.items():
        copied[form.add_prefix(name)] = value
    form.data = copied


def _page(
    request: PortalRequest,
    own: Meeting,
    forms: Forms,
    *,
    refused: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {
        "forms": forms.seats,
        "guests": forms.guests,
        "again": forms.again if forms.again.rows else None,
        "meeting": own,
        "body": Body(own.kind).label,
        "refused": refused,
    }
    return render(request, PAGE, context, status=status)
