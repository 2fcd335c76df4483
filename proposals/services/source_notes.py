"""What the sources do not agree on: write it down, settle it, remove it, and undo.

Source: docs/rules.md R-83.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Max

from accounts.models import Council
from core import clock
from core.deleted import undelete
from core.history import act
from core.keys import new_key
from core.versions import Saved, delete_unchanged, save_merged
from proposals.models import Catalogue, Point, SourceNote
from proposals.services.history import put_back
from proposals.services.records import finish, lock

if TYPE_CHECKING:
    from collections.abc import Iterator

    from accounts.models import User
    from proposals.models import Record

WORDS: Final = ("about", "kind", "readings")
SEEN: Final = (*WORDS, "chosen")
"""What of a note somebody may have changed since another read it."""
RESERVED: Final = frozenset({"ny"})
"""Words that stand where a key does in addresses, and mean something else."""


@dataclass(frozen=True, slots=True)
class Settled:
    """A note after it was settled or opened again.

    Attributes:
        saved: the note.
        reworded: how many parts of its record say something else now.
        unfound: how many of its parts do not say the words any more; they are untouched.
    """

    saved: Saved[SourceNote]
    reworded: int
    unfound: int


def add_note(
    council_pk: int,
    *,
    about: str,
    kind: str,
    readings: list[dict[str, Any]],
    of: Record | Catalogue | None,
    by: User,
) -> SourceNote:
    """Write down something on which the sources do not agree.

    Args:
        readings: mappings with ``place`` and ``text``, in order.
        of: what it belongs to; None is the report as a whole.

    Raises:
        ValidationError: it cannot be kept as it stands.
    """
    with act(f"skrev, hvad kilderne er uens om: ”{about}”", by):
        council = _council(council_pk)
        own = SourceNote.objects.filter(council=council)
        taken = {*own.values_list("key", flat=True), *RESERVED}
        row = SourceNote(
            council=council,
            key=new_key(about, taken),
            position=(own.aggregate(last=Max("position"))["last"] or 0) + 1,
            kind=kind,
            about=about,
            readings=readings,
            changed_by=str(by),
            **_owner(of),
        )
        row.full_clean()
        row.save()
        return row


def edit_note(pk: int, *, version: int, by: User, **values: Any) -> Saved[SourceNote]:
    """Say it in other words, merged with what others saved since.

    Args:
        values: any of ``about``, ``kind`` and ``readings``.

    Raises:
        ConflictError: both changed the same.
        ValidationError: it cannot be kept as it stands.
    """
    note = _note(pk)
    with act(f"rettede, hvad kilderne er uens om: ”{note}”", by):
        _locked(note)
        return save_merged(SourceNote.checkout(pk), values, version=version, by=by)


def undo_note(pk: int, *, version: int, by: User) -> SourceNote:
    """Take back the edit that gave a note its version.

    Raises:
        RuleViolationError: it has been changed since.
    """
    note = _note(pk)
    with act(f"fortrød en rettelse af ”{note}”", by):
        _locked(note)
        row = SourceNote.checkout(pk)
        put_back(row, WORDS, version=version)
        row.touch(by)
        row.full_clean()
        row.save()
        return row


def remove_note(pk: int, *, seen: int = 0, by: User) -> None:
    """Delete a note; ``restore_note`` takes it back. What it settled stays settled.

    Args:
        seen: the version that the user read; 0 where it does not matter.

    Raises:
        ChangedMeanwhileError: somebody edited it since.
    """
    note = _note(pk)
    with act(f"slettede, hvad kilderne er uens om: ”{note}”", by):
        _locked(note)
        delete_unchanged(SourceNote, pk, seen=seen, names=SEEN)


def restore_note(council_pk: int, pk: int, *, by: User) -> SourceNote:
    """Bring a deleted note back; nothing happens if it is there.

    Raises:
        SourceNote.DoesNotExist: the council has had no such note.
    """
    with act("fortrød sletning af noget, kilderne er uens om", by):
        council = _council(council_pk)
        own = SourceNote.objects.filter(council=council)
        if there := own.filter(pk=pk).first():
            return there
        row = undelete(SourceNote, pk)
        if row.council_id != council.pk:
            raise SourceNote.DoesNotExist
        taken = {*own.values_list("key", flat=True), *RESERVED}
        row.key = new_key(row.about, taken) if row.key in taken else row.key
        row.touch(by)
        row.full_clean()
        row.save(force_insert=True)
        return row


def settle_note(pk: int, *, version: int, chosen: str, by: User) -> Settled:
    """Choose the words that hold; they take the place of those that stand.

    Nothing but those words, in the parts that the note names, is changed.

    Raises:
        ConflictError: somebody settled it with other words meanwhile.
        ValidationError: the record cannot hold the words.
    """
    note = _note(pk)
    with act(f"afgjorde ”{note}”", by):
        record = _locked(note)
        row = SourceNote.checkout(pk)
        before, said = row.version, row.chosen or row.standing
        row.settled_by, row.settled_at = str(by), clock.now()
        saved = save_merged(row, {"chosen": chosen}, version=version, by=by)
        if saved.row.version == before or record is None:
            return Settled(saved, 0, 0)
        return Settled(saved, *_reword(record, row, said, saved.row.chosen, by))


def reopen_note(pk: int, *, by: User) -> Settled:
    """Take back what it was settled with; nothing happens if it is open.

    The words that stood before stand again, where nobody has changed them since.
    """
    note = _note(pk)
    with act(f"genåbnede ”{note}”", by):
        record = _locked(note)
        row = SourceNote.checkout(pk)
        if row.is_open:
            return Settled(Saved(row), 0, 0)
        said = row.chosen
        row.chosen, row.settled_by, row.settled_at = "", "", None
        row.touch(by)
        row.full_clean()
        row.save()
        if record is None:
            return Settled(Saved(row), 0, 0)
        return Settled(Saved(row), *_reword(record, row, said, row.standing, by))


def _council(pk: int) -> Council:
    """Lock the council, so that no two of its notes get one key."""
    return Council.objects.select_for_update().get(pk=pk)


def _owner(of: Record | Catalogue | None) -> dict[str, Any]:
    if of is None:
        return {}
    return {"catalogue" if isinstance(of, Catalogue) else of.owner: of}


def _note(pk: int) -> SourceNote:
    return SourceNote.objects.select_related("proposal", "unit").get(pk=pk)


def _locked(note: SourceNote) -> Record | None:
    record: Record | None = note.proposal or note.unit
    return lock(record) if record is not None else None


def _reword(
    record: Record, note: SourceNote, old: str, new: str, by: User
) -> tuple[int, int]:
    """Put ``new`` for ``old`` where the note says; give how many parts did, and did not."""
    if not note.target or old == new:
        return 0, 0
    words = re.compile(rf"(?<!\w){re.escape(old)}(?!\w)")
    reworded = unfound = 0
    for row, name in _parts(record, note.target, old):
        text = getattr(row, name) if row is not None else ""
        if row is None or not old or not words.search(text):
            unfound += 1
            continue
        setattr(row, name, words.sub(lambda _: new, text, count=1))
        if isinstance(row, Point):
            row.touch(by)
        row.full_clean()
        row.save()
        reworded += 1
    if reworded:
        finish(record, by)
    return reworded, unfound


def _parts(record: Record, target: str, old: str) -> Iterator[tuple[Any, str]]:
    """Give each part that a note names, with its field; None where it is gone."""
    for name in target.split():
        kind, _, key = name.partition(":")
        if kind == "point":
            yield record.points.present().filter(key=key).first(), "text"
        elif kind == "term":
            yield record.terms.filter(kind=key, text__contains=old).first(), "text"
        else:
            yield record, kind
