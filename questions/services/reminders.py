"""Reminders: by hand, and by themselves before the deadline; at most one a day.

Source: docs/rules.md R-38.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Exists, Max, OuterRef, Q

from core import clock
from core.history import Portal, act
from questions.choices import LetterKind
from questions.models import Letter, Question, Recipient
from questions.services import letters
from questions.services.locking import locked_question, open_question

if TYPE_CHECKING:
    from datetime import date

    from accounts.models import User

BEFORE: Final = (timedelta(days=3), timedelta(0))
"""How long before the deadline the portal reminds by itself."""


def to_remind(question: Question) -> list[Recipient]:
    """Give who has not answered and was not reminded today: one query."""
    today = Letter.objects.filter(
        recipient=OuterRef("pk"), kind=LetterKind.REMINDER, day=clock.today()
    )
    rows = list(question.recipients.waiting().filter(~Exists(today)))
    for row in rows:
        row.question = question
    return rows


def remind(pk: int, *, by: User) -> list[Letter]:
    """Remind everybody who has not answered and was not reminded today.

    Returns:
        The mails; none to those nobody can write to.

    Raises:
        RuleViolationError: the question is closed or was not asked.
    """
    with act("mindede om et spørgsmål", by):
        question = open_question(pk)
        return letters.write(LetterKind.REMINDER, to_remind(question), by=by)


def remind_the_late() -> int:
    """Remind who has not answered, three days before the deadline and on its day.

    Safe to repeat, and makes up for a day on which no worker lived.

    Returns:
        How many mails were written.
    """
    written = 0
    open_ones = Question.objects.open().filter(due_on__isnull=False)
    for pk in open_ones.order_by("pk").values_list("pk", flat=True):
        written += len(_remind_near(pk))
    return written


def _remind_near(pk: int) -> list[Letter]:
    portal: Any = Portal()
    with act("mindede om et spørgsmål", portal):
        question = locked_question(pk)
        if not question.is_open:
            return []
        asked = Q(letters__kind__in=(LetterKind.ASKED, LetterKind.REMINDER))
        waiting = question.recipients.waiting().annotate(
            told=Max("letters__day", filter=asked)
        )
        near: list[Recipient] = []
        row: Any
        for row in waiting:
            row.question = question
            if _is_time(row.due, row.told):
                near.append(row)
        return letters.write(LetterKind.REMINDER, near)


def _is_time(due: date | None, told: date | None) -> bool:
    """Whether a reminder is due: its day has come, and nothing was said since that day."""
    today = clock.today()
    if due is None or today > due:
        return False
    begun = [due - before for before in BEFORE if due - before <= today]
    return bool(begun) and (told is None or told < max(begun))
