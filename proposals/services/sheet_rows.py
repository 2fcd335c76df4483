"""One row of a spreadsheet written by the services that its page writes with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from core import richtext
from core.errors import RuleViolationError
from meetings.services import staleness
from proposals.choices import TermKind
from proposals.models import CooperationUnit, Figure, Point, Proposal
from proposals.queries.allowed import Cell
from proposals.services import parts, points, positions, records, sheet_values, terms
from proposals.sheets.kinds import key_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from accounts.models import Membership, User
    from core.sheets.back.kinds import Line
    from proposals.models import Record
    from proposals.sheets.loading import Loaded

TERMS: Final = frozenset(kind.value for kind in TermKind)


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes rows of one catalogue for somebody.

    Whoever has written positions with it calls ``tell`` when all are written.

    Attributes:
        correction: why positions are put right after their call has closed; often "".
    """

    loaded: Loaded
    seat: Membership
    by: User
    correction: str = ""

    @property
    def values(self) -> sheet_values.Values:
        """What the cells mean."""
        return sheet_values.Values(self.loaded)

    def edit(
        self,
        kind: str,
        line: Line,
        values: Mapping[str, str],
        html: Mapping[str, str] | None = None,
    ) -> None:
        """Write changed cells of a row that is there.

        Args:
            kind: of the sheet.
            values: column → text, as the sheet shows it.
            html: rich texts that are put back as they were, with their markup.

        Raises:
            RuleViolationError, ValidationError: a rule does not let it in.
        """
        match kind:
            case "points":
                self._point(line.row, {**line.cells, **values})
            case "figures":
                self._figure(line.row, values)
            case "positions":
                self._position(line, values)
            case _:
                self._record(line.record, values, html or {})

    def add(self, kind: str, values: Mapping[str, str]) -> str:
        """Write a new row; give its key.

        Raises:
            RuleViolationError, ValidationError: a rule does not let it in.
        """
        match kind:
            case "proposals":
                return self._new_proposal(values)
            case "units":
                return self._new_unit(values)
        record = self.loaded.record(values["record"])
        if record is None:
            raise RuleViolationError(
                f"{self.loaded.word} {values['record']} findes ikke."
            )
        if kind == "points":
            added = points.add_point(
                record,
                kind=sheet_values.kind_of(values["kind"]),
                text=self.values.kept(values["text"]),
                beneficiary=values.get("beneficiary", ""),
                by=self.by,
            )
            return f"{key_of(record)}/{added.kind}:{added.key}"
        figure = parts.add_figure(
            record, by=self.by, **self.values.whole_figure(values)
        )
        return f"{key_of(record)}/tal:{figure.pk}"

    def remove(self, line: Line) -> None:
        """Take a row away that had come with a file."""
        match line.row:
            case Point():
                points.remove_point(line.row.pk, by=self.by)
            case Figure():
                parts.remove_part(line.row, by=self.by)
            case _:
                records.remove_record(line.record, by=self.by)

    def tell(self) -> None:
        """Have what shows positions made anew: once, however many were written."""
        staleness.defer_refresh_council(self.loaded.catalogue.council_id)

    def _record(
        self, record: Record, values: Mapping[str, str], html: Mapping[str, str]
    ) -> None:
        plain = {
            name: html[name] if name in html else self.values.field(record, name, text)
            for name, text in values.items()
            if name not in TERMS
        }
        if plain:
            current = type(record)._default_manager.get(pk=record.pk)  # noqa: SLF001
            records.edit_record(current, version=current.version, by=self.by, **plain)
        own = self.loaded.terms.get(record.pk, {})
        named = {
            name: sheet_values.names(text)
            for name, text in values.items()
            if name in TERMS
        }
        if named:
            base = {name: sheet_values.names(own.get(name, "")) for name in named}
            terms.edit_terms(record, terms=named, base=base, by=self.by)

    def _point(self, row: Point, cells: Mapping[str, str]) -> None:
        points.edit_point(
            row.pk,
            version=row.version,
            text=self.values.kept(cells["text"]),
            beneficiary=cells.get("beneficiary", ""),
            by=self.by,
        )

    def _figure(self, row: Figure, values: Mapping[str, str]) -> None:
        parts.edit_figure(
            row.pk, version=row.version, by=self.by, **self.values.figure(values)
        )

    def _position(self, line: Line, values: Mapping[str, str]) -> None:
        cells = {**line.cells, **values}
        stand = line.row
        day = cells["given_on"]
        positions.give(
            Cell(stand.municipality, line.record),
            seat=self.seat,
            version=stand.position.version,
            correction=self.correction,
            by=self.by,
            is_told=False,
            stance=sheet_values.stance(cells["stance"]),
            reason=cells["reason"],
            signer=cells["signer"],
            given_on=sheet_values.day(day) if day else None,
        )

    def _new_proposal(self, values: Mapping[str, str]) -> str:
        theme = next(
            t for t in self.loaded.themes.values() if t.title == values["theme"]
        )
        made = records.create_proposal(
            self.loaded.catalogue.pk,
            theme=theme.pk,
            new_theme="",
            title=values["title"],
            idea=richtext.from_plain(self.values.kept(values.get("idea", ""))),
            by=self.by,
        )
        self._rest(made, values, {"theme", "title", "idea"})
        return key_of(made)

    def _new_unit(self, values: Mapping[str, str]) -> str:
        made = records.create_unit(
            self.loaded.catalogue.pk,
            title=values["title"],
            scope=sheet_values.scope(values["scope"]),
            summary=richtext.from_plain(self.values.kept(values.get("summary", ""))),
            by=self.by,
        )
        self._rest(made, values, {"title", "scope", "summary"})
        return key_of(made)

    def _rest(
        self,
        made: Proposal | CooperationUnit,
        values: Mapping[str, str],
        done: set[str],
    ) -> None:
        rest = {
            name: text for name, text in values.items() if text and name not in done
        }
        if rest:
            self._record(made, rest, {})
