"""What the contents page of a selection says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core import formats
from documents.joining.cover import Cover, CoverLine
from meetings.packets.building.joining import CLOSED_LEAD, foot_words, meeting_words
from meetings.packets.building.layout import when_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from meetings.editions.edition import Edition, Part


def cover_of(edition: Edition, chosen: Sequence[Part]) -> Cover:
    """Give the contents page of some appendices of a sent version.

    Args:
        chosen: in the packet's order; at least one.
    """
    agenda = edition.agenda
    lines = tuple(
        CoverLine(
            label=part.appendix.label,
            title=part.appendix.title,
            pages=part.span,
            count=part.last_page - part.first_page + 1,
        )
        for part in chosen
    )
    sheets = sum(line.count for line in lines)
    counts = (
        formats.counted(len(lines), "bilag", "bilag"),
        formats.counted(sheets, "side", "sider"),
    )
    packet = "den lukkede pakke" if edition.volume else "bilagspakken"
    whole = formats.counted(edition.page_count, "side", "sider")
    return Cover(
        heading="Udvalgte bilag",
        lead=f"{agenda.council}, {when_words(agenda)}",
        counts=", ".join(counts),
        lines=lines,
        note=(
            f"Klippet ud af {packet}, version {edition.number}, som har {whole}. "
            "Sidetallene er pakkens. Kun hele filer kan kontrolleres i portalen."
        ),
        left=f"{CLOSED_LEAD * bool(edition.volume)}{meeting_words(agenda)}",
        foot=foot_words(edition.number, agenda),
    )
