"""Forms of a goal, who reports on it, and what was noticed."""

from __future__ import annotations

from typing import Any, Final

from django import forms

from resultcontracts.choices import Status
from resultcontracts.forms.fields import OneLine
from resultcontracts.forms.parts.base import PartForm
from resultcontracts.models import (
    Goal,
    GoalKind,
    Remark,
    ReportingLine,
)

LONG: Final = {"rows": 4}


class GoalForm(PartForm):
    """A goal with its texts, and what its reporter says of it."""

    number = forms.IntegerField(
        label="Nummer",
        min_value=1,
        max_value=999,
        widget=forms.NumberInput(attrs={"class": "form-input form-input--short"}),
        error_messages={"required": "Skriv målets nummer."},
    )
    title = OneLine(
        label="Titel",
        max_length=200,
        error_messages={"required": "Skriv målets titel."},
    )
    requirement = OneLine(
        label="Krav på tværs af målepunkterne",
        max_length=200,
        required=False,
        help_text="Fx Kontrakten kræver måltallet i hvert segment.",
    )
    reported_as = OneLine(
        label="Med indberetterens eget ord", max_length=40, required=False
    )
    reported_note = OneLine(label="Om indberetningen", max_length=400, required=False)

    class Meta:
        model = Goal
        fields = (
            "number", "kind", "title", "purpose", "text", "method", "method_year",
            "is_method_inferred", "reporting", "requirement", "follows", "reported",
            "reported_as", "is_implied", "reported_note",
        )  # fmt: skip
        widgets = dict.fromkeys(
            ("purpose", "text", "method", "reporting"), forms.Textarea(attrs=LONG)
        )

    def prepare(self) -> None:
        """Its kind and the goal it follows are the contract's."""
        kind: Any = self.fields["kind"]
        kind.queryset = GoalKind.objects.filter(contract=self.contract)
        kind.empty_label = None
        follows: Any = self.fields["follows"]
        rows = Goal.objects.filter(contract=self.contract)
        follows.queryset = rows.exclude(pk=self.instance.pk)
        follows.empty_label = "Intet; målet har egne målepunkter"
        reported: Any = self.fields["reported"]
        reported.choices = [("", "Ingen konklusion"), *Status.choices]
        self.fields["is_implied"].label = "Konklusionen er underforstået"


class ReportingLineForm(PartForm):
    """Who reports to whom."""

    sender = OneLine(
        label="Hvem",
        max_length=120,
        error_messages={"required": "Skriv, hvem der rapporterer."},
    )
    receivers = OneLine(
        label="Til hvem",
        max_length=200,
        error_messages={"required": "Skriv, hvem der får rapporten."},
    )
    frequency = OneLine(label="Hvor tit", max_length=120, required=False)
    subject = OneLine(label="Om hvad", max_length=120, required=False)

    class Meta:
        model = ReportingLine
        fields = ("sender", "receivers", "frequency", "subject", "is_inferred")


class RemarkForm(PartForm):
    """A remark on a goal's sources."""

    text = OneLine(
        label="Bemærkning",
        max_length=400,
        error_messages={"required": "Skriv bemærkningen."},
    )

    class Meta:
        model = Remark
        fields = ("text",)
