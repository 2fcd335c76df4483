"""What the workbench pages show, read in few queries and handed on as plain values."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from core import formats
from core.prepared import prepared
from meetings import rows
from meetings.askable import with_questions
from meetings.checking import known as checks
from meetings.checking.standing import standing
from meetings.choices import MeetingState, PacketState
from meetings.comments.threads import with_comments, with_open_comments
from meetings.models import AgendaItem, Appendix, Meeting, PacketPart, Section
from meetings.packets.state import AppendixState, Freshness, packet_state
from meetings.relatives import with_relatives
from meetings.words import remark_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet

    from accounts.models import Council, User
    from meetings.agenda import Agenda, AgendaAppendix
    from meetings.checking.standing import Standing
    from meetings.packets.state import MeetingPacket

SECOND = 2
NOTHING_KNOWN = AppendixState(Freshness.NEW)

# "2-3", or "2-3a" for an item that came late.
ITEM_SLUG = re.compile(r"([0-9]{1,3})-([0-9]{1,3})([a-z]{0,2})")


@dataclass(frozen=True, slots=True)
class Chip:
    """One word on a coloured ground."""

    text: str
    tone: str


@dataclass(frozen=True, slots=True)
class AppendixRow:
    """An appendix in a list.

    Attributes:
        note: what it is: "Dannes af 18 forslag", "Scannet uden tekstlag"; or "".
        chip: its state, if there is anything to say.
        span: its pages in the latest packet, "2–21"; "" while unknown.
        may_rise, may_sink: it can be moved a place up, or down.
    """

    appendix: Appendix
    note: str
    chip: Chip | None
    span: str
    may_rise: bool
    may_sink: bool

    @property
    def is_warned(self) -> bool:
        """The note tells what a screen reader cannot do with the file."""
        return bool(self.note) and not checks.reads_aloud(self.appendix)


@dataclass(frozen=True, slots=True)
class ItemRow:
    """An item in the agenda with its appendices.

    Attributes:
        reply_chip: that an answer is due before the meeting, or "".
        missing: what it lacks, or "".
        may_rise, may_sink: it can be moved a place up, or down.
    """

    item: AgendaItem
    appendices: tuple[AppendixRow, ...]
    reply: str
    reply_chip: str
    missing: str
    may_rise: bool
    may_sink: bool


@dataclass(frozen=True, slots=True)
class SectionRows:
    """A section and its items."""

    section: Section
    items: tuple[ItemRow, ...]


@dataclass(frozen=True, slots=True)
class Workbench:
    """A meeting as its editors see it."""

    meeting: Meeting
    agenda: Agenda
    sections: tuple[SectionRows, ...]
    packet: MeetingPacket
    standing: Standing

    @property
    def facts(self) -> str:
        """One line: "Onsdag kl. 13.00–16.00 · 5 punkter · 10 bilag · 125 sider"."""
        day = formats.weekday(self.meeting.held_on).capitalize()
        latest = self.packet.latest
        parts = [
            f"{day} kl. {self.agenda.hours}" if self.agenda.hours else day,
            formats.counted(self.agenda.titled_count, "punkt", "punkter"),
            formats.counted(len(self.agenda.appendices), "bilag", "bilag"),
        ]
        if latest is not None:
            parts.append(formats.counted(latest.page_count, "side", "sider"))
        if self.meeting.place:
            parts.append(self.meeting.place)
        return " · ".join(parts)

    def row(self, asked: str) -> ItemRow | None:
        """Give the item that addresses call "2-3", or the one of that pk."""
        rows_ = (row for section in self.sections for row in section.items)
        return next(
            (row for row in rows_ if asked in {row.item.slug, str(row.item.pk)}), None
        )


def workbench(meeting: Meeting) -> Workbench:
    """Read a meeting as ``own_meeting`` gives it: 4 queries."""
    sections = sections_of(meeting)
    own = {section.pk: section for section in sections}
    items = _items(meeting.pk)
    for item in items:
        item.section = own[item.section_id]
    appendices = _appendices(items)
    agenda = rows.as_value(meeting, sections, items, appendices)
    packet = packet_state(meeting, agenda, appendices)
    return Workbench(
        meeting=meeting,
        agenda=agenda,
        sections=_sections(sections, items, appendices, agenda, packet),
        packet=packet,
        standing=standing(meeting.pk),
    )


@prepared
def _items(meeting: int) -> QuerySet[AgendaItem]:
    rows = AgendaItem.objects.filter(section__meeting=meeting).present()
    return with_open_comments(rows)


def removed_meeting(user: User, council: Council, slug: str) -> Meeting | None:
    """Give a removed meeting by the place it has since: one query."""
    rows = Meeting.objects.of_editor(user).filter(is_removed=True)
    return rows.filter(council=council, slug=slug).first()


def may_be_removed(meeting: Meeting) -> bool:
    """Whether it is a draft that was never sent: one query, none of any other."""
    return meeting.state == MeetingState.DRAFT and not meeting.publications.exists()


def removed_meetings(user: User, council: Council) -> QuerySet[Meeting]:
    """Give the council's removed meetings, the last removed first: one query."""
    rows = Meeting.objects.of_editor(user).filter(is_removed=True, council=council)
    return rows.for_list().order_by("-changed_at", "-pk")


def sections_of(meeting: Meeting) -> list[Section]:
    """Give the sections of a meeting that was read ``with_sections``; no query."""
    loaded: Any = meeting
    return [Section(**row, meeting=meeting) for row in loaded.section_rows]


def item_at(meeting: Meeting, number: str) -> AgendaItem | None:
    """Give the item that addresses call "2-3", its section and meeting loaded: 1 query.

    Once a meeting is sent its items have numbers of their own: "2-3a".
    """
    called = ITEM_SLUG.fullmatch(number)
    if called is None:
        return None
    section, place, letters = called.groups()
    found = next((s for s in sections_of(meeting) if s.number == int(section)), None)
    if found is None:
        return None
    given, at = f"{section}.{place}{letters}", int(place)
    item = _item_at.first(found.pk, given, at, has_letters=bool(letters))
    if item is not None:
        item.section = found
    return item


@prepared
def _item_at(
    section: int, given: str, position: int, *, has_letters: bool
) -> QuerySet[Any, AgendaItem]:
    asked = Q(given_number=given)
    if not has_letters:
        asked |= Q(given_number="", position=position)
    rows = AgendaItem.objects.filter(asked, section=section)
    return with_comments(with_questions(with_relatives(rows)))[:1]


def item_by_pk(meeting: Meeting, pk: str) -> AgendaItem | None:
    """Give one of the meeting's items, also a removed one, wherever it now stands."""
    if not pk.isdecimal() or len(pk) > 18:  # noqa: PLR2004
        return None
    own = {section.pk: section for section in sections_of(meeting)}
    rows = AgendaItem.objects.filter(section__in=own, pk=int(pk))
    item = with_comments(with_questions(with_relatives(rows))).first()
    if item is not None:
        item.section = own[item.section_id]
    return item


def appendix_by_pk(meeting: Meeting, pk: int) -> Appendix | None:
    """Give one of the meeting's appendices, also a removed one; its item loaded."""
    rows = Appendix.objects.filter(item__section__meeting=meeting, pk=pk)
    appendix = rows.select_related("item__section", "file").first()
    if appendix is not None:
        appendix.item.section.meeting = meeting
    return appendix


def other_items(item: AgendaItem) -> list[AgendaItem]:
    """Give the other items of its agenda, where an appendix may go: one query."""
    rows = AgendaItem.objects.present().select_related("section")
    own = rows.filter(section__meeting=item.section.meeting_id).exclude(pk=item.pk)
    fields = ("title", "given_number", "position", "section__number")
    return list(own.only(*fields))


def item_appendices(item: AgendaItem) -> tuple[AppendixRow, ...]:
    """Read one item's appendices, its section and meeting loaded: two queries."""
    appendices = _appendices([item])
    section, meeting = item.section, item.section.meeting
    agenda = rows.as_value(meeting, [section], [item], appendices)
    values = {value.pk: value for value in agenda.appendices}
    known = _spans([appendix.pk for appendix in appendices])
    return _rows(appendices, values, known)


def appendix_facts(row: Appendix) -> tuple[tuple[str, str], ...]:
    """Say what an appendix is: pairs of name and value. No query."""
    if row.is_written:
        return (("Indhold", row.made_of or "Ikke talt endnu"),)
    if row.file is None:
        made = row.made_of or "data; det, der ligger i dem nu"
        return (("Dannes af", made),)
    file, facts = row.file, row.file.facts
    text = {"all": "Ja", "some": "På nogle af siderne", "none": "Nej"}[facts["text"]]
    inside = (("Vores data i filen", file.data_names),) if file.data else ()
    return (
        ("Fil", file.name),
        ("Størrelse", formats.file_size(file.size)),
        ("Sider", formats.number(file.page_count)),
        ("Format", _sheets(facts["pages"])),
        ("Opmærket til skærmlæser", "Ja" if facts["tagged"] else "Nej"),
        ("Tekst, der kan læses", text),
        ("Sprog", formats.language_name(str(facts["language"])).capitalize()),
        ("Filens egen titel", str(facts["title"]) or "Ingen"),
        *inside,
    )


def _sheets(pages: Any) -> str:
    """Say the sizes of a file's sheets, the most common first: "A4 stående"."""
    counted: dict[str, int] = defaultdict(int)
    for page in pages:
        counted[_sheet(page["width_mm"], page["height_mm"])] += 1
    ordered = sorted(counted, key=lambda name: (-counted[name], name))
    return ", ".join(ordered[:3]) + (" og andre" if ordered[3:] else "")


def _sheet(width: float, height: float) -> str:
    short, long = sorted((width, height))
    direction = "liggende" if width > height else "stående"
    for name, (a, b) in {"A4": (210, 297), "A3": (297, 420), "A5": (148, 210)}.items():
        if abs(short - a) <= 2 and abs(long - b) <= 2:  # noqa: PLR2004 -- millimetres
            return f"{name} {direction}"
    return f"{round(width)} × {round(height)} mm"


def _appendices(items: list[AgendaItem]) -> list[Appendix]:
    """Read the appendices of items that are loaded: one query."""
    by_pk = {item.pk: item for item in items}
    found = Appendix.objects.filter(item__in=by_pk, position__isnull=False)
    appendices = list(found.select_related("file").order_by("position", "pk"))
    for appendix in appendices:
        appendix.item = by_pk[appendix.item_id]
    order = {pk: place for place, pk in enumerate(by_pk)}
    return sorted(appendices, key=lambda row: order[row.item_id])


def _spans(pks: list[int]) -> dict[int, AppendixState]:
    """Read where appendices stand in the latest packet that holds them."""
    parts = PacketPart.objects.filter(
        appendix_pk__in=pks, packet__state=PacketState.BUILT
    )
    newest = parts.order_by("appendix_pk", "-packet_id").distinct("appendix_pk")
    return {
        part.appendix_pk: AppendixState(Freshness.NEW, "", part.span)
        for part in newest.defer("document", "pages")
        if part.appendix_pk is not None
    }


def _sections(
    sections: list[Section],
    items: list[AgendaItem],
    appendices: list[Appendix],
    agenda: Agenda,
    packet: MeetingPacket,
) -> tuple[SectionRows, ...]:
    values = {value.pk: value for value in agenda.appendices}
    replies = {value.key: value.reply for value in agenda.items}
    of_item: dict[int, list[Appendix]] = defaultdict(list)
    for appendix in appendices:
        of_item[appendix.item_id].append(appendix)
    found = {}
    for at, item in enumerate(items):
        found[item.pk] = ItemRow(
            item=item,
            appendices=_rows(of_item[item.pk], values, packet.appendices),
            reply=replies[item.key],
            reply_chip=_reply_chip(item, agenda),
            missing=_missing(item),
            may_rise=_may_rise(items, at),
            may_sink=_may_sink(items, at),
        )
    return tuple(
        SectionRows(s, tuple(found[i.pk] for i in items if i.section_id == s.pk))
        for s in sections
    )


def _may_rise(rows: Sequence[AgendaItem | Appendix], at: int) -> bool:
    """Nothing rises from the top, nor above what was sent as the first in its place."""
    is_barred = rows[at].position == SECOND and rows[at - 1].sent_in is not None
    return at > 0 and rows[at].sent_in is None and not is_barred


def _may_sink(rows: Sequence[AgendaItem | Appendix], at: int) -> bool:
    return rows[at].sent_in is None and at < len(rows) - 1


def _reply_chip(item: AgendaItem, agenda: Agenda) -> str:
    """Say that an answer is due before the meeting: "Svar ønskes før 14. nov."; or ""."""
    day = item.reply_on
    if day is None or day.isoformat() >= agenda.held_on:
        return ""
    return f"Svar ønskes før {formats.short_date(day)}"


def _missing(item: AgendaItem) -> str:
    """Say what stands in the way below the title: "Type og ønsket handling mangler"."""
    words = [word for name, word in checks.missing_in(item) if name != "title"]
    return f"{formats.listed(words).capitalize()} mangler" if words else ""


def _rows(
    appendices: list[Appendix], values: Any, states: Any
) -> tuple[AppendixRow, ...]:
    return tuple(
        AppendixRow(
            appendix=row,
            note=_note(row, values[row.pk], states.get(row.pk, NOTHING_KNOWN)),
            chip=_chip(row, states.get(row.pk, NOTHING_KNOWN)),
            span=states.get(row.pk, NOTHING_KNOWN).span,
            may_rise=_may_rise(appendices, at),
            may_sink=_may_sink(appendices, at),
        )
        for at, row in enumerate(appendices)
    )


def _note(row: Appendix, value: AgendaAppendix, state: AppendixState) -> str:
    if row.failure:
        return row.failure
    if row.is_generated:
        made = f"Dannes af {row.made_of or 'data'}"
        if row.is_written:
            made = f"Skrevet her: {row.made_of}" if row.made_of else "Skrevet her"
        is_changed = state.freshness is Freshness.CHANGED and state.sentence
        return (
            f"{made}. {state.sentence[:1].upper()}{state.sentence[1:]}"
            if is_changed
            else made
        )
    words = remark_words(value).partition(";")[0]
    return f"{words} uden opmærkning" if words.startswith("Liggende") else words


def _chip(row: Appendix, state: AppendixState) -> Chip | None:
    """Say the one thing that matters most about an appendix."""
    if row.is_withdrawn:
        return Chip("Udgået", "changed")
    if row.failure:
        return Chip("Kan ikke dannes", "bad")
    if checks.contradiction(row):
        return Chip("Modsigelse", "bad")
    if row.is_generated:
        return {
            Freshness.FRESH: Chip("Aktuel", "good"),
            Freshness.UNCHECKED: Chip("Ikke kontrolleret", "waiting"),
            Freshness.CHANGED: Chip("Forældet", "changed"),
        }.get(state.freshness)
    return _chip_of_file(row)


def _chip_of_file(row: Appendix) -> Chip | None:
    """Say whether a file that cannot be read aloud has a summary."""
    if checks.reads_aloud(row):
        return None
    if row.summary:
        return Chip("Resumé skrevet", "good")
    return Chip("Resumé mangler", "partial")
