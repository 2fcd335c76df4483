"""The agenda's sections: opened on the meeting's page, saved, moved, removed, put back."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import editors_only
from core.asked import REMOVE, removal_by_word
from core.conflict import Place, merged_words, save_form
from core.errors import RuleViolationError
from core.notices import Undo, say, warn
from core.versions import Saved
from meetings.forms.agenda import SectionForm
from meetings.models import Section
from meetings.queries import sections_of
from meetings.services import sections as service
from meetings.views.finding import own_meeting_or_404
from meetings.views.meetings import NEW_SECTION, name_of, show_workbench

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpResponse

    from accounts.access import PortalRequest
    from meetings.models import Meeting


def section_or_404(meeting: Meeting, pk: int) -> Section:
    """Give a section of the meeting; no query.

    Raises:
        Http404: it has none of that pk.
    """
    found = next((row for row in sections_of(meeting) if row.pk == pk), None)
    if found is None:
        raise Http404
    return found


@contextmanager
def gone_is_404() -> Iterator[None]:
    """Answer a write to a section that somebody removed a moment ago; texts come back."""
    try:
        yield
    except Section.DoesNotExist as error:
        raise Http404 from error


def at_section(section: Section) -> str:
    """Give the address of a section on the meeting's page."""
    return f"{section.meeting.get_absolute_url()}#afsnit-{section.number}"


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def section_new(request: PortalRequest, slug: str) -> HttpResponse:
    """Add a section last in the agenda."""
    meeting = own_meeting_or_404(request, slug)
    if request.method != "POST":
        return redirect(f"{meeting.get_absolute_url()}?afsnit=nyt#nyt-afsnit")
    form = SectionForm(request.POST)
    if form.is_valid():
        try:
            made = service.add_section(meeting.pk, by=request.user, **form.values)
        except RuleViolationError as error:
            form.add_error(None, str(error))
        else:
            undo = Undo(_address("removal", meeting, made.pk), "Fortryd", REMOVE)
            say(request, f"Afsnittet {made} er tilføjet.", undo=undo)
            made.meeting = meeting
            return redirect(at_section(made))
    return show_workbench(
        request, meeting, section=NEW_SECTION, section_form=form, status=422
    )


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def section(request: PortalRequest, slug: str, pk: int) -> HttpResponse:
    """Rename a section; "Flyt op" and "Flyt ned" save first, so that nothing is lost."""
    meeting = own_meeting_or_404(request, slug)
    row = section_or_404(meeting, pk)
    if request.method != "POST":
        return redirect(_opened(row))
    form = SectionForm(request.POST, instance=section_or_404(meeting, pk))

    def save(**values: Any) -> Saved[Section]:
        with gone_is_404():
            return service.edit_section(pk, by=request.user, **values)

    answer = save_form(request, form, row, save, _place(row))
    if isinstance(answer, Saved):
        return _saved(request, row, answer, merged_words(answer, form))
    if answer is not None:
        return answer
    return show_workbench(
        request, meeting, section=row.number, section_form=form, status=422
    )


def _saved(
    request: PortalRequest, before: Section, saved: Saved[Section], merged: str
) -> HttpResponse:
    after = saved.row
    after.meeting = before.meeting
    is_renamed = after.title != before.title
    said = f"hedder nu {after}" if is_renamed else f"{after} er gemt"
    words = f"Afsnittet {said}. {merged}".strip()
    if request.POST.get("flyt") in {"op", "ned"}:
        return _step(request, after, words if is_renamed else "")
    undo = None
    if is_renamed:
        back = {"title": before.title, "version": str(after.version)}
        undo = Undo(_address("", after.meeting, after.pk), "Fortryd", back)
    say(request, words, undo=undo)
    return redirect(at_section(after))


@require_POST
@editors_only
def section_order(request: PortalRequest, slug: str, pk: int) -> HttpResponse:
    """Move a section: one place with ``flyt``, or to a ``position`` (undo)."""
    row = section_or_404(own_meeting_or_404(request, slug), pk)
    to = request.POST.get("position", "")
    if to.isdecimal() and len(to) < 4:  # noqa: PLR2004
        return _move(request, row, int(to), "")
    return _step(request, row, "")


def _step(request: PortalRequest, row: Section, words: str) -> HttpResponse:
    step = {"op": -1, "ned": 1}.get(request.POST.get("flyt", ""), 0)
    return _move(request, row, _place_in(row) + step, words)


def _move(request: PortalRequest, row: Section, to: int, words: str) -> HttpResponse:
    try:
        with gone_is_404():
            after = service.move_section(row.pk, to=to, by=request.user)
    except RuleViolationError as error:
        warn(request, f"{words} {error}".strip())
        return redirect(at_section(row))
    after.meeting = row.meeting
    if after.number == row.number:
        say(request, f"{words} Afsnittet {row} står, hvor det stod.".strip())
    else:
        said = f"Afsnittet {row} er flyttet og hedder nu {after}."
        url = _address("order", row.meeting, row.pk)
        undo = Undo(url, "Fortryd flytning", {"position": str(_place_in(row))})
        say(request, f"{words} {said}".strip(), undo=undo)
    return redirect(at_section(after))


@require_POST
@editors_only
@removal_by_word
def section_removal(request: PortalRequest, slug: str, pk: int) -> HttpResponse:
    """Take an empty section out, or with ``undo`` put it back."""
    meeting = own_meeting_or_404(request, slug)
    if "undo" in request.POST:
        try:
            with gone_is_404():
                back = service.restore_section(meeting.pk, pk, by=request.user)
        except RuleViolationError as error:
            warn(request, str(error))
            return redirect(meeting)
        back.meeting = meeting
        say(request, f"Afsnittet {back} er sat ind igen.")
        return redirect(at_section(back))
    row = section_or_404(meeting, pk)
    try:
        with gone_is_404():
            service.remove_section(pk, by=request.user)
    except RuleViolationError as error:
        warn(request, str(error))
        return redirect(_opened(row))
    say(
        request,
        f"Afsnittet {row} er fjernet.",
        undo=Undo(request.path, "Fortryd", {"undo": "1"}),
    )
    return redirect(meeting)


def _address(what: str, meeting: Meeting, pk: int) -> str:
    name = f"meetings:section-{what}" if what else "meetings:section"
    return reverse(name, args=[meeting.slug, pk])


def _opened(row: Section) -> str:
    """Give the address of the meeting with this section open for editing."""
    meeting = row.meeting.get_absolute_url()
    return f"{meeting}?afsnit={row.number}#afsnit-{row.number}"


def _place_in(row: Section) -> int:
    """Give the section's place among its meeting's, from 1."""
    return [own.pk for own in sections_of(row.meeting)].index(row.pk) + 1


def _place(row: Section) -> Place:
    meeting = row.meeting
    trail = (
        (reverse("meetings:list"), "Møder"),
        (meeting.get_absolute_url(), name_of(meeting)),
        (at_section(row), str(row)),
    )
    return Place(f"afsnit {row}", _address("", meeting, row.pk), trail)
