"""Forms of a measure, of a verdict on it, and of what was done for it."""

from __future__ import annotations

from typing import Any

from django import forms

from core.dates import DayField
from resultcontracts.choices import Status
from resultcontracts.forms.fields import LabelsField, OneLine
from resultcontracts.forms.parts.base import PartForm
from resultcontracts.models import (
    Activity,
    Measure,
    Verdict,
)


class MeasureForm(PartForm):
    """What a goal is measured by, and the words it is told with."""

    label = OneLine(
        label="Nummer",
        max_length=8,
        help_text="Fx 3.1.",
        error_messages={"required": "Skriv målepunktets nummer."},
    )
    name = OneLine(
        label="Navn",
        max_length=200,
        error_messages={"required": "Skriv, hvad der måles."},
    )
    unit = OneLine(
        label="Enhed", max_length=60, required=False, help_text="Fx pct. eller forløb."
    )
    phrase = OneLine(
        label="Ordlyd i sætningen",
        max_length=120,
        required=False,
        help_text="Med {} dér, hvor tallet skal stå, fx drift {} pct.",
    )
    remark = OneLine(
        label="Bemærkning efter sætningen",
        max_length=200,
        required=False,
        help_text="En sætning uden punktum.",
    )
    due_on = DayField(label="Måles senest", required=False)
    sums = LabelsField(
        label="Lægges sammen af",
        required=False,
        help_text="Målepunkter i kontrakten, fx 9.1, 9.2. Tomt: det har sit eget tal.",
    )

    class Meta:
        model = Measure
        fields = (
            "label", "name", "kind", "unit", "segment", "phrase", "remark", "due_name",
            "due_on", "due_is_year", "counts", "sums", "question", "population",
            "counted_answer", "measured_by", "is_asked_for", "data_source", "note",
            "rank", "blocked_by", "same_as",
        )  # fmt: skip

    def clean_phrase(self) -> str:
        """The number has a place in the words."""
        phrase: str = self.cleaned_data["phrase"]
        if phrase and "{}" not in phrase:
            raise forms.ValidationError("Skriv {} dér, hvor tallet skal stå.")
        return phrase

    def clean_sums(self) -> list[str]:
        """Each part is another measure of the contract."""
        labels: list[str] = self.cleaned_data["sums"]
        rows = Measure.objects.filter(goal__contract=self.contract)
        known = set(rows.exclude(pk=self.instance.pk).values_list("label", flat=True))
        unknown = [label for label in labels if label not in known]
        if unknown:
            raise forms.ValidationError(
                f"{unknown[0]} er ikke et andet målepunkt i kontrakten."
            )
        return labels


class VerdictForm(PartForm):
    """What a person decides of a measure that no number tells."""

    status = forms.ChoiceField(label="Status", choices=Status)
    reason = OneLine(
        label="Hvad vurderingen bygger på",
        max_length=400,
        error_messages={"required": "Skriv, hvad vurderingen bygger på."},
    )
    given_on = DayField(
        label="Gælder fra", error_messages={"required": "Skriv datoen."}
    )
    decided_by = OneLine(label="Afgjort af", max_length=150, required=False)

    class Meta:
        model = Verdict
        fields = (
            "status", "is_under_way", "is_assessable", "reason", "given_on",
            "decided_by",
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """What is under way waits, and what cannot be judged is undecided."""
        own = super().clean() or self.cleaned_data
        status = own.get("status")
        if own.get("is_under_way") and status != Status.PENDING:
            words = f"Det, der er i gang, er ”{Status.PENDING.label}”."
            self.add_error("status", words)
        if own.get("is_assessable") is False and status != Status.UNDECIDED:
            words = f"Det, der ikke kan bedømmes, er ”{Status.UNDECIDED.label}”."
            self.add_error("status", words)
        return own


class ActivityForm(PartForm):
    """What was done for a measure, or instead of it."""

    text = OneLine(
        label="Hvad",
        max_length=300,
        error_messages={"required": "Skriv, hvad der er gjort."},
    )
    places = OneLine(
        label="Hvor",
        max_length=300,
        required=False,
        help_text="Kommuner og byer, fx Køge, Næstved.",
    )

    class Meta:
        model = Activity
        fields = ("kind", "text", "places")
