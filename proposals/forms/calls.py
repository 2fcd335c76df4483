"""Forms of a call for positions: what, whom, by when; and more time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms

from core import clock
from core.dates import DayField
from core.forms import VersionedForm, VersionedModelForm
from proposals.models import PositionCall
from proposals.models.call import DAYS, MOST_DAYS, MOST_WORDS
from proposals.services.calls import PAST

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from accounts.models import Municipality
    from proposals.queries.record_lines import RecordLine


class PicksField(forms.TypedMultipleChoiceField):
    """Several rows by their ids, as check boxes, in the order of the list."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(coerce=int, **kwargs)

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Tell whether other rows are picked."""
        return {str(pk) for pk in initial or ()} != {str(pk) for pk in data or ()}

    def clean(self, value: Any) -> list[int]:
        """Give the ids in the list's order, so that two who pick alike are alike."""
        picked = set(super().clean(value))
        order: Any = self.choices
        return [int(pk) for pk, _ in order if int(pk) in picked]


class DaysField(forms.IntegerField):
    """So many days before its day that the portal reminds of a call."""

    widget = forms.NumberInput(attrs={"class": "form-input form-input--short"})

    def __init__(self, **kwargs: Any) -> None:
        own: dict[str, Any] = {
            "label": "Påmindelse, dage før fristen",
            "min_value": 0,
            "max_value": MOST_DAYS,
            "initial": DAYS,
            "help_text": "Portalen minder selv dem, der mangler svar. 0: den gør det ikke.",
            "error_messages": {
                "required": "Skriv antal dage, eller 0.",
                "invalid": "Skriv et helt tal.",
                "min_value": "Skriv 0 eller mere.",
                "max_value": MOST_WORDS,
            },
        }
        super().__init__(**own | kwargs)


class CallForm(VersionedModelForm[PositionCall]):
    """What the municipalities are asked; all of them about all, until one says otherwise."""

    records = PicksField(
        label="Hvad skal der svares på?",
        error_messages={
            "required": "Vælg, hvad der skal svares på.",
            "invalid_choice": "Vælg blandt dem på listen.",
        },
    )
    municipalities = PicksField(
        label="Hvem skal svare?",
        error_messages={
            "required": "Vælg, hvem der skal svare.",
            "invalid_choice": "Vælg blandt kommunerne på listen.",
        },
    )
    due_on = DayField(
        label="Svarfrist", error_messages={"required": "Skriv en svarfrist."}
    )
    remind_before = DaysField()

    class Meta:
        model = PositionCall
        fields = ("due_on", "remind_before", "note", "records", "municipalities")
        labels: ClassVar[dict[str, str]] = {"note": "Besked til kommunerne"}
        help_texts: ClassVar[dict[str, str]] = {
            "note": "Står i mailen. Må være tom.",
        }
        widgets: ClassVar[dict[str, forms.Widget]] = {
            "note": forms.Textarea(attrs={"rows": 3})
        }

    field_order = ("due_on", "remind_before", "note", "records", "municipalities")

    def __init__(
        self,
        *args: Any,
        choices: Sequence[RecordLine],
        places: Sequence[Municipality],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        own: Any = self.fields["records"]
        own.choices = [(row.pk, f"{row.number}. {row.title}") for row in choices]
        who: Any = self.fields["municipalities"]
        who.choices = [(row.pk, row.name) for row in places]
        if "version" not in self.fields:
            self.initial["records"] = [row.pk for row in choices]
            self.initial["municipalities"] = [row.pk for row in places]

    def clean_due_on(self) -> date:
        """A day to come."""
        day: date = self.cleaned_data["due_on"]
        if day < clock.today():
            raise forms.ValidationError(PAST)
        return day

    def _post_clean(self) -> None:
        """The service writes the row, and says what it lacks."""


class ReminderForm(VersionedModelForm[PositionCall]):
    """When the portal reminds of a call that was sent."""

    remind_before = DaysField()

    class Meta:
        model = PositionCall
        fields = ("remind_before",)

    def _post_clean(self) -> None:
        """The service writes the row."""


class DeadlineForm(VersionedForm):
    """More time, and why; begins empty, and holds which version of the call was read."""

    due_on = DayField(
        label="Ny svarfrist", error_messages={"required": "Skriv den nye frist."}
    )
    due_reason = forms.CharField(
        label="Hvorfor",
        max_length=300,
        help_text="Står i mailen til dem, der mangler at svare.",
        error_messages={"required": "Skriv hvorfor."},
    )

    together: ClassVar[dict[str, tuple[str, ...]]] = {
        "due_on": ("due_on", "due_reason")
    }
