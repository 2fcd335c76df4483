"""Questions: listed, read, written, removed."""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from accounts.access import editors_only, seats_only
from core.asked import removal_by_word
from core.conflict import Place, merged_words, save_form
from core.drafts.keeping import close_posted
from core.drafts.offering import key_of, offer
from core.errors import RuleViolationError
from core.notices import Undo, say, warn
from core.versions import Saved
from questions import exports
from questions.choices import READING
from questions.forms.questions import AskedForm, QuestionForm
from questions.models import Question, Recipient
from questions.queries import question_list, removed_question, rows_of, tallies
from questions.services import questions as service
from questions.services.locking import ASKED
from questions.views.answers import answer_page
from questions.views.finding import (
    own_row,
    question_or_404,
    subject_of,
    subject_or_404,
)

if TYPE_CHECKING:
    from accounts.access import PortalRequest

LIST, PAGE = "questions/list.html", "questions/question.html"
FORM = "questions/question_form.html"
readers_only = seats_only(*READING)


def place_of(question: Question) -> Place:
    """Give what a conflict over a question says, and where it leads."""
    trail = ((reverse("questions:list"), "Spørgsmål"),)
    edit = reverse("questions:question-edit", args=[question.pk])
    return Place(f"”{question}”", edit, (*trail, (edit, str(question))))


@require_safe
@readers_only
def questions(request: PortalRequest) -> HttpResponse:
    """List what the user may see of the council's questions."""
    rows = question_list(request.user, request.seat.council)
    context = {
        "drafts": [row for row in rows if row.is_draft],
        "open": [row for row in rows if row.is_open],
        "closed": [row for row in rows if row.closed_at],
        "may_edit": request.seat.may_edit,
    }
    return render(request, LIST, context)


@require_http_methods(["GET", "HEAD", "POST"])
@readers_only
def question(request: PortalRequest, pk: int) -> HttpResponse:
    """Show a question: to its secretariat with all answers, to others with their own."""
    found = question_or_404(request, pk)
    own = own_row(request, found)
    if request.method == "POST" or (own and found.is_open):
        if own is None:
            raise Http404
        return answer_page(request, own)
    rows = rows_of(found, request.user)
    recipients = [row.recipient for row in rows]
    context = {
        "question": found,
        "subject": subject_of(request, found),
        "rows": rows,
        "tallies": tallies(found, recipients),
        "answered": sum(row.is_answered for row in recipients),
        "missing": [row for row in recipients if not row.is_answered],
        "may_edit": request.seat.may_edit,
    }
    return render(request, PAGE, context)


@require_safe
@readers_only
def answers_file(request: PortalRequest, pk: int) -> HttpResponse:
    """Give the answers as CSV: to the secretariat, and to the council once it is closed."""
    found = question_or_404(request, pk)
    if not request.seat.may_edit and not found.closed_at:
        raise Http404
    rows = Recipient.objects.visible_to(request.user).filter(question=found)
    own = list(rows.order_by("sort_key", "pk"))
    for row in own:
        row.question = found
    table = exports.answers(own, has_options=bool(found.choices))
    name = f'attachment; filename="svar-{found.pk}.csv"'
    headers = {"Content-Disposition": name}
    return HttpResponse(table, content_type="text/csv; charset=utf-8", headers=headers)


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def question_new(request: PortalRequest) -> HttpResponse:
    """Write a question, about something (``?om=``) or alone; nobody is asked yet."""
    key = request.POST.get("om", "") or request.GET.get("om", "")
    subject = subject_or_404(request, key)
    data = request.POST or None
    initial = {"due_on": subject.due_on, "note": subject.hint} if subject else {}
    form = QuestionForm(data, initial=initial)
    asked = AskedForm(data, council=request.seat.council, question=None)
    if data and form.is_valid() and asked.is_valid():
        made = service.create_question(
            request.seat.council,
            subject=(key, subject.words if subject else ""),
            asked=asked.asked,
            by=request.user,
            **form.values,
        )
        close_posted(request)
        return redirect("questions:question-send", made.pk)
    name = f"et spørgsmål om {subject.words}" if subject else "et nyt spørgsmål"
    offer(request, form, name, key=f"questions.question:ny:{key}")
    context = {"form": form, "asked": asked, "subject": subject, "om": key}
    return render(request, FORM, context, status=422 if data else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def question_edit(request: PortalRequest, pk: int) -> HttpResponse:
    """Edit a question that nobody was asked yet."""
    found = question_or_404(request, pk)
    if not found.is_draft:
        warn(request, ASKED)
        return redirect(found)
    data = request.POST or None
    form = QuestionForm(data, instance=copy(found))
    asked = AskedForm(data, council=request.seat.council, question=found)
    if data and asked.is_valid():
        answer = _saved(request, found, form, asked)
        if answer is not None:
            return answer
    offer(request, form, f"”{found}”", key=key_of(found))
    context = {
        "form": form,
        "asked": asked,
        "question": found,
        "subject": subject_of(request, found),
    }
    return render(request, FORM, context, status=422 if data else 200)


def _saved(
    request: PortalRequest, found: Question, form: QuestionForm, asked: AskedForm
) -> HttpResponse | None:
    """Save a draft; None where the form is to be shown again."""
    given = asked.asked if asked.has_changed() else None

    def save(**values: Any) -> Saved[Question]:
        return service.edit_question(found.pk, asked=given, by=request.user, **values)

    answer = save_form(request, form, found, save, place_of(found))
    if not isinstance(answer, Saved):
        return answer
    words = f"Udkastet er gemt. {merged_words(answer, form)}"
    say(request, words.strip())
    return redirect("questions:question-send", found.pk)


@require_POST
@editors_only
@removal_by_word
def question_removal(request: PortalRequest, pk: int) -> HttpResponse:
    """Take away a draft, or with ``undo`` put it back."""
    if gone := request.POST.get("undo", ""):
        removed = removed_question(request.user, request.seat.council, gone)
        if removed is None or removed.pk != pk:
            raise Http404
        back = service.restore_question(removed.pk, by=request.user)
        say(request, "Udkastet er sat ind igen.")
        return redirect(back)
    found = question_or_404(request, pk)
    try:
        service.remove_question(found.pk, by=request.user)
    except RuleViolationError as error:
        warn(request, str(error))
        return redirect(found)
    undo = Undo(request.path, "Sæt det ind igen", {"undo": str(pk)})
    say(request, "Udkastet er fjernet.", undo=undo)
    return redirect("questions:list")
