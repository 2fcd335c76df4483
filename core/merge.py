"""Three-way merge of plain fields: base, theirs, mine. Pure.

Source: docs/rules.md R-15.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


class Origin(Enum):
    """Who changed a field since the version both began with."""

    NOBODY = "nobody"
    THEIRS = "theirs"
    MINE = "mine"
    BOTH_ALIKE = "both"
    CONFLICT = "conflict"


@dataclass(frozen=True, slots=True)
class FieldMerge:
    """One field's three readings and what follows from them."""

    base: object
    theirs: object
    mine: object

    @property
    def origin(self) -> Origin:
        """Tell who changed the field; only two different changes are a conflict."""
        if self.mine == self.theirs:
            return Origin.NOBODY if self.mine == self.base else Origin.BOTH_ALIKE
        if self.mine == self.base:
            return Origin.THEIRS
        if self.theirs == self.base:
            return Origin.MINE
        return Origin.CONFLICT

    @property
    def is_conflict(self) -> bool:
        """Both changed the field, and not to the same value."""
        return self.origin is Origin.CONFLICT

    @property
    def value(self) -> object:
        """The merged value; in a conflict the user's own, until a choice is made."""
        return self.theirs if self.origin is Origin.THEIRS else self.mine


def three_way(
    base: Mapping[str, object],
    theirs: Mapping[str, object],
    mine: Mapping[str, object],
) -> dict[str, FieldMerge]:
    """Merge every field of ``mine``.

    Args:
        base: values of the version the user opened.
        theirs: values as saved now.
        mine: values the user sends; its keys decide what is merged.

    Returns:
        Field name → its merge, in the order of ``mine``.
    """
    return {name: FieldMerge(base[name], theirs[name], mine[name]) for name in mine}
