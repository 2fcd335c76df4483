"""Working out what the checks find, and answering it.

The findings of a meeting are replaced as a whole in one transaction, by the job that is
written with each change, and after a build. Answers are rows of their own, by the text
they were given for.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db import transaction

from core import clock, formats
from core.errors import RuleViolationError
from core.history import act
from meetings.agenda import records_digest
from meetings.checking import check
from meetings.checking.named import WHOLE, is_person
from meetings.checking.people import CHECKS, people
from meetings.checking.standing import standing
from meetings.checking.unseen import UNSEEN
from meetings.models import Answer, Checkup, Finding, Meeting
from meetings.rows import read_agenda

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from accounts.models import User
    from meetings.checking import Checked, Found
    from meetings.checking.standing import Standing


@dataclass(frozen=True, slots=True)
class Given:
    """An answer as a form sends it; ``seen`` is the version that its page showed."""

    fingerprint: str
    reason: str
    seen: int = 0


@dataclass(frozen=True, slots=True)
class Answered:
    """What became of answers: saved, answered otherwise by somebody meanwhile, or late.

    Attributes:
        contested: fingerprint → the other's answer; ours was not saved.
        gone: answers whose text was changed meanwhile; they were not saved.
    """

    saved: tuple[Given, ...] = ()
    contested: Mapping[str, Answer] = field(default_factory=dict)
    gone: tuple[Given, ...] = ()


@transaction.atomic
def refresh(meeting_pk: int) -> None:
    """Check a meeting and store what is found in place of what was.

    Two that run at once take turns, and the later one reads after the earlier.
    """
    if not Meeting.objects.filter(pk=meeting_pk).exists():
        return
    Checkup.objects.get_or_create(meeting_id=meeting_pk)
    checkup = Checkup.objects.select_for_update().get(meeting=meeting_pk)
    checked = check(meeting_pk)
    _replace(meeting_pk, checked)
    checkup.digest, checkup.clean = checked.digest, list(checked.clean)
    checkup.checked_at = clock.now()
    checkup.save()


def bring_up_to_date(meeting_pk: int) -> None:
    """Check a meeting anew if its records are others than those that were checked."""
    digest = records_digest(read_agenda(meeting_pk))
    if not Checkup.objects.filter(meeting=meeting_pk, digest=digest).exists():
        refresh(meeting_pk)


@transaction.atomic
def note_people(meeting_pk: int) -> None:
    """Bring the findings about comments and readers up to date; the others stay.

    It is cheap, so it is done in the transaction of the change, without a job. A
    meeting that was never checked gets them with its first check.
    """
    if not Checkup.objects.select_for_update().filter(meeting=meeting_pk).first():
        return
    own = Finding.objects.filter(meeting=meeting_pk)
    own.filter(check_key__in=CHECKS).delete()
    last = own.order_by("-position").values_list("position", flat=True).first() or 0
    meeting = Meeting.objects.get(pk=meeting_pk)
    found = sorted(people(meeting), key=lambda each: each.order)
    Finding.objects.bulk_create(
        _row(meeting_pk, last + at, each) for at, each in enumerate(found, 1)
    )


def settled(meeting_pk: int) -> Standing:
    """Give the findings of the records as they stand, all of them settled.

    Raises:
        RuleViolationError: an error is not put right, or a warning has no answer.
    """
    bring_up_to_date(meeting_pk)
    note_people(meeting_pk)
    found = standing(meeting_pk)
    if found.blocker:
        raise RuleViolationError(found.blocker)
    return found


def give_answers(meeting_pk: int, given: Sequence[Given], *, by: User) -> Answered:
    """Save why findings may be sent; each answer stands for itself.

    Where somebody else has answered the same finding otherwise meanwhile, theirs stays
    and ours comes back.

    Raises:
        RuleViolationError: a person is asked for, and the answer is no name.
    """
    words = formats.counted(len(given), "advarsel", "advarsler")
    with act(f"svarede på {words} før udsendelse", by):
        Meeting.checkout(meeting_pk)
        rows = Finding.objects.filter(meeting=meeting_pk, may_answer=True)
        open_to = dict(rows.values_list("fingerprint", "check_key"))
        for each in given:
            if open_to.get(each.fingerprint) == UNSEEN and not is_person(each.reason):
                raise RuleViolationError(WHOLE)
        known = {
            answer.fingerprint: answer
            for answer in Answer.objects.filter(meeting=meeting_pk)
        }
        saved, gone, contested = [], [], {}
        for each in given:
            answer = known.get(each.fingerprint)
            if each.fingerprint not in open_to:
                gone.append(each)
            elif answer is not None and _is_anothers(answer, each):
                contested[each.fingerprint] = answer
            else:
                _write(meeting_pk, answer, each, by)
                saved.append(each)
        return Answered(tuple(saved), contested, tuple(gone))


def take_back(meeting_pk: int, fingerprint: str, *, seen: int, by: User) -> None:
    """Take an answer back; the finding waits for one again.

    Raises:
        RuleViolationError: somebody has answered anew since ``seen``.
    """
    with act("fortrød et svar før udsendelse", by):
        Meeting.checkout(meeting_pk)
        rows = Answer.objects.filter(meeting=meeting_pk, fingerprint=fingerprint)
        answer = rows.first()
        if answer is None or answer.is_withdrawn:
            return
        if answer.version != seen:
            raise RuleViolationError(
                f"{answer.changed_by} har svaret imens: ”{answer.reason}”. "
                "Svaret står endnu."
            )
        answer.is_withdrawn = True
        answer.touch(by)
        answer.save()


def _replace(meeting_pk: int, checked: Checked) -> None:
    Finding.objects.filter(meeting=meeting_pk).delete()
    Finding.objects.bulk_create(
        _row(meeting_pk, position, found)
        for position, found in enumerate(checked.found, 1)
    )


def _row(meeting_pk: int, position: int, found: Found) -> Finding:
    return Finding(
        meeting_id=meeting_pk,
        position=position,
        fingerprint=found.fingerprint,
        check_key=found.check,
        group=found.group,
        is_error=found.is_error,
        may_answer=found.may_answer,
        label=found.spot.label[:60],
        place=found.spot.place[:120],
        where=found.where[:300],
        sentence=found.sentence,
        quote=found.quote,
        hint=found.hint,
        url=found.spot.url,
        action=found.spot.action[:60],
    )


def _is_anothers(answer: Answer, given: Given) -> bool:
    """Whether an answer holds that whoever writes now has not seen, and that differs."""
    is_unseen = answer.version != given.seen and not answer.is_withdrawn
    return is_unseen and answer.reason != given.reason


def _write(meeting_pk: int, answer: Answer | None, given: Given, by: User) -> None:
    if answer is None:
        answer = Answer(meeting_id=meeting_pk, fingerprint=given.fingerprint, version=0)
    elif answer.reason == given.reason and not answer.is_withdrawn:
        return
    answer.reason, answer.is_withdrawn = given.reason, False
    answer.touch(by)
    answer.full_clean()
    answer.save()
