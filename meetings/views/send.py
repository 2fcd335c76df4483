"""The check before sending: what was found, why it may be sent, and the send button."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import editors_only
from core import formats
from core.bundle import bundled
from core.drafts.keeping import close_posted
from core.drafts.models import Draft
from core.drafts.offering import offer
from core.drafts.ticket import TICKET
from core.errors import RuleViolationError
from core.notices import Undo, say, warn
from core.prepared import somebody
from meetings import steps
from meetings.checking.sending import sending
from meetings.checking.standing import standing
from meetings.days.deadlines import deadlines
from meetings.post import receivers
from meetings.services.findings import give_answers, take_back
from meetings.views.finding import own_meeting_or_404
from meetings.views.meetings import name_of
from meetings.views.send_form import (
    EVERY,
    ReasonsForm,
    Typed,
    asking_who,
    given,
    number,
    typed,
    typed_before,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from django.db.models import QuerySet
    from django.http import HttpResponse

    from accounts.access import PortalRequest
    from meetings.checking.sending import Sending
    from meetings.checking.standing import FindingRow, Group, Standing
    from meetings.models import Answer, Meeting
    from meetings.post.receivers import Receivers
    from meetings.services.findings import Answered

PAGE = "meetings/send.html"
# More warnings of a kind than this may be answered as one.
SINGLY = 2


@dataclass(frozen=True, slots=True)
class SendRow:
    """A finding as the page shows it."""

    row: FindingRow
    typed: Typed = field(default_factory=Typed)


@dataclass(frozen=True, slots=True)
class SendGroup:
    """The warnings of one kind; ``typed`` is what was typed for all that have no answer.

    They may be answered as one where there are several.
    """

    group: Group
    rows: list[SendRow]
    typed: Typed

    @property
    def may_be_one(self) -> bool:
        """Whether the page asks for one reason for all."""
        is_begun = self.typed.is_ticked or bool(self.typed.reason)
        return is_begun or len(self.group.open) > SINGLY


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def send(request: PortalRequest, slug: str) -> HttpResponse:
    """Show what was found; a POST saves the answers, or asks to send."""
    meeting = own_meeting_or_404(request, slug)
    if request.method == "POST" and request.POST.get("do") == "send":
        return _go_on(request, meeting)
    if request.method == "POST":
        return _save(request, meeting)
    return _page(request, meeting, sending(meeting))


@require_POST
@editors_only
def answer_undo(request: PortalRequest, slug: str) -> HttpResponse:
    """Take an answer back, or with ``reason`` give it again."""
    meeting = own_meeting_or_404(request, slug)
    print_, seen = request.POST.get("finding", ""), request.POST.get("seen", "")
    row = standing(meeting.pk).row(print_)
    at = f"{reverse('meetings:send', args=[slug])}#fund-{print_[:16]}"
    if row is None or row.answer is None:
        warn(request, "Svaret er der ikke længere.")
        return redirect("meetings:send", slug)
    try:
        take_back(meeting.pk, print_, seen=number(seen), by=request.user)
    except RuleViolationError as error:
        return _page(request, meeting, sending(meeting), error=str(error), status=409)
    again = {
        "svar": print_,
        f"grund-{print_}": row.answer.reason,
        f"set-{print_}": str(row.seen + 1),
    }
    undo = Undo(reverse("meetings:send", args=[slug]), "Sæt det ind igen", again)
    say(request, f"Svaret om {row.finding.label} er taget tilbage.", undo=undo)
    return redirect(at)


def _go_on(request: PortalRequest, meeting: Meeting) -> HttpResponse:
    """Go on to the confirming page, or say again what stands in the way.

    Without the chairman's word the head of secretariat goes there by a link instead.
    """
    found = sending(meeting)
    blocker = found.stopper
    if not blocker and not request.seat.may_publish:
        blocker = "Sekretariatschefen sender."
    if blocker:
        return _page(request, meeting, found, error=blocker, status=422)
    return redirect("meetings:publications", meeting.slug)


def _save(request: PortalRequest, meeting: Meeting) -> HttpResponse:
    rows = standing(meeting.pk)
    mine = typed(request.POST)
    mine = asking_who(mine, rows)
    if any(each.error for each in mine.values()):
        return _page(request, meeting, sending(meeting), mine, status=422)
    answers = given(request.POST, mine, rows)
    if not answers:
        say(request, "Der var ingen nye svar at gemme.")
        return redirect("meetings:send", meeting.slug)
    done = give_answers(meeting.pk, answers, by=request.user)
    if not done.contested and not done.gone:
        close_posted(request)
    if done.contested or done.gone:
        reasons = {each.fingerprint: each.reason for each in answers}
        return _not_all(request, meeting, done, rows, reasons)
    words = formats.counted(len(done.saved), "svar er gemt", "svar er gemt")
    say(request, f"{words}.")
    return redirect("meetings:send", meeting.slug)


def _not_all(
    request: PortalRequest,
    meeting: Meeting,
    done: Answered,
    before: Standing,
    reasons: Mapping[str, str],
) -> HttpResponse:
    """Ask again where others have answered; say what could not be saved, word by word."""
    mine = {
        key: Typed(
            is_ticked=True,
            reason=reasons[key],
            error=_contested(answer),
            theirs=answer,
        )
        for key, answer in done.contested.items()
    }
    lost = []
    for each in done.gone:
        row = before.row(each.fingerprint)
        about = row.finding.label if row else "Et fund"
        lost.append((about, each.reason))
    found = sending(meeting)
    return _page(request, meeting, found, mine, lost=lost, status=409)


def _contested(answer: Answer) -> str:
    return (
        f"{answer.changed_by} har svaret imens: ”{answer.reason}”. "
        "Gem igen for at bruge din begrundelse i stedet, eller fjern hakket."
    )


def _page(  # noqa: PLR0913 -- one keyword a way to come back
    request: PortalRequest,
    meeting: Meeting,
    found: Sending,
    mine: Mapping[str, Typed] | None = None,
    *,
    error: str = "",
    lost: Any = (),
    status: int = 200,
) -> HttpResponse:
    """Show the page, with what was typed where it was not saved.

    Args:
        error: why it could not be sent or taken back.
        lost: pairs (label, reason) of answers whose finding is gone.
    """
    checked = found.standing
    form, audience = _offered(request, meeting, checked)
    due = next(day for day in deadlines(meeting) if day.name == "sending")
    mine = mine or typed_before(form)

    def shown(rows: Any) -> list[SendRow]:
        return [
            SendRow(_reopened(row, mine), mine.get(row.finding.fingerprint, Typed()))
            for row in rows
        ]

    context: dict[str, Any] = {
        "meeting": meeting,
        "title": name_of(meeting),
        "sending": found,
        "standing": checked,
        "errors": shown(checked.errors),
        "groups": [
            SendGroup(
                group, shown(group.rows), mine.get(f"{EVERY}{group.slug}", Typed())
            )
            for group in checked.groups
        ],
        "wrong": [_id(key) for key, each in mine.items() if each.error],
        "receivers": audience,
        "due": due,
        "state_line": steps.line(meeting),
        "form": form,
        "error": error,
        "lost": lost,
    }
    return render(request, PAGE, context, status=status)


def _id(key: str) -> str:
    """What the fields of a finding, or of a whole group, are called on the page."""
    return key if key.startswith(EVERY) else key[:16]


def _reopened(row: FindingRow, mine: Mapping[str, Typed]) -> FindingRow:
    """Give the row with its fields open where two have answered it."""
    own = mine.get(row.finding.fingerprint)
    if own is None or own.theirs is None:
        return row
    return type(row)(row.finding, None, row.seen)


def _offered(
    request: PortalRequest, meeting: Meeting, found: Standing
) -> tuple[ReasonsForm, Receivers]:
    """Let the reasons keep drafts, and give who will be written to: one query."""
    key = f"meetings.send:{meeting.pk}"
    of = (request.user.pk, key, *receivers.who_meets(meeting))
    known, *people = _typed_and_told(*of, directors=receivers.tells_directors(meeting))
    is_sent = request.method == "POST" and TICKET in request.POST
    form = ReasonsForm(request.POST if is_sent else None, found=found)
    offer(request, form, f"kontrollen, {meeting.name}", key=key, known=known)
    return form, receivers.read(*people)


@bundled
def _typed_and_told(
    user: int, key: str, council: int, body: str, day: date, *, directors: bool
) -> tuple[QuerySet[Any], ...]:
    drafts = Draft.objects.visible_to(somebody(user)).filter(key=key)
    return (drafts, *receivers.querysets(council, body, day, directors=directors))
