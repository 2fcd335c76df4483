"""Forms of a saved view."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from core.forms import VersionedForm
from core.widgets import YesNoField
from proposals.forms.fields import NewForm, OneLine

if TYPE_CHECKING:
    from accounts.models import User
    from proposals.models import SavedView

_SHARED = {
    "label": "Del med sekretariatet",
    "required": False,
    "help_text": "Ellers er det kun dig, der ser visningen.",
}


def _name() -> OneLine:
    return OneLine(
        label="Navn",
        max_length=80,
        help_text="For eksempel ”Til samtale med KL”.",
        error_messages={"required": "Skriv et navn til visningen."},
    )


class NewViewForm(NewForm):
    """A name for what is shown now."""

    name = _name()
    is_shared = forms.BooleanField(**_SHARED)  # type: ignore[arg-type]


class ViewForm(VersionedForm):
    """The name of a view, and who has it."""

    name = _name()
    is_shared = YesNoField(label="Hvem ser den", yes="Sekretariatet", no="Kun dig")

    @classmethod
    def of(cls, row: SavedView, user: User, data: Any = None) -> ViewForm:
        """The form with what is saved; only its owner shares it or takes it back."""
        names = ("name", "is_shared", "version")
        form = cls(data, initial={name: getattr(row, name) for name in names})
        if row.user_id != user.pk:
            del form.fields["is_shared"]
        return form
