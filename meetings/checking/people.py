"""What people have yet to do before a meeting is sent: answer comments, read it through.

Read of two short tables, so that a comment changes the findings in its own transaction.

Source: docs/rules.md R-46, R-47.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from django.urls import reverse

from core import formats
from meetings.checking.found import PEOPLE, Spot, noted
from meetings.models import Comment, ReadThrough

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from meetings.checking.found import Found
    from meetings.models import AgendaItem, Meeting

CHECKS: Final = frozenset({"comments", "readthrough"})


def people(meeting: Meeting) -> Iterator[Found]:
    """Give the items with unsolved comments, and who has not read: two queries."""
    rows = Comment.objects.filter(meeting=meeting).unsolved()
    of_item: dict[AgendaItem | None, list[Comment]] = defaultdict(list)
    order = ("item__section__number", "item__position", "pk")
    for row in rows.select_related("item__section__meeting").order_by(*order):
        of_item[row.item].append(row)
    for item, own in of_item.items():
        yield _unsolved(meeting, item, own)
    waiting = list(ReadThrough.objects.filter(meeting=meeting).waiting().order_by("pk"))
    if waiting:
        yield _unread(meeting, waiting)


def _unsolved(
    meeting: Meeting, item: AgendaItem | None, own: Sequence[Comment]
) -> Found:
    pages = reverse("meetings:comments", args=[meeting.slug])
    url = f"{item.get_absolute_url()}#kommentarer" if item else pages
    rank = (item.section.number, item.position or 0) if item else (0,)
    many = len(own)
    spot = Spot(
        item.number if item else "Dagsordenen",
        "",
        url,
        "Se kommentaren" if many == 1 else "Se kommentarerne",
        rank,
    )
    sentence = f"{formats.counted(many, 'kommentar', 'kommentarer')} er ikke løst."
    return noted(
        "comments",
        PEOPLE,
        spot,
        sentence,
        item.key if item else "",
        # Findings are kept with what is sent: nothing of a comment's words is in them.
        *(str(row.pk) for row in own),
    )


def _unread(meeting: Meeting, waiting: Sequence[ReadThrough]) -> Found:
    url = reverse("meetings:readthroughs", args=[meeting.slug])
    spot = Spot("Dagsordenen", "", url, "Se gennemlæsningen")
    names = formats.listed([row.name for row in waiting])
    sentence = f"{names} har ikke læst dagsordenen igennem."
    return noted(
        "readthrough", PEOPLE, spot, sentence, *(str(row.pk) for row in waiting)
    )
