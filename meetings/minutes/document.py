"""Agenda and minutes as documents: the same tree for page and paper. No query.

Every item is an entry: it runs on below the one before it, and stays in one piece.
"""

from __future__ import annotations

from datetime import date
from html import escape
from typing import TYPE_CHECKING

from core import formats
from documents.tree import (
    Block,
    Column,
    Document,
    Group,
    Missing,
    Paragraph,
    RichText,
    Row,
    Section,
    Table,
    Value,
    Words,
    drop_empty,
)
from meetings.choices import Outcome, Presence, body_of, in_sentence
from meetings.minutes.applies import applies_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from meetings.agenda import Agenda, AgendaAppendix, AgendaItem
    from meetings.editions.edition import Edition, Part
    from meetings.minutes.value import Decided, Seat, Written
    from meetings.models import Decision, FollowUp, Guest

_WHO = Column("Hvem", names_row=True, width=44)
_SAID = Column("Svar")
UNANSWERED = "ikke svaret"
_NUMBER = Column("Punkt", width=16, tone="strong")
_TITLE = Column("Titel", names_row=True)
_BILAG = Column("Bilag", width=16, tone="quiet")
_PAGES = Column("Pakkens side", "right", width=30)
WAS_HEARD = "Det blev indstillet"
ABOUT_CLOSED = (
    "Kun for dem, der må læse punkterne. Giv det ikke videre",
    "Fremmødet og de åbne punkter står i det åbne referat",
)


def agenda_document(edition: Edition) -> Document:
    """Give the agenda of a packet: a list of the items, then each with all its texts."""
    agenda = edition.agenda
    return Document(
        key=f"agenda:{agenda.slug}",
        title="Dagsorden",
        lead=_when(agenda),
        blocks=(_items(agenda),) if agenda.items else (),
        sections=tuple(_agenda_item(edition, item) for item in agenda.items),
    )


def minutes_document(written: Written) -> Document:
    """Give the minutes: who was there, then what became of each item."""
    agenda = written.edition.agenda
    general = tuple(task for task in written.tasks if task.item_id is None)
    return Document(
        key=f"minutes:{agenda.slug}",
        title="Referat",
        lead=_when(agenda, written.edition.really_on),
        blocks=drop_empty(
            *_attendance(written),
            _tasks(f"minutes:{agenda.slug}/tasks", general),
        ),
        sections=tuple(
            _minutes_item(written.edition, own)
            for own in written.decided
            if own.item.title or own.is_decided
        ),
    )


def closed_document(written: Written) -> Document | None:
    """Give what the minutes say of closed items; None where there are none.

    Source: docs/rules.md R-53.
    """
    behind = written.behind
    if behind is None:
        return None
    sections = tuple(
        _minutes_item(behind.edition, own)
        for own in behind.decided
        if own.item.title or own.is_decided
    )
    if not sections:
        return None
    agenda = behind.edition.agenda
    key = f"closed-minutes:{agenda.slug}"
    return Document(
        key=key,
        title="Lukket referat",
        lead=_when(agenda, written.edition.really_on),
        blocks=(_lines(f"{key}/about", "Om referatet", (*ABOUT_CLOSED, agenda.note)),),
        sections=sections,
    )


def _when(agenda: Agenda, held_on: date | None = None) -> str:
    """Give "KKR Sjælland, onsdag den 22. november 2023 kl. 13.00–16.00".

    Args:
        held_on: the day it was put off to and held on, where that is another (docs/rules.md R-71).
    """
    day = held_on or date.fromisoformat(agenda.held_on)
    hours = f" kl. {agenda.hours}" if agenda.hours else ""
    place = f", {agenda.place}" if agenda.place else ""
    said = f"{formats.weekday(day)} den {formats.long_date(day)}{hours}{place}"
    kind = f", {agenda.kind_of_meeting}" if agenda.kind_of_meeting else ""
    return f"{agenda.council}{kind}, {said}"


def _items(agenda: Agenda) -> Table:
    rows = tuple(
        Row(
            f"agenda:{agenda.slug}/{item.anchor}",
            ((Words(item.number, strong=True),), _title(item)),
        )
        for item in agenda.items
    )
    return Table(
        key=f"agenda:{agenda.slug}/items",
        caption="Punkter på dagsordenen",
        columns=(_NUMBER, _TITLE),
        groups=(Group(f"agenda:{agenda.slug}/all", "", rows),),
        label="Punkter",
        has_quiet_head=True,
    )


def _title(item: AgendaItem) -> tuple[Words | Value, ...]:
    if item.title:
        return (Words(item.printed_title),)
    return (Value(f"item:{item.anchor}/title", missing=Missing.NOT_GIVEN),)


def _agenda_item(edition: Edition, item: AgendaItem) -> Section:
    key = f"item:{item.anchor}"
    texts = dict(item.texts)
    names = ("case", "economy", "process")
    own = ("Sagsfremstilling", "Økonomi", "Videre proces")
    blocks: tuple[Block, ...] = (
        RichText(f"{key}/recommendation", "Indstilling", texts.get("Indstilling", "")),
        RichText(f"{key}/summary", "Resumé", item.summary),
        *(
            RichText(f"{key}/{name}", label, texts.get(label, ""))
            for name, label in zip(names, own, strict=True)
        ),
        _lines(f"{key}/asks", _to_whom(edition.agenda), [item.asks, item.reply]),
        _lines(f"{key}/responsible", "Ansvarlig", [_begun(item.responsible)]),
        Paragraph(
            f"{key}/contact",
            "Kontakt",
            ((Words(item.contact),),) if item.contact else (),
        ),
        *_appendices(edition, item),
    )
    return Section(
        key=key,
        title=item.printed_title or item.heading,
        label=item.number,
        lead=item.kind,
        look="entry",
        blocks=drop_empty(*blocks),
    )


def _to_whom(agenda: Agenda) -> str:
    """Give "Til KKR", "Til styregruppen" (docs/rules.md R-72)."""
    return f"Til {in_sentence(body_of(agenda.kind_of_meeting))}"


def _lines(key: str, label: str, lines: Iterable[str]) -> Paragraph:
    """Give a field of plain sentences; empty ones are left out."""
    told = tuple((Words(f"{line.rstrip('.')}."),) for line in lines if line)
    return Paragraph(key, label, told)


def _begun(words: str) -> str:
    """Begin a line of its own with a capital letter."""
    return f"{words[:1].upper()}{words[1:]}"


def _appendices(edition: Edition, item: AgendaItem) -> Iterator[Table]:
    rows = [
        Row(
            f"item:{item.anchor}/appendix/{_anchor(bilag)}",
            (
                (Words(f"Bilag{formats.NBSP}{bilag.number}"),),
                (Words(bilag.title),),
                (Words(_span(bilag, part)),),
            ),
        )
        for bilag, part in edition.lines_of(item)
    ]
    if rows:
        yield Table(
            key=f"item:{item.anchor}/appendices",
            caption=f"Bilag under {item.number}",
            columns=(_BILAG, _TITLE, _PAGES),
            groups=(Group(f"item:{item.anchor}/appendix", "", tuple(rows)),),
            label="Bilag",
            has_quiet_head=True,
        )


def _anchor(bilag: AgendaAppendix) -> str:
    """Give its key, which is made of its title, only where it may be read."""
    return bilag.key if bilag.has_pages else f"bilag-{bilag.number}"


def _span(bilag: AgendaAppendix, part: Part | None) -> str:
    """Say where an appendix stands in the packet, or why it does not."""
    if part is not None:
        return f"side{formats.NBSP}{part.span}"
    return "lukket" if bilag.is_hidden else "udgået"


def _attendance(written: Written) -> Iterator[Block]:
    key = f"minutes:{written.edition.agenda.slug}"
    for presence in Presence:
        seats = written.of_presence(presence)
        yield _lines(f"{key}/{presence}", presence.label, _names(seats))
    yield _lines(f"{key}/guests", "Også til stede", _names(written.guests))


def _names(seats: tuple[Seat, ...] | tuple[Guest, ...]) -> list[str]:
    return ["; ".join(seat.words for seat in seats)] if seats else []


def _minutes_item(edition: Edition, own: Decided) -> Section:
    key, item, decision = f"item:{own.item.anchor}", own.item, own.decision
    blocks: tuple[Block, ...] = (
        RichText(f"{key}/recommendation", "Indstilling", heard(item.recommendation)),
        *_replies(key, own),
        _answer(key, decision),
        RichText(f"{key}/decision", "Beslutning", decision_html(edition, own)),
        RichText(f"{key}/minority", "Mindretal", minority_html(decision)),
        _tasks(f"{key}/tasks", own.tasks),
    )
    return Section(
        key=key,
        title=item.title or item.heading,
        label=item.number,
        lead=item.kind,
        look="entry",
        blocks=drop_empty(*blocks),
    )


def _replies(key: str, own: Decided) -> Iterator[Table]:
    """Give what a written hearing received: who answered what, and who did not."""
    closed = (reply for reply in own.replies if not reply.is_open)
    for at, reply in enumerate(closed, 1):
        given = (*reply.given, *((name, UNANSWERED) for name in reply.silent))
        rows = tuple(
            Row(f"{key}/reply/{at}/{place}", ((Words(name),), (Words(said),)))
            for place, (name, said) in enumerate(given, 1)
        )
        yield Table(
            key=f"{key}/replies/{at}",
            caption=reply.asked,
            columns=(_WHO, _SAID),
            groups=(Group(f"{key}/reply/{at}", "", rows),),
            label="Svar",
        )


def heard(html: str) -> str:
    """Give a recommendation as the minutes repeat it: "Det blev indstillet, at …"."""
    for words in ("Det indstilles", "Sekretariatet indstiller"):
        was = WAS_HEARD if words[0] == "D" else "Sekretariatet indstillede"
        if words in html:
            return html.replace(words, was, 1)
    return html


def decision_html(edition: Edition, own: Decided) -> str:
    """Give what was decided and what it applies to, as rich text; "" of nothing."""
    decision = own.decision
    if not decision.outcome:
        return f"<p>{escape(own.fate)}.</p>" if own.fate else ""
    said = decision.text or f"<p>{Outcome(decision.outcome).label}.</p>"
    words = applies_words(edition, own.item, decision.outcome)
    return f"{said}<p><em>{escape(words)}</em></p>" if words else said


def minority_html(decision: Decision) -> str:
    """Give the remarks of a minority, and whose they are; "" of none."""
    if not decision.minority:
        return ""
    return f"<p><strong>{escape(decision.minority_by)}</strong></p>{decision.minority}"


def _answer(key: str, decision: Decision) -> Paragraph:
    """Give the answer that was given before the meeting."""
    lines = []
    if decision.answer and decision.answered_on:
        day = formats.long_date(decision.answered_on)
        who = f"Afgivet {day} af {decision.answered_by}"
        lines = [decision.answer, who]
    return _lines(f"{key}/answer", "Svar før mødet", lines)


def _tasks(key: str, tasks: Iterable[FollowUp]) -> Paragraph:
    return _lines(key, "Opfølgning", [task_words(task) for task in tasks])


def task_words(task: FollowUp) -> str:
    """Say "Send svaret. Ansvarlig: sekretariatet. Frist: 1. december 2023"."""
    until = formats.long_date(task.due_on) if task.due_on else "ikke fastsat"
    return f"{task.text.rstrip('.')}. Ansvarlig: {task.owner}. Frist: {until}"
