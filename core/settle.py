"""What two people's changes and the user's choices come to, group by group."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from core.forms import Answer
from core.merge import FieldMerge, Origin
from core.versions import fields_at

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.forms import FieldGroup, Side, VersionedForm
    from core.models import Versioned


@dataclass(frozen=True, slots=True)
class Settled:
    """One group of fields: its three readings, and what the user answered.

    ``merge`` holds tuples, one value a field of the group.
    """

    group: FieldGroup
    merge: FieldMerge
    answer: Answer | None = None

    @property
    def is_open(self) -> bool:
        """The user is asked, because both changed it or because they pressed "Ret"."""
        return self.merge.is_conflict or self.answer is not None

    @property
    def is_settled(self) -> bool:
        """Nothing is left to choose."""
        if not self.is_open:
            return True
        if self.answer is None or self.answer.side is None:
            return False
        return self.answer.side != "own" or not self.answer.errors

    @property
    def values(self) -> dict[str, Any]:
        """Field → what will be saved; needs :attr:`is_settled`."""
        side = self.answer.side if self.answer else None
        if self.answer is not None and side == "own":
            return dict(self.answer.own)
        chosen: Any = {"theirs": self.merge.theirs, "mine": self.merge.mine}.get(
            side or "", self.merge.value
        )
        return dict(zip(self.group.fields, chosen, strict=True))


def settle(
    form: VersionedForm,
    mine: Mapping[str, Any],
    row: Versioned,
    theirs: Mapping[str, object],
    answers: Mapping[str, Answer],
) -> tuple[Settled, ...]:
    """Merge group by group; the base is what the user opened. Two queries at most.

    Args:
        mine: the form's cleaned values, as first sent.
        row: any state of the row; only its history is read.
        theirs: the values to merge with.
        answers: group name → what the user chose.
    """
    names = [name for group in form.groups for name in group.fields]
    base = fields_at(row, mine["version"], names)
    return tuple(
        Settled(group, _merge(group, base, theirs, mine), answers.get(group.name))
        for group in form.groups
    )


def _merge(
    group: FieldGroup,
    base: Mapping[str, object],
    theirs: Mapping[str, object],
    mine: Mapping[str, object],
) -> FieldMerge:
    sides = (
        tuple(side[name] for name in group.fields) for side in (base, theirs, mine)
    )
    return FieldMerge(*sides)


def kept_answers(
    form: VersionedForm, seen: Mapping[str, object], now: Mapping[str, object]
) -> dict[str, Answer]:
    """Give the answers; a choice falls where the other text has changed since."""
    groups = {group.name: group for group in form.groups}
    kept = {}
    for name, answer in form.answers().items():
        is_same = all(seen[field] == now[field] for field in groups[name].fields)
        kept[name] = answer if is_same else replace(answer, side=None)
    return kept


def opened(settled: Settled) -> Settled:
    """Open a group that is merged already, with what it came to chosen."""
    if settled.is_open:
        return settled
    side: Side = "theirs" if settled.merge.origin is Origin.THEIRS else "mine"
    own = dict(zip(settled.group.fields, settled.merge.mine, strict=True))  # type: ignore[call-overload]
    return replace(settled, answer=Answer(side, own, own, ()))
