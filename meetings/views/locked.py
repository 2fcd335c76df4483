"""What is shown of a locked meeting in place of a form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render

from core import formats
from meetings.askable import key_of, questions_about
from meetings.choices import in_sentence
from meetings.queries import appendix_facts, item_appendices
from meetings.relatives import relatives
from meetings.services.life import locked_words
from meetings.views.comments import item_panel

if TYPE_CHECKING:
    from django.http import HttpResponse

    from accounts.access import VisitorRequest
    from meetings.models import AgendaItem, Appendix, Meeting

LOCKED = "meetings/locked.html"
ITEM = "meetings/item_locked.html"


def show_locked(
    request: VisitorRequest, meeting: Meeting, title: str, row: Appendix | None = None
) -> HttpResponse:
    """Say that a meeting is locked, with what could be edited as plain facts.

    Args:
        title: what the page would have edited: "Nyt punkt".
        row: the appendix it is about, if it is.
    """
    context = {
        "meeting": meeting,
        "title": title,
        "words": locked_words(meeting),
        "appendix": row,
        "facts": _said(row) if row else (),
    }
    return render(request, LOCKED, context)


def _said(row: Appendix) -> tuple[tuple[str, str], ...]:
    """Give what is said of an appendix; what is missing has a word."""
    own = (
        ("Titel", row.title),
        ("Afsender", row.sender),
        ("Dateret", row.dated),
        ("Dokumentets eget navn", row.own_name),
        ("Status", row.status_words),
        ("Resumé", row.summary),
        ("Lukket", row.closed or "Nej"),
    )
    named = tuple((name, value or "Ikke udfyldt") for name, value in own)
    return (*named, *appendix_facts(row))


def _closed(row: AgendaItem) -> str:
    """Say whether an item is closed, and why; chosen readers are not told by name."""
    if not row.is_closed:
        return "Åbent"
    readers = f"Læses af: {row.get_closed_to_display().lower()}"
    return ". ".join(part for part in ("Lukket", row.closed_reason, readers) if part)


def show_locked_item(request: VisitorRequest, row: AgendaItem) -> HttpResponse:
    """Show an item of a locked meeting as it stands, with nothing to type in."""
    meeting = row.section.meeting
    deadline = row.get_reply_deadline_display()
    facts = (
        ("Type", row.get_kind_display() if row.kind else ""),
        (f"Hvad skal {in_sentence(meeting.body)} gøre?", row.asks),
        ("Svaret sendes til", row.addressee),
        ("Svarfrist", formats.long_date(row.reply_on) if row.reply_on else deadline),
        ("Ansvarlig", row.responsible),
        ("Kontakt", row.contact),
        ("Åbent eller lukket", _closed(row)),
    )
    texts = (
        ("Resumé", row.summary),
        ("Indstilling", row.recommendation),
        ("Sagsfremstilling", row.case),
        ("Økonomi", row.economy),
        ("Videre proces", row.process),
    )
    appendices = item_appendices(row)
    context = {
        "item": row,
        "panel": item_panel(row, [entry.appendix for entry in appendices]),
        "meeting": meeting,
        "words": locked_words(meeting),
        "facts": tuple((name, value or "Ikke udfyldt") for name, value in facts),
        "texts": texts,
        "appendices": appendices,
        "relatives": relatives(row),
        "questions": questions_about(row),
        "question_key": key_of(row),
    }
    return render(request, ITEM, context)
