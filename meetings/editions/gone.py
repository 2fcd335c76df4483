"""Pages that were sent and are gone: their numbers stay behind. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from documents.numbering import order

if TYPE_CHECKING:
    from meetings.agenda import AgendaAppendix
    from meetings.editions.edition import Edition


def last_number(edition: Edition) -> str:
    """Give the whole number of the last page that was ever given one: "125", "L9"."""
    given = (number for numbers in edition.numbers.values() for number in numbers)
    last = max(order(number)[0] for number in (*edition.labels, *given))
    return f"{lead(edition)}{last}"


def lead(edition: Edition) -> str:
    """Give what the numbers of its pages begin with: "L" of a closed packet, else ""."""
    first = edition.labels[0]
    return first[:1] if first[:1].isupper() else ""


def gone_pages(
    edition: Edition,
) -> tuple[tuple[AgendaAppendix, tuple[str, ...]], ...]:
    """Give the appendices of which pages are gone, with the numbers left behind.

    A withdrawn one is always among them, also where its numbers are not known.
    """
    used = set(edition.labels)
    found = []
    for item in edition.agenda.items:
        for bilag in item.appendices:
            own = f"{item.key}-{bilag.key}/"
            kept = (n for key, n in edition.numbers.items() if key.startswith(own))
            ever = {number for numbers in kept for number in numbers}
            left = tuple(sorted(ever - used, key=order))
            if left or bilag.is_withdrawn:
                found.append((bilag, left))
    return tuple(found)
