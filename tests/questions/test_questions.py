"""Questions: written, asked, given more time, closed; what was asked stays as it was."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.db import connection

from core.errors import ConflictError, RuleViolationError
from questions.choices import LetterKind
from questions.models import Letter, Question
from questions.services import questions as service
from tests.makers_questions import (
    a_place,
    a_question,
    a_secretary,
    an_asked_question,
    mails,
    row_of,
    somebody_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.django_db
LATER = date(2023, 11, 24)


def jobs() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT task_name FROM procrastinate_jobs WHERE queue_name='post'"
        )
        return [name for (name,) in cursor.fetchall()]


def test_asking_writes_the_mails_and_their_job_in_one_transaction() -> None:
    somebody_of("Greve")
    question = a_question("Greve", "Solrød")

    service.ask(question.pk, by=a_secretary())

    assert mails(LetterKind.ASKED) == [("Greve", ["director@greve.example"])]
    assert jobs() == ["questions.send_letters"]
    letter = Letter.objects.get()
    assert letter.subject == "KKR Sjælland spørger: Vil kommunen?"
    assert f"/spoergsmaal/{question.pk}/" in letter.body
    assert "Svar senest 17.\u00a0november\u00a02023." in letter.body


def test_a_question_that_asks_nobody_is_not_sent() -> None:
    question = a_question()

    with pytest.raises(RuleViolationError, match="Vælg, hvem der skal spørges"):
        service.ask(question.pk, by=a_secretary())

    assert (Letter.objects.count(), jobs()) == (0, [])


CHANGES: dict[str, Callable[[Question], object]] = {
    "edit": lambda q: service.edit_question(
        q.pk, version=q.version, asked=None, text="Andet?", by=a_secretary()
    ),
    "ask": lambda q: service.ask(q.pk, by=a_secretary()),
    "remove": lambda q: service.remove_question(q.pk, by=a_secretary()),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_was_asked_cannot_be_changed(change: str) -> None:
    question = an_asked_question("Greve")

    with pytest.raises(RuleViolationError, match="kan ikke ændres"):
        CHANGES[change](question)


def test_two_who_edit_one_draft_are_merged_or_asked() -> None:
    question, by = a_question("Greve"), a_secretary()
    service.edit_question(question.pk, version=1, asked=None, note="Ny", by=by)

    saved = service.edit_question(
        question.pk, version=1, asked=None, text="Andet?", note="", by=by
    )
    assert (saved.row.text, saved.row.note) == ("Andet?", "Ny")

    with pytest.raises(ConflictError):
        service.edit_question(question.pk, version=1, asked=None, text="X?", by=by)


def test_a_draft_asks_whom_it_says_and_keeps_those_who_stay() -> None:
    question = a_question("Greve", "Solrød")
    kept = row_of(question).pk
    asked = service.Asked((a_place("Greve"),), (), (("Ministeriet", "m@m.example"),))

    service.edit_question(question.pk, version=1, asked=asked, by=a_secretary())

    rows = {row.name: (row.pk, row.email) for row in question.recipients.all()}
    assert list(rows) == ["Greve", "Ministeriet"]
    assert rows["Greve"][0] == kept
    assert rows["Ministeriet"][1] == "m@m.example"


@pytest.mark.parametrize("one", [True, False], ids=["one", "all"])
def test_more_time_is_given_with_a_reason_and_told_to_who_has_not_answered(
    one: bool,  # noqa: FBT001
) -> None:
    somebody_of("Greve"), somebody_of("Solrød")
    question = an_asked_question("Greve", "Solrød")
    pk = row_of(question).pk if one else None

    service.extend(
        question.pk, to=LATER, reason="Byrådet mødes", recipient_pk=pk, by=a_secretary()
    )

    due = {name: row_of(question, name).due for name in ("Greve", "Solrød")}
    assert due == {"Greve": LATER, "Solrød": date(2023, 11, 17) if one else LATER}
    told = [name for name, _ in mails(LetterKind.EXTENDED)]
    assert told == (["Greve"] if one else ["Greve", "Solrød"])
    assert "Byrådet mødes" in Letter.objects.filter(kind="extended")[0].body


@pytest.mark.parametrize(
    ("to", "reason", "words"),
    [
        (LATER, " ", "Skriv hvorfor."),
        (date(2023, 11, 17), "x", "skal ligge efter"),
        (date(2023, 11, 1), "x", "ikke er gået"),
    ],
)
def test_more_time_needs_a_reason_and_a_later_day(
    to: date, reason: str, words: str
) -> None:
    question = an_asked_question("Greve")

    with pytest.raises(RuleViolationError, match=words):
        service.extend(question.pk, to=to, reason=reason, by=a_secretary())


def test_what_is_closed_stays_closed_and_takes_no_more_time() -> None:
    question = an_asked_question("Greve")
    service.close(question.pk, by=a_secretary())

    with pytest.raises(RuleViolationError, match="er lukket"):
        service.close(question.pk, by=a_secretary())
    with pytest.raises(RuleViolationError, match="er lukket"):
        service.extend(question.pk, to=LATER, reason="x", by=a_secretary())
