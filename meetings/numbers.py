"""The numbers people say aloud: by the order on screen, then for good once sent. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from documents.numbering import number_pages

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def late_numbers(keys: Sequence[str], sent: Mapping[str, str]) -> dict[str, str]:
    """Number siblings of which some have been sent.

    Args:
        keys: of all that stand, in their order.
        sent: key → number of each that was ever sent ("3", "3a"), also what is gone.

    Returns:
        Key → number, for ``keys``. Where nothing was ever sent they count from 1; else
        what is new is called by the one before it and a letter: 3a. What stands before
        the first that was sent begins with 0.

    Source: docs/rules.md R-21.
    """
    given = {key: (number,) for key, number in sent.items()}
    numbering = number_pages([(key, 1) for key in keys], given)
    return {key: numbers[0] for key, numbers in numbering.of.items()}
