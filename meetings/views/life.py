"""A meeting's life: its next step, its next version, and what is announced of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.access import editors_only
from core import clock
from core.conflict import Place, merged_words, save_form
from core.errors import RuleViolationError
from core.notices import Undo, say, warn
from core.versions import Saved
from meetings.choices import Fate
from meetings.days import deadlines
from meetings.forms.life import DeadlineRuleForm, FateForm, StepForm, VersionForm
from meetings.models import AgendaItem, Announcement
from meetings.models.meeting import OVER_STATES
from meetings.post.announced import announced_words
from meetings.post.reach import reach
from meetings.post.reading import version_at
from meetings.services import announcing
from meetings.services import deadlines as deadline_service
from meetings.services import life as service
from meetings.steps import step_to
from meetings.views.finding import own_meeting_or_404
from meetings.views.items import at_item, item_or_404

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from django.http import HttpResponse

    from accounts.access import PortalRequest
    from meetings.models import DeadlineRule, Meeting
    from meetings.post.reach import Reach
    from meetings.post.words import Words
    from meetings.steps import Obstacle, Step

STEP = "meetings/step.html"
VERSION = "meetings/version.html"
FATE = "meetings/fate.html"
DEADLINES = "meetings/deadlines.html"
OF_MEETING = (Fate.CANCELLED, Fate.POSTPONED)
OF_ITEM = (Fate.WITHDRAWN, Fate.POSTPONED)


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def state(request: PortalRequest, slug: str) -> HttpResponse:
    """Ask once before a meeting goes to another state, and say what is missing."""
    own = own_meeting_or_404(request, slug)
    sent = request.POST if request.method == "POST" else request.GET
    step = step_to(own, sent.get("til", ""))
    if step is None:
        if request.method == "POST":
            warn(request, "Mødets tilstand er ændret imens. Se, hvor det er nu.")
        return redirect(own)
    form = StepForm(request.POST or None)
    if request.method != "POST":
        return _asked(request, own, step, form, step.guard(own))
    if not form.is_valid():
        return _asked(request, own, step, form, (), 422)
    try:
        service.take_step(
            own.pk, to=step.after, reason=form.cleaned_data["reason"], by=request.user
        )
    except service.StepRefusedError as error:
        if not error.obstacles:
            form.add_error("reason" if step.is_back else None, str(error))
        return _asked(request, own, step, form, error.obstacles, 422)
    say(request, step.said)
    return redirect(own)


def _asked(
    request: PortalRequest,
    own: Meeting,
    step: Step,
    form: StepForm,
    obstacles: tuple[Obstacle, ...],
    status: int = 200,
) -> HttpResponse:
    form.fields["reason"].label = "Hvorfor?" if step.is_back else "Bemærkning"
    context = {"meeting": own, "step": step, "form": form, "obstacles": obstacles}
    return render(request, STEP, context | {"is_refused": status != 200}, status=status)  # noqa: PLR2004


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def version(request: PortalRequest, slug: str) -> HttpResponse:
    """Ask why a sent meeting gets one more version and begin it; ``undo`` locks it again.

    Of a version that is begun the reason can be put in other words.
    """
    own = own_meeting_or_404(request, slug)
    if "undo" in request.POST:
        return _drop(request, own)
    is_sent = request.method == "POST"
    form = VersionForm(
        request.POST if is_sent else None, initial={"reason": own.revision_reason}
    )
    if is_sent and form.is_valid():
        try:
            service.begin_version(own.pk, by=request.user, **form.cleaned_data)
        except RuleViolationError as error:
            form.add_error("reason", str(error))
        else:
            _say_begun(request, own)
            return redirect(own)
    context = {"meeting": own, "form": form, "is_open": service.may_have_version(own)}
    return render(request, VERSION, context, status=422 if is_sent else 200)


def _say_begun(request: PortalRequest, before: Meeting) -> None:
    if before.is_revising:
        words = "Er versionen sendt til godkendelse, skal der spørges igen."
        say(request, f"Grunden er gemt. {words}")
        return
    words = "En ny version er begyndt. Det, I retter, ses først, når den sendes."
    say(request, words, undo=Undo(request.path, "Luk den igen", {"undo": "1"}))


def _drop(request: PortalRequest, own: Meeting) -> HttpResponse:
    try:
        service.drop_version(own.pk, by=request.user)
    except RuleViolationError as error:
        warn(request, str(error))
    else:
        say(request, "Mødet er låst igen, som det blev sendt.")
    return redirect(own)


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def meeting_fate(request: PortalRequest, slug: str) -> HttpResponse:
    """Cancel or postpone a meeting, or let it stand again."""
    own = own_meeting_or_404(request, slug)

    def announce(**values: Any) -> None:
        announcing.announce_meeting(own.pk, by=request.user, **values)

    page = _FatePage("Aflys eller udsæt mødet", own.name, own, own, OF_MEETING)
    return page.answer(request, announce, str(own.get_absolute_url()))


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def item_fate(request: PortalRequest, slug: str, number: str) -> HttpResponse:
    """Withdraw or postpone a sent item, or let it stand again."""
    own = own_meeting_or_404(request, slug)
    row = item_or_404(request, own, number)

    def announce(**values: Any) -> None:
        announcing.announce_item(row.pk, by=request.user, **values)

    if own.state in OVER_STATES:
        warn(request, service.locked_words(own))
        return redirect(at_item(row))
    what = f"Punkt {row.number}"
    title = f"Lad punkt {row.number} udgå, eller udsæt det"
    page = _FatePage(title, what, own, row, OF_ITEM)
    if row.sent_in is None:
        warn(request, f"{what} er ikke sendt. Fjern eller flyt det i stedet.")
        return redirect(at_item(row))
    return page.answer(request, announce, at_item(row))


class _FatePage:
    """The page that announces something of a meeting or an item."""

    def __init__(
        self, title: str, what: str, meeting: Meeting, row: Any, fates: tuple[Fate, ...]
    ) -> None:
        self.title, self.what = title, what
        self.meeting, self.row, self.fates = meeting, row, fates

    def answer(
        self, request: PortalRequest, announce: Callable[..., None], back: str
    ) -> HttpResponse:
        """Show the form, or announce what was sent."""
        reach, is_closed = self._reach(), getattr(self.row, "is_closed", False)
        mails = " Modtagerne får en mail." if reach and reach.receivers else ""
        if request.POST.get("fate") == Fate.STANDS:
            return self._stands(request, announce, back, mails)
        form = FateForm(request.POST or None, fates=self.fates, is_closed=is_closed)
        is_seen = "see" in request.POST and form.is_valid()
        if request.method == "POST" and "see" not in request.POST and form.is_valid():
            try:
                announce(**form.cleaned_data)
            except RuleViolationError as error:
                is_of_day = isinstance(error, announcing.DayRefusedError)
                form.add_error("to_day" if is_of_day else None, str(error))
            else:
                said = Fate(form.cleaned_data["fate"]).label.lower()
                words = f"{self.what} er {said}. Det står nu, hvor det læses.{mails}"
                say(request, words)
                return redirect(back)
        status = 422 if request.method == "POST" and not is_seen else 200
        context = {
            "form": form,
            "meeting": self.meeting,
            "row": self.row,
            "title": self.title,
            "what": self.what,
            "back": back,
            "reach": reach,
            # Of a draft there is no mail to be seen.
            "words": self._words(form) if is_seen and reach else None,
            "stands_on": service.sent_day(self.meeting),
        }
        return render(request, FATE, context, status=status)

    def _reach(self) -> Reach | None:
        """How many are told; of a closed item the receivers alone, of a draft nobody."""
        if not service.version_sent(self.meeting.pk):
            return None
        return reach(self.meeting, is_open=not getattr(self.row, "is_closed", False))

    def _words(self, form: FateForm) -> Words | None:
        """Give the mail as it would go now."""
        said = Announcement(**form.cleaned_data)
        if isinstance(self.row, AgendaItem):
            said.item_key, said.item_number = self.row.key, self.row.number
        held = version_at(self.meeting.pk, clock.now())
        return announced_words(held, said)

    def _stands(
        self,
        request: PortalRequest,
        announce: Callable[..., None],
        back: str,
        mails: str,
    ) -> HttpResponse:
        try:
            announce(fate=Fate.STANDS, reason="")
        except RuleViolationError as error:
            warn(request, str(error))
        else:
            say(request, f"{self.what} gælder igen.{mails}")
        return redirect(back)


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def deadline_rule(request: PortalRequest) -> HttpResponse:
    """Edit how many working days before a meeting the council's deadlines are."""
    council = request.seat.council
    rule = deadlines.rule_of(council)
    form = DeadlineRuleForm(request.POST or None, instance=deadlines.rule_of(council))
    answer = _save_rule(request, rule, form) if request.method == "POST" else None
    if isinstance(answer, Saved):
        say(request, f"Fristerne er gemt. {merged_words(answer, form)}".strip())
        return redirect("meetings:list")
    if answer is not None:
        return answer
    status = 422 if request.method == "POST" else 200
    return render(request, DEADLINES, {"form": form, "rule": rule}, status=status)


def _save_rule(
    request: PortalRequest, rule: DeadlineRule, form: DeadlineRuleForm
) -> Saved[DeadlineRule] | HttpResponse | None:
    """Save what was sent; a rule that was never saved has nothing to collide with."""
    trail = ((reverse("meetings:list"), "Møder"), (request.path, "Frister"))
    place = Place("fristerne", request.path, trail)

    def save(**values: Any) -> Saved[DeadlineRule]:
        return deadline_service.edit_rule(rule.council_id, by=request.user, **values)

    if rule.pk:
        return save_form(request, form, rule, save, place)
    return save(version=1, **form.values) if form.is_valid() else None
