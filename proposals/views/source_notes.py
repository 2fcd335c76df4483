"""What the sources do not agree on: all on one page; written, edited, settled, removed.

Source: docs/rules.md R-108.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import editors_only
from core import formats
from core.asked import REMOVE
from core.conflict import Place, save_form
from core.deleted import deletion_of
from core.gone import Lost, given_back
from proposals.forms import ChosenWordsForm, NewNoteForm, NoteForm, ReadingForm
from proposals.models import SourceNote
from proposals.queries import source_notes as queries
from proposals.queries.note_owners import owner_choices
from proposals.services import source_notes
from proposals.views.common import or_404, refusal
from proposals.views.posted import number_of, posted
from proposals.views.telling import changed_meanwhile, or_warn, tell, tell_edit, told

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from accounts.access import PortalRequest
    from core.versions import Saved
    from proposals.services.source_notes import Settled

LIST: Final = "proposals:source-notes"
FORM, ASKED = "proposals/source_note_form.html", "proposals/evidence_removal.html"
ROWS: Final = 50
TOLD: Final = ("about", "kind", "readings", "chosen")
EDITED: Final = {
    "about": "Hvad kilderne er uens om",
    "readings_sted": "Kilde",
    "readings_tekst": "Det, der står dér",
}


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
    row = _row_or_text(request, key, {"own": "De ord, der skal gælde"})
    if isinstance(row, HttpResponse):
        return row
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


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def note_new(request: PortalRequest) -> HttpResponse:
    """Write down something that is not agreed on; ``?om=forslag-7`` chooses whose it is."""
    asked = request.GET
    initial = {"of": asked.get("om", ""), "kind": asked.get("art", "")}
    groups = owner_choices(request.seat)
    form = NewNoteForm(posted(request), groups=groups, initial=initial)
    if request.method == "POST" and form.is_valid():
        row = source_notes.add_note(
            request.seat.council_id, by=request.user, **form.values
        )
        removal = reverse("proposals:source-note-removal", args=[row.key])
        undo = {"version": str(row.version), **REMOVE}
        tell(request, f"”{row}” er skrevet.", url=removal, **undo)
        return redirect(_back(row))
    status = 422 if request.method == "POST" else 200
    return render(request, FORM, {"form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def note_edit(request: PortalRequest, key: str) -> HttpResponse:
    """Say in other words what is not agreed on, or take that back."""
    row = _row_or_text(request, key, EDITED)
    if isinstance(row, HttpResponse):
        return row
    if "undo" in request.POST:
        version = number_of(request.POST["undo"])
        with or_warn(request):
            source_notes.undo_note(row.pk, version=version, by=request.user)
            tell(request, f"Rettelsen af ”{row}” er fortrudt.")
        return redirect(_back(row))
    form = NoteForm(posted(request), note=row)
    status = 200
    if request.method == "POST":
        save = partial(source_notes.edit_note, row.pk, by=request.user)
        place = Place(f"”{row}”", request.path, ((reverse(LIST), "Uens i kilderne"),))
        saved = save_form(request, form, row, save, place)
        if isinstance(saved, HttpResponse):
            return saved
        if saved is not None:
            tell_edit(request, told(saved, form, f"”{saved.row}” er gemt."), saved)
            return redirect(_back(row))
        status = refusal(form)
    context = {"form": form, "note": row, "row": queries.note_row(row)}
    return render(request, FORM, context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def note_removal(request: PortalRequest, key: str) -> HttpResponse:
    """Ask whether a note shall be deleted, delete it, or bring it back."""
    if request.POST.get("undo"):
        pk, council = number_of(request.POST["undo"]), request.seat.council_id
        with or_404():
            row = source_notes.restore_note(council, pk, by=request.user)
        tell(request, f"”{row}” er tilbage.")
        return redirect(_back(row))
    row = _row(request, key)
    if request.POST.get("remove") == REMOVE["remove"]:
        back = _back(row)
        if changed_meanwhile(request, row, TOLD, f"”{row}”"):
            return redirect(back)
        source_notes.remove_note(row.pk, by=request.user)
        tell(request, f"”{row}” er slettet.", url=request.path, undo=row.pk)
        return redirect(back)
    context = {
        "what": row.about,
        "where": [f"{place}: {text}" for place, text in queries.note_row(row).readings],
        "back": reverse("proposals:source-note", args=[row.key]),
        "trail": ((reverse(LIST), "Uens i kilderne"),),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, ASKED, context, status=status)


def _row(request: PortalRequest, key: str) -> SourceNote:
    """Give the council's note.

    Raises:
        Http404: the user may see no such note.
    """
    return get_object_or_404(_rows(request), key=key)


def _rows(request: PortalRequest) -> QuerySet[SourceNote]:
    rows = SourceNote.objects.visible_to(request.seat).present()
    return rows.select_related("catalogue", "proposal", "unit")


def _row_or_text(
    request: PortalRequest, key: str, labels: dict[str, str]
) -> SourceNote | HttpResponse:
    """Give the note; or, where somebody deleted it meanwhile, what was written in it.

    Raises:
        Http404: nothing was written, or the user may see no such note.
    """
    if row := _rows(request).filter(key=key).first():
        return row
    council = request.seat.council_id
    lost = Lost(
        name="Noten",
        deletion=deletion_of(SourceNote, council=council, key=key),
        restore=partial(source_notes.restore_note, council, by=request.user),
        labels=labels,
        back=reverse(LIST),
    )
    found = given_back(request, lost)
    return found if isinstance(found, HttpResponse) else _row(request, found.key)


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
