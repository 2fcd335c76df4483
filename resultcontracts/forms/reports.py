"""The form of a goal's report: its text, with references to results.

Source: docs/rules.md R-138.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast

from django import forms

from core.forms import VersionedForm
from resultcontracts.contradictions.prose import unknown_references

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import QueryDict

    from resultcontracts.queries.contracts import GoalRow

LONGEST: Final = 8_000
# What the control that inserts a reference posts: the button, and what is chosen.
INSERT, CHOSEN = "indsaet", "henvisning"


class ReportForm(VersionedForm):
    """What a report says of one goal.

    Attributes:
        offered: measures that can be referred to: label, and how it is chosen.
    """

    report = forms.CharField(
        label="Rapportens ord",
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=(
            "Skriv [[3.1]], hvor resultatet af målepunkt 3.1 skal stå. Så følger teksten "
            "tallet."
        ),
    )
    into: Final = "report"

    def __init__(
        self,
        *args: Any,
        goal: GoalRow,
        labels: Sequence[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.initial.update(version=goal.row.version, report=goal.row.report)
        self.offered = labels

    @property
    def insert_id(self) -> str:
        """The DOM id of the control."""
        return f"{self['report'].id_for_label}-henvisning"

    @property
    def inserts(self) -> bool:
        """The button was pressed: nothing is saved, and nothing is judged."""
        return self.is_bound and INSERT in self.data

    def insert(self) -> None:
        """Put the chosen reference at the end of the text, as it was sent."""
        self._errors = cast("Any", {})
        label = str(self.data.get(CHOSEN, ""))
        if label in dict(self.offered):
            data = cast("QueryDict", self.data).copy()
            text = str(data.get("report", "")).rstrip()
            data["report"] = f"{text} [[{label}]]".strip()
            self.data = data

    def clean_report(self) -> str:
        """Refuse a reference to a measure that there is not."""
        text = str(self.cleaned_data["report"]).replace("\r\n", "\n").strip()
        unknown = unknown_references(text, frozenset(dict(self.offered)))
        if unknown:
            raise forms.ValidationError(
                [f"Der er ikke noget målepunkt {label}." for label in unknown]
            )
        return text
