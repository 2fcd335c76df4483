"""The receipt of a sent version, and "Er det den rigtige fil?"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from django.contrib.auth.decorators import login_not_required
from django.http import JsonResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from accounts.tries import may_ask
from core.uploads import HashedFile, HashingUploadHandler
from meetings.editions import reading
from meetings.receipts.receipt import receipt_of
from meetings.receipts.verifying import closed_matches, council_name, matches
from meetings.views.finding import sent_or_404

if TYPE_CHECKING:
    from django.http import HttpResponse

    from accounts.access import VisitorRequest

PAGE: Final = "meetings/verify.html"
RATE: Final = "60/m/ip"
_SHA_256: Final = re.compile(r"[0-9a-f]{64}")
_LEADS: Final = (b"%PDF-", b"PK\x03\x04")


@require_safe
@login_not_required
def receipt(request: VisitorRequest, slug: str) -> HttpResponse:
    """Show the receipt of a sent version."""
    edition = sent_or_404(request, slug)
    context = {
        "edition": edition,
        "receipt": receipt_of(edition, request.user),
        "council_name": edition.agenda.council,
    }
    return render(request, "meetings/receipt.html", context)


@require_safe
@login_not_required
def receipt_data(request: VisitorRequest, slug: str) -> JsonResponse:
    """Give the same as JSON."""
    found = receipt_of(sent_or_404(request, slug), request.user)
    options = {"ensure_ascii": False, "indent": 2}
    return JsonResponse(found.to_json(), json_dumps_params=options)


@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
@csrf_exempt
def verify(request: VisitorRequest) -> HttpResponse:
    """Ask whether a file was sent: by its checksum, or with the file itself.

    The token of a POST is asked for within, after the handler of its file is chosen.
    """
    if request.method == "POST":
        request.upload_handlers = [HashingUploadHandler(request)]
    return _verify(request)


@csrf_protect
def _verify(request: VisitorRequest) -> HttpResponse:
    """Hash a file that comes along and drop it; look the checksum up."""
    if request.method != "POST" and "sha256" not in request.GET:
        return _answer(request, {})
    if not may_ask(request, "verify", RATE):
        return _answer(request, {"is_too_often": True}, 429)
    file = request.FILES.get("file")
    checksum, name = request.GET.get("sha256", ""), "Filen"
    if isinstance(file, HashedFile):
        checksum = file.sha256 if file.head.startswith(_LEADS) else ""
        name = file.name or name
    if not _SHA_256.fullmatch(checksum):
        return _answer(request, {"error": "Vælg en PDF eller en zip."}, 422)
    own = reading.own_council(request.seat or None)
    user = request.user
    found = matches(checksum, own, user) or closed_matches(checksum, user, own)
    return _answer(request, {"is_answered": True, "matches": found, "file_name": name})


def _answer(
    request: VisitorRequest, context: dict[str, object], status: int = 200
) -> HttpResponse:
    """Show the form, with the answer over it."""
    given = {} if "is_too_often" in context else request.POST
    own = reading.own_council(request.seat or None)
    slug = given.get("kkr") or request.GET.get("kkr") or own
    context |= {"kkr": slug, "asked_of": council_name(slug)}
    return render(request, PAGE, context, status=status)
