"""Mails: sent once, tried again, never two reminders a day for one."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from questions.choices import LetterKind
from questions.models import Letter, Question
from questions.services import letters, reminders
from questions.services.answers import answer
from questions.tasks import remind, send_letters
from tests.makers_questions import (
    a_question,
    a_secretary,
    an_asked_question,
    mails,
    row_of,
    seat_of,
    somebody_of,
)

if TYPE_CHECKING:
    from pytest_django import Settings

pytestmark = pytest.mark.django_db


@pytest.fixture
def question() -> Question:
    """Two places that can be written to, and one that cannot."""
    somebody_of("Greve"), somebody_of("Solrød")
    return an_asked_question("Greve", "Solrød", "Lejre")


def test_a_mail_is_sent_once_with_a_sender_who_can_be_answered(
    question: Question,
) -> None:
    send_letters()
    send_letters()

    assert [m.to for m in mail.outbox] == [
        ["director@greve.example"],
        ["director@solrød.example"],
    ]
    assert mail.outbox[0].reply_to == ["secretariat@sjaelland.example"]
    assert mail.outbox[0].message()["Message-ID"].startswith("<letter-")
    assert not Letter.objects.filter(sent_at=None).exists()


def test_a_mail_that_is_refused_waits_and_is_tried_again(
    question: Question, settings: Settings
) -> None:
    good = settings.MAILERS
    nowhere = {"host": "127.0.0.1", "port": 1, "timeout": 1}
    smtp = "django.core.mail.backends.smtp.EmailBackend"
    settings.MAILERS = {"default": {"BACKEND": smtp, "OPTIONS": nowhere}}
    assert letters.send_waiting() == 0
    waiting = Letter.objects.filter(sent_at=None)
    assert {(row.tries, row.failure) for row in waiting} == {
        (1, "ConnectionRefusedError")
    }
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM procrastinate_jobs WHERE queue_name = 'post'"
            " AND scheduled_at > now() + interval '4 minutes'"
        )
        assert cursor.fetchone() == (2,)

    settings.MAILERS = good
    assert letters.send_waiting() == 0
    waiting.update(next_try_at=timezone.now() - timedelta(seconds=1))
    assert letters.send_waiting() == 2
    assert Letter.objects.filter(sent_at=None).count() == 0


def test_a_header_of_two_lines_is_refused_before_it_is_kept_and_when_it_is_sent(
    question: Question,
) -> None:
    Question.objects.update(text="Hej\r\nBcc: alle@andre.example")
    with pytest.raises(ValidationError, match="én linje"):
        letters.write(LetterKind.ASKED, [row_of(question)])
    Letter.objects.update(subject="Hej\nBcc: alle@andre.example")
    with pytest.raises(ValueError, match="may not contain"):
        EmailMessage("Hej\nBcc: x", "", to=["a@b.example"]).message()

    assert letters.send_waiting() == 0
    assert mail.outbox == []


def test_nobody_is_reminded_twice_a_day_by_hand_or_by_itself(
    question: Question,
) -> None:
    Question.objects.update(due_on=date(2023, 11, 7))
    Letter.objects.update(day=date(2023, 11, 1))
    reminders.remind(question.pk, by=a_secretary())

    reminders.remind(question.pk, by=a_secretary())
    remind(timestamp=0)

    assert [name for name, _ in mails(LetterKind.REMINDER)] == ["Greve", "Solrød"]
    copy = Letter.objects.filter(kind="reminder")[0]
    copy.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        copy.save()


def test_who_has_answered_is_not_reminded(question: Question) -> None:
    seat = seat_of(somebody_of("Greve"))
    answer(row_of(question).pk, version=1, choice="Ja", seat=seat)

    reminders.remind(question.pk, by=a_secretary())

    assert [name for name, _ in mails(LetterKind.REMINDER)] == ["Solrød"]


@pytest.mark.parametrize(
    ("due", "told", "is_reminded"),
    [
        (date(2023, 11, 11), date(2023, 11, 1), False),
        (date(2023, 11, 10), date(2023, 11, 1), True),
        (date(2023, 11, 9), date(2023, 11, 6), False),
        (date(2023, 11, 9), date(2023, 11, 5), True),
        (date(2023, 11, 7), date(2023, 11, 6), True),
        (date(2023, 11, 6), date(2023, 11, 1), False),
        (None, date(2023, 11, 1), False),
    ],
    ids=["far", "three days", "since then", "made up for", "the day", "late", "none"],
)
def test_the_portal_reminds_three_days_before_and_on_the_day(
    question: Question,
    due: date | None,
    told: date,
    is_reminded: bool,  # noqa: FBT001
) -> None:
    Question.objects.update(due_on=due)
    Letter.objects.update(day=told)

    assert reminders.remind_the_late() == 2 * is_reminded
    assert reminders.remind_the_late() == 0


def test_the_words_of_a_mail_are_text_and_not_markup() -> None:
    somebody_of("Greve")
    question = a_question("Greve", text="Mere & <b>bedre</b>?")
    question = Question.objects.select_related("council").get(pk=question.pk)

    words = letters.draft(LetterKind.ASKED, letters.loaded(question)[0])

    assert words.subject == "KKR Sjælland spørger: Mere & <b>bedre</b>?"
    assert "\n\n\n" not in words.body
    assert "- Ja\n- Nej\n- Ikke afgjort endnu" in words.body
