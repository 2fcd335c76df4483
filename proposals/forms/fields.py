"""Fields that several forms share."""

from __future__ import annotations

from typing import Any

from django import forms

from proposals.models import Theme


class OneLine(forms.CharField):
    """A sentence in a text area that wraps it; line breaks become spaces."""

    widget = forms.Textarea

    def __init__(self, *, rows: int = 2, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.widget.attrs["rows"] = rows

    def to_python(self, value: object) -> str:
        return " ".join(str(super().to_python(value)).split())


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
