"""Taking a version of a record back: whole, or what of it was chosen.

Source: docs/rules.md R-93.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from core.errors import RuleViolationError
from core.history import act
from core.models import Versioned
from core.order import renumber
from proposals.models import Point
from proposals.revisions.page import coming_back
from proposals.revisions.parts import BY_SLUG, label_of, record_fields, tables_of
from proposals.revisions.reading import history_of
from proposals.revisions.snapshot import ORDER, differs
from proposals.services.points import by_beneficiary
from proposals.services.records import lock, refresh

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from accounts.models import User
    from proposals.models import Record
    from proposals.revisions.parts import PartTable
    from proposals.revisions.snapshot import Snapshot


class ChangedMeanwhileError(Exception):
    """Somebody changed what was to be taken back, since the user saw it."""


@dataclass(frozen=True, slots=True)
class TakenBack[R: Record]:
    """A record after a version was taken back; ``keys`` are what changed, or none."""

    record: R
    keys: tuple[str, ...]


def take_back[R: Record](
    record: R, *, number: int, keys: Sequence[str] = (), version: int, by: User
) -> TakenBack[R]:
    """Save a record as one of its versions had it, as a new version.

    Args:
        number: the version whose texts are taken.
        keys: what of it; none: all in which it differs.
        version: the one the user has seen.

    Raises:
        ChangedMeanwhileError: what would be taken back was changed since ``version``.
        LookupError: there is no such version.
        RuleViolationError: the record is removed, or something it needs is gone.
        ValidationError: what would come back breaks a rule of today.
    """
    with act(f"gendannede version {number} af {record}", by):
        row = lock(record)
        history = history_of(row)
        then, seen = history.at(number), history.at(version)
        if then is None or seen is None:
            raise LookupError
        if row.number is None:
            raise RuleViolationError("Sæt det ind igen først.")
        now = history.current.snapshot
        wanted = coming_back(now, then.snapshot, keys)
        if any(differs(seen.snapshot, now, key) for key in wanted):
            raise ChangedMeanwhileError
        if not wanted:
            return TakenBack(row, ())
        _fields(row, wanted, then.snapshot)
        for table in tables_of(row.owner):
            _rows(table, row, wanted, then.snapshot, by)
        _orders(row, wanted, now, then.snapshot)
        # Once, so that no event has another version's words.
        row.touch(by)
        row.save()
        refresh(row)
        return TakenBack(row, wanted)


def _fields(row: Record, keys: Iterable[str], then: Snapshot) -> None:
    fields = [field for field in record_fields(type(row)) if field.name in keys]
    for field in fields:
        _set(row, field, then.record)
    if fields:
        row.full_clean()


def _set(row: Any, field: Any, event: Any) -> None:
    value = getattr(event, field.attname)
    if field.is_relation and value is not None:
        target = field.related_model._base_manager.filter(pk=value)  # noqa: SLF001
        if not target.exists():
            name = label_of(field).lower()
            raise RuleViolationError(
                f"Det kan ikke gendannes: {name} fra dengang er slettet."
            )
    setattr(row, field.attname, value)


def _rows(
    table: PartTable, record: Record, keys: Iterable[str], then: Snapshot, by: User
) -> None:
    """Let a table's rows say what they said: first what goes, then what comes."""
    wanted = {key for key in keys if key.startswith(f"{table.slug}-")}
    if not wanted:
        return
    owner = table.owners[record.owner]
    own = table.model._default_manager.filter(**{owner: record}).select_for_update()  # noqa: SLF001
    have = {row.pk: row for row in own.order_by("pk")}
    were = {e.pgh_obj_id: e for e in then.of(table) if table.key(e) in wanted}
    for pk, row in have.items():
        if pk not in were and _key(table, row) in wanted and _stands(table, row):
            _remove(table, row, by)
    for pk, event in were.items():
        if pk in have:
            _write(table, have[pk], event, by)
        else:
            _insert(table, event, by)


def _key(table: PartTable, row: Any) -> str:
    return f"{table.slug}-{table.group(row) if table.is_list else row.pk}"


def _stands(table: PartTable, row: Any) -> bool:
    return not table.hides or row.position is not None


def _remove(table: PartTable, row: Any, by: User) -> None:
    if not table.hides:
        row.delete()
        return
    row.removed_position, row.position = row.position, None
    row.touch(by)
    row.save()


def _write(table: PartTable, row: Any, event: Any, by: User) -> None:
    group, is_back = table.group(row), not _stands(table, row)
    for field in table.fields:
        _set(row, field, event)
    if is_back or table.is_list or group != table.group(row):
        row.position = event.position
    if is_back:
        row.removed_position = None
    _save(row, by)


def _insert(table: PartTable, event: Any, by: User) -> None:
    model = table.model
    names = [field.attname for field in model._meta.concrete_fields]  # noqa: SLF001
    row = model(**{name: getattr(event, name) for name in names})
    for field in table.fields:
        _set(row, field, event)
    row.validate_constraints()
    _save(row, by, force_insert=True)


def _save(row: Any, by: User, **how: Any) -> None:
    if isinstance(row, Versioned):
        row.touch(by)
    row.clean_fields()
    row.save(**how)


def _orders(record: Record, keys: Sequence[str], now: Snapshot, then: Snapshot) -> None:
    """Count places from 1 without gaps, in the order of then where that was chosen."""
    if not any(key.startswith(("point-", f"{ORDER}-")) for key in keys):
        return
    were = {event.pgh_obj_id: event for event in then.of(BY_SLUG["point"])}
    are = now.rows["point"]
    came = {
        pk
        for pk, event in were.items()
        if f"point-{pk}" in keys and (pk not in are or are[pk].kind != event.kind)
    }
    kinds: dict[str, list[Point]] = {}
    for row in Point.objects.filter(**{record.owner: record}).present():
        kinds.setdefault(row.kind, []).append(row)
    for kind, rows in kinds.items():
        # What comes back stands before what has taken its place.
        own = sorted(rows, key=lambda r: (r.position or 0, r.pk not in came, r.pk))
        if f"{ORDER}-{kind}" in keys:
            own = _as_then(own, list(were))
        renumber(by_beneficiary(own))


def _as_then(rows: Sequence[Point], was: Sequence[int]) -> list[Point]:
    """Give the rows in the order of then; what has come since keeps its place."""
    places = {pk: place for place, pk in enumerate(was)}
    known = iter(
        sorted((r for r in rows if r.pk in places), key=lambda r: places[r.pk])
    )
    return [next(known) if row.pk in places else row for row in rows]
