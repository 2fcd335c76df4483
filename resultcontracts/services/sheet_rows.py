"""One row of a contract's spreadsheet, written by the services that its page writes with.

Source: docs/rules.md R-148, R-149.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from core.errors import RuleViolationError
from resultcontracts.choices import MeasurementState as State
from resultcontracts.parts import PARTS
from resultcontracts.services import measurements, parts, reporting, taken_back
from resultcontracts.sheets import values as cells
from resultcontracts.sheets.agreements import AGREEMENTS, BUDGET
from resultcontracts.sheets.kinds import MEASURES, MUNICIPAL, Part, Told
from resultcontracts.sheets.results import RESULTS, SUMMED, Result, key_of_saved
from resultcontracts.sheets.targets import TARGETS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from accounts.models import User
    from core.sheets.back.kinds import Line
    from resultcontracts.models import Measurement, Round
    from resultcontracts.sheets.loading import Loaded

PART: Final = {
    "goals": PARTS["maal"],
    "measures": PARTS["maalepunkt"],
    "targets": PARTS["maaltal"],
    "municipal": PARTS["kommune"],
    "agreements": PARTS["aftale"],
    "budget": PARTS["budgetpost"],
}
HAS_POSTS: Final = "Aftalen har fået budgetposter siden."
GONE: Final = "Det, rækken hører til, er slettet."
TIME: Final = frozenset({"period_name", "period_end"})
SENT: Final = frozenset({"low", "counted", "asked", "missing", "expected", "told"})
"""Cells by which one answer of a house is told from another."""


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes rows of one contract for somebody.

    Attributes:
        by: the user; a house's own goes through the round that asks it.
    """

    loaded: Loaded
    by: User

    def edit(self, kind: str, line: Line, values: Mapping[str, str]) -> str:
        """Write changed cells of a row that is there, or is shown empty; give its key.

        Raises:
            RuleViolationError, ValidationError: a rule does not let it in.
        """
        if kind == RESULTS.key:
            return self._result(line.row, line.cells, values)
        row = _stored(line)
        told = self._told(kind, line, values)
        if not row.pk:  # a municipality's first number
            return self._first(line, values)
        parts.edit_part(
            PART[kind],
            self.loaded.contract.pk,
            row.pk,
            version=row.version,
            by=self.by,
            **told,
        )
        return line.key

    def add(self, kind: str, values: Mapping[str, str]) -> str:
        """Write a new row; give its key.

        Raises:
            RuleViolationError, ValidationError: a rule does not let it in.
        """
        if kind == RESULTS.key:
            return self._measured(values)
        told = {name: text for name, text in values.items() if text}
        parent, own = self._parent(kind, values)
        if kind == TARGETS.key:
            own |= cells.target(values, {**told, "low": values.get("low", "")})
        else:
            own |= cells.meant(told)
        part, contract = PART[kind], self.loaded.contract.pk
        made = parts.add_part(part, contract, parent.pk, by=self.by, **own)
        return f"{self.loaded.prefix}{part.word}:{made.pk}"

    def _parent(
        self, kind: str, values: Mapping[str, str]
    ) -> tuple[Any, dict[str, Any]]:
        """Give what a new row belongs to, and the fields that its page does not tell.

        Raises:
            RuleViolationError: it is gone.
        """
        loaded, own = self.loaded, dict[str, Any]()
        if kind == BUDGET.key:
            found: Any = loaded.agreement(values["agreement"])
        elif kind == AGREEMENTS.key:
            own["municipality"] = loaded.municipality(values["municipality"])
            found = own["municipality"] and loaded.contract
        else:
            found = loaded.measure(values["measure"])
        if found is None:
            raise RuleViolationError(GONE)
        return found, own

    def _measured(self, values: Mapping[str, str]) -> str:
        """Enter a result and send it in; give its key."""
        measure = self.loaded.measure(values["measure"])
        if measure is None:
            raise RuleViolationError(GONE)
        if measure.sums:
            raise RuleViolationError(SUMMED)
        told = {name: text for name, text in values.items() if text}
        if TIME & set(told):  # half of a time is not filled up with the one that is due
            told = dict.fromkeys(TIME, "") | told
        row = measurements.enter(measure.pk, by=self.by, **cells.result({}, told))
        measurements.submit(row.pk, version=row.version, by=self.by)
        return key_of_saved(self.loaded, row.pk)

    def take_back(self, kind: str, line: Line, done: Mapping[str, Any]) -> None:
        """Give a row back what it said, or take it away where it was new.

        Raises:
            RuleViolationError, ValidationError: a rule does not let it.
        """
        if kind == RESULTS.key:
            self._result_back(line.row, line.cells, done)
            return
        row = _stored(line)
        if done["is_new"] and kind == AGREEMENTS.key and row.lines.exists():
            raise RuleViolationError(HAS_POSTS)
        if done["is_new"] or done["was"] == {}:
            contract = self.loaded.contract.pk
            parts.remove_part(PART[kind], contract, row.pk, by=self.by)
        else:
            self.edit(kind, line, done["before"])

    def _told(self, kind: str, line: Line, values: Mapping[str, str]) -> dict[str, Any]:
        if kind == TARGETS.key:
            return cells.target(line.cells, values)
        return (cells.of_a_measure if kind == MEASURES.key else cells.meant)(values)

    def _first(self, line: Line, values: Mapping[str, str]) -> str:
        part = line.row
        whole = {c.key: line.cells[c.key] for c in MUNICIPAL.columns} | dict(values)
        parts.add_part(
            PART["municipal"],
            self.loaded.contract.pk,
            part.measure.pk,
            by=self.by,
            municipality=part.municipality,
            **cells.meant(whole),
        )
        return line.key

    def _result(
        self, row: Result, now: Mapping[str, str], values: Mapping[str, str]
    ) -> str:
        """Write a measurement, and send it in; give its key, whatever is due by then."""
        told = cells.result(now, values)
        own, about = row.measurement, self.loaded.round
        asked_in = about.pk if about else None
        if about is not None and SENT & set(values):
            made = self._answer(about, row, {**now, **values})
        elif not own.pk:
            made = measurements.enter(
                row.measure.pk, by=self.by, asked_in=asked_in, **told
            )
        elif own.state == State.APPROVED:
            made = measurements.correct(
                own.pk, version=own.version, by=self.by, asked_in=asked_in, **told
            )
        else:
            made = measurements.edit(
                own.pk, version=own.version, by=self.by, **told
            ).row
        if made.state in {State.DRAFT, State.RETURNED}:
            measurements.submit(made.pk, version=made.version, by=self.by)
        root = made.pk if about is not None or not own.pk else self.loaded.roots[own.pk]
        return key_of_saved(self.loaded, root)

    def _answer(
        self, about: Round, row: Result, said: Mapping[str, str]
    ) -> Measurement:
        """Answer what a house is asked, whole: its form is sent whole too."""
        names = {c.key for c in RESULTS.columns if not c.fixed}
        whole = {name: text for name, text in said.items() if name in names}
        own = row.measurement if row.measurement.pk else None
        return reporting.send(
            about,
            row.measure,
            by=self.by,
            seen=reporting.mark(own),
            values=cells.result({}, whole),
        )

    def _result_back(
        self, row: Result, now: Mapping[str, str], done: Mapping[str, Any]
    ) -> None:
        was, own = done["was"], row.measurement
        if was.get("pk") != own.pk:  # it was entered, or corrects what was approved
            taken_back.take_out(own.pk, by=self.by)
            return
        told = cells.result(now, done["before"])
        taken_back.put_back(own.pk, was=was, by=self.by, **told)


def _stored(line: Line) -> Any:
    """Give the row of the database that a line shows."""
    shown = line.row
    if isinstance(shown, Told):
        return shown.row
    return shown.result if isinstance(shown, Part) else shown


def was_of(line: Line | None) -> dict[str, Any]:
    """Tell what a row was before a file changed it; nothing where it was not saved."""
    if line is None:
        return {}
    if not isinstance(line.row, Result):
        row = _stored(line)
        return {"pk": row.pk} if row.pk else {}
    own: Measurement = line.row.measurement
    if not own.pk:
        return {}
    return {"pk": own.pk} | {name: getattr(own, name) for name in taken_back.KEPT}
