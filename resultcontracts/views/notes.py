"""A reader's own note at the foot of a goal's page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from core.drafts.keeping import close_posted
from core.drafts.offering import offer
from core.errors import RuleViolationError
from core.notices import Undo, say
from resultcontracts.forms.notes import NoteForm
from resultcontracts.services import goal_notes as service
from resultcontracts.views.finding import readers_only
from resultcontracts.views.goal_shown import page_or_404, show

if TYPE_CHECKING:
    from django.http import HttpResponse

    from accounts.access import PortalRequest
    from resultcontracts.models import GoalNote
    from resultcontracts.queries.goalpage.page import GoalPage

CONFLICT: Final = 409


def opened_note(request: PortalRequest, page: GoalPage) -> NoteForm:
    """Give the form of the reader's own note, as it is saved."""
    own = page.own_note
    start: dict[str, object] = {"version": own["version"] if own else 0}
    start |= {"text": own["text"], "is_shared": own["is_shared"]} if own else {}
    form = NoteForm(initial=start, municipality=_municipality(request))
    _offer(request, page, form)
    return form


@require_http_methods(["GET", "HEAD", "POST"])
@readers_only
def goal_note(request: PortalRequest, contract: str, number: int) -> HttpResponse:
    """Open the note at the foot of the page, write it, or delete it."""
    page = page_or_404(request, contract, number)
    if request.method != "POST":
        return show(request, page, form=opened_note(request, page))
    form = NoteForm(request.POST, municipality=_municipality(request))
    if "delete" in request.POST:
        return _delete(request, page)
    theirs = None
    if form.is_valid():
        try:
            return _write(request, page, form.cleaned_data)
        except RuleViolationError as error:
            form.add_error(None, str(error))
            theirs = getattr(error, "note", None)
    return _refused(request, page, form, theirs)


def _write(request: PortalRequest, page: GoalPage, said: Any) -> HttpResponse:
    before = page.own_note
    note = service.write_note(
        page.goal.row.pk,
        text=said["text"],
        is_shared=said.get("is_shared", False),
        version=said["version"],
        by=request.seat,
    )
    close_posted(request)
    say(request, "Noten er gemt.", undo=_undo(page, before, note.version))
    return redirect(_at(page))


def _delete(request: PortalRequest, page: GoalPage) -> HttpResponse:
    text = request.POST.get("version", "")
    version = int(text) if text.isdecimal() and len(text) < len("1000000000") else 0
    try:
        gone = service.delete_note(page.goal.row.pk, version=version, by=request.seat)
    except service.ChangedError:
        say(request, "Noten er ændret i et andet vindue. Læs den, før du sletter.")
        return redirect(_at(page))
    close_posted(request)
    if gone is None:
        say(request, "Der er ingen note at slette.")
        return redirect(_at(page))
    before = {"text": gone.text, "is_shared": gone.is_shared}
    say(request, "Noten er slettet.", undo=_undo(page, before, 0))
    return redirect(_at(page))


def _undo(page: GoalPage, before: Any, version: int) -> Undo:
    """Give the step back to what the note said; to none where there was none."""
    fields = {"version": str(version)}
    if before is None:
        fields["delete"] = "ja"
    else:
        fields["text"] = before["text"]
        if before["is_shared"]:
            fields["is_shared"] = "on"
    slug, number = page.around.slug, page.goal.number
    return Undo(
        reverse("resultcontracts:goal-note", args=[slug, number]), fields=fields
    )


def _refused(
    request: PortalRequest, page: GoalPage, form: NoteForm, theirs: GoalNote | None
) -> HttpResponse:
    """Show what was typed, and beside it what is saved; saving again is a choice."""
    if theirs is not None:
        form.data = request.POST.copy()
        form.data["version"] = str(theirs.version)
    _offer(request, page, form)
    status = CONFLICT if theirs is not None else 422
    return show(request, page, status=status, form=form, theirs=theirs)


def _offer(request: PortalRequest, page: GoalPage, form: NoteForm) -> None:
    """Let what is typed be kept: a note is its writer's, and so is its draft."""
    goal = page.goal.row
    name = f"noten til mål {goal.number}, {page.around.title}"
    offer(request, form, name, key=f"resultcontracts.note:{goal.pk}")


def _municipality(request: PortalRequest) -> str:
    return str(request.seat.municipality or "")


def _at(page: GoalPage) -> str:
    slug, number = page.around.slug, page.goal.number
    return f"{reverse('resultcontracts:goal', args=[slug, number])}#note"
