"""What holding a file against the portal finds: rows that change, or cannot come in."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from core.marked import runs_html
from core.wordmarks import word_runs

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

    from core.sheets.back.kinds import Kind, Line
    from core.wordmarks import Mark


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the file a row stands, and what it is about: "forslag 9"."""

    sheet: str
    number: int
    name: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """One cell: where it stands, what it said and says."""

    column: str
    letter: str
    name: str
    before: str
    after: str

    @property
    def before_html(self) -> SafeString:
        """What it said, with the words marked that go."""
        return self._marked("removed")

    @property
    def after_html(self) -> SafeString:
        """What it says, with the words marked that come."""
        return self._marked("added")

    def _marked(self, mark: Mark) -> SafeString:
        runs = word_runs(self.before, self.after)
        return runs_html([run for run in runs if run.mark in {"same", mark}])


@dataclass(frozen=True, slots=True)
class Change:
    """A row that would change, or come; ``line`` is None where it is new."""

    place: Place
    kind: Kind
    line: Line | None
    fields: tuple[Field, ...]

    @property
    def note(self) -> str:
        """What else happens to the row, for people; often ""."""
        return self.kind.note(self.line)

    @property
    def values(self) -> dict[str, str]:
        """Column → what it becomes."""
        return {each.column: each.after for each in self.fields}


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a cell; with the row as a whole where there is no ``letter``."""

    letter: str
    name: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A cell of a row that is shown as it stands in the file."""

    letter: str
    name: str
    text: str
    is_wrong: bool


@dataclass(frozen=True, slots=True)
class Wrong:
    """A row that cannot come in."""

    place: Place
    problems: tuple[Problem, ...]
    shown: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class Readings:
    """One cell three times: when the file was fetched, in the portal now, in the file."""

    letter: str
    name: str
    then: str
    now: str
    mine: str


@dataclass(frozen=True, slots=True)
class Stale:
    """A row that somebody has changed in the portal since the file was fetched."""

    place: Place
    readings: tuple[Readings, ...]
    changed_by: str
    changed_at: Any


@dataclass(slots=True)
class Preview:
    """What a file would do. The four counts add up to the rows of the file.

    ``names`` are what its sheets were found to be, in order; "" is one that is not read.
    """

    changes: list[Change] = field(default_factory=list)
    wrong: list[Wrong] = field(default_factory=list)
    stale: list[Stale] = field(default_factory=list)
    unchanged: Counter[str] = field(default_factory=Counter)
    rows: Counter[str] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)

    @property
    def field_count(self) -> int:
        """Cells that change."""
        return sum(len(change.fields) for change in self.changes)

    @property
    def unchanged_count(self) -> int:
        """Rows that ask for nothing."""
        return self.unchanged.total()

    @property
    def row_count(self) -> int:
        """Rows of the file."""
        return self.rows.total()

    @property
    def fingerprint(self) -> str:
        """What somebody has seen when they confirm it."""
        told = [
            [each.place.sheet, each.place.number, [*each.values.items()],
             [f.before for f in each.fields]]
            for each in self.changes
        ]  # fmt: skip
        left = [(each.place.sheet, each.place.number) for each in self.stale]
        return hashlib.sha256(json.dumps([told, left]).encode()).hexdigest()[:32]
