"""The form that answers a contradiction, or says why it is none.

Source: docs/rules.md R-140.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django import forms

from core.forms import VersionedForm
from resultcontracts.services.answers import NO_ANSWER, NO_REASON

if TYPE_CHECKING:
    from resultcontracts.models import ContradictionAnswer

LONGEST: Final = 400
REJECT: Final = "afvis"
"""What the form says where it turns a finding down."""


class AnswerForm(VersionedForm):
    """An answer that is printed below both sides."""

    text = forms.CharField(
        label="Svar, som trykkes under citaterne",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3, "data-focus": True}),
        help_text=f"Skriv, hvad læseren skal vide. Højst {LONGEST} tegn.",
        error_messages={"required": NO_ANSWER},
    )

    def __init__(
        self,
        *args: Any,
        answer: ContradictionAnswer | None,
        is_rejection: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.initial["version"] = answer.version if answer else 1
        if answer and answer.is_rejected == is_rejection:
            self.initial["text"] = answer.text
        self.is_rejection = is_rejection
        field: Any = self.fields["text"]
        if is_rejection:
            field.label = "Hvorfor er det ikke en modsigelse?"
            field.help_text = (
                f"Begrundelsen bliver stående under ”Afvist”. Højst {LONGEST} tegn."
            )
            field.error_messages["required"] = NO_REASON
