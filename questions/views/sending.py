"""What goes out by mail: the question, reminders, more time; and the end of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.access import editors_only
from core import formats
from core.errors import RuleViolationError
from core.notices import say, warn
from questions.choices import LetterKind
from questions.forms.questions import ExtensionForm
from questions.models import Recipient
from questions.services import letters, reminders
from questions.services import questions as service
from questions.services.locking import ASKED, not_open_words
from questions.views.finding import question_or_404, subject_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpResponse

    from accounts.access import PortalRequest
    from questions.models import Question

SEND, REMIND = "questions/send.html", "questions/remind.html"
EXTEND, CLOSE = "questions/extend.html", "questions/close.html"


def _mail(kind: LetterKind, rows: Sequence[Recipient]) -> dict[str, Any]:
    """Give the mail as the first gets it, who gets it, and whom nobody can write to."""
    to = letters.addresses(rows)
    reached = [row for row in rows if to[row.pk]]
    example = (reached or list(rows))[:1]
    return {
        "mail": letters.draft(kind, example[0]) if example else None,
        "example": example[0] if example else None,
        "reached": [(row, to[row.pk]) for row in reached],
        "unreached": [row for row in rows if not to[row.pk]],
    }


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def question_send(request: PortalRequest, pk: int) -> HttpResponse:
    """Show the mail before it is sent, then ask."""
    question = question_or_404(request, pk)
    if not question.is_draft:
        warn(request, ASKED)
        return redirect(question)
    problem = ""
    if request.method == "POST":
        try:
            service.ask(pk, by=request.user)
        except RuleViolationError as error:
            problem = str(error)
        else:
            say(request, "Spørgsmålet er sendt.")
            return redirect(question)
    rows = letters.loaded(question)
    context = {"question": question, "problem": problem, "rows": rows}
    context["subject"] = subject_of(request, question)
    context |= _mail(LetterKind.ASKED, rows)
    return render(request, SEND, context, status=422 if problem else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def question_remind(request: PortalRequest, pk: int) -> HttpResponse:
    """Show the reminder before it is sent, then remind who has not answered."""
    question = question_or_404(request, pk)
    if not question.is_open:
        warn(request, not_open_words(question))
        return redirect(question)
    if request.method == "POST":
        written = reminders.remind(pk, by=request.user)
        count = formats.counted(len(written), "er påmindet", "er påmindet", "ingen")
        words = f"{count[:1].upper()}{count[1:]}." if written else "Ingen fik en mail."
        say(request, words)
        return redirect(question)
    rows = reminders.to_remind(question)
    waiting = Recipient.objects.visible_to(request.user).filter(question=question)
    context = {
        "question": question,
        "rows": rows,
        "reminded_today": waiting.waiting().count() - len(rows),
        **_mail(LetterKind.REMINDER, rows),
    }
    return render(request, REMIND, context)


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def question_extend(request: PortalRequest, pk: int) -> HttpResponse:
    """Give all, or one, more time."""
    question = question_or_404(request, pk)
    if not question.is_open or question.due_on is None:
        warn(request, "Spørgsmålet har ingen svarfrist, der kan forlænges.")
        return redirect(question)
    initial = {"recipient_pk": request.GET.get("modtager", "")}
    form = ExtensionForm(request.POST or None, question=question, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            service.extend(pk, by=request.user, **form.cleaned_data)
        except RuleViolationError as error:
            form.add_error("to", str(error))
        else:
            day = formats.long_date(form.cleaned_data["to"])
            say(request, f"Fristen er forlænget til {day}.")
            return redirect(question)
    status = 422 if request.method == "POST" else 200
    context = {"question": question, "form": form}
    return render(request, EXTEND, context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def question_close(request: PortalRequest, pk: int) -> HttpResponse:
    """Ask once, then close a question: its answers stay, and the council reads them."""
    question: Question = question_or_404(request, pk)
    if not question.is_open:
        warn(request, not_open_words(question))
        return redirect(question)
    subject = subject_of(request, question)
    if request.method == "POST":
        try:
            service.close(pk, by=request.user)
        except RuleViolationError as error:
            warn(request, str(error))
        else:
            who = "må læse punktet" if subject and subject.warning else "sidder i KKR"
            say(request, f"Spørgsmålet er lukket. De, der {who}, kan læse svarene.")
        return redirect(question)
    rows = Recipient.objects.visible_to(request.user).filter(question=question)
    missing = list(rows.waiting().order_by("sort_key", "pk"))
    context = {"question": question, "missing": missing, "subject": subject}
    return render(request, CLOSE, context)
