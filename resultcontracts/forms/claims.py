"""The form of a claim: what a text says, word for word, and of which measure.

Source: docs/rules.md R-119.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar, Final

from django import forms

from core.dates import DayField
from core.forms import VersionedForm
from core.typed import shown
from resultcontracts.choices import Status
from resultcontracts.forms.fields import number_or_sentence

if TYPE_CHECKING:
    from resultcontracts.models import Claim

_PART: Final = re.compile(r"(.{1,80}?)\s*[:=]?\s+([-−]?\d[\d.,]*)")
FIELDS: Final = (
    "place", "quote", "about", "but", "subject", "verdict", "low", "high", "unit",
    "printed", "target", "change", "parts", "day",
)  # fmt: skip


class DanishNumber(forms.CharField):
    """A number as Danes write it; empty is none, and never 0."""

    def __init__(self, label: str, help_text: str = "") -> None:
        super().__init__(
            label=label, required=False, max_length=30, help_text=help_text
        )

    def prepare_value(self, value: Any) -> Any:
        """Write a stored number as it is typed."""
        return self.shown_value(value) if isinstance(value, Decimal) else value

    def clean(self, value: Any) -> Any:
        """Read what was typed."""
        text = super().clean(value)
        return number_or_sentence(text) if text else None

    @staticmethod
    def shown_value(value: Any) -> str:
        """Give a stored number as it is read."""
        if not isinstance(value, Decimal):
            return str(value or "")
        return shown(value)

    said = shown_value


class LabelsField(forms.CharField):
    """Numbers of goals and labels of measures, "3, 13.4a"; kept as a list.

    ``known`` are those there are.
    """

    known: frozenset[str] = frozenset()

    def prepare_value(self, value: Any) -> Any:
        """Write a stored list as it is typed."""
        return self.said(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> Any:
        """Read what was typed.

        Raises:
            ValidationError: the contract has no such goal or measure.
        """
        text = super().clean(value)
        labels = list(dict.fromkeys(re.split(r"[\s,;]+", text.strip()))) if text else []
        labels = [label for label in labels if label]
        if unknown := [label for label in labels if label not in self.known]:
            raise forms.ValidationError(
                [f"Der er hverken et mål eller et målepunkt {x}." for x in unknown]
            )
        return labels

    @staticmethod
    def said(value: Any) -> str:
        """Give the labels in words."""
        return ", ".join(map(str, value or ()))


class PartsField(forms.CharField):
    """What a number is made of: a line a part, "Innobooster 54"; kept as a mapping."""

    widget = forms.Textarea(attrs={"rows": 3})

    def prepare_value(self, value: Any) -> Any:
        """Write stored parts as they are typed."""
        return self.said(value) if isinstance(value, dict) else value

    def clean(self, value: Any) -> Any:
        """Read what was typed.

        Raises:
            ValidationError: a line has no name or no number.
        """
        found: dict[str, str] = {}
        for line in filter(None, map(str.strip, super().clean(value).splitlines())):
            match = _PART.fullmatch(line)
            if match is None:
                message = (
                    f"Skriv navn og tal, fx Innobooster 54, i stedet for ”{line}”."
                )
                raise forms.ValidationError(message)
            found[match[1].rstrip(" :=")] = (
                f"{number_or_sentence(match[2].rstrip('.')):f}"
            )
        return found

    @staticmethod
    def said(value: Any) -> str:
        """Give the parts a line each."""
        return "\n".join(
            f"{name} {DanishNumber.shown_value(Decimal(part))}"
            for name, part in (value or {}).items()
        )


class ClaimForm(VersionedForm):
    """What a text says."""

    place = forms.CharField(
        label="Hvor det står",
        max_length=120,
        help_text="Fx Notat, linje 384–472.",
        error_messages={"required": "Skriv, hvor det står."},
    )
    quote = forms.CharField(
        label="Ordene",
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Som de står der.",
        error_messages={"required": "Skriv ordene, som de står."},
    )
    about = LabelsField(
        label="Handler om",
        required=False,
        max_length=300,
        help_text="Mål og målepunkter, fx 3, 13.4a. Tom: alle mål.",
    )
    but = LabelsField(
        label="Undtagen",
        required=False,
        max_length=300,
        help_text="Mål, som ordene undtager.",
    )
    subject = forms.CharField(
        label="Emne",
        required=False,
        max_length=80,
        help_text="Fx nye kunder. Påstande med samme emne holdes mod hinanden.",
    )
    verdict = forms.ChoiceField(
        label="Siger, at det er",
        required=False,
        choices=[("", "Intet om det"), *Status.choices],
        error_messages={"invalid_choice": "Vælg fra listen."},
    )
    low = DanishNumber("Tal", "Det tal, ordene nævner, fx 69.")
    high = DanishNumber("Til", "Kun hvor der står et spænd.")
    unit = forms.CharField(label="Enhed", required=False, max_length=60)
    printed = forms.CharField(
        label="Trykt som",
        required=False,
        max_length=30,
        help_text="Kun hvor tallet er skrevet på en anden måde, fx 2021-2023.",
    )
    target = DanishNumber("Måltal, som ordene nævner")
    change = DanishNumber(
        "Ændring, som ordene nævner", "Fx 15, hvor noget er steget 15."
    )
    parts = PartsField(
        label="Delene af tallet",
        required=False,
        max_length=1_000,
        help_text="En linje for hver: Innobooster 54.",
    )
    day = DayField(label="Dag, som ordene nævner", required=False)

    together: ClassVar = {"low": ("low", "high")}

    def __init__(
        self,
        *args: Any,
        known: frozenset[str],
        claim: Claim | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        for name in ("about", "but"):
            field: Any = self.fields[name]
            field.known = known
        if claim is None:
            del self.fields["version"]
        else:
            names = (*FIELDS, "version")
            self.initial.update({name: getattr(claim, name) for name in names})

    @property
    def values(self) -> dict[str, Any]:
        """The service's keywords; both ends of a number go together."""
        own = super().values
        return own | {"high": self.cleaned_data["high"]} if "low" in own else own

    def clean(self) -> dict[str, Any]:
        """One number is a span of itself; a span rises; something must be said."""
        own = self.cleaned_data
        low, high = own.get("low"), own.get("high")
        if low is None and high is not None:
            self.add_error("low", "Skriv det første tal.")
        elif low is not None and high is None:
            own["high"] = low
        elif low is not None and high is not None and high < low:
            self.add_error("high", "Det andet tal skal være det største.")
        told = ("verdict", "subject", "low", "target", "change", "parts", "day")
        if not self.errors and not any(
            own.get(name) not in ("", None, {}) for name in told
        ):
            self.add_error("verdict", "Vælg, hvad ordene siger, eller skriv et tal.")
        return own
