"""The form that answers a contradiction, or says why it is none.

Source: docs/rules.md R-140.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django import forms

from core.forms import VersionedForm
from resultcontracts.services.answers import NO_ANSWER, NO_REASON
from resultcontracts.services.house_questions import NO_ANSWER as NO_HOUSE_ANSWER
from resultcontracts.services.house_questions import NO_QUESTION

if TYPE_CHECKING:
    from resultcontracts.models import ContradictionAnswer

LONGEST: Final = 400
REJECT: Final = "afvis"
"""What the form says where it turns a finding down."""


class HouseAnswerForm(forms.Form):
    """What a house answers; ``version`` is the question as the form began with it."""

    text = forms.CharField(
        label="Jeres svar",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4, "data-focus": True}),
        help_text=f"Trykkes i bilaget sammen med rådets note. Højst {LONGEST} tegn.",
        error_messages={
            "required": NO_HOUSE_ANSWER,
            "max_length": f"Skriv højst {LONGEST} tegn.",
        },
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)


class AskForm(forms.Form):
    """What a house is asked about a finding."""

    text = forms.CharField(
        label="Hvad vil I vide?",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3, "data-focus": True}),
        help_text=f"Begge sider står i mailen. Højst {LONGEST} tegn.",
        error_messages={
            "required": NO_QUESTION,
            "max_length": f"Skriv højst {LONGEST} tegn.",
        },
    )


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
