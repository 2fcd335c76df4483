"""All that result contracts tell of a municipality: one query, then pure.

Source: docs/rules.md R-151.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from django.urls import reverse

from core.formats import counted, listed
from meetings.municipality import registry
from meetings.municipality.values import Given, Mention
from resultcontracts.places import agreement, courses
from resultcontracts.queries.of_place import of_place

if TYPE_CHECKING:
    from meetings.municipality.values import Asked
    from resultcontracts.queries.of_place import Done

_ORDER: Final = 10
_MANY: Final = {"Case": ("case", "cases")}


def register() -> None:
    """Let ``meetings`` ask."""
    registry.register("resultcontracts", _ORDER, of_municipality)


def of_municipality(asked: Asked) -> Given:
    """Tell of parts, agreements, and where municipalities are named."""
    found = of_place(asked.seat, asked.place.pk, asked.since)
    ended = (agreement.change_of(asked, each) for each in found.agreements)
    new = (each for own in found.courses for each in courses.changes_of(own))
    return Given(
        changes=(*dict.fromkeys(new), *(each for each in ended if each is not None)),
        unchanged=courses.unchanged(asked, found.courses),
        parts=(
            *(courses.part_of(asked, each) for each in found.courses),
            *(agreement.part_of(asked, each) for each in found.agreements),
        ),
        mentions=tuple(mention_of(each, asked.name) for each in found.done),
    )


def mention_of(done: Done, name: str) -> Mention:
    """Tell where a measure's activities were, and whether here too."""
    places = ", ".join(done.places)
    kind = done.texts[0].partition(": ")[0]
    if len(done.texts) == 1:
        what = done.texts[0]
    elif kind in _MANY:
        what = counted(len(done.texts), *_MANY[kind])
    else:
        what = listed(done.texts)
    is_named = re.search(rf"(?<!\w){re.escape(name)}(?!\w)", places) is not None
    url = reverse("resultcontracts:goal", args=[done.contract, done.goal])
    return Mention(f"Mål {done.label}", what, places, is_named=is_named, url=url)
