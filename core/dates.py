"""A date in a form, as Danes write it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django import forms

from core import formats

if TYPE_CHECKING:
    from datetime import date

SHORT = {"class": "form-input--short"}
DAY_HINT = "dd.mm.åååå"
DAY_ERROR = {"invalid": "Skriv datoen som dag, måned og år, fx 22.11.2023."}
WRITTEN_DAY = re.compile(
    r"(?:den )?(\d{1,2})\.? ([A-Za-z]{3,9})\.?,? (\d{4})", re.IGNORECASE
)
FIRST_YEAR, LAST_YEAR = 1970, 2100
DAYS = ("%d.%m.%Y", "%d-%m-%Y", "%d/%m/%Y", "%Y-%m-%d")


class DayField(forms.DateField):
    """A date, written as Danes write it: "22.11.2023" or "22. november 2023"."""

    def to_python(self, value: Any) -> date | None:
        """Read it; the year is one that somebody may mean.

        Raises:
            ValidationError: it is no date, or of another century.
        """
        if isinstance(value, str):
            value = _with_month_s_number(value)
        day: date | None = super().to_python(value)
        if day is not None and not FIRST_YEAR <= day.year <= LAST_YEAR:
            message = f"Skriv et år mellem {FIRST_YEAR} og {LAST_YEAR}."
            raise forms.ValidationError(message)
        return day

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(
            format="%d.%m.%Y", attrs={**SHORT, "placeholder": DAY_HINT}
        )
        super().__init__(
            input_formats=DAYS,
            widget=widget,
            **{"error_messages": DAY_ERROR, **kwargs},
        )


def _with_month_s_number(text: str) -> str:
    """Give "24.1.2024" of "24. januar 2024" and "24. jan. 2024"; else the text as it is."""
    found = WRITTEN_DAY.fullmatch(" ".join(text.split()))
    if found is None:
        return text.strip()
    day, name, year = found.groups()
    names = (month[:3] for month in formats.MONTHS)
    number = {name: at for at, name in enumerate(names, 1)}.get(name[:3].lower())
    whole = formats.MONTHS[number - 1] if number else ""
    is_month = whole.startswith(name.lower())
    return f"{day}.{number}.{year}" if is_month else text
