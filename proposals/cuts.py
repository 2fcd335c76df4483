"""Which cut of a catalogue is printed, and what of its records. Pure.

A cut keeps the keys of its nodes: what is printed of a record is the same in every cut,
so that change marks, cached pieces and links hold. Only the document has a key of its own.

Source: docs/rules.md R-102.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

OVERVIEW: Final = "overview"
THEME: Final = "theme"
RECORD: Final = frozenset({"proposal", "unit"})


class Field(StrEnum):
    """What a cut may leave out, or take in besides."""

    OVERVIEW = "overview"
    FIGURES = "figures"
    LAWS = "laws"
    ATTENTIONS = "attentions"
    TITLES = "titles"
    ACTORS = "actors"
    REFERENCES = "references"
    GROUPS = "groups"


# Printed unless it is left out; what is not here is printed where it is asked for.
ORDINARY: Final = {
    "proposal": frozenset(
        {Field.OVERVIEW, Field.FIGURES, Field.LAWS, Field.ATTENTIONS, Field.TITLES}
    ),
    "unit": frozenset(
        {Field.OVERVIEW, Field.FIGURES, Field.ATTENTIONS, Field.REFERENCES}
    ),
}


@dataclass(frozen=True, slots=True)
class Cut:
    """A part of a catalogue, as it was chosen.

    Attributes:
        of: "" for all of it, "overview", or a key: "theme:styring", "proposal:et-navn".
        without: what is left out.
        also: what is taken in besides.
    """

    of: str = ""
    without: frozenset[str] = frozenset()
    also: frozenset[str] = frozenset()

    @property
    def kind(self) -> str:
        """What it is of: "", "overview", "theme", "proposal", "unit"."""
        return self.of.partition(":")[0]

    @property
    def slug(self) -> str:
        """The key of the theme or record, without its kind; "" where it is of neither."""
        return self.of.partition(":")[2]

    @property
    def is_whole(self) -> bool:
        """It is of the whole catalogue."""
        return not self.of

    @property
    def is_of_record(self) -> bool:
        """It is of one record."""
        return self.kind in RECORD

    def has(self, field: Field, kind: str) -> bool:
        """Whether records of a kind are printed with a field."""
        return field in self.also or (
            field in ORDINARY[kind] and field not in self.without
        )

    def document_key(self, catalogue: str) -> str:
        """Give the key of its document, which no other cut of the catalogue has."""
        return (
            f"catalogue:{catalogue}/{self.of}" if self.of else f"catalogue:{catalogue}"
        )


WHOLE: Final = Cut()


def cut_of(options: Mapping[str, Any]) -> Cut:
    """Give the cut that a source's stored options choose; the whole where they name none."""
    return Cut(
        of=str(options.get("cut") or ""),
        without=frozenset(options.get("without") or ()),
        also=frozenset(options.get("also") or ()),
    )
