"""Numbers as they are written in Danish, and lines of text.

Source: docs/rules.md R-127, R-163.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any, Final

from django import forms

from core.typed import PLACES, NotANumberError, read_number, shown
from core.widgets import LineField

_LABELS: Final = re.compile(r"[\s,;]+")


class OneLine(LineField):
    """A title or a sentence; runs of spaces become one."""

    def to_python(self, value: Any) -> str:
        return " ".join(str(super().to_python(value) or "").split())


def number_or_sentence(text: str, *, places: int = PLACES) -> Decimal:
    """Read a number.

    Raises:
        ValidationError: it is something else; the sentence says what to write.
    """
    try:
        return read_number(text, places=places)
    except NotANumberError as error:
        raise forms.ValidationError(str(error)) from None


class NumberField(forms.CharField):
    """A number as it is written: "12,5", "1.753", "−3"; what is no number says so.

    ``places`` digits can be kept after the comma; ``least`` is the smallest there can be.
    """

    def __init__(
        self, *, places: int = PLACES, least: int | None = None, **kwargs: Any
    ) -> None:
        widget = forms.TextInput(
            attrs={"class": "form-input form-input--short", "inputmode": "decimal"}
        )
        self.places, self.least = places, least
        super().__init__(widget=widget, empty_value="", **kwargs)

    def to_python(self, value: Any) -> Any:
        """Give the number; None for an empty field.

        Raises:
            ValidationError: it is no number, or has more digits than can be kept.
        """
        if isinstance(value, Decimal):
            return value
        text = str(super().to_python(value) or "").strip()
        if not text:
            return None
        found = number_or_sentence(text, places=self.places)
        if self.least is not None and found < self.least:
            raise forms.ValidationError(
                f"{shown(found)} er under {self.least}. Skriv tallet uden minus."
            )
        return found

    def prepare_value(self, value: Any) -> Any:
        """Show a stored number as it is written, without idle zeros."""
        return shown(value) if isinstance(value, Decimal) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Tell whether another number was sent, however it is written."""
        try:
            return bool(self.to_python(data) != initial)
        except forms.ValidationError:
            return True


class LabelsField(forms.CharField):
    """Labels of measures, "9.1, 9.2", as a list."""

    def to_python(self, value: Any) -> Any:
        if isinstance(value, list):
            return value
        return [word for word in _LABELS.split(str(value or "").strip()) if word]

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, list) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(self.to_python(data) != (initial or []))
