"""Forms of a meeting's life: steps, announcements, deadlines, items taken on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.db.models import Q

from core import clock
from core.dates import SHORT, DayField
from core.forms import VersionedModelForm
from meetings.choices import Fate
from meetings.models import DeadlineRule, Meeting
from meetings.models.meeting import OPEN_STATES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from accounts.models import User

COUNT_ERROR = {
    "required": "Skriv et antal hverdage.",
    "invalid": "Skriv et helt tal.",
    "min_value": "Skriv 0 eller mere.",
}

WAYS = (
    ("copy", "Kopiér det: punktet bliver også stående her"),
    ("carry", "Flyt det"),
)


class CountInput(forms.NumberInput):
    """A small whole number."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({**SHORT, "min": 0, "max": 90, **(attrs or {})})


class DeadlineRuleForm(VersionedModelForm[DeadlineRule]):
    """How many working days before a meeting each deadline is."""

    class Meta:
        model = DeadlineRule
        fields = ("drafts_days", "approval_days", "sending_days")
        widgets: ClassVar[dict[str, type[forms.Widget]]] = {
            "drafts_days": CountInput,
            "approval_days": CountInput,
            "sending_days": CountInput,
        }
        labels: ClassVar[dict[str, str]] = {
            "drafts_days": "Udkast til sager, hverdage før mødet",
            "approval_days": "Godkendelse hos formanden, hverdage før mødet",
            "sending_days": "Udsendelse, hverdage før mødet",
        }
        error_messages: ClassVar[dict[str, dict[str, str]]] = {
            "drafts_days": COUNT_ERROR,
            "approval_days": COUNT_ERROR,
            "sending_days": COUNT_ERROR,
        }


class StepForm(forms.Form):
    """A step of a meeting, and why."""

    reason = forms.CharField(
        label="Hvorfor?",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class VersionForm(forms.Form):
    """Why a sent meeting gets one more version; everybody reads it."""

    reason = forms.CharField(
        label="Grund",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="En sætning. Alle kan læse den, når versionen er sendt.",
        error_messages={"required": "Skriv hvorfor. Alle kan læse det."},
    )


class UnapprovedForm(forms.Form):
    """That a packet is sent without the chairman's word, and why."""

    without = forms.BooleanField(label="Send uden godkendelse, fordi", required=False)
    because = forms.CharField(label="Begrundelse", max_length=500, required=False)

    def clean(self) -> dict[str, Any]:
        """A tick has its reason, and a reason its tick."""
        own = super().clean() or self.cleaned_data
        if own.get("without") and not own.get("because"):
            self.add_error("because", "Skriv hvorfor.")
        if own.get("because") and not own.get("without"):
            self.add_error("because", "Sæt hak ved begrundelsen, eller slet den.")
        return own


class FateForm(forms.Form):
    """What is announced of a sent meeting or item; who reads that, reads the reason."""

    fate = forms.ChoiceField(
        label="Hvad er sket?",
        widget=forms.RadioSelect,
        error_messages={"required": "Vælg, hvad der er sket."},
    )
    to_day = DayField(
        label="Ny dato",
        required=False,
        help_text="Kun hvis det er udsat, og dagen er kendt.",
    )
    reason = forms.CharField(
        label="Hvorfor?",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Alle kan læse det.",
        error_messages={"required": "Skriv hvorfor. Alle kan læse det."},
    )

    def __init__(
        self, *args: Any, fates: Iterable[Fate], is_closed: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        choices: Any = self.fields["fate"]
        choices.choices = [(fate.value, fate.label) for fate in fates]
        if is_closed:
            own = self.fields["reason"]
            own.help_text = "De, der må læse punktet, kan læse det."
            own.error_messages["required"] = "Skriv hvorfor."

    def clean(self) -> dict[str, Any]:
        """Only what is postponed has a new day."""
        own = super().clean() or self.cleaned_data
        if own.get("to_day") and own.get("fate") != Fate.POSTPONED:
            self.add_error("to_day", "Kun det, der er udsat, har en ny dato.")
        return own


class CopyForm(forms.Form):
    """Where an item goes, and whether it stays as well."""

    to = forms.ModelChoiceField(
        label="Til hvilket møde?",
        queryset=Meeting.objects.none(),
        empty_label=None,
        error_messages={
            "required": "Vælg et møde.",
            "invalid_choice": "Vælg et af møderne.",
        },
    )
    way = forms.ChoiceField(
        label="Hvordan?", choices=WAYS, widget=forms.RadioSelect, initial="copy"
    )

    def __init__(self, *args: Any, meeting: Meeting, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Meeting.objects.visible_to(user).filter(council=meeting.council_id)
        own: Any = self.fields["to"]
        own.queryset = (
            rows.filter(Q(state__in=OPEN_STATES) | Q(is_revising=True))
            .filter(held_on__gte=clock.today())
            .exclude(pk=meeting.pk)
            .distinct()
            .order_by("held_on", "pk")
        )
        own.label_from_instance = lambda row: row.name
