"""Forms of the calls: whom to write to, how long before, a letter to somebody else."""

from __future__ import annotations

from typing import Any, ClassVar, Final

from django import forms

from core.forms import VersionedModelForm
from resultcontracts.models import CallRule, Contact

COUNT: Final = {"required": "Skriv et antal.", "invalid": "Skriv et helt tal."}
_SHORT: Final = {"class": "form-input form-input--short"}


class ContactForm(VersionedModelForm[Contact]):
    """The named person who gets the mails about figures."""

    class Meta:
        model = Contact
        fields = ("name", "email")
        labels: ClassVar[dict[str, str]] = {"name": "Navn", "email": "E-mail"}
        help_texts: ClassVar[dict[str, str]] = {
            "email": "Får ét link pr. møde. Skiftes adressen, holder det gamle link op."
        }
        error_messages: ClassVar[dict[str, dict[str, str]]] = {
            "name": {"required": "Skriv navnet."},
            "email": {
                "required": "Skriv e-mailen.",
                "invalid": "Skriv e-mailen som navn@hus.dk.",
            },
        }

    def _post_clean(self) -> None:
        """The service writes the row."""


class CallRuleForm(VersionedModelForm[CallRule]):
    """How long before a meeting the council calls, and when figures are to be here."""

    class Meta:
        model = CallRule
        fields = ("weeks", "days", "sends_itself", "reply_to")
        labels: ClassVar[dict[str, str]] = {
            "weeks": "Opkald, uger før mødet",
            "days": "Tal, hverdage før udsendelse",
            "sends_itself": "Portalen sender selv opkaldet på dagen",
            "reply_to": "Svar på den mail går til",
        }
        help_texts: ClassVar[dict[str, str]] = {
            "sends_itself": "Uden kryds sender I det selv. Det sendes aldrig to gange.",
            "reply_to": "En e-mail i sekretariatet. Må være tom.",
        }
        widgets: ClassVar[dict[str, forms.Widget]] = {
            "weeks": forms.NumberInput(attrs={**_SHORT, "min": 1, "max": 26}),
            "days": forms.NumberInput(attrs={**_SHORT, "min": 0, "max": 60}),
        }
        error_messages: ClassVar[dict[str, dict[str, str]]] = {
            "weeks": {**COUNT, "min_value": "Skriv 1 eller mere."},
            "days": {**COUNT, "min_value": "Skriv 0 eller mere."},
            "reply_to": {"invalid": "Skriv e-mailen som navn@kommune.dk."},
        }


class LetterForm(forms.Form):
    """A letter to somebody whom the agreement does not make the council's reporter."""

    to = forms.EmailField(
        label="E-mail",
        error_messages={
            "required": "Skriv, hvem brevet skal til.",
            "invalid": "Skriv e-mailen som navn@sted.dk.",
        },
    )
    subject = forms.CharField(
        label="Emne", max_length=300, error_messages={"required": "Skriv et emne."}
    )
    body = forms.CharField(
        label="Brevet",
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 12}),
        error_messages={"required": "Skriv brevet."},
    )

    @property
    def values(self) -> dict[str, Any]:
        """The service's keywords."""
        return dict(self.cleaned_data)


class ReopenForm(forms.Form):
    """Why an approval is taken back."""

    why = forms.CharField(
        label="Hvorfor fortrydes godkendelsen?",
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": "Skriv, hvorfor godkendelsen fortrydes.",
            "max_length": "Skriv højst 400 tegn.",
        },
    )


class ReturnForm(forms.Form):
    """Why an answer is sent back."""

    reason = forms.CharField(
        label="Hvorfor sendes det retur?",
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": "Skriv, hvorfor tallet sendes retur.",
            "max_length": "Skriv højst 400 tegn.",
        },
    )
