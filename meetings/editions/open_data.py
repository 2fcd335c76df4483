"""Which published appendices are given as data: those that are formed from records."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Prefetch

from meetings.editions.reading import of_publication
from meetings.models import Publication, PublishedAppendix

if TYPE_CHECKING:
    from collections.abc import Iterable

    from meetings.agenda import AgendaAppendix
    from meetings.editions.edition import Edition


@dataclass(frozen=True, slots=True)
class MeetingData:
    """A meeting's appendices that are data, in the version that holds."""

    edition: Edition
    bilag: tuple[AgendaAppendix, ...]


def meetings_with_data() -> Any:
    """Give what everybody may read, the latest first: a queryset to paginate."""
    everybody = AnonymousUser()
    rows = Publication.objects.visible_to(everybody).current(everybody)
    # The agenda names them; their documents are large.
    rows = rows.prefetch_related(
        Prefetch("appendices", PublishedAppendix.objects.none())
    )
    return rows.with_withdrawals().defer("findings")


def data_of(rows: Iterable[Publication]) -> tuple[MeetingData, ...]:
    """Give the meetings with what they have as data, perhaps nothing; no query.

    The rows are those of :func:`meetings_with_data`.
    """
    editions = map(of_publication, rows)
    return tuple(
        MeetingData(
            edition,
            tuple(
                bilag
                for bilag in edition.agenda.appendices
                if bilag.is_generated and bilag.has_pages
            ),
        )
        for edition in editions
        if edition.whole_seal is None
    )
