"""The form that takes down what was sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone

from core import clock
from meetings.editions.removable import GROUPS
from meetings.forms.meetings import MOMENTS, MomentField

if TYPE_CHECKING:
    from collections.abc import Iterable

    from meetings.editions.removable import Removable


class WithdrawalForm(forms.Form):
    """What is taken down, and what everybody is told of it."""

    what = forms.ChoiceField(
        label="Hvad skal tages ned?",
        error_messages={
            "required": "Vælg, hvad der skal tages ned.",
            "invalid_choice": "Vælg noget på listen. Det andet er ikke sendt, eller taget ned.",
        },
    )
    title = forms.CharField(
        label="Hvad stod der?",
        max_length=250,
        required=False,
        help_text="Tom: titlen, som den blev sendt. Alle, der kunne læse det, kan læse ordene: skriv andre, hvis titlen selv skal væk.",
    )
    reason = forms.CharField(
        label="Hvorfor?",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Alle, der kunne læse det, kan læse hvorfor. Gentag ikke det, der skal væk.",
        error_messages={"required": "Skriv hvorfor. Alle kan læse det."},
    )
    found_at = MomentField(
        label="Hvornår blev det opdaget?",
        help_text="Fristen på 72 timer til Datatilsynet tæller herfra.",
    )

    def chosen(self) -> Removable:
        """Give what is taken down; of a form that is valid."""
        return self._own[self.cleaned_data["what"]]

    def __init__(
        self, *args: Any, removables: Iterable[Removable], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        choices: Any = self.fields["what"]
        own = list(removables)
        self._own = {each.what: each for each in own}
        grouped = {
            name: [(each.what, each.label) for each in own if each.group == name]
            for name in GROUPS
        }
        choices.choices = [
            ("", "Vælg"),
            *((n, rows) for n, rows in grouped.items() if rows),
        ]
        now = timezone.localtime(clock.now())
        self.fields["found_at"].initial = now.strftime(MOMENTS[0])
        self.fields["found_at"].error_messages["required"] = "Skriv dag og klokkeslæt."

    def clean_found_at(self) -> Any:
        """Nothing is noticed before it happens."""
        moment = self.cleaned_data["found_at"]
        if moment > clock.now():
            raise forms.ValidationError("Tidspunktet er ikke nået endnu.")
        return moment


class LiftingForm(forms.Form):
    """Why something is shown again."""

    reason = forms.CharField(
        label="Hvorfor vises det igen?",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Læses kun af sekretariatet.",
        error_messages={"required": "Skriv, hvorfor det vises igen."},
    )
