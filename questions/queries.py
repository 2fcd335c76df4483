"""What the pages of questions show.

Source: docs/rules.md R-39.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, Prefetch, Q
from django.db.models.functions import JSONObject

from accounts.choices import Role
from accounts.models import Council
from core.bundle import bundle
from questions.choices import ANSWERING
from questions.models import Letter, Question, Recipient

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from accounts.models import Membership, User


@dataclass(frozen=True, slots=True)
class RecipientRow:
    """One who is asked, and the latest mail that asked for an answer."""

    recipient: Recipient
    letter: Letter | None


@dataclass(frozen=True, slots=True)
class Tally:
    """How many gave an answer; ``is_answer`` is False of those who gave none."""

    label: str
    count: int
    is_answer: bool = True


def rows_of(question: Question, user: User) -> tuple[RecipientRow, ...]:
    """Read who was asked, as far as ``user`` may see, with their mails: one query."""
    own = Recipient.objects.filter(question=question)
    recipients = own.visible_to(user).order_by("sort_key", "pk")
    letters = Letter.objects.filter(recipient__in=recipients.values("pk"))
    found = bundle(recipients, letters.exclude(kind="receipt").order_by("pk"))
    latest: dict[int, Letter] = {row.recipient_id: row for row in found[1]}
    for row in found[0]:
        row.question = question
    return tuple(RecipientRow(row, latest.get(row.pk)) for row in found[0])


def tallies(question: Question, rows: Iterable[Recipient]) -> tuple[Tally, ...]:
    """Count the answers by option; "ikke svaret" is a line of its own, and no answer."""
    given = list(rows)
    counted = Counter(row.choice for row in given if row.is_answered)
    found = [Tally(option, counted[option]) for option in question.choices]
    if not question.choices:
        found = [Tally("Har svaret", sum(row.is_answered for row in given))]
    missing = sum(not row.is_answered for row in given)
    return (*found, Tally("Ikke svaret", missing, is_answer=False))


def question_list(user: User, council: Council) -> list[Question]:
    """Read the questions that ``user`` may see in the council: open, drafts, closed.

    One query, counts included.
    """
    rows = Question.objects.visible_to(user).filter(council=council).with_counts()
    return list(rows.order_by(F("closed_at").desc(nulls_first=True), "due_on", "-pk"))


def about_rows(subject_key: Any, council: Any) -> ArraySubquery:
    """Questions about a thing, for its secretariat, in the query of something else.

    Args:
        subject_key: an expression for the thing's key.
        council: the same for the council it belongs to.

    :func:`as_about` makes values of them.
    """
    own = Recipient.objects.filter(question=OuterRef("pk"))
    answered = own.filter(answered_at__isnull=False)
    names = ("pk", "text", "due_on", "asked_at", "closed_at", "called_back")
    fields = JSONObject(
        **{name: name for name in names},
        asked=ArraySubquery(own.values("pk")),
        answered=ArraySubquery(answered.values("pk")),
    )
    rows = Question.objects.filter(council=council, is_removed=False)
    return ArraySubquery(rows.about(subject_key).order_by("pk").values(row=fields))


def as_about(rows: Iterable[Any]) -> list[Question]:
    """Make values of :func:`about_rows`, with counts; nothing else of them is there."""
    found = []
    for row in rows:
        own: Any = Question(
            pk=row["pk"],
            text=row["text"],
            due_on=date.fromisoformat(row["due_on"]) if row["due_on"] else None,
            asked_at=row["asked_at"] and datetime.fromisoformat(row["asked_at"]),
            closed_at=row["closed_at"] and datetime.fromisoformat(row["closed_at"]),
            called_back=row["called_back"],
        )
        own.asked_count, own.answered_count = len(row["asked"]), len(row["answered"])
        found.append(own)
    return found


def unanswered(council: Council) -> list[Any]:
    """Read :func:`unanswered_rows` by themselves: one query."""
    rows = Council.objects.filter(pk=council.pk)
    found = rows.values_list(unanswered_rows(council.pk), flat=True).first()
    return list(found or ())


def mine(user: User, seat: Membership) -> tuple[Recipient, ...]:
    """Read the open questions to the place that a seat speaks for, nearest day first.

    Two queries; each with its question, and on that ``asked_count``, ``answered_count``.
    """
    if seat.role not in {*ANSWERING, Role.REPORTER} or not _speaks_for(seat):
        return ()
    counted = Question.objects.open().with_counts()
    rows = Recipient.objects.of_place(user).filter(
        question__council=seat.council,
        question__closed_at__isnull=True,
    )
    own = rows.filter(_place(seat)).values("question")
    questions = counted.filter(pk__in=own).prefetch_related(
        Prefetch("recipients", rows.filter(_place(seat)), to_attr="own_rows")
    )
    found: list[Recipient] = []
    question: Any
    for question in questions.order_by("due_on", "pk"):
        for row in question.own_rows:
            row.question = question
            found.append(row)
    return tuple(found)


def _speaks_for(seat: Membership) -> bool:
    return bool(seat.municipality_id or seat.organisation_id)


def _place(seat: Membership) -> Q:
    if seat.municipality_id:
        return Q(municipality=seat.municipality_id)
    return Q(organisation=seat.organisation_id, organisation__isnull=False)


@dataclass(frozen=True, slots=True)
class Past:
    """One thing that was done with an answer; ``said`` is what it said then, or ""."""

    what: str
    who: str
    at: datetime
    said: str


def history_of(row: Recipient) -> tuple[Past, ...]:
    """Give what was done with an answer, the latest first: one query."""
    events: Any = row.events  # type: ignore[attr-defined]
    found = events.select_related("pgh_context").order_by("-pgh_id")[:50]
    told = ((event, event.pgh_context.metadata) for event in found if event.pgh_context)
    return tuple(
        Past(
            f"{data['verb'][:1].upper()}{data['verb'][1:]}",
            data["who"],
            datetime.fromisoformat(data["at"]),
            ". ".join(filter(None, (event.choice, event.reply))),
        )
        for event, data in told
        if "verb" in data
    )


def removed_question(user: User, council: Council, pk: str) -> Question | None:
    """Give a removed draft of the council whose secretariat ``user`` is in: one query."""
    if not pk.isdecimal() or len(pk) > 18:  # noqa: PLR2004 -- a bigint's digits
        return None
    rows = Question.objects.of_editor(user).filter(council=council, is_removed=True)
    return rows.filter(pk=int(pk)).first()


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A question that somebody has not answered yet, for the secretariat's overview."""

    question: Question
    asked: int
    missing: tuple[str, ...]

    @property
    def answered(self) -> int:
        """How many have answered."""
        return self.asked - len(self.missing)


def unanswered_rows(council: int) -> ArraySubquery:
    """Open questions of a council with who is missing, in the query of something else.

    :func:`as_unanswered` makes values of them.
    """
    own = Recipient.objects.filter(question=OuterRef("pk")).order_by("sort_key", "pk")
    fields = JSONObject(
        pk="pk",
        text="text",
        due_on="due_on",
        subject_key="subject_key",
        subject_words="subject_words",
        asked=ArraySubquery(own.values("pk")),
        missing=ArraySubquery(own.waiting().values("name")),
    )
    asked = Question.objects.filter(
        closed_at__isnull=True, asked_at__isnull=False, council=council
    )
    rows = asked.order_by("due_on", "pk")
    return ArraySubquery(rows.values(row=fields))


def as_unanswered(rows: Sequence[Any]) -> tuple[Unanswered, ...]:
    """Make values of :func:`unanswered_rows`; those that all have answered are left out."""
    found = []
    for row in rows:
        question = Question(
            pk=row["pk"],
            text=row["text"],
            due_on=date.fromisoformat(row["due_on"]) if row["due_on"] else None,
            subject_key=row["subject_key"],
            subject_words=row["subject_words"],
        )
        if row["missing"]:
            found.append(Unanswered(question, len(row["asked"]), tuple(row["missing"])))
    return tuple(found)
