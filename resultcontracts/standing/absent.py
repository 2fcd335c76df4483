"""What is printed where a result is missing: never a number, and never nothing. Pure.

Source: docs/rules.md R-145.
"""

from __future__ import annotations

from typing import Final

from resultcontracts.choices import Missing

UNKNOWN: Final = frozenset({"", "ved ikke", "?", "-"})


def absent_sentence(
    missing: str,
    *,
    house: str,
    measured_by: str = "",
    expected: str = "",
    told: str = "",
) -> str:
    """Say why there is no number: "Ikke målt. Hus venter på tal.".

    Args:
        expected: when it is to come, in the reporter's words; "ved ikke" is not printed.
        told: what is added, as it was written.
    """
    whose = f"tal fra {measured_by}" if measured_by else "tallet"
    words = {
        Missing.AWAITED: f"Ikke målt. {house} venter på {whose}.",
        Missing.NOT_MEASURED: f"Ikke målt. {house} har ikke målt det endnu.",
        Missing.OTHERWISE_MEASURED: f"Ikke opgjort på målet. {house} har målt noget andet.",
        Missing.DISCONTINUED: f"Udgået. {house} måler det ikke mere.",
        Missing.NOT_RELEVANT: f"Ikke relevant, oplyser {house}.",
    }
    found = [words.get(Missing(missing), f"{Missing(missing).label.capitalize()}.")]
    if expected.strip().casefold().rstrip(".") not in UNKNOWN:
        found.append(f"Tallet ventes {_ended(expected)}")
    if told.strip():
        found.append(_ended(told))
    return " ".join(found)


def _ended(text: str) -> str:
    own = " ".join(text.split())
    return own if own.endswith((".", "!", "?")) else f"{own}."
