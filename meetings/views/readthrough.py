"""Read-through: the secretariat asks and sees who has read, the asked read the draft.

A reader reaches one packet, by a row that is theirs; everything else of the draft
answers as what does not exist.

Source: docs/rules.md R-47.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import editors_only
from core.drafts.keeping import close_posted
from core.drafts.offering import key_of, offer
from core.errors import RuleViolationError
from core.notices import say, warn
from documents import codec
from documents.page import html_of
from meetings.editions import reading
from meetings.editions.copies import taken_in
from meetings.editions.withdrawn import (
    WithdrawnError,
    taken_since,
    withdrawal_rows,
    withdrawn,
)
from meetings.forms.comments import ReadersForm, RemarksForm
from meetings.models import ReadThrough
from meetings.packets.marks import marked_items
from meetings.readthrough.letters import letter
from meetings.readthrough.standing import items_by_key
from meetings.services import readthrough as service
from meetings.views.files import pictures_in, send_file
from meetings.views.finding import own_meeting_or_404

if TYPE_CHECKING:
    from django.http import HttpResponse, HttpResponseBase

    from accounts.access import PortalRequest
    from meetings.editions.edition import Edition, Part
    from meetings.models import Meeting

PAGE, DRAFT = "meetings/readthroughs.html", "meetings/readthrough.html"
BILAG = "meetings/readthrough_appendix.html"


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def readthroughs(request: PortalRequest, slug: str) -> HttpResponse:
    """Ask people to read the draft, remind them, take it back, and see who has read."""
    meeting = own_meeting_or_404(request, slug)
    act = request.POST.get("act", "")
    data = request.POST if act == "ask" else None
    form = ReadersForm(data, council=meeting.council)
    if request.method != "POST":
        return _page(request, meeting, form)
    try:
        if act == "ask":
            if not form.is_valid():
                return _page(request, meeting, form, 422)
            service.ask_readers(meeting.pk, by=request.user, **form.cleaned_data)
            say(request, "De er spurgt og får en mail.")
        elif act == "remind":
            rows = service.remind_readers(meeting.pk, by=request.user)
            say(request, _reminded(len(rows)))
        elif (pk := request.POST.get("withdraw", "")).isdecimal():
            _take_back(request, meeting, int(pk[:18]))
        else:
            return _page(request, meeting, form, 422)
    except RuleViolationError as error:
        warn(request, str(error))
    return redirect("meetings:readthroughs", slug)


def _reminded(many: int) -> str:
    if not many:
        return "Ingen er påmindet: alle har læst eller har fået en mail i dag."
    return f"{many} er påmindet."


def _take_back(request: PortalRequest, meeting: Meeting, pk: int) -> None:
    row = meeting.readthroughs.filter(pk=pk).first()
    if row is None:
        raise Http404
    service.take_reader_back(row.pk, by=request.user)
    say(request, f"{row.name} skal ikke læse udkastet mere.")


def _page(
    request: PortalRequest, meeting: Meeting, form: ReadersForm, status: int = 200
) -> HttpResponse:
    """Show who was asked and who has read: three queries more than the meeting."""
    rows = list(meeting.readthroughs.select_related("packet", "meeting"))
    now = set(meeting.readthroughs.current().values_list("pk", flat=True))
    waiting = [row for row in rows if row.pk in now and row.read_at is None]
    late = [row for row in waiting if service.may_be_reminded(row)]
    packet = reading.latest_built(meeting)
    context = {
        "meeting": meeting,
        "form": form,
        "rows": [(row, row.pk in now) for row in rows],
        "waiting": waiting,
        "remindable": late,
        "letter": letter(late[0], "reminded") if late else None,
        "packet": packet,
        "is_older": any(row.packet_id != packet.pk for row in waiting)
        if packet
        else False,
    }
    return render(request, PAGE, context, status=status)


def _asked_or_404(request: PortalRequest, pk: int) -> ReadThrough:
    """Give what is asked of the reader.

    Raises:
        Http404: nothing, or it was sent or taken back.
        WithdrawnError: something was taken down since the packet was built.
    """
    rows = ReadThrough.objects.visible_to(request.user)
    rows = rows.annotate(is_taken=taken_since("packet__built_at"))
    row: Any = get_object_or_404(
        rows.select_related("meeting__council", "packet"), pk=pk
    )
    if row.is_taken:
        *_, latest = map(withdrawn, withdrawal_rows(row.meeting_id))
        raise WithdrawnError(latest, None, is_whole=True)
    if borrowed := taken_in(row.packet):
        raise WithdrawnError(borrowed, None, is_held=True)
    found: ReadThrough = row
    return found


def _opened_or_404(request: PortalRequest, pk: int) -> tuple[ReadThrough, Edition]:
    """Give the draft itself, which the reader has opened.

    Raises:
        Http404: it is not the reader's, or not opened yet.
    """
    row = _asked_or_404(request, pk)
    if row.opened_at is None:
        raise Http404
    return row, reading.of_packet_row(row.packet, row.meeting)


@require_http_methods(["GET", "HEAD", "POST"])
def readthrough(request: PortalRequest, pk: int) -> HttpResponse:
    """Show a reader what is asked, then the draft; note that it is opened, and read."""
    row = _asked_or_404(request, pk)
    edition = reading.of_packet_row(row.packet, row.meeting)
    items = edition.agenda.items
    form = RemarksForm(request.POST if "read" in request.POST else None, items=items)
    if request.method != "POST":
        return _draft(request, row, edition, form)
    try:
        if "open" in request.POST:
            service.open_draft(pk, by=request.user)
        elif "read" in request.POST and form.is_valid():
            remarks = _remarks(row, form)
            service.finish_reading(pk, remarks=remarks, by=request.user)
            close_posted(request)
            say(request, "Tak. Sekretariatet kan se det.")
        else:
            return _draft(request, row, edition, form, 422)
    except (RuleViolationError, ValidationError) as error:
        warn(request, "; ".join(getattr(error, "messages", [str(error)])))
        if form.is_bound:
            return _draft(request, row, edition, form, 422)
    return redirect("meetings:readthrough", pk)


def _remarks(row: ReadThrough, form: RemarksForm) -> dict[int | None, str]:
    """Give what was written, by the item as it stands now.

    What was written of an item that is gone meanwhile is of the whole agenda.
    """
    known = items_by_key(row.meeting_id)
    found: dict[int | None, str] = {}
    for key, text in form.remarks:
        of = known.get(key)
        found[of] = f"{found[of]}\n\n{text}" if of in found else text
    return found


def _draft(
    request: PortalRequest,
    row: ReadThrough,
    edition: Edition,
    form: RemarksForm,
    status: int = 200,
) -> HttpResponse:
    context: dict[str, Any] = {"row": row, "meeting": row.meeting, "edition": edition}
    context["council_name"] = edition.agenda.council
    if row.opened_at is not None:
        offer(request, form, f"gennemlæsningen, {row.meeting.name}", key=key_of(row))
        context["form"] = form
        items = edition.agenda.items
        context["items"] = [
            (item, marked, edition.lines_of(item), form.box(item))
            for item, marked in zip(items, marked_items(edition, items), strict=True)
        ]
    return render(request, DRAFT, context, status=status)


@require_safe
def draft_appendix(request: PortalRequest, pk: int, bilag: str) -> HttpResponse:
    """Show a reader one appendix of the draft as a page."""
    row, edition = _opened_or_404(request, pk)
    part = _part_or_404(edition, bilag)
    body = ""
    if part.document:
        tree = codec.loads(part.document)
        body = html_of(tree, dict(part.pages), dict(part.within), {})
    context = {
        "row": row,
        "meeting": row.meeting,
        "part": part,
        "body": body,
        "council_name": edition.agenda.council,
    }
    return render(request, BILAG, context)


@require_safe
def draft_picture(
    request: PortalRequest, pk: int, bilag: str, name: str
) -> HttpResponseBase:
    """Show a reader a picture that stands in an appendix of the draft."""
    _, edition = _opened_or_404(request, pk)
    part = _part_or_404(edition, bilag)
    file, _, ending = name.partition(".")
    if not part.document or (file, ending) not in pictures_in(part.document):
        raise Http404
    return send_file(request, edition, file, "", f"image/{ending}")


@require_safe
def draft_file(request: PortalRequest, pk: int) -> HttpResponseBase:
    """Give a reader the whole packet."""
    _, edition = _opened_or_404(request, pk)
    name = f"{edition.agenda.council} {edition.agenda.slug} Udkast"
    return send_file(request, edition, edition.file, name)


@require_safe
def draft_appendix_file(
    request: PortalRequest, pk: int, bilag: str
) -> HttpResponseBase:
    """Give a reader one appendix of the draft as it lies in the packet."""
    _, edition = _opened_or_404(request, pk)
    part = _part_or_404(edition, bilag)
    name = f"{part.appendix.label} {part.appendix.title}"
    return send_file(request, edition, part.file, name)


def _part_or_404(edition: Edition, bilag: str) -> Part:
    part = edition.by_slug.get(bilag)
    if part is None:
        raise Http404
    return part
