"""Questions locked for a change, refused where none is allowed.

Source: docs/rules.md R-37.
"""

from __future__ import annotations

from typing import Final

from core.errors import RuleViolationError
from questions.models import Question

ASKED: Final = (
    "Spørgsmålet er sendt og kan ikke ændres. Træk det tilbage, og stil et nyt."
)
CLOSED: Final = "Spørgsmålet er lukket."
CALLED: Final = "Spørgsmålet er trukket tilbage."
OPEN_IT: Final = f"{CLOSED} Åbn det igen, hvis noget skal ændres."
"""To the secretariat, which alone may."""


def draft_question(pk: int) -> Question:
    """Lock a question that nobody was asked yet; its council loaded."""
    question = locked_question(pk)
    if not question.is_draft:
        raise RuleViolationError(ASKED)
    return question


def open_question(pk: int) -> Question:
    """Lock a question that was asked and is not closed; its council loaded."""
    question = locked_question(pk)
    if question.is_draft:
        raise RuleViolationError("Spørgsmålet er ikke sendt endnu.")
    if not question.is_open:
        raise RuleViolationError(not_open_words(question))
    return question


def not_open_words(question: Question) -> str:
    """Tell the secretariat why a question that is not open is as it is."""
    if question.is_draft:
        return "Ingen er spurgt endnu."
    return CALLED if question.called_back else OPEN_IT


def locked_question(pk: int) -> Question:
    """Lock a question, whatever its state; its council loaded."""
    rows = Question.objects.select_related("council").select_for_update(of=("self",))
    return rows.get(pk=pk)
