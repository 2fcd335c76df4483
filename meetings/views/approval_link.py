"""What a link to an approval leads to: the agenda with its bilag, then the answer.

It needs no account. All of it is of the one packet that is asked about, and nothing of
it is kept by a cache.

Source: docs/rules.md R-30, R-70.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from core.errors import RuleViolationError
from documents import codec
from documents.page import html_of
from meetings.choices import PaperKind
from meetings.editions.asked import edition_asked_about
from meetings.editions.copies import taken_in
from meetings.editions.withdrawn import WithdrawnError, withdrawal_rows, withdrawn
from meetings.forms.members import AnswerForm
from meetings.minutes.printing import papers_of
from meetings.packets.marks import before_edition, marked_items
from meetings.services import approval as service
from meetings.views.files import pictures_in, send_file

if TYPE_CHECKING:
    from django.http import HttpResponse, HttpResponseBase

    from accounts.access import VisitorRequest
    from meetings.editions.edition import Edition, Part
    from meetings.models import Approval

LINK: Final = "meetings/approval.html"
BILAG: Final = "meetings/approval_appendix.html"
GONE: Final = 410


@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
@never_cache
def approval_link(request: VisitorRequest, token: str) -> HttpResponse:
    """Show whoever has the link what it is for, and take the answer of a POST."""
    row = _approval_or_404(token)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            service.answer(
                row.pk,
                is_approved=form.is_approved,
                remarks=form.cleaned_data["remarks"],
            )
        except RuleViolationError as error:
            form.add_error(None, str(error))
        else:
            return redirect("meetings:approval-link", token)
    status = 422 if request.method == "POST" else 200
    context = _of(row, token)
    if context["is_void"]:
        return render(request, LINK, context, status=GONE)
    return render(request, LINK, context | _read(request, row, form), status=status)


def _of(row: Approval, token: str) -> dict[str, Any]:
    return {
        "approval": row,
        "meeting": row.meeting,
        "council_name": row.meeting.council.name,
        "token": token,
        "is_void": _is_void(row),
    }


def _read(request: VisitorRequest, row: Approval, form: AnswerForm) -> dict[str, Any]:
    """Give the agenda as it is to be approved, marked against what was sent before."""
    edition = edition_asked_about(row, request.user)
    items = edition.agenda.items
    marked = marked_items(edition, items)
    lines = [edition.lines_of(item) for item in items]
    return {
        "edition": edition,
        "items": list(zip(items, marked, lines, strict=True)),
        "papers": papers_of(edition),
        "form": form,
        "may_sign_in": bool(row.email) and not request.user.is_authenticated,
    }


@require_safe
@login_not_required
def approval_file(request: VisitorRequest, token: str) -> HttpResponseBase:
    """Give the packet that is to be approved, while the question is open or answered."""
    _, edition = _opened_or_404(request, token)
    name = f"{edition.agenda.council} {edition.agenda.slug} Bilagspakke"
    return send_file(request, edition, edition.file, name)


@require_safe
@login_not_required
def approval_agenda_file(request: VisitorRequest, token: str) -> HttpResponseBase:
    """Give the agenda of that packet as a PDF; what is closed is in it as numbers only."""
    _, edition = _opened_or_404(request, token)
    found = papers_of(edition).get(PaperKind.AGENDA)
    if found is None:
        raise Http404
    name = f"{edition.agenda.council} {edition.agenda.slug} Dagsorden"
    return send_file(request, edition, found.file, name)


@require_safe
@login_not_required
@never_cache
def approval_appendix(request: VisitorRequest, token: str, bilag: str) -> HttpResponse:
    """Show one appendix as a page, marked against what was sent before."""
    row, edition = _opened_or_404(request, token)
    part = _part_or_404(edition, bilag)
    body, before = "", before_edition(edition, part)
    if part.document:
        tree = codec.loads(part.document)
        marked = before.marks(bilag, tree)
        body = html_of(tree, dict(part.pages), dict(part.within), marked)
    return render(request, BILAG, _of(row, token) | {"part": part, "body": body})


@require_safe
@login_not_required
def approval_appendix_file(
    request: VisitorRequest, token: str, bilag: str
) -> HttpResponseBase:
    """Give one appendix as it lies in the packet."""
    _, edition = _opened_or_404(request, token)
    part = _part_or_404(edition, bilag)
    name = f"{part.appendix.label} {part.appendix.title}"
    return send_file(request, edition, part.file, name)


@require_safe
@login_not_required
def approval_picture(
    request: VisitorRequest, token: str, bilag: str, name: str
) -> HttpResponseBase:
    """Show a picture that stands in an appendix."""
    _, edition = _opened_or_404(request, token)
    part = _part_or_404(edition, bilag)
    file, _, ending = name.partition(".")
    if not part.document or (file, ending) not in pictures_in(part.document):
        raise Http404
    return send_file(request, edition, file, "", f"image/{ending}")


def _is_void(row: Approval) -> bool:
    """Whether it is too late to answer, or taken back."""
    return not row.answer and not row.is_open


def _opened_or_404(request: VisitorRequest, token: str) -> tuple[Approval, Edition]:
    """Give what is asked about, as far as whoever opened the link reads it.

    Raises:
        Http404: the link is forged, too late or taken back.
        WithdrawnError: something was taken down since the packet was built.
    """
    row = _approval_or_404(token)
    if _is_void(row):
        raise Http404
    return row, edition_asked_about(row, request.user)


def _part_or_404(edition: Edition, bilag: str) -> Part:
    part = edition.by_slug.get(bilag)
    if part is None:
        raise Http404
    return part


def _approval_or_404(token: str) -> Approval:
    found = service.approval_of(token)
    if found is None:
        raise Http404
    built = found.packet.built_at or found.packet.asked_at
    for closed in map(withdrawn, withdrawal_rows(found.meeting_id)):
        if closed.is_in(found.packet.version, built):
            raise WithdrawnError(closed, None, is_whole=True)
    if borrowed := taken_in(found.packet):
        raise WithdrawnError(borrowed, None, is_held=True)
    return found
