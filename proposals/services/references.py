"""References in texts: make one that was typed follow, and undo.

Source: docs/rules.md R-77.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from core.errors import RuleViolationError
from core.history import act
from core.models import Versioned
from proposals import references
from proposals.models import CrossReference, Dependency, Figure, Point
from proposals.queries.texts import FIELDS, names_of
from proposals.references import CATALOGUE_WORDS, Name, Typed
from proposals.services.records import finish, lock, refresh

if TYPE_CHECKING:
    from accounts.models import User
    from proposals.models import Record

CHANGED: Final = "Teksten er rettet siden. Intet er ændret."
# What a place is called before its id → the row, and the field that holds the text.
PARTS: Final[dict[str, tuple[Any, str]]] = {
    "point": (Point, "text"),
    "figure": (Figure, "what"),
    "wording": (CrossReference, "wording"),
    "dependency": (Dependency, "text"),
}


def follow_typed(record: Record, *, at: str, typed: str, by: User) -> Name:
    """Make "forslag 9", typed in one of a record's texts, a reference to what is 9 now.

    Args:
        at: the text: "idea", "point-12".

    Raises:
        RuleViolationError: no record has the number, or the text does not say that.
    """
    with act(f"gjorde ”{typed}” til en henvisning i {record}", by):
        row = lock(record)
        found = _read(row, typed)
        names = names_of(row.catalogue.council_id)
        name = names.numbered(found.word, found.number) if found else None
        if name is None:
            raise RuleViolationError(
                f"Der er intet, der hedder ”{typed}”. Ret teksten i stedet."
            )
        _replace(row, at, lambda text: references.follow(text, typed, name.token), by)
        return name


def unfollow(record: Record, *, at: str, typed: str, token: str, by: User) -> None:
    """Take that back: the text says the typed words again.

    Raises:
        RuleViolationError: the text no longer holds the reference, or nobody types such
            words for one.
    """
    with act(f"fortrød en henvisning i {record}", by):
        row = lock(record)
        if _read(row, typed) is None:
            raise RuleViolationError(CHANGED)
        _replace(row, at, lambda text: text.replace(token, typed), by)


def _read(record: Record, typed: str) -> Typed | None:
    """Read what was typed; None where it is more than one reference, or none."""
    found = references.typed_in(typed, CATALOGUE_WORDS[record.owner])
    return found[0] if len(found) == 1 and found[0].text == typed else None


def _replace(record: Record, at: str, change: Any, by: User) -> None:
    holder, field = _holder(record, at)
    before = getattr(holder, field)
    after = change(before)
    if after == before:
        raise RuleViolationError(CHANGED)
    setattr(holder, field, after)
    if isinstance(holder, Versioned):
        holder.touch(by)
    holder.full_clean()
    holder.save()
    if holder is record:
        refresh(record)
    else:
        finish(record, by)


def _holder(record: Record, at: str) -> tuple[Any, str]:
    """Give the row that holds a text of the record, and its field.

    Raises:
        ObjectDoesNotExist: the record has no such text.
    """
    if at in FIELDS[record.owner]:
        return record, at
    kind, _, number = at.partition("-")
    if kind not in PARTS or not number.isdecimal() or len(number) > 18:  # noqa: PLR2004
        raise Point.DoesNotExist
    model, field = PARTS[kind]
    if not hasattr(model, f"{record.owner}_id"):
        raise Point.DoesNotExist
    own = model.objects.filter(**{record.owner: record})
    return own.select_for_update().get(pk=int(number)), field
