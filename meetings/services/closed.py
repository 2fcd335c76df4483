"""What is closed: frozen with what is sent, and never closed once it was read openly.

Source: docs/rules.md R-31, R-32, R-33, R-65.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.errors import RuleViolationError
from meetings.agenda import Agenda
from meetings.closed.parting import access_of, refuse_closed_words
from meetings.closed.volumes import stored
from meetings.editions.removable import whole_agendas
from meetings.models import (
    ClosedAppendix,
    ClosedPublication,
    Publication,
    PublishedAppendix,
)
from meetings.names import appendix_slug
from meetings.rows import read_agenda

if TYPE_CHECKING:
    from collections.abc import Mapping

    from meetings.models import AgendaItem, Appendix, Packet

_PART = (
    "position", "slug", "label", "first_page", "last_page", "own_pages", "file", "size",
    "document", "labels", "pages", "own_labels",
)  # fmt: skip


def freeze_closed(publication: Publication, packet: Packet) -> None:
    """Keep the closed packet that was built with the open one, and who reads what of it.

    The readers are those of the packet, as it was approved.
    """
    kept = stored(packet.closed)
    if kept is None:
        return
    closed = ClosedPublication.objects.create(
        publication=publication,
        agenda=kept.agenda,
        access=access_of(Agenda.from_json(kept.agenda)),
        file=kept.file,
        size=kept.size,
        page_count=kept.page_count,
        labels=kept.labels,
        numbers=kept.numbers,
        reasons=kept.reasons,
    )
    parts = packet.parts.exclude(appendix_key="").filter(is_closed=True)
    ClosedAppendix.objects.bulk_create(
        ClosedAppendix(closed=closed, **{name: getattr(part, name) for name in _PART})
        for part in parts
    )


def refuse_closed_names(meeting_pk: int, text: str) -> None:
    """Keep a text for everybody from naming what is closed, now or in a sent version.

    What everybody has read under a title besides may be named by it.

    Raises:
        RuleViolationError: it holds the title of a closed item or appendix.
    """
    refuse_closed_words(
        (read_agenda(meeting_pk), *whole_agendas(meeting_pk).values()), text
    )


def refuse_to_close_item(item: AgendaItem, values: Mapping[str, Any]) -> None:
    """Stop an item from being closed that everybody could read in a sent version.

    Raises:
        RuleViolationError: it was sent openly.
    """
    if item.is_closed or not values.get("is_closed") or item.sent_in is None:
        return
    rows = Publication.objects.filter(meeting=item.section.meeting_id)
    for number, agenda in rows.order_by("number").values_list("number", "agenda"):
        items = (each for section in agenda["sections"] for each in section["items"])
        if any(each["key"] == item.key for each in items):
            raise RuleViolationError(
                f"Punkt {item.number} er sendt åbent i version {number}, og det, alle har "
                "læst, kan ikke lukkes. Lad punktet udgå, hvis det ikke skal behandles."
            )


def refuse_to_close_appendix(row: Appendix, values: Mapping[str, Any]) -> None:
    """Stop an appendix from being closed that everybody could read in a sent version.

    Raises:
        RuleViolationError: it was sent openly.
    """
    becomes = values.get("is_confidential") or not values.get("is_publishable", True)
    if row.closed or not becomes or row.sent_in is None:
        return
    rows = PublishedAppendix.objects.filter(
        publication__meeting=row.item.section.meeting_id, slug=appendix_slug(row.label)
    )
    found = rows.order_by("publication__number").values_list("publication__number")
    for (number,) in found[:1]:
        raise RuleViolationError(
            f"{row.label} er sendt åbent i version {number}, og det, alle har læst, kan "
            "ikke lukkes. Træk bilaget tilbage i stedet."
        )
