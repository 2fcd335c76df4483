"""The form of another number."""

from __future__ import annotations

from django import forms

from proposals.forms.fields import NumberField
from proposals.numbers import SHIFT, SWAP


class RenumberForm(forms.Form):
    """Which number a record shall have, and what becomes of the one that has it."""

    til = NumberField()
    maade = forms.ChoiceField(
        label="Hvis et andet har nummeret",
        choices=[(SHIFT, "Skub de andre én plads"), (SWAP, "Byt numre med det")],
        widget=forms.RadioSelect,
        required=False,
        error_messages={"invalid_choice": "Vælg, hvad der skal ske med det andet."},
    )

    def clean_maade(self) -> str:
        """Make room where nothing is chosen."""
        return self.cleaned_data["maade"] or SHIFT
