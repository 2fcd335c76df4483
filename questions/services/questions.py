"""Questions: written, asked, given more time, closed.

Source: docs/rules.md R-37, R-38.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from core import clock, formats
from core.errors import RuleViolationError
from core.history import act
from core.versions import Saved, save_merged
from questions.choices import LetterKind
from questions.models import Question, Recipient
from questions.services import letters
from questions.services.locking import draft_question, open_question

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from accounts.models import Council, Municipality, Organisation, User

PAST: Final = "Vælg en dag, der ikke er gået."


@dataclass(frozen=True, slots=True)
class Asked:
    """Who is to be asked; ``others`` are pairs of name and e-mail, which may be ""."""

    municipalities: Sequence[Municipality] = ()
    organisations: Sequence[Organisation] = ()
    others: Sequence[tuple[str, str]] = ()

    def by_name(self) -> dict[str, dict[str, Any]]:
        """Give the fields of each one's recipient under the name."""
        found: dict[str, dict[str, Any]] = {
            row.name: {"municipality": row} for row in self.municipalities
        }
        found |= {row.name: {"organisation": row} for row in self.organisations}
        for name, email in self.others:
            found.setdefault(name, {})["email"] = email
        return found


def create_question(
    council: Council,
    *,
    subject: tuple[str, str] = ("", ""),
    asked: Asked,
    by: User,
    **values: Any,
) -> Question:
    """Write a question down; nobody is asked yet.

    Args:
        subject: key and words of what it is about.
        values: the question's fields.

    Raises:
        ValidationError: a field is not as it must be.
    """
    with act(f"skrev spørgsmålet ”{values['text']}”", by):
        key, words = subject
        question = Question(
            council=council,
            subject_key=key,
            subject_words=words,
            changed_by=str(by),
            **values,
        )
        question.full_clean()
        question.save()
        _put_down(question, asked, by)
        return question


def edit_question(
    pk: int, *, version: int, asked: Asked | None, by: User, **values: Any
) -> Saved[Question]:
    """Save a question that nobody was asked yet, merged with what others saved since.

    Args:
        version: the one the user opened.
        asked: who is to be asked; None leaves that as it is.

    Raises:
        ConflictError: somebody changed the same field to another value.
        RuleViolationError: it was asked meanwhile.
    """
    with act(f"rettede spørgsmålet {_quoted(pk)}", by):
        question = draft_question(pk)
        saved = save_merged(question, values, version=version, by=by)
        if asked is not None:
            _put_down(question, asked, by)
        return saved


def remove_question(pk: int, *, by: User) -> Question:
    """Take away a question that nobody was asked.

    Raises:
        RuleViolationError: it was asked.
    """
    return _mark_removed(
        pk, "fjernede et udkast til et spørgsmål", is_removed=True, by=by
    )


def restore_question(pk: int, *, by: User) -> Question:
    """Put a removed question back."""
    return _mark_removed(
        pk, "satte et udkast til et spørgsmål ind igen", is_removed=False, by=by
    )


def ask(pk: int, *, by: User) -> Question:
    """Ask: from now on the question stands as it is; each who is asked gets a mail.

    Raises:
        RuleViolationError: it was asked already, asks nobody, or its day has gone.
    """
    with act(f"stillede spørgsmålet {_quoted(pk)}", by):
        question = draft_question(pk)
        recipients = letters.loaded(question)
        if not recipients:
            raise RuleViolationError("Vælg, hvem der skal spørges.")
        if question.is_late:
            raise RuleViolationError(f"Svarfristen er gået. {PAST}")
        question.asked_at, question.asked_by = clock.now(), str(by)
        question.reply_to = by.email
        question.touch(by)
        question.save()
        letters.write(LetterKind.ASKED, recipients, by=by)
        return question


def extend(
    pk: int, *, to: date, reason: str, recipient_pk: int | None = None, by: User
) -> Question:
    """Give all, or one, more time, and tell those who have not answered.

    Raises:
        RuleViolationError: it is closed, has no deadline, the day is not later than the
            one that holds, or there is no reason.
    """
    with act(f"forlængede en svarfrist til {formats.long_date(to)}", by):
        question = open_question(pk)
        if not reason.strip():
            raise RuleViolationError("Skriv hvorfor.")
        if question.due_on is None:
            raise RuleViolationError("Spørgsmålet har ingen svarfrist.")
        if to < clock.today():
            raise RuleViolationError(PAST)
        if recipient_pk is None:
            told = _extend_all(question, to, reason.strip(), by)
        else:
            told = [_extend_one(question, recipient_pk, to, reason.strip(), by)]
        waiting = [row for row in told if not row.is_answered]
        letters.write(LetterKind.EXTENDED, waiting, by=by)
        return question


def close(pk: int, *, by: User) -> Question:
    """Close a question: it and its answers stay as they are, for the council to read.

    Raises:
        RuleViolationError: it was not asked, or is closed already.
    """
    with act(f"lukkede spørgsmålet {_quoted(pk)}", by):
        question = open_question(pk)
        question.closed_at, question.closed_by = clock.now(), str(by)
        question.touch(by)
        question.save()
        return question


def _extend_all(question: Question, to: date, reason: str, by: User) -> list[Recipient]:
    if question.due_on and to <= question.due_on:
        raise RuleViolationError("Den nye frist skal ligge efter den, der gælder.")
    question.due_on, question.due_reason = to, reason
    question.touch(by)
    question.save()
    return letters.loaded(question)


def _extend_one(
    question: Question, pk: int, to: date, reason: str, by: User
) -> Recipient:
    row = Recipient.objects.select_for_update().get(pk=pk, question=question)
    row.question = question
    if row.due and to <= row.due:
        raise RuleViolationError("Den nye frist skal ligge efter den, der gælder.")
    row.due_on, row.due_reason = to, reason
    row.touch(by)
    row.save()
    return row


def _mark_removed(pk: int, verb: str, *, is_removed: bool, by: User) -> Question:
    with act(verb, by):
        question = draft_question(pk)
        if question.is_removed != is_removed:
            question.is_removed = is_removed
            question.touch(by)
            question.save()
        return question


def _quoted(pk: int) -> str:
    return f"”{Question.objects.values_list('text', flat=True).get(pk=pk)}”"


def add_recipient(
    question: Question, name: str, fields: Mapping[str, Any], by: User
) -> Recipient:
    """Let somebody be asked, too; inside the act of the change."""
    row = Recipient(question=question, name=name, changed_by=str(by), **fields)
    row.save()
    return row


def _put_down(question: Question, asked: Asked, by: User) -> None:
    """Let the recipients of a draft be these; who was there already stays as it is."""
    wanted = asked.by_name()
    known = {row.name: row for row in question.recipients.all()}
    for name, row in known.items():
        if name not in wanted:
            row.delete()
    for name, fields in wanted.items():
        own = known.get(name)
        if own is None:
            add_recipient(question, name, fields, by)
        elif own.email != (email := str(fields.get("email", ""))):
            own.email = email
            own.touch(by)
            own.save()
