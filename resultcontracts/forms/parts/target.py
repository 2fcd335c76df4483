"""The form of a target: one number or two, given or reckoned.

Source: docs/rules.md R-114, R-127.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

from core.dates import DayField
from core.formats import number
from resultcontracts.choices import Operator, TargetRule
from resultcontracts.forms.fields import NumberField, OneLine
from resultcontracts.forms.parts.base import PartForm
from resultcontracts.models import (
    TargetRevision,
)
from resultcontracts.standing.targets import growth_over, points_over


def _said(value: Decimal) -> str:
    return number(Decimal(f"{value.normalize():f}"))


class TargetForm(PartForm):
    """A target from a day on; one that is reckoned is reckoned by the portal too."""

    low = NumberField(label="Måltal", error_messages={"required": "Skriv måltallet."})
    high = NumberField(
        label="Til", required=False, help_text="Kun hvor måltallet er mellem to tal."
    )
    baseline = NumberField(label="Udgangspunkt", required=False)
    baseline_of = OneLine(label="Udgangspunktet er fra", max_length=60, required=False)
    added = NumberField(
        label="Tillæg",
        required=False,
        help_text="I point eller pct., som reglen siger.",
    )
    wording = OneLine(label="Med aftalens ord", max_length=200, required=False)
    since = DayField(
        label="Gælder fra",
        required=False,
        help_text="Tomt: kontraktens eget måltal.",
    )
    reason = OneLine(label="Hvorfor", max_length=300, required=False)
    decided_by = OneLine(label="Besluttet af", max_length=200, required=False)

    class Meta:
        model = TargetRevision
        fields = (
            "operator", "low", "high", "rule", "baseline", "baseline_of", "added",
            "wording", "since", "reason", "decided_by", "meeting",
        )  # fmt: skip

    def prepare(self) -> None:
        """A meeting is the council's own."""
        meeting: Any = self.fields["meeting"]
        rows = meeting.queryset.filter(council=self.contract.council_id)
        meeting.queryset = rows.present()
        meeting.empty_label = "Intet møde"
        if self.instance.pk and self.instance.low == self.instance.high:
            self.initial["high"] = None

    def clean(self) -> dict[str, Any]:
        """A range has two ends, a reckoned target its parts, a changed one its reason."""
        own = super().clean() or self.cleaned_data
        low, high = own.get("low"), own.get("high")
        is_range = own.get("operator") == Operator.BETWEEN
        if low is None:
            return own
        if high is None and is_range:
            self.add_error("high", "Skriv begge tal, når måltallet er mellem to.")
        elif high is not None and not is_range and high != low:
            self.add_error("high", "Kun ”mellem” har to tal.")
        own["high"] = low if high is None else high
        if own["high"] < low:
            self.add_error("high", "Det første tal skal være det mindste.")
        if own.get("since") and not own.get("reason"):
            self.add_error("reason", "Skriv, hvorfor måltallet er ændret.")
        self._reckon(own, low)
        return own

    @property
    def values(self) -> dict[str, Any]:
        """What the service writes; one number is both ends."""
        return {**super().values, "high": self.cleaned_data["high"]}

    def _reckon(self, own: dict[str, Any], low: Decimal) -> None:
        rule = own.get("rule")
        if rule == TargetRule.FIXED or not rule:
            return
        baseline, added = own.get("baseline"), own.get("added")
        if baseline is None or added is None:
            name = "baseline" if baseline is None else "added"
            self.add_error(name, "Skriv det, måltallet er udledt af.")
            return
        reckon = points_over if rule == TargetRule.POINTS else growth_over
        found = reckon(*(Fraction(each) for each in (baseline, added)))
        if found != Fraction(low):
            word = "point" if rule == TargetRule.POINTS else "pct."
            made = number(Decimal(found.numerator) / Decimal(found.denominator))
            self.add_error(
                "low",
                f"{_said(baseline)} og {_said(added)} {word} giver {made}, "
                f"men du skrev {_said(low)}. Ret det ene.",
            )
