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
class History:
    """All that is told of a meeting: to whom it goes next, and what was, the latest first."""

    receivers: Receivers
    sent: list[Publication]
    told: list[Told]


def history(own: Meeting) -> History:
    """Read what was told of a meeting: four queries."""
    of_it = (f"{cause.value}__meeting" for cause in Cause)
    asked = Q(*((name, own.pk) for name in of_it), _connector=Q.OR)
    said = Announcement.objects.filter(meeting=own.pk).order_by("pk")
    letters = Letter.objects.filter(asked).order_by("pk")
    *people, mails, announced = bundle(*receivers.querysets(own), letters, said)
    sent = _sent(own)
    told = list(_told(own, sent, announced, mails)) if sent else []
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


def _told(
    own: Meeting,
    sent: list[Publication],
    announced: list[Announcement],
    mails: list[Letter],
) -> Iterator[Told]:
    news = _counted(own)

    def known(cause: Cause, row: Any, place: int, at: datetime) -> Mapping[str, Any]:
        return {
            "cause": cause,
            "row": row,
            "place": f"{PLACE[cause]}-{place}",
            "at": at,
            "letters": [m for m in mails if getattr(m, f"{cause.value}_id") == row.pk],
            "news": news.get((cause, row.pk)),
        }

    for row in sent:
        own_values = known(Cause.PUBLICATION, row, row.number, row.published_at)
        words = sent_words(row)
        yield Told(**own_values, heading=f"Version {row.number}, sendt", words=words)
    for said in announced:
        values = known(Cause.ANNOUNCEMENT, said, said.pk, said.at)
        held = _held(sent, said.at)
        # What was announced of a draft went to nobody.
        if held is not None or values["letters"]:
            became = short(said.fate, said.to_day)
            if said.item_key:
                became = f"Punkt {said.item_number} {done(said.fate, said.to_day)}"
            yield Told(
                **values,
                heading=f"{became}, meddelt",
                words=announced_words(held or sent[-1], said),
            )
    for each in with_standing(own.minutes.all()):
        found: Any = each
        words = minutes_words(
            _held(sent, each.at) or sent[-1], each, is_again=found.is_again
        )
        state = "godkendt" if each.is_approved else "sendt til godkendelse"
        yield Told(
            **known(Cause.MINUTES, each, each.number, each.at),
            heading=f"Referatet, {state}",
            words=None if found.taken else words,
        )


def _held(sent: list[Publication], at: datetime) -> Publication | None:
    """Give the version that held at a moment."""
    return next((row for row in sent if row.published_at <= at), None)


def _counted(own: Meeting) -> dict[tuple[Cause, int], Counted]:
    """Count the mails of news about a meeting, by what they tell: one query."""
    names = {cause: f"{cause.value}_id" for cause in Cause}
    asked = Q(
        *((f"{cause.value}__meeting", own.pk) for cause in Cause), _connector=Q.OR
    )
    failed = Q(sent_at=None, tries__gte=MOST_TRIES)
    rows = NewsMail.objects.filter(asked).order_by().values(*names.values())
    found = rows.annotate(
        every=Count("pk"), sent=Count("sent_at"), failed=Count("pk", filter=failed)
    )
    return {
        (cause, row[name]): Counted(row["every"], row["sent"], row["failed"])
        for row in found
        for cause, name in names.items()
        if row[name] is not None
    }
