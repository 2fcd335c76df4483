"""Laws, schemes, actors, target groups and evidence: one name a line.

Names are a set with an order. Two people's changes to a set never collide: what either
added is there, what either took out is gone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.history import act
from core.order import renumber
from proposals.models import Term
from proposals.services.records import finish, lock

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from accounts.models import User
    from proposals.models import Record

    type Lines = Sequence[str]


def edit_terms(
    record: Record, *, terms: Mapping[str, Lines], base: Mapping[str, Lines], by: User
) -> tuple[str, ...]:
    """Save the names as the user left them, merged with what others saved since.

    Args:
        terms: kind → names, as the user sends them.
        base: kind → names, as the user's form began.

    Returns:
        The kinds in which somebody else's changes were kept.
    """
    with act(f"rettede regler og aktører i {record}", by):
        locked = lock(record)
        theirs = names_by_kind(locked)
        merged = {
            kind: merge_lines(base.get(kind, ()), theirs.get(kind, ()), mine)
            for kind, mine in terms.items()
        }
        changed = [kind for kind in terms if merged[kind] != theirs.get(kind, ())]
        for kind in changed:
            _write(locked, kind, merged[kind])
        if changed:
            finish(locked, by)
    return tuple(kind for kind in terms if merged[kind] != _tidy(terms[kind]))


def names_by_kind(record: Record) -> dict[str, tuple[str, ...]]:
    """Give the record's names by kind, in their order. One query."""
    found: dict[str, list[str]] = {}
    for term in record.terms.all():
        found.setdefault(term.kind, []).append(term.text)
    return {kind: tuple(names) for kind, names in found.items()}


def merge_lines(base: Lines, theirs: Lines, mine: Lines) -> tuple[str, ...]:
    """Merge two changed lists of names: the user's order, then what others added."""
    gone = set(base) - set(theirs)
    added = [name for name in theirs if name not in base]
    return _tidy([*(name for name in mine if name not in gone), *added])


def _tidy(names: Lines) -> tuple[str, ...]:
    """Leave out empty lines and repetitions."""
    return tuple(dict.fromkeys(filter(None, (" ".join(n.split()) for n in names))))


def _write(record: Record, kind: str, names: Lines) -> None:
    """Delete, add and renumber only what changed, so that the history says as much."""
    rows = {term.text: term for term in record.terms.filter(kind=kind)}
    record.terms.filter(kind=kind).exclude(text__in=names).delete()
    own: Any = {record.owner: record}
    for position, name in enumerate(names, 1):
        if name not in rows:
            rows[name] = Term(kind=kind, position=position, text=name, **own)
            rows[name].full_clean()
            rows[name].save()
    renumber(rows[name] for name in names)
