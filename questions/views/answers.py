"""Answers: given for one's own place, or written down by the secretariat."""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.access import editors_only
from core.conflict import Place, merged_words, save_form
from core.drafts.offering import key_of, offer
from core.notices import say, warn
from core.versions import Saved
from questions.forms.answers import AnswerForm, RecordForm
from questions.models import Recipient
from questions.queries import history_of
from questions.services import answers as service
from questions.views.finding import question_or_404, subject_of

if TYPE_CHECKING:
    from accounts.access import PortalRequest
    from questions.models import Question

OWN, RECORD = "questions/own.html", "questions/record.html"
# Where a form was sent from, if it was not the question's own page.
HOME = "overblik"


def answer_form(row: Recipient, data: Any = None) -> AnswerForm:
    """Give the form of one's own answer; several may stand on one page."""
    return AnswerForm(data, instance=copy(row), auto_id=f"id_{row.pk}_%s")


def answer_page(request: PortalRequest, row: Recipient) -> HttpResponse:
    """Show the question to whoever is asked, and take the answer of a POST."""
    data = request.POST if request.method == "POST" else None
    form = answer_form(row, data)
    if data is not None:
        answer = _answered(request, row, form)
        if answer is not None:
            return answer
    offer(request, form, f"svaret på ”{row.question}”", key=key_of(row))
    is_typing = data is not None or "ret" in request.GET or "kladde" in request.GET
    context = {
        "question": row.question,
        "row": row,
        "form": form if row.may_answer else None,
        "is_open": row.may_answer and (is_typing or not row.is_answered),
        "subject": subject_of(request, row.question),
        "past": history_of(row),
    }
    return render(request, OWN, context, status=422 if data is not None else 200)


def _answered(
    request: PortalRequest, row: Recipient, form: AnswerForm
) -> HttpResponse | None:
    """Save an answer; None where the form is to be shown again."""

    def save(**values: Any) -> Saved[Recipient]:
        return service.answer(row.pk, seat=request.seat, **values)

    if not row.may_answer:
        warn(request, service.closed_words(row))
    answer = save_form(request, form, row, save, _place(row, row.question))
    if not isinstance(answer, Saved):
        return answer
    words = f"Svaret er sendt. {merged_words(answer, form)}".strip()
    say(request, f"{words} I får en kvittering på mail.")
    if request.POST.get("fra") == HOME:
        return redirect(f"{reverse('home')}#spoergsmaal-{row.question_id}")
    return redirect(row.question)


def _place(row: Recipient, question: Question, url: str = "") -> Place:
    url = url or question.get_absolute_url()
    return Place(f"svaret fra {row.full_name}", url, ((url, str(question)),))


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def answer(request: PortalRequest, pk: int, recipient: int) -> HttpResponse:
    """Write down what somebody answered by mail or telephone; read its history."""
    question = question_or_404(request, pk)
    rows = Recipient.objects.visible_to(request.user).filter(question=question)
    row = rows.filter(pk=recipient).first()
    if row is None:
        raise Http404
    row.question = question
    data = request.POST if request.method == "POST" else None
    form = RecordForm(data, instance=copy(row))
    if data is not None:
        answered = _recorded(request, row, form)
        if answered is not None:
            return answered
    offer(request, form, f"svaret fra {row.full_name}", key=key_of(row), part="ind")
    context = {
        "question": question,
        "row": row,
        "form": form if question.is_open else None,
        "past": history_of(row),
    }
    return render(request, RECORD, context, status=422 if data is not None else 200)


def _recorded(
    request: PortalRequest, row: Recipient, form: RecordForm
) -> HttpResponse | None:
    """Save what was written down; None where the form is to be shown again."""

    def save(**values: Any) -> Saved[Recipient]:
        return service.record(row.pk, by=request.user, **values)

    place = _place(row, row.question, row.get_absolute_url())
    answered = save_form(request, form, row, save, place)
    if not isinstance(answered, Saved):
        return answered
    words = f"Svaret fra {row.full_name} er skrevet ind. {merged_words(answered, form)}"
    say(request, words.strip())
    return redirect(row.question)
