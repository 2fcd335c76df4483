"""What is put right of a question that is out: who is asked, and how it ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.access import editors_only
from core import formats
from core.errors import RuleViolationError
from core.notices import say, warn
from questions.forms.questions import (
    AddressForm,
    CallBackForm,
    MoreForm,
    ReopenForm,
)
from questions.services import corrections as service
from questions.services.locking import not_open_words
from questions.views.finding import question_or_404, subject_of

if TYPE_CHECKING:
    from django.http import HttpResponse

    from accounts.access import PortalRequest
    from questions.models import Question, Recipient

RECIPIENTS, REOPEN = "questions/recipients.html", "questions/reopen.html"
CALL_BACK = "questions/call_back.html"


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def question_recipients(request: PortalRequest, pk: int) -> HttpResponse:
    """Ask somebody more, or put an address right; two forms, each with its button."""
    question = question_or_404(request, pk)
    if not question.is_open:
        warn(request, not_open_words(question))
        return redirect(question)
    named = service.by_name_alone(question)
    is_address = "address" in request.POST
    data = request.POST if request.method == "POST" else None
    more = MoreForm(
        None if is_address else data, council=request.seat.council, question=question
    )
    address = AddressForm(data if is_address else None, rows=named)
    done = (
        _corrected(request, address) if is_address else _asked(request, question, more)
    )
    if done:
        return redirect(question)
    context = {"question": question, "more": more, "address": address, "named": named}
    context["subject"] = subject_of(request, question)
    status = 422 if data is not None else 200
    return render(request, RECIPIENTS, context, status=status)


def _asked(request: PortalRequest, question: Question, form: MoreForm) -> bool:
    if not form.is_valid():
        return False
    try:
        made = service.ask_more(question.pk, asked=form.asked, by=request.user)
    except RuleViolationError as error:
        form.add_error(None, str(error))
        return False
    names = formats.listed([row.full_name for row in made])
    say(request, f"{names} er spurgt.")
    return True


def _corrected(request: PortalRequest, form: AddressForm) -> bool:
    if not form.is_valid():
        return False
    own = form.cleaned_data
    try:
        row = service.correct_address(
            own["recipient_pk"], email=own["email"], by=request.user
        )
    except (RuleViolationError, ValidationError) as error:
        form.add_error(
            "email", error if isinstance(error, ValidationError) else str(error)
        )
        return False
    say(request, f"Adressen er rettet. {_sent_there(row)}".strip())
    return True


def _sent_there(row: Recipient) -> str:
    if row.is_answered:
        return ""
    if row.is_late:
        return "Svarfristen er gået. Forlæng den, så sendes der en mail dertil."
    return "Spørgsmålet er sendt dertil."


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def question_call_back(request: PortalRequest, pk: int) -> HttpResponse:
    """Take back a question that should not have been asked."""
    question = question_or_404(request, pk)
    if not question.is_open:
        warn(request, not_open_words(question))
        return redirect(question)
    form = CallBackForm(request.POST or None)
    if form.is_valid():
        try:
            service.call_back(pk, by=request.user, **form.cleaned_data)
        except RuleViolationError as error:
            form.add_error("reason", str(error))
        else:
            say(request, "Spørgsmålet er trukket tilbage. De spurgte får en mail.")
            return redirect(question)
    status = 422 if request.method == "POST" else 200
    context = {"question": question, "form": form}
    return render(request, CALL_BACK, context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def question_reopen(request: PortalRequest, pk: int) -> HttpResponse:
    """Open a closed question again."""
    question = question_or_404(request, pk)
    if not question.closed_at or question.called_back:
        warn(request, "Kun et spørgsmål, der er lukket, kan åbnes igen.")
        return redirect(question)
    form = ReopenForm(request.POST or None, question=question)
    if form.is_valid():
        own = {"to": None, **form.cleaned_data}
        try:
            service.reopen(pk, by=request.user, **own)
        except RuleViolationError as error:
            form.add_error("to" if "to" in form.fields else "reason", str(error))
        else:
            say(request, "Spørgsmålet er åbent igen.")
            return redirect(question)
    status = 422 if request.method == "POST" else 200
    context = {"question": question, "form": form}
    return render(request, REOPEN, context, status=status)
