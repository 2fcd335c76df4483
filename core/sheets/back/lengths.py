"""Texts that no cell holds: refused before they are handed out, never cut.

A text that was cut on its way out would come back as a change.

Source: docs/rules.md R-98.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.errors import RuleViolationError
from core.formats import number
from core.sheets import LONGEST

if TYPE_CHECKING:
    from collections.abc import Mapping


class TooLongError(RuleViolationError):
    """A text is longer than a cell holds; the message names it."""


def refuse_too_long(
    of: str, cells: Mapping[str, str], names: Mapping[str, str]
) -> None:
    """Refuse a row with a text that is longer than a cell holds.

    Args:
        of: what the row is, for people: "forslag 7".
        cells: column key → text.
        names: column key → its head.

    Raises:
        TooLongError: there is one.
    """
    for key, text in cells.items():
        if len(text) > LONGEST:
            raise TooLongError(
                f"”{names.get(key, key)}” i {of} har {number(len(text))} tegn. En celle "
                f"rummer højst {number(LONGEST)}, så regnearket kan ikke hentes. Del "
                "teksten, eller hent de andre alene."
            )
