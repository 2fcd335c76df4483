"""The sent versions of a meeting: which one is read, and what stood in earlier ones.

Source: docs/rules.md R-23.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Case, Value, When

from core.formats import NBSP, listed
from core.prepared import prepared, somebody
from meetings.agenda import Agenda
from meetings.editions.reading import FIRST_COUNCIL, of_publication
from meetings.editions.withdrawn import withdrawals_of, without
from meetings.models import Publication

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from django.db.models import QuerySet

    from meetings.agenda import AgendaAppendix, AgendaItem
    from meetings.editions.edition import Edition


def sent_edition(
    slug: str, user: object, own: str, *, kkr: str = "", version: int | None = None
) -> Edition | None:
    """Read a sent version of the meeting called ``slug``: two queries, an older one three.

    Args:
        own: the reader's council, which comes first where several met that day.
        kkr: slug of the council whose meeting it is; "" if the address does not say.
        version: the number that is asked for; None for the newest.
    """
    newest = _newest(slug, user, own, kkr)
    if newest is None or version in {None, newest.number}:
        asked = version is not None
        return of_publication(newest, own, is_asked_for=asked) if newest else None
    rows = Publication.objects.visible_to(user).with_announcements().with_minutes()
    rows = rows.filter(meeting=newest.meeting_id)
    row = rows.filter(number=version).first()
    if row is None:
        return None
    row.meeting = newest.meeting
    return of_publication(row, own, newest=newest, is_asked_for=True)


def _newest(slug: str, user: object, own: str, kkr: str) -> Publication | None:
    pk = getattr(user, "pk", None)
    shape = {"is_known": pk is not None, "says_council": bool(kkr)}
    return _newest_row.first(slug, pk, own, kkr, **shape)


@prepared
def _newest_row(
    slug: str, user: int, own: str, kkr: str, *, is_known: bool, says_council: bool
) -> QuerySet[Publication]:
    reader = somebody(user) if is_known else None
    rows = Publication.objects.visible_to(reader).current(reader)
    rows = rows.with_announcements().with_minutes().filter(meeting__slug=slug)
    if says_council:
        rows = rows.filter(meeting__council__slug=kkr)
    order = Case(
        When(meeting__council__slug=own, then=Value(0)),
        When(meeting__council__slug=FIRST_COUNCIL, then=Value(1)),
        default=Value(2),
    )
    return rows.order_by(order, "pk")[:1]


def sent_row(edition: Edition, user: object) -> int | None:
    """Give the pk of the meeting of a sent version: one query; None if it is not the user's."""
    rows = Publication.objects.visible_to(user).filter(
        meeting__slug=edition.slug,
        meeting__council__slug=edition.council_slug,
        number=edition.number,
    )
    return rows.values_list("meeting", flat=True).first()


@dataclass(frozen=True, slots=True)
class Stood:
    """A version in which a thing stood: what addresses of it need, and when it was sent."""

    number: int
    sent_at: datetime
    slug: str
    kkr: str

    @property
    def version(self) -> str:
        """Addresses lead to this very version."""
        return str(self.number)


@dataclass(frozen=True, slots=True)
class Gone:
    """What was sent once and does not stand in what is read now.

    Attributes:
        name: "2.6 Bilag 2", "Punkt 2.3".
        title: as it was sent last.
        place: in addresses, "2-6-bilag-2".
        page: the route that shows it; ``file`` the one that gives it, or "".
        stood: the versions that hold it, the first one first.
        is_sent_so: it is out of a version that was sent, not only of a packet.
    """

    name: str
    title: str
    place: str
    page: str
    file: str
    stood: tuple[Stood, ...]
    is_sent_so: bool

    @property
    def words(self) -> str:
        """Say what became of it: "Trukket tilbage. Stod i version 1 og 2."."""
        numbers = listed([str(each.number) for each in self.stood])
        if self.is_sent_so:
            return f"Trukket tilbage. Stod i version{NBSP}{numbers}."
        return f"Ikke med i den pakke, der er bygget. Står i version{NBSP}{numbers}."


def gone_appendix(edition: Edition, user: object, place: str) -> Gone | None:
    """Give an appendix that is not in what is read but was sent before: one query."""

    def find(agenda: Agenda) -> AgendaAppendix | None:
        standing = (b for b in agenda.appendices if b.has_pages)
        return next((b for b in standing if b.slug == place), None)

    found, stood, is_sent_so = _look(edition, user, find)
    if found is None:
        return None
    routes = ("public-appendix", "public-file")
    return Gone(found.label, found.title, place, *routes, stood, is_sent_so)


def gone_item(edition: Edition, user: object, place: str) -> Gone | None:
    """Give an item that is not in what is read but was sent before: one query."""

    def find(agenda: Agenda) -> AgendaItem | None:
        return next((item for item in agenda.items if item.slug == place), None)

    found, stood, is_sent_so = _look(edition, user, find)
    if found is None:
        return None
    name, routes = f"Punkt {found.number}", ("public-item", "")
    return Gone(name, found.heading, place, *routes, stood, is_sent_so)


def _look[Thing](
    edition: Edition, user: object, find: Callable[[Agenda], Thing | None]
) -> tuple[Thing | None, tuple[Stood, ...], bool]:
    """Look through what was sent of the edition's meeting.

    Returns:
        the thing as it was sent last, where it stood, and whether the newest lacks it.
    """
    if edition.version:
        # Whoever asks for one version is told of that one alone.
        return None, (), False
    last, stood, is_out = None, [], False
    for row in _sent_of(edition, user):
        closed = withdrawals_of(row)
        found = find(without(Agenda.from_json(row.agenda), row.number, closed))
        is_out = found is None
        if found is not None:
            last = found
            at = (row.number, row.published_at)
            stood.append(Stood(*at, edition.slug, edition.kkr))
    return last, tuple(stood), is_out


def _sent_of(edition: Edition, user: object) -> Iterable[Publication]:
    rows = Publication.objects.visible_to(user).filter(
        meeting__slug=edition.slug, meeting__council__slug=edition.council_slug
    )
    rows = rows.with_withdrawals().order_by("number")
    return rows.only("meeting_id", "number", "published_at", "agenda")
