"""Values of a row's history in Danish words: other records by their number today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from core import formats
from proposals import references

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.db import models

GONE = "noget, der er slettet"


@dataclass(frozen=True, slots=True)
class Names:
    """What a version's values are called.

    Attributes:
        rows: (model, key) → what a row that is pointed to is called today.
        stems: shared points → their beginning as the version had it.
        referred: what texts refer to, by today's number.
    """

    rows: Mapping[tuple[type[models.Model], int], str]
    stems: Mapping[int, Any]
    referred: references.Names = references.NO_NAMES

    def plain(self, text: str) -> str:
        """Give a text, or its HTML, with its references in words."""
        return references.plain(text, self.referred)

    def said(self, field: models.Field[Any, Any], row: Any) -> str:
        """Give a field in words; "" where it is empty. A year 0 is no year."""
        value = getattr(row, field.attname)
        if value is None or value is False or value == "":
            return ""
        if field.is_relation:
            target: Any = field.related_model
            return self.rows.get((target, value), GONE)
        return self.plain(_said(field, value))

    def stem(self, pk: int | None) -> str:
        """Give the beginning that a point shares; "" where it shares none."""
        event = self.stems.get(pk) if pk else None
        return self.plain(str(event.stem)) if event else ""


def _said(field: models.Field[Any, Any], value: Any) -> str:
    if value is True:
        return str(field.verbose_name)
    if field.choices and value == field.default:
        return ""  # what is chosen where nobody chooses
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if type(value) is date:
        return formats.long_date(value)
    return "" if value == 0 else str(value)
