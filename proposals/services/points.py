"""Points of proposals and units: edit, add, move, remove, and undo.

The record is always locked before its points. Positions count from 1 without gaps
within a record and a kind; a unit's gains stand together by beneficiary, and a place
is counted among the gains of the same beneficiary.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from core.errors import RuleViolationError
from core.history import act
from core.keys import new_key
from core.order import moved, renumber
from core.versions import Saved, refuse_changed, save_merged
from proposals.choices import PointKind
from proposals.models import Point
from proposals.services.history import put_back
from proposals.services.records import finish, lock
from proposals.words import WORDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from accounts.models import User
    from proposals.models import Record, SharedPoint


SEEN: Final = ("text", "has_own_wording", "beneficiary")
"""What of a point somebody may have changed since another read it."""


@dataclass(frozen=True, slots=True)
class Moved:
    """A point after moving, and where it stood.

    Attributes:
        place: now, from 1, among the points that it stands with.
        from_kind, from_place: before, and ``from_beneficiary`` who gained by it.
    """

    point: Point
    place: int
    from_kind: PointKind
    from_place: int
    from_beneficiary: str = ""

    @property
    def is_elsewhere(self) -> bool:
        """It stands in another list, or among somebody else's gains."""
        now = (self.point.kind, self.point.beneficiary)
        return now != (self.from_kind, self.from_beneficiary)


def edit_point(
    pk: int, *, version: int, text: str, beneficiary: str = "", by: User
) -> Saved[Point]:
    """Save a point as the user wrote it, merged with what others saved since.

    Args:
        text: the sentence, or the ending of a shared one.
        beneficiary: who gains, for a gain of a unit; a new one makes a new group.

    Raises:
        ConflictError: both changed the same field.
        RuleViolationError: somebody deleted it.
        ValidationError: there is no text.
    """
    point = _point(pk)
    with act(f"rettede {name_of(point)}", by):
        record = lock(point.record)
        row = _there(pk)
        before = (row.version, row.beneficiary)
        values: dict[str, object] = {"text": text}
        if row.unit_id and row.kind == PointKind.GAIN:
            values["beneficiary"] = beneficiary
        saved = save_merged(row, values, version=version, by=by)
        _regroup(saved.row, before[1])
        if saved.row.version != before[0]:
            finish(record, by)
        return saved


def undo_edit(pk: int, *, version: int, by: User) -> Point:
    """Take back the edit that gave a point its version; what came before stands again.

    Raises:
        RuleViolationError: it has been changed since.
    """
    point = _point(pk)
    with act(f"fortrød en rettelse af {name_of(point)}", by):
        record = lock(point.record)
        row, whose = Point.checkout(pk), point.beneficiary
        before = put_back(row, ("text", "beneficiary"), version=version)
        row.touch(by)
        row.full_clean()
        row.save()
        if row.beneficiary != whose:
            renumber(by_beneficiary(moved(_standing(row), row, before.position or 1)))
        finish(record, by)
        return row


def add_point(
    record: Record,
    *,
    kind: PointKind,
    text: str,
    beneficiary: str = "",
    shared: SharedPoint | None = None,
    by: User,
) -> Point:
    """Add a point last in its list, or last among those of its beneficiary.

    Raises:
        ValidationError: there is no text, and nothing shared to lean on.
    """
    words = WORDS[kind]
    with act(f"tilføjede {words.one} i {record}", by):
        locked = lock(record)
        taken = set(locked.points.values_list("key", flat=True))
        rows = list(locked.points.present().filter(kind=kind).order_by("position"))
        row = Point(
            kind=kind,
            key=new_key(shared.name if shared else text, taken),
            shared=shared,
            position=len(rows) + 1,
            text=text,
            beneficiary=beneficiary,
            **{locked.owner: locked},
        )
        row.touch(by)
        row.version = 1
        row.full_clean()
        row.save()
        renumber(by_beneficiary([*rows, row]))
        finish(locked, by)
        return row


def move_point(
    pk: int,
    *,
    to: int,
    kind: PointKind | None = None,
    beneficiary: str = "",
    by: User,
) -> Moved:
    """Move a point to a place in its list, or in the list of another kind.

    Args:
        to: from 1; a place outside the list is its nearest end.
        kind: the list; the point's own when left out.
        beneficiary: who gains, where it becomes a gain of a unit, or another's gain.

    Raises:
        RuleViolationError: it is shared, or becomes a gain that nobody has, or somebody
            deleted it.
    """
    point = _point(pk)
    with act(f"flyttede {name_of(point)}", by):
        record = lock(point.record)
        row = _there(pk)
        came_from = (PointKind(row.kind), place_of(row), row.beneficiary)
        # Before anything is written, so that no event has another version's words.
        row.touch(by)
        if _goes_elsewhere(row, kind, beneficiary):
            _change_list(row, kind or PointKind(row.kind), beneficiary)
        peers = [other for other in _standing(row) if _are_together(other, row)]
        _set_order(row, moved(peers, row, to))
        row.refresh_from_db(fields=["position"])
        row.save(update_fields=["version", "changed_at", "changed_by"])
        finish(record, by)
        return Moved(row, place_of(row), *came_from)


def remove_point(pk: int, *, seen: int = 0, by: User) -> Point:
    """Take a point out; it can be put back where it stood.

    Args:
        seen: the version that the user read; 0 where it does not matter.

    Raises:
        ChangedMeanwhileError: somebody changed what it says since.
    """
    point = _point(pk)
    with act(f"slettede {name_of(point)}", by):
        record = lock(point.record)
        row = Point.checkout(pk)
        if row.position is None:
            return row
        refuse_changed(row, seen, SEEN)
        row.removed_position, row.position = row.position, None
        row.touch(by)
        row.save()
        renumber(_standing(row))
        finish(record, by)
        return row


def restore_point(pk: int, *, by: User) -> Point:
    """Put a removed point back where it stood."""
    point = _point(pk)
    with act(f"fortrød sletning af {name_of(point)}", by):
        record = lock(point.record)
        row = Point.checkout(pk)
        if row.position is not None:
            return row
        to = row.removed_position or 1
        rows = list(_standing(row))
        row.position, row.removed_position = len(rows) + 1, None
        row.touch(by)
        row.save()
        renumber(by_beneficiary(moved(rows, row, to)))
        finish(record, by)
        row.refresh_from_db(fields=["position"])
        return row


def name_of(point: Point) -> str:
    """Give "forslag 7, gevinst 2"; needs the record loaded."""
    number = point.position or point.removed_position
    return f"{point.record}, {WORDS[PointKind(point.kind)].one} {number}"


def place_of(point: Point) -> int:
    """Give the point's place among those it stands with, from 1. One query."""
    peers = [row for row in _standing(point) if _are_together(row, point)]
    return peers.index(point) + 1


def by_beneficiary(rows: Sequence[Point]) -> list[Point]:
    """Bring the rows of a beneficiary together; groups in the order they are met."""
    groups: dict[str, list[Point]] = {}
    for row in rows:
        groups.setdefault(row.beneficiary, []).append(row)
    return [row for group in groups.values() for row in group]


def _point(pk: int) -> Point:
    return Point.objects.select_related("proposal", "unit", "shared").get(pk=pk)


def _there(pk: int) -> Point:
    """Lock a point of a locked record that stands in its list.

    Raises:
        RuleViolationError: somebody deleted it.
    """
    row = Point.checkout(pk)
    if row.position is None:
        raise RuleViolationError(f"Punktet er slettet af {row.changed_by} imens.")
    return row


def _standing(point: Point) -> Sequence[Point]:
    """The points of the same record and kind that have not been removed."""
    rows = Point.objects.filter(proposal=point.proposal_id, unit=point.unit_id)
    return tuple(rows.filter(kind=point.kind).present().order_by("position", "pk"))


def _are_together(one: Point, other: Point) -> bool:
    return one.beneficiary == other.beneficiary


def _set_order(point: Point, peers: Sequence[Point]) -> None:
    """Write the order of the peers into the places that they hold together."""
    waiting = iter(peers)
    rows = [
        next(waiting) if _are_together(row, point) else row for row in _standing(point)
    ]
    renumber(rows)


def _regroup(row: Point, before: str) -> None:
    """Put a gain among those of its beneficiary, if it had another ``before``."""
    if row.beneficiary != before:
        others = [other for other in _standing(row) if other != row]
        renumber(by_beneficiary([*others, row]))


def _goes_elsewhere(row: Point, kind: PointKind | None, beneficiary: str) -> bool:
    if kind is not None and kind != row.kind:
        return True
    is_gain = bool(row.unit_id) and row.kind == PointKind.GAIN
    return is_gain and beneficiary not in {"", row.beneficiary}


def _change_list(row: Point, kind: PointKind, beneficiary: str) -> None:
    """Put the point last in another list, and close the gap in its own.

    Source: docs/rules.md R-106.
    """
    if row.shared_id:
        raise RuleViolationError(
            "Et fælles opmærksomhedspunkt kan ikke flyttes til en anden liste."
        )
    needs_somebody = bool(row.unit_id) and kind == PointKind.GAIN
    if needs_somebody and not beneficiary:
        raise RuleViolationError(
            "En gevinst skal have en modtager. Vælg, hvem der får den."
        )
    left = [other for other in _standing(row) if other != row]
    row.kind = kind
    row.beneficiary = beneficiary if needs_somebody else ""
    others = [other for other in _standing(row) if other != row]
    row.position = max((other.position or 0 for other in others), default=0) + 1
    row.save()
    if others != left:
        renumber(left)
    if needs_somebody:
        renumber(by_beneficiary(_standing(row)))
        row.refresh_from_db(fields=["position"])
