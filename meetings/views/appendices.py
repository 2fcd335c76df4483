"""Appendices: files taken in, edited, replaced."""

from __future__ import annotations

from copy import copy
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.access import editors_only
from core.conflict import Place, merged_words, save_form
from core.drafts.offering import key_of, offer
from core.errors import RuleViolationError
from core.htmx import render_hx, wants_partial
from core.notices import Undo, say, warn
from core.versions import Saved
from documents.intake import advice_on
from documents.intake.office import looks_like_word
from documents.storage import files as storage
from documents.uploads import RefusedFileError
from meetings.earlier import earlier_files, file_at
from meetings.forms.agenda import AppendixForm, ItemForm, options_form
from meetings.queries import (
    appendix_by_pk,
    appendix_facts,
    item_by_pk,
    other_items,
)
from meetings.services import appendices as service
from meetings.services.written import add_word
from meetings.views.finding import own_meeting_or_404
from meetings.views.item_page import show_item
from meetings.views.items import at_item, item_or_404, place_of
from meetings.views.locked import show_locked
from meetings.views.meetings import name_of

if TYPE_CHECKING:
    from django import forms
    from django.core.files.uploadedfile import UploadedFile

    from accounts.access import PortalRequest
    from documents.models import ForeignFile
    from meetings.models import AgendaItem, Appendix

APPENDIX = "meetings/appendix.html"
NOT_RECEIVED = " blev ikke modtaget."


def appendix_or_404(request: PortalRequest, slug: str, pk: int) -> Appendix:
    """Give an appendix of a meeting that the user edits, wherever it now stands.

    Raises:
        Http404: there is none, or it is not the user's.
    """
    found = appendix_by_pk(own_meeting_or_404(request, slug), pk)
    if found is None:
        raise Http404
    return found


def back_at_item(
    request: PortalRequest,
    row: AgendaItem,
    words: str,
    undo: Undo | None = None,
    changed: int = 0,
) -> HttpResponse:
    """Answer a write to an item's appendices, with what was typed beside them kept.

    Whoever came from the item's page sent its form along: it is shown again as it was.
    """
    say(request, words, undo=undo)
    return at_bilag(request, row, changed)


def at_bilag(request: PortalRequest, row: AgendaItem, changed: int) -> HttpResponse:
    """Show an item's appendices again, with what was typed beside them kept."""
    if "title" in request.POST and "version" in request.POST:
        whole = item_by_pk(
            own_meeting_or_404(request, row.section.meeting.slug), str(row.pk)
        )
        if whole is not None:
            form = ItemForm(request.POST, instance=copy(whole))
            return show_item(request, whole, form=form, changed=changed)
    return redirect(f"{row.get_absolute_url()}#bilag")


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def appendix(
    request: PortalRequest,
    slug: str,
    number: str,  # noqa: ARG001 -- of the item; the appendix is known by its pk
    pk: int,
) -> HttpResponse:
    """Edit what is said of an appendix; shows what its file can and cannot do."""
    row = appendix_or_404(request, slug, pk)
    if row.position is None and request.method != "POST":
        raise Http404
    if row.item.section.meeting.is_locked and request.method != "POST":
        return show_locked(request, row.item.section.meeting, row.label, row)
    form = AppendixForm(request.POST or None, instance=copy(row))
    status = 200
    if request.method == "POST":

        def save(**values: Any) -> Saved[Appendix]:
            return service.edit_appendix(pk, by=request.user, **values)

        answer = save_form(request, form, row, save, _place(row))
        if isinstance(answer, Saved):
            merged = merged_words(answer, form)
            if is_gone(row):
                return said_removed(request, row, "er gemt", merged)
            say(request, f"{row.label} er gemt. {merged}".strip())
            return redirect(at_item(row.item))
        if answer is not None:
            return answer
        status = 422
    return show_appendix(request, row, form, status=status)


def is_gone(row: Appendix) -> bool:
    """The appendix was removed, or its item was: their numbers are others' by now."""
    return row.position is None or row.item.position is None


def said_removed(
    request: PortalRequest, row: Appendix, done: str, more: str = ""
) -> HttpResponse:
    """Answer a write to an appendix that was removed, or whose item was."""
    item, words = row.item, f"Bilaget ”{row.title}” {done}, men "
    args: list[object] = [item.section.meeting.slug, item.slug]
    if item.position is None:
        words += f"punktet ”{item.heading}” er fjernet fra dagsordenen."
        url, undo = reverse("meetings:item-removal", args=args), str(item.pk)
        back, label = (
            str(item.section.meeting.get_absolute_url()),
            "Sæt punktet ind igen",
        )
    else:
        words += f"det er fjernet fra punkt {item.number}."
        url, undo = reverse("meetings:appendix-removal", args=[*args, row.pk]), "1"
        back, label = f"{item.get_absolute_url()}#bilag", "Sæt det ind igen"
    say(request, f"{words} {more}".strip(), undo=Undo(url, label, {"undo": undo}))
    return redirect(back)


def show_appendix(
    request: PortalRequest,
    row: Appendix,
    form: AppendixForm,
    *,
    refusal: str = "",
    options: forms.Form | None = None,
    status: int = 200,
) -> HttpResponse:
    """Show an appendix's page.

    Args:
        form: what is said of it, as it was sent or as it is saved.
        refusal: why a file was not taken in, or "".
        options: what was chosen of data, if that was sent.
    """
    meeting = row.item.section.meeting
    name = f"{row.label}, {row.item.section.meeting.name}"
    offer(request, form, name, key=key_of(row))
    context = {
        "appendix": row,
        "item": row.item,
        "meeting": meeting,
        "meeting_title": name_of(meeting),
        "form": form,
        "facts": appendix_facts(row),
        "other_items": () if row.sent_in else other_items(row.item),
        "earlier": earlier_files(row),
        "advice": advice_on(row.file.facts) if row.file else (),
        "refusal": refusal,
        "options": options or options_form(row, request.seat.council, None),
    }
    return render_hx(request, APPENDIX, "side", context, status=status)


def _place(row: Appendix) -> Place:
    of_item = place_of(row.item)
    url = row.get_absolute_url()
    return Place(row.label, url, (*of_item.trail, (url, row.number)))


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def appendix_upload(request: PortalRequest, slug: str, number: str) -> HttpResponse:
    """Take in one or more files; one that is refused leaves the others alone."""
    row = item_or_404(request, own_meeting_or_404(request, slug), number)
    if request.method != "POST":
        return redirect(f"{row.get_absolute_url()}#bilag")
    sent = request.FILES.getlist("file")
    if not sent:
        return _refuse(request, row, [("", "Vælg en fil.")])
    most = settings.UPLOAD_MAX_FILES
    taken, refusals = [], []
    for upload in sent[:most]:
        try:
            taken.append(_take_in(request, row, upload))
        except RefusedFileError as error:
            refusals.append(_parted(str(error)))
        except RuleViolationError as error:
            refusals.append((str(upload.name), str(error)))
    too_many = f"Der kan sendes {most} filer ad gangen. Send den for sig."
    refusals += [(str(upload.name), too_many) for upload in sent[most:]]
    labels = ", ".join(made.number for made in taken)
    words = f"{labels} er modtaget. Ret titlen, og skriv et resumé."
    if refusals and taken:
        say(request, words)
    if refusals:
        return _refuse(request, row, refusals)
    return back_at_item(request, row, words, changed=taken[0].pk)


def _take_in(
    request: PortalRequest, row: AgendaItem, upload: UploadedFile[Any]
) -> Appendix:
    path, name = Path(_path_of(upload)), str(upload.name)
    if looks_like_word(path, name):
        return add_word(row.pk, path=path, name=name, by=request.user)
    return service.add_file(row.pk, path=path, name=name, by=request.user)


def _parted(sentence: str) -> tuple[str, str]:
    """Part "x.pdf blev ikke modtaget. Filen er tom." into the file's name and why."""
    name, said, reason = sentence.partition(f"{NOT_RECEIVED} ")
    return (name.strip(), reason) if said else ("", sentence)


def _path_of(upload: UploadedFile[Any]) -> str:
    """Give where the upload lies; settings see to it that each is a file on disk."""
    on_disk: Any = upload
    return str(on_disk.temporary_file_path())


def _refuse(
    request: PortalRequest, row: AgendaItem, refusals: list[tuple[str, str]]
) -> HttpResponse:
    was_typed = "title" in request.POST and "version" in request.POST
    form = ItemForm(request.POST, instance=copy(row)) if was_typed else None
    return show_item(request, row, form=form, refusals=refusals, status=422)


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def appendix_file(
    request: PortalRequest,
    slug: str,
    number: str,  # noqa: ARG001 -- of the item; the appendix is known by its pk
    pk: int,
) -> HttpResponse:
    """Fetch the cleaned copy of a file from outside; with a POST replace the file."""
    row = appendix_or_404(request, slug, pk)
    if row.file is None:
        raise Http404
    if request.method == "POST":
        return _replace(request, row, row.file)
    file = file_at(row, request.GET.get("fil", "")) or row.file
    answer: Any = FileResponse(
        storage().open(file.cleaned),
        as_attachment=True,
        filename=f"{row.label} {file.name}".removesuffix(".pdf") + ".pdf",
        content_type="application/pdf",
    )
    # A file is nobody's page: it may neither run anything nor reach this site.
    answer._csp_config = {**settings.SECURE_CSP, "sandbox": True}  # noqa: SLF001
    return cast("HttpResponse", answer)


def _replace(request: PortalRequest, row: Appendix, old: ForeignFile) -> HttpResponse:
    if (undo := request.POST.get("undo", "")).isdecimal():
        return _put_back(request, row, int(undo[:18]))
    upload = request.FILES.get("file")
    form = AppendixForm(instance=row)
    if upload is None:
        return show_appendix(request, row, form, refusal="Vælg en fil.", status=422)
    try:
        service.replace_file(
            row.pk,
            path=Path(_path_of(upload)),
            name=str(upload.name),
            by=request.user,
        )
    except (RefusedFileError, RuleViolationError) as error:
        return show_appendix(request, row, form, refusal=str(error), status=422)
    if is_gone(row):
        return said_removed(request, row, "har fået en ny fil")
    undo_it = Undo(request.path, "Fortryd", {"undo": str(old.pk)})
    words = f"Filen i {row.label} er erstattet. Titel og resumé er, som de var."
    say(request, words, undo=undo_it)
    if wants_partial(request):
        again = appendix_or_404(request, row.item.section.meeting.slug, row.pk)
        return show_appendix(request, again, form)
    return redirect(row)


def _put_back(request: PortalRequest, row: Appendix, file_pk: int) -> HttpResponse:
    try:
        service.put_file_back(row.pk, file_pk=file_pk, by=request.user)
    except ObjectDoesNotExist as error:
        raise Http404 from error
    except RuleViolationError as error:
        warn(request, str(error))
        return redirect(row)
    if is_gone(row):
        return said_removed(request, row, "har igen den fil, det havde")
    say(request, f"{row.label} har igen den fil, den havde.")
    return redirect(row)
