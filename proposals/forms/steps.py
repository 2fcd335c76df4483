"""Forms of a step, of one proposal or of many, and of what a list of steps is since."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.validators import URLValidator

from core import clock
from core.dates import DayField
from core.forms import VersionedForm
from core.widgets import LineField
from meetings.models import Meeting
from proposals.choices import Status
from proposals.forms.fields import OneLine, enter_at
from proposals.services.steps import NOT_YET

if TYPE_CHECKING:
    from datetime import date

    from accounts.models import Council
    from proposals.models import Step

FIELDS = ("status", "taken_on", "who", "place", "source", "url", "meeting", "note")


class StepForm(VersionedForm):
    """A step; without a version while it is new."""

    status = forms.ChoiceField(
        label="Status",
        choices=[("", "Vælg"), *Status.choices],
        error_messages={
            "required": "Vælg en status.",
            "invalid_choice": "Vælg en status fra listen.",
        },
    )
    taken_on = DayField(
        label="Dato",
        required=False,
        help_text="Lad feltet være tomt, hvis kilden ikke giver en dato.",
    )
    who = OneLine(label="Hvem", max_length=120, required=False, help_text="Fx KL.")
    place = OneLine(
        label="Hvor",
        max_length=120,
        required=False,
        help_text="Fx Arbejdsmarkeds- og Borgerudvalget.",
    )
    source = OneLine(
        label="Kilde", max_length=200, required=False, help_text="Fx punkt 2.1."
    )
    url = forms.URLField(
        label="Link til kilden",
        max_length=500,
        required=False,
        assume_scheme="https",
        validators=[URLValidator(schemes=["http", "https"])],
        error_messages={"invalid": "Skriv hele adressen, fx https://www.kl.dk/."},
    )
    meeting = forms.ModelChoiceField(
        label="Eller et møde",
        queryset=Meeting.objects.none(),
        required=False,
        empty_label="Intet møde",
        error_messages={"invalid_choice": "Vælg et møde fra listen."},
    )
    note = LineField(label="Bemærkning", max_length=600, required=False)

    # The page that is shown once a new step is written; "": the proposal's.
    goes_to = ""

    def __init__(
        self, *args: Any, council: Council, step: Step | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        own: Any = self.fields["meeting"]
        own.queryset = Meeting.objects.present().filter(council=council)
        own.label_from_instance = _called
        if step is not None:
            names = (*FIELDS, "version")
            self.initial.update({name: getattr(step, name) for name in names})
        enter_at(self, "status")

    def clean_taken_on(self) -> date | None:
        """A new day is one that has come."""
        day: date | None = self.cleaned_data["taken_on"]
        if day and day != self.initial.get("taken_on") and day > clock.today():
            raise forms.ValidationError(NOT_YET)
        return day


def _called(meeting: Any) -> str:
    return str(meeting.name)
