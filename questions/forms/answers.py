"""Forms of an answer: given for one's own place, or written down for somebody."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms

from core import clock
from core.dates import DayField
from core.forms import VersionedModelForm
from core.widgets import LineField
from questions.choices import AnswerWay
from questions.models import Recipient

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

WAYS = [("", "Vælg"), *AnswerWay.choices]
GIVEN_BY = "Navn og funktion, fx: Anna Holm, chefkonsulent."
WHO = {"required": "Skriv, hvem der svarede."}
WAY = {"required": "Vælg, hvordan svaret kom."}
DAY = {
    "required": "Skriv, hvornår der blev svaret.",
    "invalid": "Skriv datoen som dag, måned og år, fx 22.11.2023.",
}
AHEAD = "Vælg dagen i dag eller en, der er gået."


class AnswerForm(VersionedModelForm[Recipient]):
    """One answer: a choice and a remark, or words alone. Needs the row's question loaded."""

    together: ClassVar[Mapping[str, tuple[str, ...]]] = {"choice": ("choice", "reply")}

    choice = forms.ChoiceField(
        label="Svar",
        widget=forms.RadioSelect,
        error_messages={
            "required": "Vælg et svar.",
            "invalid_choice": "Vælg et af svarene.",
        },
    )

    class Meta:
        model = Recipient
        fields = ("choice", "reply")
        widgets: ClassVar[dict[str, forms.Widget]] = {
            "reply": forms.Textarea(attrs={"rows": 2})
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        given = self.instance.question.choices
        reply = self.fields["reply"]
        if given:
            choices: Any = self.fields["choice"]
            choices.choices = [(one, one) for one in given]
            reply.label, reply.required = "Bemærkning (kan udelades)", False
        else:
            del self.fields["choice"]
            self.together = {}  # type: ignore[misc]  # of this form alone
            reply.label, reply.required = "Svar", True
            reply.error_messages["required"] = "Skriv et svar."
            reply.widget.attrs["rows"] = 4


class RecordForm(AnswerForm):
    """An answer that came by mail or telephone, with who gave it and when."""

    way = forms.ChoiceField(
        label="Hvordan kom svaret?", choices=WAYS, error_messages=WAY
    )
    given_by = LineField(
        label="Hvem svarede?", max_length=120, help_text=GIVEN_BY, error_messages=WHO
    )
    given_on = DayField(label="Hvornår?", error_messages=DAY)

    class Meta(AnswerForm.Meta):
        fields = ("choice", "reply", "way", "given_by", "given_on")  # type: ignore[assignment]

    def clean_given_on(self) -> date:
        """A day that has come."""
        return _not_ahead(self.cleaned_data["given_on"])


def _not_ahead(day: date) -> date:
    if day > clock.today():
        raise forms.ValidationError(AHEAD)
    return day
