"""A question that is out is put right, and its words stay (docs/rules.md R-75)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from core.errors import RuleViolationError
from questions.choices import LetterKind
from questions.models import Question, Recipient
from questions.services import answers, corrections
from questions.services.questions import Asked, close
from tests.makers_questions import (
    a_place,
    a_secretary,
    an_asked_question,
    mails,
    row_of,
    seat_of,
    somebody_of,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

pytestmark = pytest.mark.django_db
LATER = date(2023, 11, 24)


@pytest.fixture
def question() -> Question:
    somebody_of("Greve")
    a_place("Solrød")
    return an_asked_question("Greve")


def post(question: Question, end: str, data: Mapping[str, object]) -> Any:
    client = Client()
    client.force_login(a_secretary())
    return client.post(f"/spoergsmaal/{question.pk}/{end}/", dict(data))


def test_who_was_forgotten_is_asked_alone(question: Question) -> None:
    place = a_place("Solrød")
    somebody_of("Solrød")
    client = Client()
    client.force_login(a_secretary())
    page = client.get(f"/spoergsmaal/{question.pk}/modtagere/").content.decode()

    asked = {"municipalities": [place.pk], "others": "Huset <hus@eksempel.dk>"}
    assert post(question, "modtagere", asked).status_code == 302

    assert ("Solrød" in page, "Greve</label>" in page) == (True, False)
    assert mails(LetterKind.ASKED) == [
        ("Greve", ["director@greve.example"]),
        ("Huset", ["hus@eksempel.dk"]),
        ("Solrød", ["director@solrød.example"]),
    ]
    known = Asked(municipalities=[place])
    with pytest.raises(RuleViolationError, match="ikke er spurgt"):
        corrections.ask_more(question.pk, asked=known, by=a_secretary())


def test_a_wrong_address_is_put_right_and_asked_again(question: Question) -> None:
    post(question, "modtagere", {"others": "Huset <huss@eksempel.dk>"})
    row = Recipient.objects.get(name="Huset")
    new = {"address": "ja", "recipient_pk": row.pk, "email": "hus@eksempel.dk"}

    wrong = post(question, "modtagere", new | {"email": "hus"})
    done = post(question, "modtagere", new)
    again = post(question, "modtagere", new)

    assert [wrong.status_code, done.status_code, again.status_code] == [422, 302, 422]
    to = [email for name, email in mails(LetterKind.ASKED) if name == "Huset"]
    assert to == [["huss@eksempel.dk"], ["hus@eksempel.dk"]]
    with pytest.raises(RuleViolationError, match="Ret adressen hos brugeren"):
        corrections.correct_address(
            row_of(question, "Greve").pk, email="a@b.dk", by=a_secretary()
        )


def test_a_question_asked_by_mistake_is_taken_back_and_all_are_told(
    question: Question,
) -> None:
    member = somebody_of("Solrød")

    assert post(question, "tilbagetraekning", {"reason": ""}).status_code == 422
    post(question, "tilbagetraekning", {"reason": "Det var et udkast."})

    assert mails(LetterKind.CALLED) == [("Greve", ["director@greve.example"])]
    with pytest.raises(RuleViolationError):
        answers.answer(
            row_of(question, "Greve").pk, version=1, choice="Ja",
            seat=seat_of(somebody_of("Greve")),
        )  # fmt: skip
    assert not Question.objects.visible_to(member).exists()
    assert Question.objects.visible_to(somebody_of("Greve")).exists()
    with pytest.raises(RuleViolationError, match="Stil et nyt"):
        corrections.reopen(question.pk, to=LATER, reason="Fejl", by=a_secretary())


def test_a_closed_question_opens_again_for_what_came_late(question: Question) -> None:
    close(question.pk, by=a_secretary())

    late = {"to": "1.1.2023", "reason": "Greve svarer i morgen."}
    assert post(question, "genaabning", late).status_code == 422
    assert post(question, "genaabning", late | {"to": "24.11.2023"}).status_code == 302

    question.refresh_from_db()
    assert (question.is_open, question.due_on) == (True, LATER)
    assert mails(LetterKind.EXTENDED) == [("Greve", ["director@greve.example"])]
    assert post(question, "genaabning", late).status_code == 302
