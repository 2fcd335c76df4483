"""A reader's own notes: one beside a text, and all of them."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final, cast

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from core.drafts.keeping import close_posted
from core.drafts.offering import offer
from core.errors import RuleViolationError
from core.notices import say
from meetings.editions import nodes
from meetings.editions.notes import listed
from meetings.forms.notes import NoteForm
from meetings.models import Note, Publication
from meetings.services import notes as service
from meetings.views.finding import published_or_404, refuse_closed

if TYPE_CHECKING:
    from django.http import HttpResponse

    from accounts.access import VisitorRequest
    from accounts.models import User
    from meetings.editions.edition import Edition
    from meetings.editions.nodes import Node
    from meetings.models import Meeting

PAGE, LIST = "meetings/note.html", "meetings/notes.html"
ROWS: Final = 20
CONFLICT: Final = 409
# So much of a text's name fits into the name of a draft.
LABEL: Final = 200


@require_safe
def own_notes(request: VisitorRequest) -> HttpResponse:
    """List a reader's own notes, and what the own municipality's people share."""
    rows = Note.objects.visible_to(_user(request))
    rows = rows.select_related("author", "municipality", "meeting__council")
    page = Paginator(rows.order_by("-changed_at", "-pk"), ROWS).get_page(
        request.GET.get("side")
    )
    context = {"page": page, "notes": listed(page.object_list, _user(request))}
    return render(request, LIST, context)


@require_http_methods(["GET", "HEAD", "POST"])
def note(request: VisitorRequest, slug: str) -> HttpResponse:
    """Write a note to what ``?om=`` names in a sent meeting, or write it anew."""
    edition = published_or_404(request, slug)
    on = _node_or_404(edition, request.GET.get("om", ""))
    own = _own(request, edition, on)
    seat = request.seat or None
    is_here = seat is not None and seat.council.slug == edition.council_slug
    place = str(seat.municipality or "") if seat and is_here else ""
    start: dict[str, object] = {"version": own.version if own else 0}
    start |= {"text": own.text, "is_shared": own.is_shared} if own else {}
    form = NoteForm(request.POST or None, municipality=place, initial=start)
    context = {"edition": edition, "node": on, "form": form, "own": own}
    context["council_name"] = edition.agenda.council
    if "delete" in request.POST and own is not None:
        service.delete_note(own.pk, by=_user(request))
        close_posted(request)
        say(request, "Noten er slettet.")
        return redirect(on.url)
    saved = _save(request, edition, on, form) if form.is_valid() else None
    if saved is not None:
        close_posted(request)
        return saved
    _offer(request, edition, on, form)
    if request.method == "POST":
        return _refused(request, form, context)
    return render(request, PAGE, context)


def _offer(request: VisitorRequest, edition: Edition, on: Node, form: NoteForm) -> None:
    """Let what is typed be kept: a note is its writer's, and so is its draft."""
    place = f"{edition.council_slug}/{edition.slug}/{on.subject}"
    key = f"meetings.note:{hashlib.sha256(place.encode()).hexdigest()}"
    offer(request, form, f"noten til {on.label[:LABEL]}, {edition.day}", key=key)


def _save(
    request: VisitorRequest, edition: Edition, on: Node, form: NoteForm
) -> HttpResponse | None:
    """Write the note and lead back to its text; None where that is refused."""
    given = form.cleaned_data
    try:
        service.write_note(
            _meeting(request, edition),
            on=on,
            number=edition.number,
            said=service.Written(
                given["text"],
                given.get("is_shared", False),
                given["version"],
                request.seat or None,
            ),
            by=_user(request),
        )
    except RuleViolationError as error:
        form.add_error(None, str(error))
        form.theirs = getattr(error, "note", None)  # type: ignore[attr-defined]
        return None
    say(request, "Noten er gemt. Den følger teksten til nye versioner.")
    return redirect(on.url)


def _refused(
    request: VisitorRequest, form: NoteForm, context: dict[str, object]
) -> HttpResponse:
    """Show what was typed, and beside it what is saved; saving again is a choice."""
    theirs = getattr(form, "theirs", None)
    if theirs is not None:
        form.data = request.POST.copy()
        form.data["version"] = str(theirs.version)
    status = CONFLICT if theirs is not None else 422
    return render(request, PAGE, context | {"theirs": theirs}, status=status)


def _user(request: VisitorRequest) -> User:
    return cast("User", request.user)


def _node_or_404(edition: Edition, at: str) -> Node:
    parts = at.split("/")
    if len(parts) > 1:
        refuse_closed(edition, parts[1])
    found = nodes.node(edition, at)
    if found is None:
        raise Http404
    return found


def _own(request: VisitorRequest, edition: Edition, on: Node) -> Note | None:
    rows = Note.objects.visible_to(_user(request)).filter(author=_user(request))
    return rows.filter(
        meeting__slug=edition.slug,
        council__slug=edition.council_slug,
        subject=on.subject,
    ).first()


def _meeting(request: VisitorRequest, edition: Edition) -> Meeting:
    rows = Publication.objects.visible_to(request.user).select_related("meeting")
    row = rows.filter(
        meeting__slug=edition.slug, meeting__council__slug=edition.council_slug
    ).first()
    return cast("Publication", row).meeting
