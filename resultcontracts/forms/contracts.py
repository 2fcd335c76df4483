"""Forms of a contract, and of the next year's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from accounts.models import Organisation
from core.dates import DayField
from core.forms import VersionedModelForm
from resultcontracts.forms.fields import OneLine
from resultcontracts.models import Contract

if TYPE_CHECKING:
    from accounts.models import Council

YEAR = {
    "required": "Skriv året.",
    "invalid": "Skriv et årstal med fire cifre.",
    "min_value": "Skriv et årstal med fire cifre.",
    "max_value": "Skriv et årstal med fire cifre.",
}


def year_field() -> forms.IntegerField:
    """A year of four digits."""
    return forms.IntegerField(
        label="År",
        min_value=1990,
        max_value=2200,
        error_messages=YEAR,
        widget=forms.NumberInput(attrs={"class": "form-input form-input--short"}),
    )


class ContractForm(VersionedModelForm[Contract]):
    """What a contract says of itself."""

    title = OneLine(
        label="Titel",
        max_length=120,
        error_messages={"required": "Skriv kontraktens titel."},
    )
    year = year_field()
    parties = OneLine(
        label="Parter",
        max_length=300,
        help_text="Fx Erhvervshus Sjælland og KKR Sjælland.",
        error_messages={"required": "Skriv, hvem der har indgået den."},
    )
    framework = OneLine(label="Rammeaftale", max_length=300, required=False)
    summary = OneLine(label="Om kontrakten", max_length=600, required=False)
    locked_until = DayField(
        label="Låst til og med",
        required=False,
        help_text=(
            "Målinger for tiden til og med den dag kan kun rettes som en rettelse, "
            "der beholder det gamle tal."
        ),
    )

    class Meta:
        model = Contract
        fields = (
            "title", "year", "house", "parties", "framework", "summary", "state",
            "locked_until",
        )  # fmt: skip

    def __init__(self, *args: Any, council: Council, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.council = council
        house: Any = self.fields["house"]
        house.queryset = Organisation.objects.order_by("name")
        house.empty_label = "Vælg den, der indberetter"
        house.error_messages = {
            **house.error_messages,
            "required": "Vælg den, der indberetter.",
        }
        if not self.instance.pk:
            del self.fields["state"]


class NextYearForm(forms.Form):
    """Which year last year's contract is carried on to."""

    year = year_field()
    title = OneLine(
        label="Titel",
        max_length=120,
        error_messages={"required": "Skriv kontraktens titel."},
    )

    @property
    def values(self) -> dict[str, Any]:
        """The service's keywords."""
        return dict(self.cleaned_data)
