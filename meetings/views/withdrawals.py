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
from meetings.editions.copies import copies_of
from meetings.editions.removable import removables
from meetings.editions.sealed import sealed_files, struck_through, versions_of
from meetings.editions.withdrawn import ever_withdrawn
from meetings.forms.withdrawals import LiftingForm, WithdrawalForm
from meetings.models.meeting import OVER_STATES
from meetings.services import withdrawals as service
from meetings.services.life import may_be_without, version_sent
from meetings.views.files import guarded
from meetings.views.finding import own_meeting_or_404

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpResponse, HttpResponseBase

    from accounts.access import PortalRequest
    from meetings.models import Meeting, Withdrawal

PAGE, ONE = "meetings/withdrawals.html", "meetings/withdrawal.html"
SURE = "meetings/withdrawal_sure.html"
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
    """List what is taken down of a meeting; the head of secretariat takes down more.

    What is chosen is shown once more, with all that it closes, before it is done.
    """
    own = own_meeting_or_404(request, slug)
    if request.method == "POST" and not request.seat.may_publish:
        raise PermissionDenied
    found = removables(own.pk)
    form = WithdrawalForm(
        request.POST or None,
        removables=found,
        initial={"what": request.GET.get("hvad", "")},
    )
    is_valid = request.method == "POST" and form.is_valid()
    if is_valid and "sure" not in request.POST and "back" not in request.POST:
        context = {"meeting": own, "form": form, "chosen": form.chosen()}
        return render(request, SURE, context)
    if is_valid and "sure" in request.POST:
        try:
            row = service.withdraw(own.pk, by=request.user, **form.cleaned_data)
        except RuleViolationError as error:
            form.add_error("what", str(error))
        else:
            say(request, f"Taget ned: {row.name}. Ingen kan læse det mere.")
            return redirect("meetings:withdrawal", slug, row.pk)
    rows = ever_withdrawn(own)
    context = {"meeting": own, "form": form, "rows": rows}
    context["has_more"] = bool(found)
    status = 422 if form.errors else 200
    return render(request, PAGE, context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def withdrawal(request: PortalRequest, slug: str, pk: int) -> HttpResponse:
    """Show one thing that is taken down: the sealed files, and what to tell of it.

    With a POST the next version is begun without it; ``lift`` shows it again.
    """
    own = own_meeting_or_404(request, slug)
    row = _row_or_404(own, pk)
    is_lifting = "lift" in request.POST
    form = LiftingForm(request.POST if is_lifting else None)
    if is_lifting and _is_lifted(request, row, form):
        return redirect("meetings:withdrawal", slug, pk)
    if request.method == "POST" and not is_lifting:
        return _begin_without(request, own, row)
    sent = versions_of(own)
    newest = sent[-1] if sent else None
    sealed, latest = sealed_files(own, row, sent), newest.number if newest else 0
    first = sealed[0].sent_at if sealed else None
    context = {
        "meeting": own,
        "row": row,
        "form": form,
        "sealed": sealed,
        "copies": [
            each
            for each in copies_of(row, request.user)
            if each.is_down or not row.lifted
        ],
        "struck": struck_through(row, sent),
        "notice": Notice(row.found_at + NOTICE_WITHIN, first, row.at),
        "next": latest + 1,
        "has_later": row.is_version and row.version < latest,
        "is_begun": own.is_revising,
        "may_begin": may_be_without(own, row.at, newest),
        "is_over": own.state in OVER_STATES,
    }
    return render(request, ONE, context, status=422 if form.errors else 200)


def _is_lifted(request: PortalRequest, row: Withdrawal, form: LiftingForm) -> bool:
    """Show something again, if it is the head's to do; else the form says why not."""
    if not request.seat.may_publish:
        raise PermissionDenied
    if not form.is_valid():
        return False
    try:
        service.lift(row.pk, by=request.user, **form.cleaned_data)
    except RuleViolationError as error:
        form.add_error("reason", str(error))
        return False
    say(request, f"Vises igen: {row.name}. Det kan læses igen, som det blev sendt.")
    return True


def _begin_without(
    request: PortalRequest, own: Meeting, row: Withdrawal
) -> HttpResponse:
    """Begin the next version, and lead to where it goes on."""
    try:
        service.replace_without(row.pk, by=request.user)
    except RuleViolationError as error:
        warn(request, str(error))
        return redirect("meetings:withdrawal", own.slug, row.pk)
    if row.is_appendix or (row.is_version and row.version < version_sent(own.pk)):
        say(request, f"Næste version er begyndt uden {row.name}, og pakken bygges.")
        return redirect("meetings:packet", own.slug)
    say(request, f"Næste version er begyndt. Ret {row.name}, og byg pakken.")
    return redirect("meetings:meeting", own.slug)


@require_safe
def sealed_file(
    request: PortalRequest, slug: str, pk: int, version: int
) -> HttpResponseBase:
    """Give the secretariat the file that was sent and is taken down."""
    own = own_meeting_or_404(request, slug)
    row = _row_or_404(own, pk)
    sealed = sealed_files(own, row)
    sent = next((each for each in sealed if each.number == version), None)
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
    row = ever_withdrawn(own).filter(pk=pk).first()
    if row is None:
        raise Http404
    row.meeting = own
    return row
