"""The page of one item, which several views answer with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import render

from core.drafts.models import Draft
from core.drafts.offering import key_of, offer
from core.fieldstates import note_states
from core.htmx import render_hx
from meetings.askable import key_of as key_of_item
from meetings.askable import questions_about
from meetings.checking import known as checks
from meetings.checking.looking import rows_about, stored
from meetings.forms.agenda import CLOSED, TEXTS, ItemForm
from meetings.forms.readers import reader_choices
from meetings.people import people_of
from meetings.queries import item_appendices
from meetings.relatives import relatives
from meetings.revisions.box import beside
from meetings.views.comments import item_panel
from meetings.views.meetings import name_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpResponse

    from accounts.access import VisitorRequest
    from meetings.checking.looking import Looked, OfField
    from meetings.models import AgendaItem
    from meetings.queries import AppendixRow

ITEM, NUMBERS = "meetings/item.html", "meetings/item_numbers.html"
# A text as it is named inside a sentence.
IN_TEXT = {
    "summary": "resuméet",
    "recommendation": "indstillingen",
    "case": "sagsfremstillingen",
    "economy": "feltet Økonomi",
    "process": "feltet Videre proces",
}
# More refused files than this are told in one line of the box on top.
SINGLY = 2


def show_item(  # noqa: PLR0913 -- one keyword a way to come back
    request: VisitorRequest,
    row: AgendaItem,
    *,
    form: ItemForm | None = None,
    refusals: Sequence[tuple[str, str]] = (),
    changed: int | None = None,
    numbers: Looked | None = None,
    status: int = 200,
) -> HttpResponse:
    """Show an item's page, or its appendices where htmx asked for them.

    Args:
        form: what was sent, if anything was; nothing typed is lost.
        numbers: what was looked up about the texts; else what the last check found.
        changed: pk of the appendix that gets the focus; 0 for their heading.
        refusals: file names and why they were not taken in.
    """
    meeting = row.section.meeting
    appendices = item_appendices(row)
    form = form or ItemForm(instance=row)
    people = people_of(meeting.council_id)
    readers: Any = form.fields["closed_readers"]
    readers.choices = reader_choices(people.seats)
    name = f"{row}, {row.section.meeting.name}"
    drafts = Draft.objects.visible_to(request.user).filter(key=key_of(row))
    latest, (known, found, stated) = beside(row.pk, drafts, *rows_about(row))
    numbers = numbers or stored(row, found, stated)
    offer(request, form, name, key=key_of(row), known=known)
    note_states(form, row, wanted=TEXTS, besides=CLOSED)
    context: dict[str, Any] = {
        "item": row,
        "latest": latest,
        "meeting": meeting,
        "meeting_title": name_of(meeting),
        "appendices": appendices,
        "form": form,
        "refusals": refusals,
        "changed": changed,
        "missing": _missing(row, appendices, refusals, numbers),
        "numbers": numbers.fields,
        "relatives": relatives(row),
        "panel": item_panel(row, [entry.appendix for entry in appendices]),
        "questions": questions_about(row),
        "question_key": key_of_item(row),
        "addressees": people.addressees,
    }
    return render_hx(request, ITEM, "bilag", context, status=status)


def show_numbers(
    request: VisitorRequest, row: AgendaItem, own: OfField, *, status: int
) -> HttpResponse:
    """Show what is said of one text's numbers, where htmx asked for it."""
    context = {"item": row, "meeting": row.section.meeting, "own": own, "oob": True}
    return render(request, NUMBERS, context, status=status)


def _missing(
    row: AgendaItem,
    appendices: Sequence[AppendixRow],
    refusals: Sequence[tuple[str, str]],
    numbers: Looked,
) -> list[tuple[str, str, str]]:
    """Give what the box on top lists: tone, sentence, address of where to put it right."""
    found = [
        (
            "partial",
            f"{each.number} i {IN_TEXT[each.field]} findes hverken i data eller bilag",
            f"#tal-{each.field}",
        )
        for each in numbers.loose
    ]
    found += [
        ("partial", f"{word} er ikke udfyldt", f"#id_{name}")
        for name, word in checks.unfilled(row)
    ]
    found += [
        (
            "partial",
            f"{entry.appendix.number} mangler resumé til skærmlæser",
            f"{entry.appendix.get_absolute_url()}#id_summary",
        )
        for entry in appendices
        if checks.needs_summary(entry.appendix)
    ]
    if len(refusals) > SINGLY:
        words = f"{len(refusals)} filer blev ikke modtaget"
        return [*found, ("bad", words, "#afvist-1")]
    found += [
        ("bad", f"{name} blev ikke modtaget" if name else sentence, f"#afvist-{at}")
        for at, (name, sentence) in enumerate(refusals, 1)
    ]
    return found
