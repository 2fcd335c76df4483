"""The versions of a meeting that can be compared, and the comparison of two of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db.models import Case, Value, When

from core.bundle import bundle
from documents import foreign
from documents.models import ForeignFile, PagePicture
from meetings.editions.reading import FIRST_COUNCIL, of_publication, own_council
from meetings.models import Publication
from meetings.packets.changes.files import Known
from meetings.packets.changes.items import item_changes
from meetings.packets.changes.pages import page_changes, prefix_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from accounts.models import Membership
    from meetings.editions.edition import Edition
    from meetings.packets.changes.items import ItemChanges
    from meetings.packets.changes.pages import PageChanges

# Large, and not needed to list a version.
_LARGE = ("agenda", "numbers", "labels", "reasons")

# No stored file is called so: a bundled question needs one name at least.
_NONE: Final = frozenset({""})


@dataclass(frozen=True, slots=True)
class MeetingChanges:
    """Two versions of a meeting compared.

    Attributes:
        items: those that differ; ``unchanged`` those that do not: number and heading.
        item_count: how many the newer one has; without a title only if they differ.
    """

    items: tuple[ItemChanges, ...]
    unchanged: tuple[tuple[str, str], ...]
    item_count: int
    pages: PageChanges

    @property
    def is_empty(self) -> bool:
        """Nothing differs that a reader could see."""
        return not self.items and not self.pages.touched and not self.pages.gone


def sent_versions(
    slug: str, user: object, seat: Membership | None, kkr: str = ""
) -> tuple[Publication, ...]:
    """Give every sent version of one meeting, the latest first: one query.

    Args:
        kkr: slug of the council whose meeting it is; without it the reader's own comes
            first where several councils met that day.
    """
    rows = Publication.objects.visible_to(user).filter(meeting__slug=slug)
    if kkr:
        rows = rows.filter(meeting__council__slug=kkr)
    order = Case(
        When(meeting__council__slug=own_council(seat), then=Value(0)),
        When(meeting__council__slug=FIRST_COUNCIL, then=Value(1)),
        default=Value(2),
    )
    rows = rows.select_related("meeting__council").order_by(order, "meeting", "-number")
    found = list(rows.defer(*_LARGE))
    return tuple(row for row in found if row.meeting_id == found[0].meeting_id)


def editions(
    versions: Iterable[Publication], user: object, seat: Membership | None
) -> dict[int, Edition]:
    """Read some of a meeting's versions whole, by number: two queries."""
    own = own_council(seat)
    rows = Publication.objects.visible_to(user).select_related("meeting__council")
    rows = rows.filter(pk__in=[version.pk for version in versions])
    return {
        row.number: of_publication(row, own)
        for row in rows.with_withdrawals().prefetch_related("appendices")
    }


def known_of(old: Edition, new: Edition) -> Known:
    """Read what is stored about the files of two editions: one query, some files."""
    names = {part.appendix.file for part in (*old.parts, *new.parts)} - {""}
    replaced = _replaced(old, new)
    drawn = {old.file, new.file} if replaced else _NONE
    texts, pictures = bundle(
        ForeignFile.objects.filter(cleaned__in=names or _NONE),
        PagePicture.objects.filter(of__in=drawn),
    )
    return Known(
        texts={row.cleaned: foreign.texts(row) for row in texts if row.text},
        pictures={(row.of, row.page): row.file for row in pictures},
    )


def _replaced(old: Edition, new: Edition) -> bool:
    """Whether any file from outside took the place of another."""
    before = {prefix_of(part): part.appendix.file for part in old.parts}
    return any(
        part.appendix.file and before.get(prefix_of(part), part.appendix.file)
        != part.appendix.file
        for part in new.parts
    )  # fmt: skip


def changes_between(old: Edition, new: Edition, known: Known) -> MeetingChanges:
    """Compare two editions of one meeting; no query."""
    items = item_changes(old, new, known)
    alike = {
        f"{item.key}-{_key_of(new, record.bilag)}": record.file.alike
        for item in items
        for record in item.records
        if record.file is not None
    }
    told = {item.number for item in items}
    return MeetingChanges(
        items=items,
        unchanged=tuple(
            (item.number, item.heading)
            for item in new.agenda.items
            if item.number not in told
        ),
        item_count=sum(
            bool(item.title) or item.number in told for item in new.agenda.items
        ),
        pages=page_changes(old, new, alike),
    )


def _key_of(edition: Edition, slug: str) -> str:
    return edition.by_slug[slug].appendix.key
