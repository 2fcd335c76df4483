"""Fields that several forms share."""

from __future__ import annotations

from typing import Any

from django import forms

from core.widgets import LineField
from proposals.models import Theme

# The box that says that two themes shall have one title.
AGAIN = "igen"


class OneLine(LineField):
    """A title or a sentence; runs of spaces become one."""

    def to_python(self, value: Any) -> str:
        return " ".join(str(super().to_python(value)).split())


class Beneficiary(OneLine):
    """Who gains, where a point that was moved becomes a gain again."""

    def __init__(self) -> None:
        super().__init__(max_length=80, required=False)


class NumberField(forms.IntegerField):
    """The number that a record or a theme is known by."""

    def __init__(self) -> None:
        super().__init__(
            label="Nummer",
            min_value=1,
            max_value=999,
            widget=forms.NumberInput(attrs={"class": "form-input form-input--short"}),
            error_messages={
                "required": "Skriv et nummer.",
                "invalid": "Skriv et nummer.",
            },
        )


class NewForm(forms.Form):
    """A form of something that does not exist yet: no version can be overwritten."""

    @property
    def values(self) -> dict[str, Any]:
        """The service's keywords."""
        return dict(self.cleaned_data)


class ThemeTitle(forms.Form):
    """A theme's title; asks before a catalogue gets two that are called the same.

    Attributes:
        others: the catalogue's other themes.
        asks_again: there is one of that title; the page shows the box that says yes.
    """

    title = OneLine(
        label="Titel",
        max_length=120,
        error_messages={"required": "Skriv temaets titel."},
    )

    others: Any = Theme.objects.none()
    asks_again = False

    def clean_title(self) -> str:
        title: str = self.cleaned_data["title"]
        is_kept = self.initial.get("title") == title
        if not is_kept and self.others.filter(title__iexact=title).exists():
            self.asks_again = True
            if self.data.get(AGAIN) != "ja":
                raise forms.ValidationError(
                    f"Der er allerede et tema, der hedder ”{title}”. "
                    "Sæt kryds, hvis der skal være et mere."
                )
        return title


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
