"""A question that is out is put right, and its words stay (docs/rules.md R-75)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.db.models import OuterRef, Value
from django.test import Client

from accounts.models import Council
from core.errors import RuleViolationError
from questions.choices import LetterKind
from questions.models import Letter, Question, Recipient
from questions.queries import about_rows, as_about
from questions.services import answers, corrections, letters
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
LATER, GONE = date(2023, 11, 24), date(2023, 11, 1)


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


def test_what_waits_is_not_sent_once_the_question_is_put_right(
    question: Question, mailoutbox: list[Any]
) -> None:
    post(question, "modtagere", {"others": "Huset <huss@eksempel.dk>"})
    row = Recipient.objects.get(name="Huset")

    corrections.correct_address(row.pk, email="hus@eksempel.dk", by=a_secretary())
    wrong, right = Letter.objects.filter(recipient=row).order_by("pk")
    assert (wrong.is_given_up, wrong.failure) == (True, "Adressen er rettet.")
    assert right.is_given_up is False
    corrections.call_back(question.pk, reason="Et udkast.", by=a_secretary())
    letters.send_waiting()

    assert {mail.subject for mail in mailoutbox} == {"Trukket tilbage: Vil kommunen?"}
    assert [mail.to for mail in mailoutbox] == [
        ["director@greve.example"],
        ["hus@eksempel.dk"],
    ]
    assert "\nGrund: Et udkast.\n" in mailoutbox[0].body


def test_nobody_is_asked_after_the_deadline(question: Question) -> None:
    post(question, "modtagere", {"others": "Huset <huss@eksempel.dk>"})
    row = Recipient.objects.get(name="Huset")
    Question.objects.filter(pk=question.pk).update(due_on=GONE)

    more = post(question, "modtagere", {"others": "Museet <mus@eksempel.dk>"})
    new = {"address": "ja", "recipient_pk": row.pk, "email": "hus@eksempel.dk"}
    assert post(question, "modtagere", new).status_code == 302

    assert more.status_code == 422
    assert "Svarfristen er gået. Forlæng den først." in more.content.decode()
    assert [name for name, _ in mails(LetterKind.ASKED)] == ["Greve", "Huset"]
    row.refresh_from_db()
    assert row.email == "hus@eksempel.dk"


def test_where_all_places_are_asked_it_is_said_what_is_wrong() -> None:
    somebody_of("Greve")
    question = an_asked_question("Greve", others=(("Huset", ""),))

    for typed, words in {
        "": "Vælg mindst én, der skal spørges.",
        "Huset": "Vælg nogen, der ikke er spurgt.",
    }.items():
        page = post(question, "modtagere", {"others": typed})
        assert (page.status_code, words in page.content.decode()) == (422, True), typed


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
    client = Client()
    client.force_login(a_secretary())
    assert "Trukket tilbage" in client.get("/spoergsmaal/").content.decode()
    file = client.get(f"/spoergsmaal/{question.pk}/svar.csv").content.decode()
    assert "Ikke svaret, trukket tilbage" in file
    assert as_about(Council.objects.values_list(
        about_rows(Value(""), OuterRef("pk")), flat=True
    ).get())[0].called_back  # fmt: skip
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


def test_the_mail_of_a_question_opened_again_is_whole_without_a_deadline() -> None:
    somebody_of("Greve")
    question = an_asked_question("Greve", due_on=None)
    close(question.pk, by=a_secretary())

    corrections.reopen(question.pk, to=None, reason="Vi lukkede den.", by=a_secretary())

    letter = Letter.objects.get(kind=LetterKind.EXTENDED)
    assert letter.subject == "Åbnet igen: Vil kommunen?"
    assert "Der er ingen svarfrist." in letter.body
    assert "Grund: Vi lukkede den." in letter.body
    assert "Svar senest" not in letter.body
