"""Which cut of a catalogue is printed, and what of its records. Pure.

A cut keeps the keys of its nodes: what is printed of a record is the same in every cut,
so that change marks, cached pieces and links hold. Only the document has a key of its own.

Source: docs/rules.md R-102, R-111.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

OVERVIEW: Final = "overview"
THEME: Final = "theme"
CHOSEN: Final = "records"
"""Some records, one by one: what was picked in a list."""
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
    POSITIONS = "positions"


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
        of: "" for all of it, "overview", "records", or a key: "theme:styring",
            "proposal:et-navn".
        without: what is left out.
        also: what is taken in besides.
        records: the keys that were picked, of a cut of some records.
    """

    of: str = ""
    without: frozenset[str] = frozenset()
    also: frozenset[str] = frozenset()
    records: frozenset[str] = frozenset()

    @property
    def kind(self) -> str:
        """What it is of: "", "overview", "records", "theme", "proposal", "unit"."""
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

    @property
    def is_of_chosen(self) -> bool:
        """It is of some records that were picked one by one."""
        return self.of == CHOSEN

    @property
    def slugs(self) -> frozenset[str]:
        """The keys of what it is of, without their kind; none: of no such."""
        if self.slug:
            return frozenset({self.slug})
        return frozenset(key.partition(":")[2] for key in self.records)

    def holds(self, key: str) -> bool:
        """Whether a record is printed in full because it was named by its key."""
        return key in (self.records if self.is_of_chosen else {self.of})

    def has(self, field: Field, kind: str) -> bool:
        """Whether records of a kind are printed with a field."""
        return field in self.also or (
            field in ORDINARY[kind] and field not in self.without
        )

    def document_key(self, catalogue: str) -> str:
        """Give the key of its document, which no other cut of the catalogue has."""
        whole = f"catalogue:{catalogue}"
        if self.is_of_chosen:
            return f"{whole}/{CHOSEN}:{_digest(self.records)}"
        return f"{whole}/{self.of}" if self.of else whole


WHOLE: Final = Cut()


def cut_of(options: Mapping[str, Any]) -> Cut:
    """Give the cut that a source's stored options choose; the whole where they name none.

    One record that was picked alone is printed as that record's own cut.
    """
    of = str(options.get("cut") or "")
    records = frozenset(options.get("records") or ()) if of == CHOSEN else frozenset()
    if len(records) == 1:
        [of], records = records, frozenset()
    return Cut(
        of=of,
        without=frozenset(options.get("without") or ()),
        also=frozenset(options.get("also") or ()),
        records=records,
    )


def _digest(keys: frozenset[str]) -> str:
    """Give a short name of a set of keys, the same in whatever order they were picked."""
    told = "\n".join(sorted(keys)).encode()
    return hashlib.sha256(told).hexdigest()[:12]
