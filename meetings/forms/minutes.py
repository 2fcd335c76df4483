"""Forms of minutes: decisions, answers before the meeting, who was there, tasks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms

from core.forms import VersionedModelForm
from core.widgets import LineField, RichTextField
from meetings.choices import Outcome, Presence
from meetings.forms.agenda import DayField
from meetings.models import Decision, FollowUp
from meetings.services.attendance import Mark

if TYPE_CHECKING:
    from collections.abc import Mapping

    from meetings.minutes.value import Seat, Written

LONG_ANSWER = {"rows": 4}


class DecisionForm(VersionedModelForm[Decision]):
    """What became of an item."""

    together: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "minority": ("minority", "minority_by")
    }

    outcome = forms.ChoiceField(
        label="Udfald",
        choices=Outcome,
        widget=forms.RadioSelect,
        error_messages={"required": "Vælg, hvad der skete med punktet."},
    )
    text = RichTextField(label="Beslutning", required=False)
    minority = RichTextField(
        label="Mindretalsudtalelse",
        required=False,
        help_text="Kun hvis nogen ville have deres mening ført til referat.",
    )

    class Meta:
        model = Decision
        fields = ("outcome", "text", "minority", "minority_by")
        field_classes: ClassVar[dict[str, type[forms.Field]]] = {
            "minority_by": LineField
        }
        labels: ClassVar[dict[str, str]] = {"minority_by": "Hvem står bag den?"}

    def clean(self) -> dict[str, Any]:
        """A decision has words; so has a minority, and a name."""
        own = super().clean() or self.cleaned_data
        if own.get("minority") and not own.get("minority_by"):
            self.add_error("minority_by", "Skriv, hvem der står bag udtalelsen.")
        if own.get("outcome") and not own.get("text") and "text" not in self.errors:
            self.add_error("text", "Skriv, hvad der blev besluttet.")
        return own


class AnswerBeforeForm(VersionedModelForm[Decision]):
    """An answer that was given before the meeting."""

    answer = forms.CharField(
        label="Hvad blev der svaret?",
        max_length=2000,
        widget=forms.Textarea(attrs=LONG_ANSWER),
        error_messages={"required": "Skriv, hvad der blev svaret."},
    )
    answered_by = forms.CharField(
        label="Hvem svarede?",
        max_length=120,
        help_text="Fx: Formanden, efter høring af medlemmerne.",
        error_messages={"required": "Skriv, hvem der svarede."},
    )
    answered_on = DayField(
        label="Hvornår?",
        error_messages={
            "required": "Skriv, hvornår der blev svaret.",
            "invalid": "Skriv datoen som dag, måned og år, fx 14.11.2023.",
        },
    )

    class Meta:
        model = Decision
        fields = ("answer", "answered_by", "answered_on")


class FollowUpForm(VersionedModelForm[FollowUp]):
    """Something to do, by whom, and until when."""

    text = LineField(
        label="Hvad skal gøres?",
        max_length=300,
        error_messages={"required": "Skriv, hvad der skal gøres."},
    )
    owner = forms.CharField(
        label="Hvem gør det?",
        max_length=120,
        error_messages={"required": "Skriv, hvem der gør det."},
    )
    due_on = DayField(
        label="Frist",
        required=False,
        help_text="Lad feltet stå tomt, hvis ingen har sat en frist.",
    )

    class Meta:
        model = FollowUp
        fields = ("text", "owner", "due_on")


class SeatForm(forms.Form):
    """One member's row: present, apologies or absent, and who came instead.

    ``seen`` and ``seen_substitute`` are what stood when the page was opened.
    """

    presence = forms.ChoiceField(
        widget=forms.RadioSelect,
        required=False,
        choices=[*Presence.choices, ("", "Ikke skrevet")],
    )
    substitute = forms.TypedChoiceField(
        label="Stedfortræder", coerce=int, required=False, empty_value=None
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=8)
    seen_substitute = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, seat: Seat, own: Written, **kwargs: Any) -> None:
        self.seat = seat
        self.theirs = ""
        stood = seat.row.substitute_id if seat.row else None
        kwargs["prefix"] = f"medlem-{seat.member.pk}"
        kwargs["initial"] = {
            "presence": seat.presence,
            "substitute": stood,
            "seen": seat.presence,
            "seen_substitute": stood,
        }
        super().__init__(*args, **kwargs)
        self.fields["presence"].label = seat.member.name
        names = [(row.pk, row.name) for row in own.substitutes]
        field: Any = self.fields["substitute"]
        field.choices = [("", "Ingen"), *names]
        if not names:
            del self.fields["substitute"]

    def clean(self) -> dict[str, Any]:
        """Nobody comes in the stead of somebody who is there."""
        own = super().clean() or self.cleaned_data
        if own.get("substitute") and own.get("presence") in {"", Presence.PRESENT}:
            words = "Kun den, der ikke er til stede, har en stedfortræder."
            self.add_error("substitute", words)
        return own

    @property
    def mark(self) -> Mark:
        """What the user says; of a valid form."""
        own = self.cleaned_data
        return Mark(own["presence"], own.get("substitute"))

    @property
    def was(self) -> Mark:
        """What stood when the page was opened; of a valid form."""
        own = self.cleaned_data
        return Mark(own["seen"], own["seen_substitute"])


def seat_forms(data: Any, own: Written) -> tuple[SeatForm, ...]:
    """Give a form a member."""
    return tuple(SeatForm(data, seat=seat, own=own) for seat in own.seats)
