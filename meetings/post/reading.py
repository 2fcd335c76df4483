"""What the mails are made of: a version, what was said of it since, and its minutes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q, Subquery

from meetings.models import Letter, Minutes, Publication
from meetings.models.taken import closing_minutes, latest_of

if TYPE_CHECKING:
    from datetime import datetime

    from meetings.models.minutes import MinutesQuerySet
    from meetings.models.publication import PublicationQuerySet


def with_before(rows: PublicationQuerySet) -> PublicationQuerySet:
    """Read publications with what :func:`meetings.post.words.sent_words` needs."""
    earlier = Publication.objects.filter(
        meeting=OuterRef("meeting"), number=OuterRef("number") - 1
    )
    own = rows.with_withdrawals().select_related("meeting__council")
    return own.annotate(before=Subquery(earlier.values("agenda")[:1])).defer(
        "numbers", "labels", "findings", "reasons", "made_with"
    )


def version_at(meeting_pk: int, moment: datetime) -> Publication:
    """Give the version of a meeting that held at a moment, with what is taken down."""
    rows = with_before(Publication.objects.filter(meeting=meeting_pk))
    held = rows.filter(published_at__lte=moment).order_by("-number").first()
    return held or rows.order_by("number")[0]


def with_standing(rows: MinutesQuerySet) -> MinutesQuerySet:
    """Annotate minutes with what their mail depends on.

    ``taken`` is what closes them, NULL for nothing; ``is_again``: such minutes were sent
    before; ``is_replaced``: newer ones are sent, where these only wait for approval.
    """
    own = Minutes.objects.filter(meeting=OuterRef("meeting"))
    same = own.filter(is_approved=OuterRef("is_approved"))
    newer = own.filter(number__gt=OuterRef("number"))
    return rows.annotate(
        taken=latest_of(closing_minutes()),
        is_again=Exists(same.filter(number__lt=OuterRef("number"))),
        is_replaced=Exists(newer) & Q(is_approved=False),
    )


def who_got(meeting_pk: int) -> list[Letter]:
    """Give the last mail of a version to each address that got one: one query."""
    rows = Letter.objects.filter(publication__meeting=meeting_pk).order_by("pk")
    return list({row.to.casefold(): row for row in rows}.values())
