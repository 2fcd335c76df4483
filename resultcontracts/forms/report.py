"""The form of one answer: it is measured, or it is not and why.

Source: docs/rules.md R-141, R-145.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from django import forms

from core.typed import NotANumberError, read_count, read_number, shown
from core.widgets import RadioField
from documents.uploads import RefusedFileError
from resultcontracts.choices import MeasureKind, Missing
from resultcontracts.services import evidence
from resultcontracts.standing.numbers import spelt
from resultcontracts.typed import is_far, problems

if TYPE_CHECKING:
    from decimal import Decimal
    from fractions import Fraction

    from resultcontracts.models import Measure, Measurement
    from resultcontracts.services.evidence import Taken

MEASURED, ABSENT = "maalt", "ikke"
TOLD_KINDS: Final = (MeasureKind.DELIVERABLE, MeasureKind.NARRATIVE)
ABSENCES: Final = (
    Missing.AWAITED,
    Missing.NOT_MEASURED,
    Missing.OTHERWISE_MEASURED,
    Missing.DISCONTINUED,
    Missing.NOT_RELEVANT,
)
_HINTS: Final = {
    MeasureKind.SHARE: "I procent, gerne med én decimal.",
    MeasureKind.SCORE: "Et tal fra −100 til 100.",
    MeasureKind.COUNT: "Et antal. Er der målt 0, så skriv 0.",
}
KEPT: Final = (
    "answer", "value", "counted", "asked", "told", "reason", "expected", "why",
)  # fmt: skip
"""What a draft keeps: all but the file, which a browser sends only once."""
_LONG: Final = {"max_length": "Skriv højst 40 tegn."}
UNKNOWN: Final = "Vælg en af grundene på listen."
_TEXT: Final = {"class": "form-input form-input--short", "inputmode": "decimal"}


class ReportForm(forms.Form):
    """One question. ``is_far``: the number is far from the last one, and is asked about.

    Attributes:
        taken: the file that was judged and kept, if one was sent.
    """

    answer = RadioField(
        label="Dit svar",
        choices=[(MEASURED, "Det er målt"), (ABSENT, "Det er ikke målt")],
        error_messages={"required": "Vælg, om det er målt."},
    )
    value = forms.CharField(
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs=_TEXT),
        error_messages=_LONG,
    )
    counted = forms.CharField(
        label="Svarede ja",
        required=False,
        max_length=40,
        error_messages=_LONG,
        widget=forms.TextInput(attrs=_TEXT),
    )
    asked = forms.CharField(
        label="Spurgte virksomheder",
        required=False,
        max_length=40,
        error_messages=_LONG,
        widget=forms.TextInput(attrs=_TEXT),
    )
    told = forms.CharField(
        label="Hvad er der sket?",
        required=False,
        max_length=2_000,
        error_messages={"max_length": "Skriv højst 2.000 tegn."},
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    sure = forms.BooleanField(label="Ja, tallet er rigtigt", required=False)
    file = forms.FileField(label="Dokumentation", required=False)
    reason = forms.ChoiceField(
        label="Hvorfor er det ikke målt?",
        required=False,
        error_messages={"invalid_choice": UNKNOWN},
    )
    expected = forms.CharField(
        label="Hvornår venter I tallet?",
        required=False,
        max_length=80,
        error_messages={"max_length": "Skriv højst 80 tegn."},
        help_text="Skriv ”ved ikke”, hvis I ikke ved det.",
    )
    why = forms.CharField(
        label="Forklaring, som trykkes i bilaget",
        required=False,
        max_length=300,
        help_text="Højst 300 tegn. Må være tom.",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": "Skriv højst 300 tegn."},
    )
    seen = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, measure: Measure, last: Fraction | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.measure, self.last = measure, last
        self.is_far = False
        self.taken: Taken | None = None
        self.is_told = measure.kind in TOLD_KINDS
        self.is_share = measure.kind == MeasureKind.SHARE
        self.fields["value"].label = measure.name
        self.fields["value"].help_text = _HINTS.get(MeasureKind(measure.kind), "")
        own: Any = self.fields["reason"]
        own.choices = [(each.value, _absence(each, measure)) for each in ABSENCES]

    @property
    def values(self) -> dict[str, Any]:
        """What the service writes; all of it, so that another answer leaves nothing."""
        data = self.cleaned_data
        empty: dict[str, Any] = {
            "low": None, "high": None, "counted": None, "asked": None,
            "missing": "", "expected": "", "told": "",
        }  # fmt: skip
        if data["answer"] == ABSENT:
            return empty | {
                "missing": data["reason"],
                "expected": data["expected"],
                "told": data["why"],
            }
        if self.is_told:
            return empty | {
                "missing": Missing.OTHERWISE_MEASURED,
                "told": data["told"],
            }
        parts = {"counted": data["counted"], "asked": data["asked"]}
        return empty | {"low": data["value"]} | (parts if self.is_share else {})

    def clean(self) -> dict[str, Any]:
        """Read the half that was chosen; what stands in the other is left alone."""
        data = super().clean() or {}
        if data.get("answer") == ABSENT:
            if not data.get("reason"):
                self.add_error("reason", "Vælg, hvorfor det ikke er målt.")
        elif data.get("answer") == MEASURED and self.is_told:
            if not data.get("told", "").strip():
                self.add_error("told", "Skriv, hvad der er sket.")
        elif data.get("answer") == MEASURED:
            self._read_numbers(data)
        return data

    def _read_numbers(self, data: dict[str, Any]) -> None:
        low: Decimal | None = self._number("value", read_number)
        counted = self._number("counted", read_count) if self.is_share else None
        asked = self._number("asked", read_count) if self.is_share else None
        if self.errors:
            return
        if low is None and counted is None and asked is None:
            self.add_error("value", "Skriv tallet, eller vælg ”Det er ikke målt”.")
            return
        for name, text in problems(self.measure.kind, low, counted, asked).items():
            self.add_error("value" if name == "low" else name, text)
        data |= {"value": low, "counted": counted, "asked": asked}
        if low is not None and not self.errors:
            self._ask_if_far(low, sure=bool(data.get("sure")))

    def _number(self, name: str, read: Any) -> Any:
        text = str(self.cleaned_data.get(name) or "").strip()
        if not text:
            return None
        try:
            return read(text)
        except NotANumberError as error:
            self.add_error(name, str(error))
            return None

    def _ask_if_far(self, low: Decimal, *, sure: bool) -> None:
        """Ask once where a number is far from the last one: it may well be right."""
        if not is_far(low, self.last, unit=self.measure.unit):
            return
        self.is_far = True
        if not sure:
            assert self.last is not None  # noqa: S101 -- far from something
            was = spelt(self.last)
            text = f"Sidst var tallet {was}. Er {shown(low)} rigtigt? Så sæt kryds, og send igen."
            self.add_error("sure", text)

    def clean_file(self) -> Any:
        """Judge a file by its content; one that may not come in is said beside it."""
        sent = self.cleaned_data.get("file")
        if sent is None:
            return None
        try:
            self.taken = evidence.take_in(Path(sent.temporary_file_path()), sent.name)
        except RefusedFileError as error:
            raise forms.ValidationError(str(error)) from None
        return sent


def _absence(each: Missing, measure: Measure) -> str:
    who = measure.measured_by
    return {
        Missing.AWAITED: f"Vi venter på tal fra {who}"
        if who
        else "Vi venter på tallet",
        Missing.NOT_MEASURED: "Vi har ikke målt det endnu",
        Missing.OTHERWISE_MEASURED: "Vi har målt noget andet end aftalt",
        Missing.DISCONTINUED: "Vi måler det ikke mere",
        Missing.NOT_RELEVANT: "Det er ikke relevant",
    }[each]


def typed_of(row: Measurement) -> dict[str, str]:
    """Give an answer as the form was filled in, to be gone on with."""
    is_told = row.measure.kind in TOLD_KINDS
    if row.missing and not (is_told and row.missing == Missing.OTHERWISE_MEASURED):
        return {
            "answer": ABSENT,
            "reason": row.missing,
            "expected": row.expected,
            "why": row.told,
        }
    parts = {"counted": row.counted, "asked": row.asked}
    return {
        "answer": MEASURED,
        "value": "" if row.low is None or row.counted is not None else shown(row.low),
        "told": row.told,
        **{name: "" if part is None else str(part) for name, part in parts.items()},
    }
