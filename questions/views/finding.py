"""What an address means to whoever asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404

from questions import subjects
from questions.models import Question, Recipient

if TYPE_CHECKING:
    from accounts.access import PortalRequest
    from questions.subjects import Subject


def question_or_404(request: PortalRequest, pk: int) -> Question:
    """Give a question of the chosen seat's council that the user may see: 1 query.

    Raises:
        Http404: there is none.
    """
    rows = Question.objects.visible_to(request.user).select_related("council")
    found = rows.filter(council=request.seat.council, pk=pk).first()
    if found is None:
        raise Http404
    return found


def own_row(request: PortalRequest, question: Question) -> Recipient | None:
    """Give the recipient that the user answers for from the chosen seat: 1 query."""
    if request.seat.may_edit:
        return None
    rows = Recipient.objects.visible_to(request.user).of_place(request.user)
    places = {
        "municipality": request.seat.municipality_id,
        "organisation": request.seat.organisation_id,
    }
    for name, pk in places.items():
        found = rows.filter(question=question, **{name: pk}).first() if pk else None
        if found is not None:
            found.question = question
            return found
    return None


def subject_of(request: PortalRequest, question: Question) -> Subject | None:
    """Give what a question is about, as the user sees it: at most one query."""
    key = question.subject_key
    return subjects.find([key], request.seat).get(key) if key else None


def subject_or_404(request: PortalRequest, key: str) -> Subject | None:
    """Give what a form says it is about; None where it says nothing.

    Raises:
        Http404: it is nothing of the council's.
    """
    if not key:
        return None
    found = subjects.find([key], request.seat).get(key)
    if found is None:
        raise Http404
    return found
