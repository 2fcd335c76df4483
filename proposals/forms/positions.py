"""The form of one field of the matrix: what a municipality thinks of a record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final

from django import forms

from core import clock
from core.dates import DayField
from core.forms import VersionedModelForm
from core.widgets import RadioField
from proposals.choices import REASONED, Stance
from proposals.models import Position
from proposals.services.positions import NO_REASON
from proposals.stances import NO_ANSWER

if TYPE_CHECKING:
    from collections.abc import Mapping

STANCES: Final = [
    *((stance.value, stance.label) for stance in Stance),
    (NO_ANSWER, "Ikke svaret"),
]
WHY: Final = "Skriv begrundelsen."
SIGN: Final = "Skriv, hvem der har afgivet svaret."
DATE: Final = "Skriv, hvornår svaret er afgivet."
NOT_YET: Final = "Vælg en dag, der er gået."
INVALID: Final = {"invalid_choice": "Vælg et af svarene."}
REASON_HINT: Final = "Skal skrives ved forbehold, og når kommunen ikke støtter."


def stance_field(**also: Any) -> RadioField:
    """Give the choice of a stance; no answer is one of them."""
    return RadioField(
        label="Holdning",
        choices=STANCES,
        coerce=str,
        empty_value=NO_ANSWER,
        required=False,
        error_messages=INVALID,
        **also,
    )


class PositionForm(VersionedModelForm[Position]):
    """One municipality's stance on one record.

    Attributes:
        is_correction: the call has closed, and the form asks why.
    """

    stance = stance_field()
    given_on = DayField(label="Dato", required=False)

    class Meta:
        model = Position
        fields = ("stance", "reason", "signer", "given_on", "correction")
        labels: ClassVar[dict[str, str]] = {
            "reason": "Begrundelse",
            "signer": "Afgivet af",
            "correction": "Hvorfor rettes svaret efter fristen?",
        }
        help_texts: ClassVar[dict[str, str]] = {"reason": REASON_HINT}
        widgets: ClassVar[dict[str, forms.Widget]] = {
            "reason": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(
        self, *args: Any, signer: str = "", is_correction: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.is_correction = is_correction
        self.initial["correction"] = ""
        if not self.instance.stance:
            self.initial["signer"] = signer
            self.initial["given_on"] = clock.today()
        if not is_correction:
            del self.fields["correction"]
        if not self.is_bound:
            self.fields["stance"].widget.attrs["data-focus"] = True

    def clean(self) -> dict[str, Any]:
        """A stance has what it needs; no answer has nothing beside it."""
        super().clean()
        own = self.cleaned_data
        names = ("stance", "reason", "signer", "given_on")
        self.keep_unsent(own, [name for name in names if name not in self.errors])
        if not self.errors:
            for name, problem in lacks(own).items():
                self.add_error(name, problem)
        if self.is_correction and not own.get("correction", "").strip():
            self.add_error("correction", NO_REASON)
        if own.get("stance") == NO_ANSWER and not self.errors:
            own |= EMPTY
        return own

    def _post_clean(self) -> None:
        """The service writes the row, and says what the row lacks."""


EMPTY: Final[Mapping[str, Any]] = {"reason": "", "signer": "", "given_on": None}


def lacks(values: Mapping[str, Any]) -> dict[str, str]:
    """Give what a stance lacks: field → Danish sentence."""
    stance = values.get("stance", NO_ANSWER)
    found: dict[str, str] = {}
    if stance == NO_ANSWER:
        return found
    if stance in REASONED and not str(values.get("reason") or "").strip():
        found["reason"] = WHY
    if not str(values.get("signer") or "").strip():
        found["signer"] = SIGN
    day = values.get("given_on")
    if day is None:
        found["given_on"] = DATE
    elif day > clock.today():
        found["given_on"] = NOT_YET
    return found
