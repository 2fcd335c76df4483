"""A meeting's rows read as the value that is printed and published: four queries."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from core import formats
from core.bundle import bundled
from documents.models import ForeignFile
from meetings import agenda
from meetings.choices import MeetingKind, ReplyDeadline
from meetings.closed.access import readers_of
from meetings.days.deadlines import sending_day
from meetings.models import AgendaItem, Appendix, Meeting, Section

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.db.models import QuerySet


def read_agenda(meeting_pk: int) -> agenda.Agenda:
    """Read the whole agenda as it stands.

    Raises:
        Meeting.DoesNotExist: there is no such meeting.
    """
    rows = Meeting.objects.select_related("council__deadline_rule")
    meeting = rows.get(pk=meeting_pk)
    items = AgendaItem.objects.filter(section__meeting=meeting).present()
    appendices = Appendix.objects.filter(item__section__meeting=meeting).present()
    return as_value(
        meeting,
        Section.objects.filter(meeting=meeting),
        items.select_related("section"),
        appendices,
    )


@dataclass(frozen=True, slots=True)
class MeetingRows:
    """A meeting's sections, items and appendices, each loaded with what it belongs to."""

    sections: list[Section]
    items: list[AgendaItem]
    appendices: list[Appendix]


def read_rows(meeting: Meeting) -> MeetingRows:
    """Read all rows of a meeting's agenda in one query, removed ones left out."""
    found = _all_rows(meeting.pk)
    sections, files = ({row.pk: row for row in rows} for rows in (found[0], found[3]))
    by_pk = {item.pk: item for item in found[1]}
    for section in found[0]:
        section.meeting = meeting
    for item in found[1]:
        item.section = sections[item.section_id]
    for appendix in found[2]:
        appendix.item = by_pk[appendix.item_id]
        appendix.file = files.get(appendix.file_id)
    return MeetingRows(found[0], found[1], found[2])


@bundled
def _all_rows(meeting: int) -> tuple[QuerySet[Any], ...]:
    return (
        Section.objects.filter(meeting=meeting),
        AgendaItem.objects.filter(section__meeting=meeting).present(),
        Appendix.objects.filter(item__section__meeting=meeting).present(),
        ForeignFile.objects.filter(appendix__item__section__meeting=meeting).distinct(),
    )


def as_value(
    meeting: Meeting,
    sections: Iterable[Section],
    items: Iterable[AgendaItem],
    appendices: Iterable[Appendix],
) -> agenda.Agenda:
    """Make the value of rows that are loaded already; costs no query."""
    by_item: dict[int, list[Appendix]] = defaultdict(list)
    for appendix in appendices:
        by_item[appendix.item_id].append(appendix)
    by_section: dict[int, list[agenda.AgendaItem]] = defaultdict(list)
    for item in items:
        by_section[item.section_id].append(_item(item, by_item[item.pk]))
    return agenda.Agenda(
        council=meeting.council.name,
        slug=meeting.slug,
        held_on=meeting.held_on.isoformat(),
        hours=hours(meeting),
        place=meeting.place,
        note=meeting.example_note,
        sections=tuple(
            agenda.AgendaSection(s.number, s.title, tuple(by_section[s.pk]))
            for s in sections
        ),
        kind_of_meeting=_kind(meeting),
        sending_day=sending_day(meeting).isoformat(),
        taken=meeting.taken,
    )


def _kind(meeting: Meeting) -> str:
    """Give what a meeting is called that is not the council's own."""
    return "" if meeting.kind == MeetingKind.KKR else meeting.get_kind_display()


def hours(meeting: Meeting) -> str:
    """Give "13.00–16.00", "13.00", or "" where nobody has said."""
    given = (meeting.starts_at, meeting.ends_at)
    return formats.EN_DASH.join(f"{t.hour}.{t.minute:02d}" for t in given if t)


def _item(item: AgendaItem, appendices: Sequence[Appendix]) -> agenda.AgendaItem:
    return agenda.AgendaItem(
        key=item.key,
        number=item.number,
        kind=item.get_kind_display() if item.kind else "",
        title=item.title,
        asks=item.asks,
        reply=_reply(item),
        responsible=item.responsible,
        summary=item.summary,
        recommendation=item.recommendation,
        case=item.case,
        economy=item.economy,
        process=item.process,
        appendices=tuple(_appendix(item, appendix) for appendix in appendices),
        fate=item.fate,
        is_closed=item.is_closed,
        closed_reason=item.closed_reason if item.is_closed else "",
        contact=item.contact,
        readers=_readers(item, appendices),
    )


def _readers(
    item: AgendaItem, appendices: Sequence[Appendix]
) -> tuple[str, ...] | None:
    """Give whom what is closed of an item is for; None where nothing is."""
    has_closed = item.is_closed or any(row.closed for row in appendices)
    return tuple(readers_of(item)) if has_closed else None


def _reply(item: AgendaItem) -> str:
    """Give "Svar til Kulturministeriet, frist ikke angivet i brevet", or ""."""
    deadline = {
        ReplyDeadline.DATED: f"senest {formats.long_date(item.reply_on)}"
        if item.reply_on
        else "",
        ReplyDeadline.NOT_STATED: "frist ikke angivet i brevet",
    }.get(ReplyDeadline(item.reply_deadline), "")
    to = f"Svar til {item.addressee}" if item.addressee else ""
    if deadline and not to:
        to = "Svar"
    return ", ".join(part for part in (to, deadline) if part)


def _kind_of(row: Appendix) -> Literal["uploaded", "generated", "written"]:
    if row.is_written:
        return "written"
    return "generated" if row.is_generated else "uploaded"


def _appendix(item: AgendaItem, row: Appendix) -> agenda.AgendaAppendix:
    file = row.file
    return agenda.AgendaAppendix(
        key=row.key,
        number=row.own_number,
        label=f"{item.number} {row.number}",
        title=row.title,
        title_in_source=row.title_in_source,
        kind=_kind_of(row),
        sender=row.sender,
        dated=row.dated,
        own_name=row.own_name,
        status=row.status_words,
        summary=row.summary,
        made_of=row.made_of,
        digest=row.digest if file is None else file.cleaned,
        file="" if file is None else file.cleaned,
        file_name="" if file is None else file.name,
        facts={} if file is None else file.facts,
        notes=() if file is None else tuple(file.notes),
        pk=row.pk,
        is_withdrawn=row.is_withdrawn,
        closed=row.closed,
        language=row.language,
    )
