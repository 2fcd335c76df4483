"""Agenda items as what questions are about (:mod:`questions.subjects`)."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final

from django.db.models import CharField, Exists, OuterRef, Q, Value
from django.db.models.functions import Cast, Concat

from accounts.choices import SITTING
from core import clock, formats
from meetings import replies
from meetings.closed.seats import hidden_items, is_shut
from meetings.models import AgendaItem
from meetings.replies import Reply
from questions import subjects
from questions.models import Question, Recipient
from questions.queries import about_rows, as_about
from questions.subjects import Subject

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from django.db.models import QuerySet

    from accounts.models import Membership

KIND: Final = "meetings.agendaitem"
CLOSED: Final = (
    "Punkt {} er lukket. Det, I skriver her, bliver mailet til alle, der spørges. Skriv "
    "intet, som kun punktets læsere må kende."
)


def register() -> None:
    """Let questions be about items, and minutes of a hearing list their answers."""
    subjects.register(KIND, find, hidden_from)
    replies.register(answers)


def key_of(item: AgendaItem) -> str:
    """Give the key under which questions know an item."""
    return f"{KIND}:{item.pk}"


def with_questions[Q: QuerySet[Any]](rows: Q) -> Q:
    """Annotate ``question_rows``: what was asked about each item, as mappings."""
    key = Concat(Value(f"{KIND}:"), Cast(OuterRef("pk"), CharField()))
    council = OuterRef("section__meeting__council")
    return rows.annotate(question_rows=about_rows(key, council))


def questions_about(item: AgendaItem) -> list[Question]:
    """Give what was asked about an item, for its editors.

    No query for an item that was read :func:`with_questions`.
    """
    known: Any = item
    if not hasattr(known, "question_rows"):
        known = with_questions(AgendaItem.objects.filter(pk=item.pk)).get()
    return as_about(known.question_rows)


def find(pks: Collection[int], seat: Membership) -> Mapping[int, Subject]:
    """Give items of the seat's council as the seat sees them: one query.

    An item whose meeting was not sent has no address but for those who write it. What a
    begun version opens is closed until that is sent (``is_shut``).
    """
    rows = AgendaItem.objects.filter(
        pk__in=pks,
        section__meeting__council=seat.council_id,
        section__meeting__is_removed=False,
    )
    found = rows.select_related("section__meeting").annotate(is_shut=is_shut())
    return {row.pk: _subject(row, seat) for row in found}


def hidden_from(user_pk: int | None) -> QuerySet[Any, Any]:
    """Give the keys of items that were asked about and are closed to a user.

    Source: docs/rules.md R-32, R-63, R-64.
    """
    key = Concat(Value(f"{KIND}:"), Cast("pk", CharField()))
    rows = AgendaItem.objects.annotate(asked_key=key)
    asked = Q(Exists(Question.objects.filter(subject_key=OuterRef("asked_key"))))
    found: QuerySet[Any, Any] = hidden_items(rows, user_pk, only=asked)
    return found.values("asked_key")


def _subject(item: Any, seat: Membership) -> Subject:
    """Give an item, annotated ``is_shut``, as somebody in a seat sees it."""
    meeting = item.section.meeting
    may_read = item.sent_in is not None and (seat.role in SITTING or meeting.is_public)
    is_due = item.reply_on and item.reply_on >= clock.today() and not item.is_shut
    return Subject(
        words=f"punkt {item.number}, {meeting.name}",
        url=item.get_absolute_url() if seat.may_edit or may_read else "",
        due_on=item.reply_on if is_due else None,
        hint=_hint(item),
        warning=CLOSED.format(item.number) if item.is_shut else "",
    )


def _hint(item: Any) -> str:
    """Say to whom, and by when, the council itself is to answer."""
    # Of a closed item nothing goes into words that are mailed.
    if item.is_shut or not item.addressee:
        return ""
    by = f" senest {formats.long_date(item.reply_on)}" if item.reply_on else ""
    return f"{item.section.meeting.body} skal svare {item.addressee}{by}."


def answers(items: Collection[int]) -> dict[int, list[Reply]]:
    """Give what was asked about items, and answered: one query.

    A draft is no question yet, one that was called back none any more; one that is open
    says so.
    """
    rows = Recipient.objects.filter(
        question__subject_key__in=[f"{KIND}:{pk}" for pk in items],
        question__asked_at__isnull=False,
        question__is_removed=False,
        question__called_back="",
    )
    by_question: dict[Question, list[Recipient]] = defaultdict(list)
    for row in rows.select_related("question").order_by("question", "sort_key", "pk"):
        by_question[row.question].append(row)
    found: dict[int, list[Reply]] = defaultdict(list)
    for question, asked in by_question.items():
        pk = int(question.subject_key.removeprefix(f"{KIND}:"))
        found[pk].append(_reply(question, asked))
    return found


def _reply(question: Question, asked: list[Recipient]) -> Reply:
    return Reply(
        asked=question.text,
        is_open=question.is_open,
        url=question.get_absolute_url(),
        given=tuple((row.name, _said(row)) for row in asked if row.is_answered),
        silent=tuple(row.name for row in asked if not row.is_answered),
    )


def _said(row: Recipient) -> str:
    """Give "Ja. Med bemærkning", as one line."""
    words = (row.choice.rstrip("."), " ".join(row.reply.split()))
    return ". ".join(word for word in words if word)
