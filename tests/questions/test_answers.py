"""Answers: one each, changed until the deadline, with a receipt and a history."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.core.exceptions import ValidationError

from accounts.choices import Role
from core.errors import ConflictError, RuleViolationError
from questions.choices import LetterKind
from questions.models import Letter, Question, Recipient
from questions.queries import Tally, history_of, tallies
from questions.services import answers as service
from questions.services.questions import close
from tests.makers_packets import a_user
from tests.makers_questions import (
    a_house,
    a_secretary,
    an_asked_question,
    mails,
    row_of,
    seat_of,
    somebody_of,
)

if TYPE_CHECKING:
    from core.versions import Saved

pytestmark = pytest.mark.django_db
OUTSIDE: dict[str, Any] = {
    "way": "phone",
    "given_by": "Anna Holm, chefkonsulent",
    "given_on": date(2023, 11, 6),
}


def give(
    question: Question, choice: str = "Ja", role: Role = Role.DIRECTOR, **also: Any
) -> Saved[Recipient]:
    row = row_of(question)
    seat = seat_of(somebody_of("Greve", role))
    values = {"version": row.version, "choice": choice, **also}
    return service.answer(row.pk, seat=seat, **values)


def test_an_answer_stands_with_who_gave_it_and_a_receipt_goes_out() -> None:
    question = an_asked_question("Greve")

    give(question, reply="Hvis der er penge.")

    row = row_of(question)
    assert (row.choice, row.reply) == ("Ja", "Hvis der er penge.")
    assert (row.answered_by, row.on_behalf) == ("Kommunaldirektør sjaelland", False)
    assert mails(LetterKind.RECEIPT) == [("Greve", ["director@greve.example"])]
    assert "Bemærkning: Hvis der er penge." in Letter.objects.last().body  # type: ignore[union-attr]


def test_a_colleague_answers_on_behalf_and_the_director_is_told() -> None:
    somebody_of("Greve")
    question = an_asked_question("Greve")

    give(question, role=Role.MEMBER)

    assert row_of(question).on_behalf
    (receipt,) = mails(LetterKind.RECEIPT)
    assert receipt == ("Greve", ["director@greve.example", "member@greve.example"])


def test_an_answer_is_changed_until_the_deadline_and_each_is_kept() -> None:
    question = an_asked_question("Greve")
    give(question, "Ja")
    give(question, "Nej")

    assert row_of(question).choice == "Nej"
    said = [(past.what, past.said) for past in history_of(row_of(question))][:2]
    assert said == [("Svarede for Greve", "Nej"), ("Svarede for Greve", "Ja")]


def test_the_same_answer_again_changes_nothing_and_sends_nothing() -> None:
    question = an_asked_question("Greve")
    give(question)

    give(question)

    assert len(mails(LetterKind.RECEIPT)) == 1
    assert row_of(question).version == 2


@pytest.mark.parametrize("is_closed", [True, False])
def test_after_the_deadline_or_the_end_nobody_changes_the_answer(
    is_closed: bool,  # noqa: FBT001
) -> None:
    question = an_asked_question("Greve")
    if is_closed:
        close(question.pk, by=a_secretary())
    else:
        Question.objects.update(due_on=date(2023, 11, 6))

    words = "er lukket" if is_closed else "Fristen er udløbet. Skriv til sekretariatet"
    with pytest.raises(RuleViolationError, match=words):
        give(question)


def test_two_colleagues_who_answer_differently_are_asked() -> None:
    question = an_asked_question("Greve")
    give(question, "Ja", version=1)

    with pytest.raises(ConflictError):
        give(question, "Nej", role=Role.MEMBER, version=1)


def test_an_answer_by_telephone_says_who_gave_it_and_when_also_after_the_day() -> None:
    question = an_asked_question("Greve")
    Question.objects.update(due_on=date(2023, 11, 6))

    service.record(
        row_of(question).pk, version=1, choice="Nej", **OUTSIDE, by=a_secretary()
    )

    row = row_of(question)
    assert (row.choice, row.way, row.given_by) == ("Nej", "phone", OUTSIDE["given_by"])
    assert row.given_on == date(2023, 11, 6)
    assert row.answered_by == "Sekretariat sjaelland"


@pytest.mark.parametrize("lacks", ["given_by", "given_on", "choice"])
def test_an_answer_from_outside_lacks_nothing(lacks: str) -> None:
    question = an_asked_question("Greve")
    given = {**OUTSIDE, "choice": "Ja", lacks: None if lacks == "given_on" else ""}

    with pytest.raises(ValidationError):
        service.record(row_of(question).pk, version=1, **given, by=a_secretary())

    assert not row_of(question).is_answered


def test_an_organisation_answers_through_its_reporter() -> None:
    user = a_user(role=Role.REPORTER, organisation=a_house())
    question = an_asked_question(houses=(a_house(),))
    row = row_of(question, "Huset")

    service.answer(row.pk, version=1, choice="Ja", seat=seat_of(user))

    assert (row_of(question, "Huset").on_behalf, row_of(question, "Huset").choice) == (
        False,
        "Ja",
    )


def test_who_has_not_answered_is_counted_apart_and_is_no_answer() -> None:
    question = an_asked_question("Greve", "Solrød", "Lejre")
    give(question, "Nej")

    assert tallies(question, question.recipients.all()) == (
        Tally("Ja", 0),
        Tally("Nej", 1),
        Tally("Ikke afgjort endnu", 0),
        Tally("Ikke svaret", 2, is_answer=False),
    )
