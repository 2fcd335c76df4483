"""What the page of an item's versions shows: changes, a comparison, what comes back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from core import formats
from core.conflict_page import group_lines, group_reading
from meetings.forms.agenda import CLOSED

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from core.conflict_page import Reading
    from core.forms import FieldGroup, VersionedForm
    from core.wordmarks import Line
    from meetings.models import AgendaItem
    from meetings.revisions.reading import Version


# Labels that are questions, as they stand inside a line.
_NAMES: Final = {
    "action": "ønsket handling",
    "addressee": "modtager af svaret",
    "is_closed": "åbent eller lukket",
    "closed_reason": "grund til lukning",
    "closed_to": "læsere",
}


def _named(group: FieldGroup) -> str:
    return _NAMES.get(group.name, group.label.lower())


@dataclass(frozen=True, slots=True)
class Change:
    """One field that differs; ``name`` is the form's, ``since`` where it was changed."""

    name: str
    label: str
    reading: Reading
    since: tuple[int, ...] = ()

    @property
    def since_words(self) -> str:
        """Give "version 2 og 4"."""
        return f"version{formats.NBSP}{formats.listed([str(n) for n in self.since])}"


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One version in the list; of the first one ``begun`` names what it was made with."""

    version: Version
    changes: tuple[Change, ...]
    begun: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class Return:
    """One field of what would be restored: as it is now, and as it would be."""

    name: str
    label: str
    now: Reading
    after: Reading


@dataclass(frozen=True, slots=True)
class History:
    """All versions of an item, read with the labels of its form; the newest first."""

    form: VersionedForm
    versions: Sequence[Version]

    def at(self, number: str) -> Version | None:
        """Give the version that an address names."""
        return next((own for own in self.versions if str(own.number) == number), None)

    @property
    def current(self) -> Version:
        """The version that holds now."""
        return self.versions[0]

    @property
    def rows(self) -> tuple[VersionRow, ...]:
        """Each version with what it changed."""
        older = [*self.versions[1:], None]
        return tuple(
            VersionRow(
                version,
                tuple(self._changes(before, version)) if before else (),
                "" if before else self._begun(version),
                version is self.versions[0],
            )
            for version, before in zip(self.versions, older, strict=True)
        )

    def compared(self, one: Version, other: Version) -> tuple[Change, ...]:
        """Give the fields that differ between two versions, and where each changed."""
        low, high = sorted((one.number, other.number))
        since = {
            row.version.number: {change.name for change in row.changes}
            for row in self.rows
            if low < row.version.number <= high
        }
        return tuple(
            Change(
                change.name,
                change.label,
                change.reading,
                tuple(n for n in sorted(since) if change.name in since[n]),
            )
            for change in self._changes(one, other)
        )

    def same(self, changes: Sequence[Change]) -> list[str]:
        """Give the labels of the fields that are not among ``changes``."""
        changed = {change.name for change in changes}
        return [_named(g) for g in self.form.groups if g.name not in changed]

    def returning(self, row: AgendaItem, version: Version) -> tuple[Return, ...]:
        """Give what bringing a version back would change."""
        found = []
        for group in self.form.groups:
            now = group_lines(self.form, group, row)
            then = group_lines(self.form, group, version.event)
            if now != then:
                readings = (
                    group_reading(own, own, only_changes=False) for own in (now, then)
                )
                found.append(Return(group.name, group.label, *readings))
        return tuple(found)

    def fields_of(self, names: Sequence[str]) -> list[str]:
        """Give the model's fields of groups: a date belongs to its deadline."""
        own = [group for group in self.form.groups if group.name in names]
        return [field for group in own for field in group.fields]

    def _changes(self, before: Version, after: Version) -> Iterator[Change]:
        for group in self.form.groups:
            old = self._lines(group, before)
            new = self._lines(group, after)
            if old != new:
                yield Change(group.name, group.label, group_reading(old, new))

    def _begun(self, version: Version) -> str:
        filled = [
            _named(group)
            for group in self.form.groups
            if group.name not in CLOSED and self._lines(group, version)
        ]
        return formats.listed(filled)

    def _lines(self, group: FieldGroup, version: Version) -> list[Line]:
        return group_lines(self.form, group, version.event)
