"""Numbers as they are written in Danish, and lines of text.

Source: docs/rules.md R-127.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any, Final

from django import forms

from core.formats import number
from core.widgets import LineField

_NUMBER: Final = re.compile(r"[-−]?(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d+)?")
_LABELS: Final = re.compile(r"[\s,;]+")
WHOLE, PLACES = 11, 4


class OneLine(LineField):
    """A title or a sentence; runs of spaces become one."""

    def to_python(self, value: Any) -> str:
        return " ".join(str(super().to_python(value) or "").split())


class NumberField(forms.CharField):
    """A number as it is written: "12,5", "1.753", "−3"; what is no number says so."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(
            attrs={"class": "form-input form-input--short", "inputmode": "decimal"}
        )
        super().__init__(widget=widget, empty_value="", **kwargs)

    def to_python(self, value: Any) -> Any:
        """Give the number; None for an empty field.

        Raises:
            ValidationError: it is no number, or has more digits than can be kept.
        """
        if isinstance(value, Decimal):
            return value
        text = str(super().to_python(value) or "").strip().replace(" ", " ")
        text = text.replace(" ", "")
        if not text:
            return None
        if not _NUMBER.fullmatch(text):
            raise forms.ValidationError(f"{value} er ikke et tal. Skriv fx 12,5.")
        whole, _, part = text.replace("−", "-").partition(",")
        digits = whole.replace(".", "")
        if len(digits.lstrip("-")) > WHOLE or len(part) > PLACES:
            raise forms.ValidationError(
                f"Tallet kan højst have {WHOLE} cifre før kommaet og {PLACES} efter."
            )
        return Decimal(f"{digits}.{part or 0}")

    def prepare_value(self, value: Any) -> Any:
        """Show a stored number as it is written, without idle zeros."""
        if not isinstance(value, Decimal):
            return value
        return number(Decimal(f"{value.normalize():f}"))

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
