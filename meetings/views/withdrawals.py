"""What is taken down of a sent meeting: by its head of secretariat, at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import editors_only
from core import clock
from core.errors import RuleViolationError
from core.file_names import file_name
from core.notices import say, warn
from documents.storage import files
from meetings.editions.removable import removables
from meetings.editions.sealed import sealed_files, struck_through
from meetings.forms.withdrawals import WithdrawalForm
from meetings.services import withdrawals as service
from meetings.services.life import version_sent
from meetings.views.files import guarded
from meetings.views.finding import own_meeting_or_404

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpResponse, HttpResponseBase

    from accounts.access import PortalRequest
    from meetings.models import Meeting, Withdrawal

PAGE, ONE = "meetings/withdrawals.html", "meetings/withdrawal.html"
NOTICE_WITHIN: Final = timedelta(hours=72)


@dataclass(frozen=True, slots=True)
class Notice:
    """What is known of a breach, for the notice to Datatilsynet.

    Attributes:
        until: 72 hours after it was noticed.
        public_from: when the first version that held it was sent; None if unknown.
    """

    until: datetime
    public_from: datetime | None
    closed_at: datetime

    @property
    def is_late(self) -> bool:
        """The time is up."""
        return clock.now() > self.until

    @property
    def days(self) -> int:
        """For how many days it could be read, begun days counted."""
        if self.public_from is None:
            return 0
        return max((self.closed_at - self.public_from).days + 1, 1)


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def withdrawals(request: PortalRequest, slug: str) -> HttpResponse:
    """List what is taken down of a meeting; the head of secretariat takes down more."""
    own = own_meeting_or_404(request, slug)
    if request.method == "POST" and not request.seat.may_publish:
        raise PermissionDenied
    found = removables(own.pk)
    form = WithdrawalForm(
        request.POST or None,
        removables=found,
        initial={"what": request.GET.get("hvad", "")},
    )
    if request.method == "POST" and form.is_valid():
        try:
            row = service.withdraw(own.pk, by=request.user, **form.cleaned_data)
        except RuleViolationError as error:
            form.add_error("what", str(error))
        else:
            say(request, f"Taget ned: {row.name}. Ingen kan læse det mere.")
            return redirect("meetings:withdrawal", slug, row.pk)
    context = {"meeting": own, "form": form, "rows": own.withdrawals.all()}
    context["has_more"] = bool(found)
    status = 422 if request.method == "POST" else 200
    return render(request, PAGE, context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def withdrawal(request: PortalRequest, slug: str, pk: int) -> HttpResponse:
    """Show one thing that is taken down: the sealed files, and what to tell of it.

    With a POST the next version is begun without it.
    """
    own = own_meeting_or_404(request, slug)
    row = _row_or_404(own, pk)
    if request.method == "POST":
        try:
            service.replace_without(row.pk, by=request.user)
        except RuleViolationError as error:
            warn(request, str(error))
            return redirect("meetings:withdrawal", slug, pk)
        if row.is_appendix or (row.is_version and row.version < version_sent(own.pk)):
            say(request, f"Næste version er begyndt uden {row.name}, og pakken bygges.")
            return redirect("meetings:packet", slug)
        say(request, f"Næste version er begyndt. Ret {row.name}, og byg pakken.")
        return redirect("meetings:meeting", slug)
    sealed, latest = sealed_files(own, row), version_sent(own.pk)
    first = sealed[0].sent_at if sealed else None
    context = {
        "meeting": own,
        "row": row,
        "sealed": sealed,
        "struck": struck_through(own, row),
        "notice": Notice(row.found_at + NOTICE_WITHIN, first, row.at),
        "next": latest + 1,
        "has_later": row.is_version and row.version < latest,
        "is_begun": own.is_revising,
    }
    return render(request, ONE, context)


@require_safe
def sealed_file(
    request: PortalRequest, slug: str, pk: int, version: int
) -> HttpResponseBase:
    """Give the secretariat the file that was sent and is taken down."""
    own = own_meeting_or_404(request, slug)
    row = _row_or_404(own, pk)
    sent = next((s for s in sealed_files(own, row) if s.number == version), None)
    if sent is None:
        raise Http404
    title = file_name(f"Taget ned {row.name} version {version}", "pdf")
    answer = FileResponse(
        files().open(sent.file),
        as_attachment=True,
        filename=title,
        content_type="application/pdf",
    )
    return guarded(answer, is_public=False)


def _row_or_404(own: Meeting, pk: int) -> Withdrawal:
    row: Withdrawal | None = own.withdrawals.filter(pk=pk).first()
    if row is None:
        raise Http404
    return row
