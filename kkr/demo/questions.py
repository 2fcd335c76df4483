"""The demo's question to the 17 municipalities, from the fixtures. All of it is invented."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from kkr.fixture_data import read
from meetings.askable import key_of
from meetings.models import AgendaItem
from questions.choices import LetterKind
from questions.models import Letter, Question, Recipient
from questions.services import letters

if TYPE_CHECKING:
    from meetings.models import Meeting

ASKED_BY = "Sekretariatet"
REPLY_TO = "sekretariat@kkr.example"


def load_questions(meeting: Meeting) -> None:
    """Load the questions about the meeting's items, asked and partly answered."""
    for row in read("questions")["questions"]:
        _question(meeting, row)


def _question(meeting: Meeting, row: Any) -> None:
    items = AgendaItem.objects.filter(section__meeting=meeting).select_related(
        "section"
    )
    item = items.get(key=row["item"])
    question = Question.objects.create(
        council=meeting.council,
        subject_key=key_of(item),
        subject_words=f"punkt {item.number}, {meeting.name}",
        text=row["text"],
        note=row["note"],
        options="\n".join(row["options"]),
        due_on=date.fromisoformat(row["due_on"]),
        asked_at=datetime.fromisoformat(row["asked_at"]),
        asked_by=ASKED_BY,
        reply_to=REPLY_TO,
        changed_by=ASKED_BY,
    )
    for place in meeting.council.municipalities.all():
        given: dict[str, Any] = {}
        if place.name not in row["not_answered"]:
            given = {
                "choice": row["answer"],
                "answered_at": datetime.fromisoformat(row["answered_at"]),
                "answered_by": row["answered_by"],
            }
        Recipient.objects.create(
            question=question, municipality=place, name=place.name, **given
        )
    _letters(question)


def _letters(question: Question) -> None:
    """Write the mails down that would have been sent when it was asked."""
    rows = letters.loaded(question)
    to = letters.addresses(rows)
    at = question.asked_at
    for row in rows:
        if to[row.pk] and at:
            words = letters.draft(LetterKind.ASKED, row)
            Letter.objects.create(
                recipient=row,
                kind=LetterKind.ASKED,
                day=at.date(),
                to=to[row.pk],
                reply_to=question.reply_to,
                subject=words.subject,
                body=words.body,
                written_by=ASKED_BY,
                written_at=at,
                sent_at=at,
            )
