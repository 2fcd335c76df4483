"""Fields that several forms share."""

from __future__ import annotations

from typing import Any

from django import forms

from core.widgets import LineField
from proposals.models import Theme


class OneLine(LineField):
    """A title or a sentence; runs of spaces become one."""

    def to_python(self, value: Any) -> str:
        return " ".join(str(super().to_python(value)).split())


class NumberField(forms.IntegerField):
    """The number that a record or a theme is known by."""

    def __init__(self) -> None:
        super().__init__(
            label="Nummer",
            min_value=1,
            max_value=999,
            widget=forms.NumberInput(attrs={"class": "form-input form-input--short"}),
            error_messages={"required": "Skriv et nummer."},
        )


class NewForm(forms.Form):
    """A form of something that does not exist yet: no version can be overwritten."""

    @property
    def values(self) -> dict[str, Any]:
        """The service's keywords."""
        return dict(self.cleaned_data)


class ThemeChoice(forms.ModelChoiceField[Theme]):
    """A theme by its title."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj)


def enter_at(form: forms.Form, name: str) -> None:
    """Put the focus in a field when the form opens; later it goes to what is refused."""
    if not form.is_bound:
        form.fields[name].widget.attrs["data-focus"] = True


def numbered(record: Any) -> str:
    """Give "7. Varighed …", as a record stands in a list of choices."""
    return f"{record.number}. {record.title}"
