"""Forms of a municipality's own agreement with the house, and of its budget.

Source: docs/rules.md R-164.
"""

from __future__ import annotations

from typing import Any, Final

from django import forms

from core.dates import DayField
from resultcontracts.forms.fields import NumberField, OneLine
from resultcontracts.forms.parts.base import PartForm
from resultcontracts.models import BudgetLine, LocalAgreement

WHOLE_YEAR: Final = 100


class AgreementForm(PartForm):
    """An agreement; what is not told stays empty, and is said to be."""

    title = OneLine(
        label="Titel",
        max_length=120,
        help_text="Fx Lokal samarbejdsaftale om iværksætteri.",
        error_messages={"required": "Skriv aftalens titel."},
    )
    period_name = OneLine(
        label="Løber",
        max_length=80,
        help_text="Fx 1. juli 2020 til 31. december 2021.",
        error_messages={"required": "Skriv, hvornår aftalen løber."},
    )
    ends_on = DayField(label="Slutter", required=False)
    amount = NumberField(label="Beløb i alt, kr.", required=False, places=2, least=0)
    spent_name = OneLine(
        label="Forbrug i", max_length=80, required=False, help_text="Fx 1. halvår 2021."
    )
    part_of_year = NumberField(
        label="Del af året, der er gået, pct.",
        required=False,
        places=1,
        least=0,
        help_text="Fx 50 for et halvt år.",
    )
    source = OneLine(label="Kilde", max_length=200, required=False)
    extended = OneLine(
        label="Forlænget", max_length=120, required=False, help_text="Fx til 2022."
    )

    told = OneLine(label="Hvad kilden siger", max_length=600, required=False)
    evaluation = OneLine(
        label="Evaluering",
        max_length=300,
        required=False,
        help_text="Tomt: ikke udfyldt.",
    )

    class Meta:
        model = LocalAgreement
        fields = (
            "municipality", "title", "period_name", "ends_on", "amount", "spent_name",
            "part_of_year", "source", "told", "extended", "evaluation",
        )  # fmt: skip

    def prepare(self) -> None:
        """A municipality is the council's own."""
        own: Any = self.fields["municipality"]
        own.queryset = own.queryset.filter(council=self.contract.council_id)
        own.empty_label = "Vælg kommunen"

    def clean_part_of_year(self) -> Any:
        """No more of a year can be gone than all of it."""
        part = self.cleaned_data["part_of_year"]
        if part is not None and part > WHOLE_YEAR:
            raise forms.ValidationError("Der kan højst være gået 100 pct. af året.")
        return part


class BudgetLineForm(PartForm):
    """A post of its budget; what is not told is no 0."""

    name = OneLine(
        label="Post",
        max_length=80,
        help_text="Fx projektleder.",
        error_messages={"required": "Skriv, hvad posten er."},
    )
    budget = NumberField(label="Årets budget, kr.", required=False, places=2, least=0)
    spent = NumberField(
        label="Brugt, kr.",
        required=False,
        places=2,
        least=0,
        help_text="Tomt: ikke oplyst. Skriv 0, hvis der intet er brugt.",
    )

    class Meta:
        model = BudgetLine
        fields = ("name", "budget", "spent", "is_total")
        help_texts = {  # noqa: RUF012 -- Django's own form of it
            "is_total": "Posten er summen af de andre. Kun én kan være det."
        }
