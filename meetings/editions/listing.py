"""The sent meetings as a list: one row a meeting, of its newest version."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, F, OuterRef, Subquery
from django.db.models.fields.json import KT
from django.db.models.functions import Coalesce

from accounts.models import Council
from meetings.choices import MeetingKind
from meetings.editions.reading import FIRST_COUNCIL, said_council
from meetings.editions.withdrawn import CLOSED, withdrawn
from meetings.models import Publication, PublishedAppendix
from meetings.names import KKR_MEETING, meeting_day

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class PublishedRow:
    """A sent meeting in a list; figures and dates as they were sent."""

    slug: str
    kkr: str
    council: str
    held_on: date
    hours: str
    appendix_count: int
    page_count: int
    published_at: datetime
    number: int
    version: str = ""
    kind: str = KKR_MEETING
    fate: str = ""

    @property
    def day(self) -> str:
        """The day in words, "22. november 2023"; a day's second meeting says so."""
        return meeting_day(self.slug, self.held_on)


def published_rows(user: object) -> Any:
    """Give the published meetings, the latest first: a queryset to paginate.

    Each row is a dictionary for :func:`as_row`; the agenda itself is not fetched.
    """
    rows = Publication.objects.visible_to(user).current(user).with_withdrawals()
    # Nothing is joined or grouped: the database works on the rows of one page alone.
    own = PublishedAppendix.objects.filter(publication=OuterRef("pk")).order_by()
    counted = own.values("publication").annotate(count=Count("pk")).values("count")
    return (
        rows.annotate(
            of_council=KT("agenda__council"),
            fate=F("meeting__fate"),
            kind=F("meeting__kind"),
            day=KT("agenda__held_on"),
            hours=KT("agenda__hours"),
            appendix_count=Coalesce(Subquery(counted), 0),
        )
        .values(
            "meeting__slug", "meeting__council__slug", "of_council", "day", "hours", "appendix_count",
            "page_count", "published_at", "number", "meeting__held_on", "pk", "fate", "kind", "withdrawn",
        )
    )  # fmt: skip


def publishing_councils() -> tuple[Council, ...]:
    """Give the councils with a published meeting, by name: one query."""
    open_ = Publication.objects.visible_to(AnonymousUser())
    rows = Council.objects.filter(meetings__publications__in=open_)
    return tuple(rows.distinct().order_by("name"))


def as_row(row: Mapping[str, Any], own: str = FIRST_COUNCIL) -> PublishedRow:
    """Give a list row of what :func:`published_rows` fetched.

    Args:
        own: the reader's council, as :func:`own_council` gives it.
    """
    return PublishedRow(
        slug=row["meeting__slug"],
        kkr=said_council(row["meeting__council__slug"], own),
        council=row["of_council"],
        held_on=date.fromisoformat(row["day"]),
        hours=row["hours"],
        appendix_count=row["appendix_count"],
        page_count=row["page_count"],
        published_at=row["published_at"],
        number=row["number"],
        kind=MeetingKind(row["kind"]).label,
        fate=CLOSED if _is_closed(row) else row["fate"],
    )


def _is_closed(row: Mapping[str, Any]) -> bool:
    """Whether the whole version is taken down."""
    told = map(withdrawn, row["withdrawn"])
    return any(each.is_version and each.holds_for(row["number"]) for each in told)
