"""What was told of a meeting by mail: to whom, how it went, and what it said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Count, Q

from core.bundle import bundle
from meetings.choices import Cause
from meetings.editions.announced import done, short
from meetings.models import Announcement, Letter, NewsMail
from meetings.models.letter import MOST_TRIES
from meetings.post import receivers
from meetings.post.announced import announced_words, minutes_words
from meetings.post.reading import with_standing
from meetings.post.words import sent_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from meetings.models import Meeting, Publication
    from meetings.post.receivers import Receivers
    from meetings.post.words import Words

PLACE: Final = {
    Cause.PUBLICATION: "version",
    Cause.ANNOUNCEMENT: "meddelelse",
    Cause.MINUTES: "referat",
}
NOT_AGAIN: Final = {
    Cause.PUBLICATION: "Versionen er taget ned.",
    Cause.MINUTES: "Referatet er taget ned.",
}


@dataclass(frozen=True, slots=True)
class Counted:
    """How many mails went to those who asked for news; their addresses are nobody's."""

    all: int
    sent: int
    failed: int

    @property
    def waiting(self) -> int:
        """Those that are on their way, or are tried again by themselves."""
        return self.all - self.sent - self.failed


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that was told: to whom, how it went, and the mail they got.

    Attributes:
        row: the publication, the announcement or the minutes.
        place: its place on the page, "version-2".
        heading: what happened, "Version 2, sendt"; ``at`` is when.
        words: None where it is not mailed any more.
        news: of the mails to those who asked for news; None where there are none.
    """

    cause: Cause
    row: Any
    place: str
    at: datetime
    letters: list[Letter]
    news: Counted | None
    heading: str
    words: Words | None

    @property
    def gone(self) -> str:
        """Why it is not mailed any more."""
        return NOT_AGAIN.get(self.cause, "")

    @property
    def failed(self) -> int:
        """How many mails were tried in vain."""
        failed = sum(letter.may_go_again for letter in self.letters)
        return failed + (self.news.failed if self.news else 0)


@dataclass(frozen=True, slots=True)
class Heard:
    """How the mails of a meeting went, for each thing that they tell."""

    mails: list[Letter]
    news: Mapping[tuple[Cause, int], Counted]

    def of(self, cause: Cause, row: Any, place: int, at: datetime) -> dict[str, Any]:
        """Give what :class:`Told` says of one of them besides its words."""
        own = [m for m in self.mails if getattr(m, f"{cause.value}_id") == row.pk]
        return {
            "cause": cause,
            "row": row,
            "place": f"{PLACE[cause]}-{place}",
            "at": at,
            "letters": own,
            "news": self.news.get((cause, row.pk)),
        }


@dataclass(frozen=True, slots=True)
class History:
    """All that is told of a meeting: to whom it goes next, and what was, the latest first."""

    receivers: Receivers
    sent: list[Publication]
    told: list[Told]


def history(own: Meeting) -> History:
    """Read what was told of a meeting: four queries."""
    said = Announcement.objects.filter(meeting=own.pk).order_by("pk")
    letters = Letter.objects.filter(_of(own)).order_by("pk")
    who = receivers.who_meets(own), receivers.tells_directors(own)
    rows = receivers.querysets(*who[0], directors=who[1])
    *people, mails, announced = bundle(*rows, letters, said)
    sent = _sent(own)
    if not sent:
        return History(receivers.read(*people), [], [])
    heard = Heard(mails, _counted(own))
    told = [
        *_versions(sent, heard),
        *_announcements(sent, announced, heard),
        *_minutes(own, sent, heard),
    ]
    told.sort(key=lambda each: each.at, reverse=True)
    return History(receivers.read(*people), sent, told)


def _sent(own: Meeting) -> list[Publication]:
    """Read the versions, the latest first: one query."""
    large = ("numbers", "labels", "findings", "reasons", "made_with")
    rows = own.publications.with_withdrawals().defer(*large).order_by("-number")
    found = list(rows)
    agendas: list[Any] = [*(row.agenda for row in found[1:]), None]
    for row, agenda in zip(found, agendas, strict=False):
        known: Any = row
        known.meeting, known.before = own, agenda
    return found


def _versions(sent: list[Publication], heard: Heard) -> Iterator[Told]:
    for row in sent:
        yield Told(
            **heard.of(Cause.PUBLICATION, row, row.number, row.published_at),
            heading=f"Version {row.number}, sendt",
            words=sent_words(row),
        )


def _announcements(
    sent: list[Publication], announced: list[Announcement], heard: Heard
) -> Iterator[Told]:
    for said in announced:
        values = heard.of(Cause.ANNOUNCEMENT, said, said.pk, said.at)
        held = _held(sent, said.at)
        # What was announced of a draft went to nobody.
        if held is None and not values["letters"]:
            continue
        became = short(said.fate, said.to_day)
        if said.item_key:
            became = f"Punkt {said.item_number} {done(said.fate, said.to_day)}"
        yield Told(
            **values,
            heading=f"{became}, meddelt",
            words=announced_words(held or sent[-1], said),
        )


def _minutes(own: Meeting, sent: list[Publication], heard: Heard) -> Iterator[Told]:
    """Give what was told of the minutes: one query."""
    for each in with_standing(own.minutes.all()):
        found: Any = each
        held = _held(sent, each.at) or sent[-1]
        words = minutes_words(held, each, is_again=found.is_again)
        state = "godkendt" if each.is_approved else "sendt til godkendelse"
        yield Told(
            **heard.of(Cause.MINUTES, each, each.number, each.at),
            heading=f"Referatet, {state}",
            words=None if found.taken else words,
        )


def _of(own: Meeting) -> Q:
    """Ask what tells of a meeting, of mails: whatever their cause."""
    asked = ((f"{cause.value}__meeting", own.pk) for cause in Cause)
    return Q(*asked, _connector=Q.OR)


def _held(sent: list[Publication], at: datetime) -> Publication | None:
    """Give the version that held at a moment."""
    return next((row for row in sent if row.published_at <= at), None)


def _counted(own: Meeting) -> dict[tuple[Cause, int], Counted]:
    """Count the mails of news about a meeting, by what they tell: one query."""
    names = {cause: f"{cause.value}_id" for cause in Cause}
    failed = Q(sent_at=None, tries__gte=MOST_TRIES)
    rows = NewsMail.objects.filter(_of(own)).order_by().values(*names.values())
    found = rows.annotate(
        every=Count("pk"), sent=Count("sent_at"), failed=Count("pk", filter=failed)
    )
    return {
        (cause, row[name]): Counted(row["every"], row["sent"], row["failed"])
        for row in found
        for cause, name in names.items()
        if row[name] is not None
    }
