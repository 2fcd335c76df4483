"""Appendices formed of data: made, and what they are formed of chosen anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.access import editors_only
from core.errors import ConflictError, RuleViolationError
from core.notices import Undo, say, warn
from meetings.forms.agenda import (
    AppendixForm,
    SourceForm,
    asks_more,
    options_form,
    source_choices,
    turned_source,
)
from meetings.services import appendices as service
from meetings.views.appendices import (
    appendix_or_404,
    is_gone,
    said_removed,
    show_appendix,
)
from meetings.views.finding import own_meeting_or_404
from meetings.views.items import item_or_404
from meetings.views.locked import show_locked
from meetings.views.meetings import name_of

if TYPE_CHECKING:
    from django import forms
    from django.http import HttpResponse

    from accounts.access import PortalRequest
    from meetings.models import Appendix

GENERATE = "meetings/appendix_generate.html"


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def appendix_generate(request: PortalRequest, slug: str, number: str) -> HttpResponse:
    """Attach an appendix that is formed of records: a source and its options.

    The address may begin the form: ``?source=`` and what is chosen for it.
    """
    row = item_or_404(request, own_meeting_or_404(request, slug), number)
    posted = request.POST or None
    data = posted or (request.GET if "source" in request.GET else None)
    form = SourceForm(data)
    wanted = turned_source(data) or data.get("source", "") if data else ""
    sources = source_choices(request.seat.council, data, wanted)
    chosen = next((source for source in sources if source.is_chosen), None)
    turned = chosen is not None and asks_more(chosen.options)
    if (
        posted
        and not turned
        and form.is_valid()
        and chosen
        and chosen.options.is_valid()
    ):
        try:
            made = service.add_generated(
                row.pk,
                source=chosen.key,
                options=chosen.options.cleaned_data,
                title=form.cleaned_data["title"] or chosen.name,
                by=request.user,
            )
        except RuleViolationError as error:
            form.add_error(None, str(error))
        else:
            say(request, f"{made.label} dannes nu af data.")
            return redirect(f"{row.get_absolute_url()}#bilag")
    meeting = row.section.meeting
    if meeting.is_locked and not posted:
        return show_locked(request, meeting, "Dan et bilag af data")
    context = {
        "form": form,
        "sources": sources,
        "item": row,
        "meeting": meeting,
        "meeting_title": name_of(meeting),
    }
    status = 422 if posted and not turned else 200
    return render(request, GENERATE, context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def appendix_options(
    request: PortalRequest,
    slug: str,
    number: str,  # noqa: ARG001 -- of the item; the appendix is known by its pk
    pk: int,
) -> HttpResponse:
    """Choose what a generated appendix is formed of, or with ``undo`` take it back."""
    row = appendix_or_404(request, slug, pk)
    form = options_form(row, request.seat.council, request.POST)
    if form is None:
        raise Http404
    if request.method != "POST":
        return redirect(row)
    if (undo := request.POST.get("undo", "")).isdecimal():
        return _put_back(request, row, int(undo[:9]))
    if asks_more(form):
        return _shown_again(request, row, form, 200)
    if not form.is_valid():
        return _shown_again(request, row, form, 422)
    return _choose(request, row, form)


def _choose(request: PortalRequest, row: Appendix, form: forms.Form) -> HttpResponse:
    seen = request.POST.get("version", "")
    version = int(seen[:9]) if seen.isdecimal() else 0
    chosen = form.cleaned_data
    try:
        saved = service.edit_options(
            row.pk, version=version, options=chosen, by=request.user
        )
    except ConflictError as error:
        other = error.current.changed_by
        words = f"{other} har valgt andre data imens. Dit valg står her: gem igen, hvis det skal gælde."
        form.add_error(None, words)
        return _shown_again(request, row, form, 409)
    except RuleViolationError as error:
        form.add_error(None, str(error))
        return _shown_again(request, row, form, 422)
    if is_gone(row):
        return said_removed(request, row, "har fået andre data")
    if saved.row.version == row.version:
        say(request, f"{row.label} dannes af det samme som før.")
        return redirect(row)
    undo = Undo(request.path, "Fortryd", {"undo": str(saved.row.version - 1)})
    say(request, f"{row.label} dannes nu af det, du har valgt.", undo=undo)
    return redirect(row)


def _put_back(request: PortalRequest, row: Appendix, version: int) -> HttpResponse:
    try:
        service.put_options_back(row.pk, version=version, by=request.user)
    except ObjectDoesNotExist as error:
        raise Http404 from error
    except RuleViolationError as error:
        warn(request, str(error))
        return redirect(row)
    if is_gone(row):
        return said_removed(request, row, "dannes igen af det, det blev dannet af")
    say(request, f"{row.label} dannes igen af det, det blev dannet af før.")
    return redirect(row)


def _shown_again(
    request: PortalRequest, row: Appendix, form: forms.Form, status: int
) -> HttpResponse:
    said = AppendixForm(instance=row)
    return show_appendix(request, row, said, options=form, status=status)
