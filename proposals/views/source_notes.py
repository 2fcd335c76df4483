"""What the sources do not agree on: all on one page, and one to be settled."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import editors_only
from core import formats
from core.conflict import Place, save_form
from proposals.forms import ChosenWordsForm, ReadingForm
from proposals.models import SourceNote
from proposals.queries import source_notes as queries
from proposals.services import source_notes
from proposals.views.common import tell, told

if TYPE_CHECKING:
    from accounts.access import PortalRequest
    from core.versions import Saved
    from proposals.services.source_notes import Settled

LIST: Final = "proposals:source-notes"
ROWS: Final = 50


@require_safe
@editors_only
def note_list(request: PortalRequest) -> HttpResponse:
    """Show all that the council's sources do not agree on, filtered."""
    listed = queries.note_list(request.seat, request.GET.dict())
    page = Paginator(listed.rows, ROWS).get_page(request.GET.get("side"))
    context = {"listed": listed, "page": page}
    return render(request, "proposals/source_notes.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def note(request: PortalRequest, key: str) -> HttpResponse:
    """Choose the words that hold where the sources differ, or take that back."""
    rows = SourceNote.objects.visible_to(request.seat).present()
    row = get_object_or_404(
        rows.select_related("catalogue", "proposal", "unit"), key=key
    )
    if request.method == "POST" and "undo" in request.POST:
        return _reopened(request, row)
    form = ReadingForm(request.POST or None, note=row)
    chosen = _chosen(request.POST, form) if request.method == "POST" else None
    if chosen is None:
        return _form(request, row, form)
    done: list[Settled] = []

    def save(**values: Any) -> Saved[SourceNote]:
        done.append(source_notes.settle_note(row.pk, by=request.user, **values))
        return done[-1].saved

    place = Place(f"”{row}”", request.path, ((reverse(LIST), "Uens i kilderne"),))
    saved = save_form(request, chosen, row, save, place)
    if isinstance(saved, HttpResponse):
        return saved
    if saved is None:
        for error in chosen.errors.get("chosen", ()):
            form.add_error("own", error)
        return _form(request, row, form)
    words = f"”{row}” er afgjort: ”{saved.row.chosen}”. {_said(done[-1])}".rstrip()
    tell(request, told(saved, chosen, words), url=request.path, undo=1)
    return redirect(_back(row))


def _form(request: PortalRequest, row: SourceNote, form: ReadingForm) -> HttpResponse:
    """Show one note with the form that settles it."""
    context = {"form": form, "note": row, "row": queries.note_row(row)}
    status = 422 if request.method == "POST" else 200
    return render(request, "proposals/source_note.html", context, status=status)


def _reopened(request: PortalRequest, row: SourceNote) -> HttpResponse:
    settled = source_notes.reopen_note(row.pk, by=request.user)
    tell(request, f"”{row}” er ikke afgjort. {_said(settled)}".rstrip())
    return redirect(_back(row))


def _chosen(data: QueryDict, form: ReadingForm) -> ChosenWordsForm | None:
    """Give the words that were chosen, as a form; None while nothing is chosen."""
    if "chosen" in data:
        return ChosenWordsForm(data)
    if not form.is_valid():
        return None
    own = QueryDict(mutable=True)
    own.update(
        {"chosen": form.words, "version": str(form.cleaned_data["version"] or 0)}
    )
    return ChosenWordsForm(own)


def _said(settled: Settled) -> str:
    """Say what else was changed by it, and what could not be."""
    words = []
    if settled.reworded:
        places = formats.counted(settled.reworded, "sted", "steder")
        words.append(f"Ordene er rettet {places} i teksten.")
    if settled.unfound:
        places = formats.counted(settled.unfound, "sted", "steder")
        words.append(
            f"{places.capitalize()} står ordene der ikke mere; intet er rettet."
        )
    return " ".join(words)


def _back(row: SourceNote) -> str:
    """Where a note is read: on its record's page, else on the page of all."""
    record = row.proposal or row.unit
    if record is not None:
        return f"{record.get_absolute_url()}#notes"
    return f"{reverse(LIST)}#note-{row.key}"
