"""What is put right of a question that is out: who is asked, where the mail goes, its end.

Its words never change: whoever has answered has answered those.

Source: docs/rules.md R-75.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db.models import Q

from core import clock
from core.errors import RuleViolationError
from core.history import act
from questions.choices import LetterKind
from questions.models import Letter, Recipient
from questions.services import letters
from questions.services.locking import locked_question, open_question
from questions.services.questions import PAST, add_recipient

if TYPE_CHECKING:
    from datetime import date

    from accounts.models import User
    from questions.models import Question
    from questions.services.questions import Asked

NO_REASON: Final = "Skriv hvorfor."


def ask_more(pk: int, *, asked: Asked, by: User) -> list[Recipient]:
    """Ask somebody more; they alone get the mail. Give who was not asked before.

    Raises:
        RuleViolationError: it is not out, its day has gone, or all of them were asked.
    """
    wanted = asked.by_name()
    with act(f"spurgte flere: {', '.join(wanted)}", by):
        question = open_question(pk)
        if question.is_late:
            raise RuleViolationError("Svarfristen er gået. Forlæng den først.")
        known = set(question.recipients.values_list("name", flat=True))
        made = [
            add_recipient(question, name, fields, by)
            for name, fields in wanted.items()
            if name not in known
        ]
        if not made:
            raise RuleViolationError("Vælg nogen, der ikke er spurgt.")
        letters.write(LetterKind.ASKED, made, by=by)
        return made


def correct_address(pk: int, *, email: str, by: User) -> Recipient:
    """Let the mails to somebody go to another address, and send the question there.

    What waits for the old address is not sent. After the day nothing is sent to the new
    one, until it is extended.

    Args:
        pk: of the recipient, who is asked under a name alone.

    Raises:
        RuleViolationError: it is the address already, or mails to a municipality or an
            organisation, which go to those who answer for it.
        ValidationError: it is no address.
    """
    asked = Recipient.objects.get(pk=pk)
    with act(f"rettede adressen til {asked.name}", by):
        question = open_question(asked.question_id)
        row = Recipient.checkout(pk)
        row.question = question
        if row.municipality_id or row.organisation_id:
            raise RuleViolationError(
                "Mailen går til dem, der svarer for stedet. Ret adressen hos brugeren."
            )
        if row.email == email:
            raise RuleViolationError("Det er den adresse, mailen er sendt til.")
        row.email = email
        row.touch(by)
        row.full_clean()
        row.save()
        Letter.objects.filter(recipient=row).drop("Adressen er rettet.")
        if not row.is_answered and not row.is_late:
            letters.write(LetterKind.ASKED, [row], by=by)
        return row


def call_back(pk: int, *, reason: str, by: User) -> Question:
    """Take back a question that should not have been asked; all who were are told.

    Nobody answers it any more, minutes leave it out, and nobody but the secretariat and
    those who were asked ever reads of it. Mails that wait are not sent.

    Raises:
        RuleViolationError: it is not out, or there is no reason.
    """
    with act("trak et spørgsmål tilbage", by):
        question = open_question(pk)
        if not reason.strip():
            raise RuleViolationError(NO_REASON)
        question.called_back = reason.strip()
        question.closed_at, question.closed_by = clock.now(), str(by)
        question.touch(by)
        question.save()
        waiting = Letter.objects.filter(recipient__question=question)
        waiting.drop("Spørgsmålet er trukket tilbage.")
        letters.write(LetterKind.CALLED, letters.loaded(question), by=by)
        return question


def reopen(pk: int, *, to: date | None, reason: str, by: User) -> Question:
    """Open a closed question again, so that what came late can be written; tell the rest.

    Papers that were made of its answers stay as they are.

    Args:
        to: the new day, of a question that has one.

    Raises:
        RuleViolationError: it is not closed, was called back, there is no reason, or its
            day has gone.
    """
    with act("åbnede et spørgsmål igen", by):
        question = locked_question(pk)
        if question.closed_at is None:
            raise RuleViolationError("Spørgsmålet er ikke lukket.")
        if question.called_back:
            raise RuleViolationError("Spørgsmålet er trukket tilbage. Stil et nyt.")
        if not reason.strip():
            raise RuleViolationError(NO_REASON)
        if question.due_on is not None:
            question.due_on = to or question.due_on
            if question.is_late:
                raise RuleViolationError(f"Svarfristen er gået. {PAST}")
        question.due_reason = reason.strip()
        question.closed_at, question.closed_by = None, ""
        question.touch(by)
        question.save()
        waiting = [row for row in letters.loaded(question) if not row.is_answered]
        letters.write(LetterKind.EXTENDED, waiting, by=by, words="reopened")
        return question


def by_name_alone(question: Question) -> list[Recipient]:
    """Give who is asked under a name alone, whose address can be put right: one query."""
    of_place = Q(municipality__isnull=False) | Q(organisation__isnull=False)
    return list(question.recipients.exclude(of_place))
