"""Users and their roles in a council, for its administrator."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from accounts.access import seats_only
from accounts.choices import Role
from accounts.forms import NewUserForm, SeatForm
from accounts.models import Membership
from accounts.services import users
from core.asked import asked_by, removal_by_word
from core.errors import RuleViolationError
from core.notices import Undo, say, warn

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.forms import Form
    from django.http import HttpResponse

    from accounts.access import PortalRequest

FORM = "accounts/user_form.html"
administrators_only = seats_only(Role.ADMINISTRATOR)


def _seats(request: PortalRequest) -> QuerySet[Membership]:
    """The seats of the council that the administrator acts from."""
    rows = Membership.objects.visible_to(request.user)
    return rows.filter(council=request.seat.council).for_list()


@require_safe
@administrators_only
def user_list(request: PortalRequest) -> HttpResponse:
    """List everybody with a role in the council."""
    context = {"rows": _seats(request), "council": request.seat.council}
    return render(request, "accounts/users.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@administrators_only
def user_new(request: PortalRequest) -> HttpResponse:
    """Make a user; the answer shows the first password, once."""
    data = request.POST if request.method == "POST" else None
    council = request.seat.council
    form = NewUserForm(data, council=council)
    if data is None:
        return render(request, FORM, {"form": form})
    if form.is_valid():
        try:
            user, password = users.create_user(
                council, by=request.user, **form.cleaned_data
            )
        except ValidationError as error:
            form.add_error(None, error.messages)
        except RuleViolationError as error:
            form.add_error("email", str(error))
        else:
            context = {"made": user, "password": password}
            return render(request, "accounts/user_made.html", context)
    return render(request, FORM, {"form": form}, status=422)


@require_http_methods(["GET", "HEAD", "POST"])
@administrators_only
def user_edit(request: PortalRequest, pk: int) -> HttpResponse:
    """Change a user's name and role."""
    seat = get_object_or_404(_seats(request), pk=pk)
    data = request.POST if request.method == "POST" else None
    form = SeatForm(data, initial=SeatForm.of(seat), council=request.seat.council)
    context: dict[str, Any] = {"form": form, "edited": seat}
    if data is None:
        return render(request, FORM, context)
    if form.is_valid() and _saved(request, seat, form):
        return redirect("accounts:users")
    return render(request, FORM, context, status=422)


def _saved(request: PortalRequest, seat: Membership, form: Form) -> bool:
    try:
        users.edit_user(seat.pk, by=request.user, **form.cleaned_data)
    except ValidationError as error:
        form.add_error(None, error.messages)
    except RuleViolationError as error:
        form.add_error("role", str(error))
    else:
        say(request, f"{form.cleaned_data['name']} er gemt.")
        return True
    return False


@require_POST
@administrators_only
@asked_by("open", "ja", "nej")
def user_access(request: PortalRequest, pk: int) -> HttpResponse:
    """Close a user's access, or open it again: ``open`` is "ja" or "nej"."""
    seat = get_object_or_404(_seats(request), pk=pk)
    is_to_open = request.POST.get("open") == "ja"
    change = users.open_access if is_to_open else users.close_access
    try:
        change(seat.pk, by=request.user)
    except RuleViolationError as error:
        warn(request, str(error))
        return redirect("accounts:users")
    words, back = (
        ("kan logge ind igen", "nej") if is_to_open else ("er lukket ude", "ja")
    )
    undo = Undo(request.path, "Fortryd", {"open": back})
    say(request, f"{seat.user.name} {words}.", undo=undo)
    return redirect("accounts:users")


@require_POST
@administrators_only
@removal_by_word
def user_removal(request: PortalRequest, pk: int) -> HttpResponse:
    """Take away a user's role in the administrator's council."""
    seat = get_object_or_404(_seats(request), pk=pk)
    try:
        users.remove_seat(pk, by=request.user)
    except RuleViolationError as error:
        warn(request, str(error))
        return redirect("accounts:users")
    words = f"{seat.user.name} har ingen rolle her længere."
    say(request, words, undo=_given_back(seat))
    return redirect("accounts:users")


def _given_back(seat: Membership) -> Undo | None:
    """Give the step that makes the seat anew; none for somebody who was shut out."""
    if not seat.user.is_active:
        return None
    fields = {
        "name": seat.user.name,
        "email": seat.user.email,
        "role": seat.role,
        "municipality": str(seat.municipality_id or ""),
        "organisation": str(seat.organisation_id or ""),
    }
    return Undo(reverse("accounts:user-new"), "Fortryd", fields)
