"""Drafts' own addresses: kept by the page itself or by a button, listed, read, discarded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, InterfaceError
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from core import formats
from core.drafts.keeping import TooLargeError, keep
from core.drafts.middleware import sign_in
from core.drafts.models import Draft
from core.drafts.ticket import Ticket
from core.notices import say
from core.posted import Posted, posted_fields

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest

TOO_LARGE = "Teksten er for lang til en kladde. Gem den, eller del den."
NOT_OURS = "Siden er for gammel til at gemme kladder. Hent den igen."
AWAY = "Portalen kan ikke nå sin database."


@csrf_exempt
@require_POST
@login_not_required
def draft_save(request: HttpRequest) -> HttpResponse:
    """Keep the draft of a form: sent by the page itself, or by "Gem kladde".

    The signed ticket says whose it is, so it needs neither a session nor a CSRF token;
    it writes one draft of that user and shows nothing.
    """
    by_script = request.headers.get("Accept") == "application/json"
    ticket = Ticket.of(request.POST)
    problem, status = (NOT_OURS, 422) if ticket is None else ("", 200)
    draft = None
    try:
        draft = keep(ticket, request.POST, is_late=by_script) if ticket else None
    except TooLargeError:
        problem, status = TOO_LARGE, 422
    except (DatabaseError, InterfaceError):
        if not by_script:
            raise
        problem, status = AWAY, 503
    is_out = ticket is not None and request.user.pk != ticket.user
    if by_script:
        told = {"problem": problem} if problem else _told(draft, is_out=is_out)
        return JsonResponse(told, status=status)
    return _went_on(request, draft, problem or NOT_OURS, is_out=is_out)


def _went_on(
    request: HttpRequest, draft: Draft | None, problem: str, *, is_out: bool
) -> HttpResponse:
    """Answer the button: back to the form, filled; or with the text and why not."""
    if draft is None:
        fields = posted_fields(request.POST, {})
        typed = tuple(field for field in fields if field.label and field.value)
        context = {"problem": problem, "typed": typed}
        return render(request, "drafts/unkept.html", context, status=422)
    if is_out:
        return redirect(sign_in(draft))
    say(request, "Kladden er gemt. Kun du ser den.")
    return redirect(draft.address)


def _told(draft: Draft | None, *, is_out: bool) -> dict[str, Any]:
    """What the page's script shows; ``at`` is None where the form was saved already."""
    if draft is None:
        return {"at": None}
    told: dict[str, Any] = {
        "at": formats.bare_time(draft.written_at),
        "moment": draft.written_at.isoformat(),
        "discard": reverse("drafts:discard", args=[draft.pk]),
    }
    return told | ({"signIn": sign_in(draft)} if is_out else {})


@require_safe
def draft_list(request: HttpRequest) -> HttpResponse:
    """List one's own drafts."""
    drafts = list(Draft.objects.visible_to(request.user))
    rows = [(draft, _telling(draft, drafts)) for draft in drafts]
    return render(request, "drafts/list.html", {"rows": rows})


def _telling(draft: Draft, drafts: list[Draft]) -> Posted | None:
    """Give the text that tells a draft from one's others of the same, else its first."""
    others = [other for other in drafts if other.key == draft.key and other != draft]
    known = [{one.name: one.value for one in other.typed} for other in others]
    typed = draft.typed
    own = (
        one for one in typed if any(texts.get(one.name) != one.value for texts in known)
    )
    return next(own, next(iter(typed), None))


@require_safe
def draft_text(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show the texts of one's own draft, to be read and copied."""
    row = get_object_or_404(Draft.objects.visible_to(request.user), pk=pk)
    return render(request, "drafts/text.html", {"draft": row})


@require_http_methods(["GET", "HEAD", "POST"])
def draft_discard(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask once, then delete one's own draft."""
    row = get_object_or_404(Draft.objects.visible_to(request.user), pk=pk)
    if request.method != "POST":
        return render(request, "drafts/discard.html", {"draft": row})
    row.delete()
    say(request, "Kladden er kasseret.")
    return redirect(row.page)
