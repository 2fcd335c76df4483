"""A reader's notes at their places in what is read, and all of them in a list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from meetings.editions import nodes
from meetings.editions.reading import of_publication
from meetings.models import Note, Publication

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from accounts.models import User
    from meetings.editions.edition import Edition, Part
    from meetings.editions.nodes import Node


@dataclass(frozen=True, slots=True)
class Shown:
    """One note where it is read.

    Attributes:
        node: the text that it hangs on as it stands now; None where that is gone.
        is_own: written by the reader, who may write it anew.
    """

    note: Note
    node: Node | None
    is_own: bool

    @property
    def is_changed(self) -> bool:
        """The text beneath is another, or gone."""
        return self.node is None or self.node.digest != self.note.digest


@dataclass(frozen=True, slots=True)
class Beside:
    """What a page shows beside one text: its notes, and where one is written."""

    at: str
    notes: tuple[Shown, ...]

    @property
    def has_own(self) -> bool:
        """The reader has written one; it is changed rather than a second one written."""
        return any(shown.is_own for shown in self.notes)


def beside_item(edition: Edition, user: Any, slug: str) -> Beside | None:
    """Give what stands beside an item: one query; None for those not signed in."""
    node = nodes.node(edition, f"{nodes.ITEM}/{slug}")
    if node is None or not user.is_authenticated:
        return None
    return Beside(node.at, _shown(edition, user, (node.subject,)).get(node.subject, ()))


def beside_part(edition: Edition, user: Any, part: Part) -> Mapping[str, Beside]:
    """Give what stands beside an appendix, and beside each of its records by key.

    One query. The appendix itself has the key "".
    """
    if not user.is_authenticated or part.is_closed:
        return {}
    own = nodes.part_subject(part)
    keys = part.pages if part.document else ()
    found = _shown(edition, user, (own, *keys))
    at = f"{nodes.BILAG}/{part.appendix.slug}"
    beside = {"": Beside(at, found.get(own, ()))}
    records = {key: Beside(f"{at}/{key}", found.get(key, ())) for key in keys}
    return beside | records


def _shown(
    edition: Edition, user: User, subjects: Sequence[str]
) -> dict[str, tuple[Shown, ...]]:
    rows = Note.objects.visible_to(user).select_related("author", "municipality")
    rows = rows.filter(
        meeting__slug=edition.slug,
        council__slug=edition.council_slug,
        subject__in=subjects,
    )
    found: dict[str, tuple[Shown, ...]] = {}
    for row in rows.order_by("pk"):
        shown = Shown(row, nodes.by_subject(edition, row.subject), row.author == user)
        found[row.subject] = (*found.get(row.subject, ()), shown)
    return found


def listed(rows: Iterable[Note], user: User) -> list[Shown]:
    """Give notes with the texts they hang on as those stand now: three queries, or one."""
    notes = list(rows)
    if not notes:
        return []
    meetings = {note.meeting_id for note in notes}
    sent = Publication.objects.visible_to(user).current(user).with_withdrawals()
    sent = sent.filter(meeting__in=meetings).prefetch_related("appendices")
    editions = {row.meeting_id: of_publication(row) for row in sent}
    return [
        Shown(
            note,
            nodes.by_subject(edition, note.subject)
            if (edition := editions.get(note.meeting_id))
            else None,
            note.author_id == user.pk,
        )
        for note in notes
    ]
