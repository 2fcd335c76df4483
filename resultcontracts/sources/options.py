"""What is chosen of a contract to be printed; cleaned data are plain and short.

Source: docs/rules.md R-139.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final, cast

from django import forms

from accounts.models import Municipality
from core.dates import DayField
from resultcontracts.models import Contract, Goal
from resultcontracts.sources.goals import ANSWERS, CHARTS, MEASURES, PROSE

if TYPE_CHECKING:
    from accounts.models import Council

_LABELS: Final = {
    CHARTS: "Diagrammer",
    PROSE: "Rapportens ord",
    ANSWERS: "Modsigelser og svar",
    MEASURES: "Alle målepunkter bagerst",
}
OF_ANOTHER: Final = "Målet er ikke i den kontrakt, du har valgt."


class WhichContract(forms.Form):
    """Which of a council's contracts; the cleaned value is its id.

    ``only``: that one, which may be a draft; nothing of another is chosen, or seen.
    """

    contract = forms.TypedChoiceField(
        label="Kontrakt", coerce=int, error_messages={"required": "Vælg en kontrakt."}
    )

    def __init__(
        self, *args: Any, council: Council, only: Contract | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.only = only
        rows = [only] if only else list(Contract.objects.filter(council=council))
        field = self.choice("contract")
        field.choices = [(row.pk, row.title) for row in rows]
        if rows:
            field.initial = rows[0].pk
        if only:
            self.fields["contract"].widget = forms.HiddenInput()
        if self.initial.get("day"):
            day = read_day(self.initial["day"])
            self.initial = {**self.initial, "day": day}

    def of_readers(self) -> None:
        """Offer nobody words that only those who write them are shown."""
        if "without" in self.fields:
            field = self.choice("without")
            field.choices = [each for each in field.choices if each[0] != PROSE]

    def choice(self, name: str) -> Any:
        """Give a field whose choices are the council's own."""
        return cast("forms.TypedChoiceField", self.fields[name])

    def clean(self) -> dict[str, Any]:
        """Leave out what was not chosen; a day is kept as text."""
        found = super().clean() or self.cleaned_data
        if found.get("day"):
            found["day"] = found["day"].isoformat()
        return {name: value for name, value in found.items() if value}


class DayOptions(WhichContract):
    """Which contract, as it stood on which day."""

    day = DayField(
        label="Som det stod den",
        required=False,
        help_text="Tom: som det står, når bilaget dannes.",
    )


def _without(*names: str) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label="Udelad",
        required=False,
        choices=[(name, _LABELS[name]) for name in names],
        widget=forms.CheckboxSelectMultiple,
    )


class ReportOptions(DayOptions):
    """The whole report, and what is left out of it."""

    without = _without(CHARTS, PROSE, ANSWERS, MEASURES)


class GoalOptions(DayOptions):
    """One goal; the cleaned value is its key."""

    goal = forms.ChoiceField(
        label="Mål",
        error_messages={"required": "Vælg et mål.", "invalid_choice": "Vælg et mål."},
    )
    without = _without(CHARTS, PROSE, ANSWERS)

    field_order = ("contract", "goal", "day", "without")

    def __init__(self, *args: Any, council: Council, **kwargs: Any) -> None:
        super().__init__(*args, council=council, **kwargs)
        rows = Goal.objects.filter(contract__council=council).select_related("contract")
        if self.only:
            rows = rows.filter(contract=self.only)
        own = list(rows.order_by("-contract__year", "contract_id", "number"))
        self._of = {(row.contract_id, row.key) for row in own}
        named: dict[str, list[str]] = {}
        for row in own:
            called = f"Mål {row.number}" if self.only else str(row)
            name = f"{called} · {row.title}"
            named.setdefault(row.key, [])
            if name not in named[row.key]:
                named[row.key].append(name)
        self.choice("goal").choices = [
            ("", "Vælg et mål"),
            *((key, " / ".join(names)) for key, names in named.items()),
        ]

    def clean(self) -> dict[str, Any]:
        """Refuse a goal of another contract."""
        found = super().clean()
        contract, goal = found.get("contract"), found.get("goal")
        if contract and goal and (contract, goal) not in self._of:
            self.add_error("goal", OF_ANOTHER)
        return found


class MunicipalOptions(WhichContract):
    """One municipality; the cleaned value is its code."""

    municipality = forms.TypedChoiceField(
        label="Kommune", coerce=int, error_messages={"required": "Vælg en kommune."}
    )
    without = _without(CHARTS)

    def __init__(self, *args: Any, council: Council, **kwargs: Any) -> None:
        super().__init__(*args, council=council, **kwargs)
        rows = Municipality.objects.filter(council=council)
        found = [(row.code, row.name) for row in rows]
        self.choice("municipality").choices = [("", "Vælg en kommune"), *found]


class ContradictionOptions(DayOptions):
    """What does not agree: what nobody answered, or all with the answers."""

    which = forms.ChoiceField(
        label="Hvilke",
        required=False,
        choices=[("", "Uden svar"), ("alle", "Alle, med svar")],
        widget=forms.RadioSelect,
    )


def read_day(day: Any) -> Any:
    """Give a day of stored options; None where none was chosen."""
    return date.fromisoformat(day) if isinstance(day, str) and day else day or None
