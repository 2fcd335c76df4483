"""What is said of a point that was moved, and whether somebody moved it meanwhile.

Source: docs/rules.md R-106.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from proposals.choices import PointKind
from proposals.views.common import plain, url_of
from proposals.views.telling import seen_otherwise, tell
from proposals.words import WORDS, shortened

if TYPE_CHECKING:
    from accounts.access import PortalRequest
    from proposals.models import Point, Record
    from proposals.services.points import Moved

NOWHERE: Final = 10**6
"""A place after all others."""


def tell_moved(request: PortalRequest, record: Record, moved: Moved) -> None:
    """Say where a point stands now, with the POST that moves it back."""
    row = moved.point
    back: dict[str, object] = {"version": row.version}
    if moved.is_elsewhere:
        back |= {"beneficiary": moved.from_beneficiary}
    tell(
        request,
        _moved_words(moved, plain(record, row.sentence)),
        url=url_of(record, "point-order", row.pk),
        label="Fortryd flytning",
        position=moved.from_place,
        kind=WORDS[moved.from_kind].slug,
        **back,
    )


def is_elsewhere(request: PortalRequest, point: Point) -> bool:
    """Whether somebody moved it to another list, since the user read it."""
    return seen_otherwise(request, point, ("kind", "beneficiary"))


def _moved_words(moved: Moved, sentence: str) -> str:
    """Give "Gevinsten ”…” er flyttet op som nr. 2."."""
    was, kind = WORDS[moved.from_kind], PointKind(moved.point.kind)
    title = f"{was.the_one.capitalize()} ”{shortened(sentence)}”"
    number = moved.point.position
    if moved.is_elsewhere:
        whose = moved.point.beneficiary
        where = f"{WORDS[kind].many} for {whose.lower()}" if whose else WORDS[kind].many
        return f"{title} er flyttet til {where} som nr. {number}."
    if moved.place == moved.from_place:
        return f"{title} står, hvor den stod."
    way = "op" if moved.place < moved.from_place else "ned"
    return f"{title} er flyttet {way} som nr. {number}."
