"""Forms of what a whole contract has: kinds of goals, and documents."""

from __future__ import annotations

from core.dates import DayField
from resultcontracts.forms.fields import OneLine
from resultcontracts.forms.parts.base import PartForm
from resultcontracts.models import (
    GoalKind,
    Paper,
)


class GoalKindForm(PartForm):
    """A kind of goals."""

    name = OneLine(
        label="Ét mål er",
        max_length=80,
        help_text="Fx lokalt.",
        error_messages={"required": "Skriv, hvad ét mål af slagsen er."},
    )
    plural = OneLine(
        label="Flere er",
        max_length=80,
        help_text="Fx lokale.",
        error_messages={"required": "Skriv, hvad flere mål af slagsen er."},
    )
    note = OneLine(label="Hvad det betyder", max_length=200, required=False)

    class Meta:
        model = GoalKind
        fields = ("name", "plural", "note", "needs_method", "needs_reporting")


class PaperForm(PartForm):
    """A document that reports on the contract."""

    name = OneLine(
        label="Navn",
        max_length=120,
        help_text="Fx Notat.",
        error_messages={"required": "Skriv dokumentets navn."},
    )
    note = OneLine(label="Hvad det er", max_length=200, required=False)
    dated = DayField(label="Dato i dokumentet", required=False)
    covers_until = DayField(label="Fortæller til og med", required=False)

    class Meta:
        model = Paper
        fields = ("name", "note", "dated", "covers_until")
