"""The packet: have it built, follow the build, read it page by page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import editors_only
from core.errors import RuleViolationError
from core.htmx import render_hx, wants_partial
from core.notices import say
from meetings.addresses import address
from meetings.editions import closed, reading
from meetings.packets import progress
from meetings.packets.outdated import is_outdated
from meetings.packets.reader import Reader
from meetings.packets.state import queue_of
from meetings.services.packets import ask_for_packet, stop_packet
from meetings.views.finding import (
    asks_for_closed,
    own_meeting,
    own_meeting_or_404,
    packets_or_404,
    published_or_404,
    there,
    whole_or_gone,
)

if TYPE_CHECKING:
    from django.http import HttpResponse

    from accounts.access import PortalRequest, VisitorRequest
    from meetings.editions.edition import Edition
    from meetings.models import Meeting

PAGE = "meetings/packet.html"
# What the box asks while a build runs; the rest of the page comes along when it is done.
WAITS = "venter"
# htmx stops asking when it gets this status.
STOP_POLLING = 286


@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
def packet(request: VisitorRequest, slug: str) -> HttpResponse:
    """Read the packet; its editors also have it built, with a POST."""
    if request.method == "POST":
        return _ask(request, slug)
    meeting = own_meeting(request, slug)
    if meeting is not None:
        return _workshop(request, meeting)
    opened, closed_too = packets_or_404(request, slug)
    edition = closed_too if closed_too and asks_for_closed(request) else opened
    whole_or_gone(edition)
    if elsewhere := in_the_other(request, opened, closed_too):
        return redirect(elsewhere)
    reader = Reader(edition, request.GET.get("side", ""))
    if reader.is_elsewhere:
        return redirect(reader.address)
    return _page(
        request,
        {
            "slug": slug,
            "held_on": edition.held_on,
            "name": edition.name,
            "council_name": edition.agenda.council,
            "edition": edition,
            "opened": opened,
            "closed": closed_too,
            "reader": reader.load(),
        },
    )


def _ask(request: VisitorRequest, slug: str) -> HttpResponse:
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    meeting = own_meeting(request, slug)
    if meeting is None:
        # Whoever reads the packet may not have it built; for others there is none.
        published_or_404(request, slug)
        raise PermissionDenied
    try:
        ask_for_packet(meeting.pk, by=request.user)
    except RuleViolationError as error:
        return _workshop(request, meeting, refused=str(error))
    return redirect("meetings:packet", slug)


def _workshop(
    request: VisitorRequest, meeting: Meeting, *, refused: str = ""
) -> HttpResponse:
    """Show the editors their build box and their latest packet.

    Args:
        refused: why no packet is built.
    """
    packets = reading.latest_packets(meeting)
    latest = next((packet for packet in packets if packet.is_built), None)
    asked = request.GET.get("side", "")
    parts = reading.parts_of(packets, asked.strip() or "1")
    build = progress.build(packets, parts, queue_of(meeting))
    context: dict[str, Any] = {
        "slug": meeting.slug,
        "held_on": meeting.held_on,
        "name": meeting.name,
        "meeting": meeting,
        "build": build,
        "refused": refused,
    }
    if wants_partial(request) and (build.is_running or WAITS not in request.GET):
        status = 200 if build.is_running else STOP_POLLING
        return render_hx(request, PAGE, "build", context, status=status)
    if latest is not None:
        own = [part for part in parts if part.packet_id == latest.pk]
        edition = opened = reading.of_packet(latest, meeting, own)
        closed_too = closed.as_read(opened, latest, own).closed
        if asks_for_closed(request):
            edition = there(closed_too)
        if elsewhere := in_the_other(request, opened, closed_too):
            return redirect(elsewhere)
        context |= {"opened": opened, "closed": closed_too}
        reader = Reader(edition, asked)
        if wants_partial(request) and reader.error:
            # The page that was read is gone with the build that has just ended.
            reader = Reader(edition, "")
        if reader.is_elsewhere:
            return redirect(reader.address)
        context |= {"edition": edition, "reader": reader.load()}
        context["is_stale"] = not meeting.is_locked and is_outdated(meeting, latest)
    if wants_partial(request):
        return render_hx(request, PAGE, "done", context, status=STOP_POLLING)
    return _page(request, context)


def in_the_other(
    request: VisitorRequest, opened: Edition, closed_too: Edition | None
) -> str:
    """Give the address of a page that is asked for and lies in the closed packet, or ""."""
    asked = request.GET.get("side", "").strip().upper()
    if closed_too is None or asks_for_closed(request) or asked in opened.labels:
        return ""
    if asked not in closed_too.labels:
        return ""
    return f"{address('packet', closed_too, side=asked)}#laes"


def _page(request: VisitorRequest, context: dict[str, Any]) -> HttpResponse:
    reader = context.get("reader")
    is_refused = context.get("refused") or (reader and reader.error)
    status = 422 if is_refused else 200
    return render(request, PAGE, context, status=status)


@require_POST
@editors_only
def packet_stop(request: PortalRequest, slug: str) -> HttpResponse:
    """Stop the build that runs; what is made is kept for the next one."""
    meeting = own_meeting_or_404(request, slug)
    running = reading.running_packet(meeting)
    if running is not None:
        stop_packet(running.pk, by=request.user)
        say(request, "Byggeriet er stoppet. Det, der er lavet, er gemt til næste gang.")
    return redirect("meetings:packet", slug)
