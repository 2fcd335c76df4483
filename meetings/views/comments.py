"""Internal comments: beside the item's form, and all of a meeting's on one page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import Http404, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import editors_only
from core import formats
from core.errors import RuleViolationError
from core.htmx import wants_partial
from core.notices import say, warn
from meetings.comments.threads import (
    Threads,
    colleagues_of,
    comments_of,
    threads,
)
from meetings.forms.comments import AnswerForm, CommentForm
from meetings.models import Appendix, Comment
from meetings.queries import item_at, item_by_pk
from meetings.rows import read_rows
from meetings.services import comments as service
from meetings.services import presence
from meetings.views.finding import own_meeting_or_404

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.http import HttpResponse

    from accounts.access import PortalRequest
    from meetings.models import AgendaItem, Meeting

PAGE, PANEL = "meetings/comments.html", "meetings/comment_panel.html"


@dataclass(frozen=True, slots=True)
class Panel:
    """The comments of one item, or of the whole agenda, with their forms.

    Attributes:
        item: None for the whole agenda.
        form: for one more; None where nothing can be written.
        answering: pk of the thread whose answer was refused, with ``answer``.
        is_alone: on the page of all comments, not beside the item's form.
        focus: pk of the thread that gets the focus, 0 for the heading, None for none.
    """

    meeting: Meeting
    item: AgendaItem | None
    threads: Threads
    form: CommentForm | None
    answering: int = 0
    answer: AnswerForm | None = None
    is_alone: bool = False
    focus: int | None = None

    @property
    def slug(self) -> str:
        """What its place on a page is called."""
        if not self.is_alone:
            return "kommentarer"
        return f"kommentarer-{self.item.slug if self.item else 'alle'}"


def item_panel(item: Any, appendices: Sequence[Appendix], **shown: Any) -> Panel:
    """Give the comments of an item that was read with them; no query.

    Args:
        appendices: those of the item that stand.
        shown: what the panel shows otherwise than at first; its fields by name.
    """
    meeting = item.section.meeting
    known = [(each["pk"], each["name"]) for each in item.colleagues]
    found = threads(comments_of(item), item, appendices)
    if not meeting.is_locked:
        form = CommentForm(appendices=appendices, colleagues=known)
        shown = {"form": form, **shown}
    return Panel(meeting, item, found, **{"form": None, **shown})


@require_POST
@editors_only
def item_presence(request: PortalRequest, slug: str, number: str) -> HttpResponse:
    """Note who has an item open, and tell the page who else has; with ``leave`` forget it."""
    meeting = own_meeting_or_404(request, slug)
    item = item_at(meeting, number)
    if item is None:
        raise Http404
    if "leave" in request.POST:
        presence.leave(item.pk, user=request.user)
        return JsonResponse({"words": ""})
    names = presence.be_present(item.pk, user=request.user)
    words = f"{formats.listed(names)} har også punktet åbent." if names else ""
    return JsonResponse({"words": words})


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def comments(request: PortalRequest, slug: str) -> HttpResponse:
    """Show all comments of a meeting, or write, answer, solve and open one again."""
    meeting = own_meeting_or_404(request, slug)
    if request.method != "POST":
        return _page(request, meeting)
    item = (
        item_by_pk(meeting, request.POST.get("pk", ""))
        if "pk" in request.POST
        else None
    )
    if item is None and request.POST.get("pk"):
        raise Http404
    acts = {"ny": _write, "svar": _answer, "luk": _close, "aabn": _close}
    act = acts.get(request.POST.get("act", ""))
    if act is None:
        return _page(request, meeting, status=422)
    try:
        shown = act(request, meeting, item)
    except RuleViolationError as error:
        warn(request, str(error))
        shown = {"focus": 0}
    return _answered(request, meeting, item, shown)


def _write(
    request: PortalRequest, meeting: Meeting, item: AgendaItem | None
) -> dict[str, Any]:
    """Write a comment; what is wrong stays in the form."""
    form = CommentForm(
        request.POST,
        appendices=_appendices(item),
        colleagues=colleagues_of(meeting.council_id),
        is_of_item=item is not None,
    )
    if not form.is_valid():
        return {"form": form}
    made = service.write_comment(
        meeting.pk, item_pk=item.pk if item else None, by=request.user, **form.values
    )
    say(request, "Kommentaren er gemt. Kun sekretariatet ser den.")
    return {"focus": made.pk}


def _answer(
    request: PortalRequest, meeting: Meeting, item: AgendaItem | None
) -> dict[str, Any]:
    row = _comment_or_404(request, meeting, item)
    form = AnswerForm(request.POST, of=row.pk)
    if not form.is_valid():
        return {"answering": row.pk, "answer": form}
    service.answer_comment(row.pk, text=form.cleaned_data["text"], by=request.user)
    say(request, "Svaret er gemt.")
    return {"focus": row.pk}


def _close(
    request: PortalRequest, meeting: Meeting, item: AgendaItem | None
) -> dict[str, Any]:
    row = _comment_or_404(request, meeting, item)
    if request.POST["act"] == "luk":
        service.solve_comment(row.pk, by=request.user)
        say(request, "Kommentaren er løst.")
        return {"focus": 0}
    service.reopen_comment(row.pk, by=request.user)
    say(request, "Kommentaren er åben igen.")
    return {"focus": row.pk}


def _comment_or_404(
    request: PortalRequest, meeting: Meeting, item: AgendaItem | None
) -> Comment:
    """Give the thread that a form names.

    Raises:
        Http404: the meeting's item has none of that name.
    """
    named = request.POST.get("kommentar", "")
    rows = Comment.objects.visible_to(request.user)
    rows = rows.filter(meeting=meeting, item=item, parent=None)
    found = rows.filter(pk=int(named[:18])).first() if named.isdecimal() else None
    if found is None:
        raise Http404
    return found


def _answered(
    request: PortalRequest,
    meeting: Meeting,
    item: AgendaItem | None,
    shown: dict[str, Any],
) -> HttpResponse:
    """Answer with the panel for htmx, else go back, or show what is wrong."""
    is_wrong = "form" in shown or "answer" in shown
    status = 422 if is_wrong else 200
    is_alone = "alene" in request.POST
    if wants_partial(request):
        panel = _fresh(meeting, item, is_alone=is_alone, **shown)
        return render(request, PANEL, {"panel": panel, "oob": True}, status=status)
    if is_wrong:
        return _page(request, meeting, wrong=(item, shown), status=422)
    place = item.get_absolute_url() if item and not is_alone else request.path
    mark = f"kommentar-{shown['focus']}" if shown.get("focus") else "kommentarer"
    return redirect(f"{place}#{mark}")


def _fresh(meeting: Meeting, item: AgendaItem | None, **shown: Any) -> Panel:
    """Read the comments of an item anew, or those of the whole agenda."""
    if item is not None:
        again: Any = item_by_pk(meeting, str(item.pk))
        return item_panel(again, _appendices(item), **shown)
    rows = meeting.comments.filter(item=None)
    return _whole(meeting, list(rows), colleagues_of(meeting.council_id), **shown)


def _whole(
    meeting: Meeting,
    rows: Iterable[Comment],
    colleagues: Iterable[tuple[int, str]],
    **shown: Any,
) -> Panel:
    form = CommentForm(appendices=(), colleagues=colleagues, is_of_item=False)
    first = None if meeting.is_locked else form
    found = threads(rows, None, ())
    return Panel(meeting, None, found, **{"form": first, **shown})


def _appendices(item: AgendaItem | None) -> list[Appendix]:
    """Read the appendices of an item: one query."""
    if item is None:
        return []
    own = item.appendices.filter(position__isnull=False).order_by("position", "pk")
    found = list(own.select_related("file"))
    for row in found:
        row.item = item
    return found


def _page(
    request: PortalRequest,
    meeting: Meeting,
    *,
    wrong: tuple[AgendaItem | None, dict[str, Any]] | None = None,
    status: int = 200,
) -> HttpResponse:
    """Show every item that has a comment, and the whole agenda: three queries."""
    loaded, colleagues = read_rows(meeting), colleagues_of(meeting.council_id)
    said = list(meeting.comments.order_by("pk"))
    at, shown = wrong or (None, {})
    panels = [
        _whole(
            meeting,
            [row for row in said if row.item_id is None],
            colleagues,
            is_alone=True,
            **(shown if wrong and at is None else {}),
        )
    ]
    for item in loaded.items:
        own = [row for row in said if row.item_id == item.pk]
        if not own and at != item:
            continue
        bilag = [row for row in loaded.appendices if row.item_id == item.pk]
        form = CommentForm(appendices=bilag, colleagues=colleagues)
        first = {"form": None if meeting.is_locked else form, "is_alone": True}
        mine = shown if at == item else {}
        panels.append(
            Panel(meeting, item, threads(own, item, bilag), **{**first, **mine})
        )
    context = {"meeting": meeting, "panels": panels}
    return render(request, PAGE, context, status=status)
