"""Minutes of another meeting that stand where more may read than read that meeting.

Source: docs/rules.md R-54.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from meetings.checking.found import CLOSED, noted
from meetings.models import Meeting
from meetings.names import MINUTES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from meetings.checking.found import Found
    from meetings.checking.material import Material
    from meetings.checking.spots import Spots


def borrowed(material: Material, spots: Spots) -> Iterator[Found]:
    """Find open appendices that are minutes which not all their readers may read.

    One query, none where no appendix is minutes.
    """
    rows = [
        row
        for row in material.appendices
        if row.source == MINUTES and not row.is_withdrawn and not row.closed
    ]
    if not rows:
        return
    own = [row.options.get("meeting") for row in rows]
    of = Meeting.objects.in_bulk([pk for pk in own if isinstance(pk, int)])
    for row in rows:
        meeting = of.get(row.options.get("meeting"))
        if meeting is not None and not meeting.is_read_where(material.meeting):
            spot = spots.of_appendix(row, "is_confidential", "Gør det fortroligt")
            words = f"Referatet er af {meeting.name}, som ikke alle må læse."
            yield noted(
                "minutes-closed", CLOSED, spot, words, row.prefix, meeting.slug,
                is_error=True, may_answer=False,
                hint="Gør bilaget fortroligt, eller vælg et andet møde.",
            )  # fmt: skip
