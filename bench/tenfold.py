"""Ten times the meetings, councils, catalogues and municipalities; invented, of course."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction

from accounts.models import Council, Municipality
from bench.packet import meeting as demo_meeting
from kkr.demo.catalogues import load_proposals, load_units
from meetings.models import (
    AgendaItem,
    Appendix,
    Meeting,
    Packet,
    PacketPart,
    Publication,
    PublishedAppendix,
    Section,
)

if TYPE_CHECKING:
    from django.db.models import Model

TIMES: Final = 10
# Danish codes end below 900; those of the copies lie above.
FIRST_CODE: Final = 1000


@transaction.atomic
def grow() -> None:
    """Add nine of each."""
    real = list(Municipality.objects.all())
    for turn in range(1, TIMES):
        council = Council.objects.create(
            slug=f"bench-{turn}", name=f"KKR Bench {turn}", region=f"Region {turn}"
        )
        load_proposals(council)
        load_units(council)
        Municipality.objects.bulk_create(
            Municipality(
                code=FIRST_CODE + turn * len(real) + at,
                name=f"{row.name} {turn}",
                sort_key=f"{row.sort_key} {turn}",
                council=council,
                population=row.population,
            )
            for at, row in enumerate(real)
        )
        copy_meeting(demo_meeting(), weeks=turn)


def copy_meeting(old: Meeting, *, weeks: int) -> None:
    """Copy a meeting to a later week, with its packet and what was published of it."""
    day = old.held_on + timedelta(weeks=weeks)
    new = copied(old, slug=day.isoformat(), held_on=day)
    for section in Section.objects.filter(meeting=old):
        its = copied(section, meeting=new)
        for item in AgendaItem.objects.filter(section=section):
            point = copied(item, section=its)
            for appendix in Appendix.objects.filter(item=item):
                copied(appendix, item=point)
    for packet in Packet.objects.filter(meeting=old):
        whole = copied(packet, meeting=new)
        for part in PacketPart.objects.filter(packet=packet):
            copied(part, packet=whole)
        for publication in Publication.objects.filter(packet=packet):
            agenda = {
                **publication.agenda,
                "slug": new.slug,
                "held_on": day.isoformat(),
            }
            sent = copied(publication, meeting=new, packet=whole, agenda=agenda)
            for published in PublishedAppendix.objects.filter(publication=publication):
                copied(published, publication=sent)


def copied[Row: Model](row: Row, **changed: Any) -> Row:
    """Give a new row like another, but for some fields."""
    values = {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields  # noqa: SLF001
        if not field.primary_key and field.name not in changed
    }
    new = type(row)(**values, **changed)
    new.save(force_insert=True)
    return new
