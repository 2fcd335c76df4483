"""Where a row of a sheet is found in the portal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse

if TYPE_CHECKING:
    from resultcontracts.models import Contract, Goal, Measure


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the portal."""

    url: str

    def get_absolute_url(self) -> str:
        """Give its address."""
        return self.url


def page_of(contract: Contract, row: Goal | Measure, *, is_house: bool = False) -> Page:
    """Give the page where the secretariat edits a goal or a measure; a house reads all."""
    if is_house:
        return Page(contract.get_absolute_url())
    word = "maal" if hasattr(row, "number") else "maalepunkt"
    return page_of_part(contract, word, row.pk)


def page_of_part(contract: Contract, word: str, pk: int) -> Page:
    """Give the page of a row that consists of more."""
    return Page(reverse("resultcontracts:part", args=[contract.slug, word, pk]))
