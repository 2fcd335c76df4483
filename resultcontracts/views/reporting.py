"""Answering a round of calls: by a signed link without an account, or signed in.

Both are the same pages on one :class:`Desk`. Nothing of the contract is on them but what
the round asks of the house.

Source: docs/rules.md R-144, R-145.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Any, Final

from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import seats_only
from accounts.choices import Role
from accounts.tries import may_ask
from core import clock, formats
from core.errors import RuleViolationError
from core.htmx import wants_partial
from core.notices import say
from resultcontracts.choices import MeasurementState as State
from resultcontracts.choices import Missing
from resultcontracts.forms.report import ABSENT, KEPT, ReportForm, typed_of
from resultcontracts.queries.asked import questions
from resultcontracts.queries.held import called_rounds_of, drafts_of, questions_of
from resultcontracts.queries.rounds import WITH_RULES, days_of, link_of
from resultcontracts.services import evidence as files
from resultcontracts.services import reporting, round_letters, rounds
from resultcontracts.services.round_letters import answer_of
from resultcontracts.standing.absent import absent_sentence
from resultcontracts.views.finding import get_contract
from resultcontracts.views.sending import send_evidence

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponseBase

    from accounts.access import PortalRequest, VisitorRequest
    from resultcontracts.models import Measurement, ReportDraft, Round, RoundLink
    from resultcontracts.queries.asked import Question

LIST: Final = "resultcontracts/reporting/list.html"
FORM: Final = "resultcontracts/reporting/form.html"
RECEIPT: Final = "resultcontracts/reporting/receipt.html"
OVER: Final = "resultcontracts/reporting/over.html"
DRAFT: Final = "gem"
AGAIN: Final = "ret"
RATE: Final = "240/m/ip"
GONE: Final = 410
BUSY: Final = "Der er hentet mange sider herfra. Vent et minut, og prøv igen."

reporters_only = seats_only(Role.REPORTER)


@dataclass(frozen=True, slots=True)
class Desk:
    """Who answers which round, and from where.

    Attributes:
        by: the user, or the link's person.
        by_link: "via link til …"; "" for somebody who is signed in.
        writer: whose drafts these are.
        link: None for somebody who is signed in.
    """

    about: Round
    by: Any
    writer: str
    by_link: str = ""
    token: str = ""
    link: RoundLink | None = None

    @property
    def house(self) -> str:
        """The name of the house that answers."""
        return str(self.about.contract.house.name)

    @property
    def home(self) -> str:
        """Where all of its questions stand."""
        if self.token:
            return reverse("resultcontracts:report-link", args=[self.token])
        return reverse("resultcontracts:reports", args=[self.about.contract.slug])

    def page(self, key: str) -> str:
        """Where one question stands."""
        return f"{self.home}{key}/"

    def question(self, pk: int) -> str:
        """Where a question about something that does not agree is answered."""
        return f"{self.home}spoergsmaal/{pk}/"

    def file(self, pk: int) -> str:
        """Where a file of an answer is fetched."""
        if self.token:
            args: list[Any] = [self.token, pk]
            return reverse("resultcontracts:report-link-file", args=args)
        args = [self.about.contract.slug, pk]
        return reverse("resultcontracts:evidence-file", args=args)


def by_link(view: Callable[..., HttpResponseBase]) -> Any:
    """Let in whoever has a link of ours; an old one is told until when it worked."""

    @wraps(view)
    def opened(request: VisitorRequest, token: str, **more: Any) -> Any:
        link = link_of(token)
        # Who guesses and who writes is counted; who reads by a link of ours is not.
        is_counted = link is None or request.method == "POST"
        if is_counted and not may_ask(request, "indberet", RATE):
            return HttpResponse(BUSY, "text/plain; charset=utf-8", 429)
        if link is None:
            raise Http404
        about = link.round
        if not reporting.is_open(about):
            context = {
                "until": days_of(about.meeting).sends_on,
                "council_name": about.contract.council.name,
                "is_link": True,
            }
            return _private(render(request, OVER, context, status=GONE))
        by = reporting.Reporter(link.name)
        if request.method == "GET":
            rounds.note_opened(link, by=by)
        desk = Desk(
            about,
            by,
            f"link-{link.pk}",
            reporting.through(link),
            token=token,
            link=link,
        )
        return _private(view(request, desk, **more))

    return login_not_required(never_cache(opened))


def _private(answer: Any) -> Any:
    answer["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return answer


@require_safe
@by_link
def report_link(request: VisitorRequest, desk: Desk) -> HttpResponse:
    """Show what a link asks for."""
    return _list(request, desk)


@require_http_methods(["GET", "HEAD", "POST"])
@by_link
def report_link_measure(
    request: VisitorRequest, desk: Desk, measure: str
) -> HttpResponse:
    """Ask one question of whoever has the link, and take the answer."""
    return _one(request, desk, measure)


@require_safe
@by_link
def report_link_file(
    request: VisitorRequest,  # noqa: ARG001 -- a view
    desk: Desk,
    pk: int,
) -> Any:
    """Give a file that was sent with an answer of this round."""
    for answer in reporting.answers_of(desk.about).values():
        for each in answer.evidence.all():
            if each.pk == pk and each.file:
                return send_evidence(each)
    raise Http404


@require_safe
@reporters_only
def own_reports(request: PortalRequest, contract: str) -> HttpResponse:
    """Show a signed-in reporter what its house is asked."""
    desk = own_desk(request, contract)
    if desk is None:
        return render(request, LIST, {"contract": get_contract(request, contract)})
    return _list(request, desk)


@require_http_methods(["GET", "HEAD", "POST"])
@reporters_only
def own_report(request: PortalRequest, contract: str, measure: str) -> HttpResponse:
    """Ask a signed-in reporter one question, and take the answer."""
    desk = own_desk(request, contract)
    if desk is None:
        raise Http404
    return _one(request, desk, measure)


def own_desk(request: PortalRequest, contract: str) -> Desk | None:
    """Give the newest round that was called of the reporter's house."""
    own = get_contract(request, contract)
    rows = called_rounds_of(own).select_related(
        *(f"meeting__{name}" for name in WITH_RULES)
    )
    about = rows.order_by("-meeting__held_on", "-pk").first()
    if about is None:
        return None
    about.contract = own
    return Desk(about, request.user, f"bruger-{request.user.pk}")


def _list(request: HttpRequest, desk: Desk) -> HttpResponse:
    _read, asked = questions(desk.about.contract, set(desk.about.measures))
    answers = reporting.answers_of(desk.about)
    begun = drafts_of(desk.about, desk.writer)
    drafts = dict(begun.values_list("measure_id", "saved_at"))
    lines = [
        {
            "asked": each,
            "url": desk.page(each.row.key),
            "answer": answers.get(each.row.pk),
            "said": answer_of(answers[each.row.pk]) if each.row.pk in answers else "",
            "draft_at": drafts.get(each.row.pk),
            "since": round_letters.asked(each.row),
        }
        for each in asked
    ]
    missing = sum(1 for each in lines if not _is_answered(each["answer"]))
    about = [(each, desk.question(each.pk)) for each in questions_of(desk.about)]
    context = {
        "lines": lines,
        "missing": missing,
        "about": about,
        "open": sum(each.is_open for each, _ in about),
    }
    return render(request, LIST, shown_of(desk) | context)


def _is_answered(answer: Any) -> bool:
    return answer is not None and answer.state != State.RETURNED


def shown_of(desk: Desk) -> dict[str, Any]:
    """Give what every page of a desk shows."""
    own = {"council_name": desk.about.contract.council.name} if desk.link else {}
    return own | {
        "desk": desk,
        "is_link": desk.link is not None,
        "contract": desk.about.contract,
        "meeting": desk.about.meeting,
        "days": days_of(desk.about.meeting),
        "today": clock.today(),
        "is_open": reporting.is_open(desk.about),
    }


def _one(request: HttpRequest, desk: Desk, key: str) -> HttpResponse:
    _read, asked = questions(desk.about.contract, set(desk.about.measures))
    question = next((each for each in asked if each.row.key == key), None)
    if question is None:
        raise Http404
    answer = reporting.answers_of(desk.about).get(question.row.pk)
    if request.method == "POST":
        return _posted(request, desk, question, answer)
    draft = _draft(desk, question)
    shows_receipt = _is_answered(answer) and AGAIN not in request.GET and not draft
    if shows_receipt:
        assert answer is not None  # noqa: S101 -- answered
        return _receipt(request, desk, question, answer)
    typed = typed_of(answer) if answer is not None else {}
    if draft is not None:
        typed |= draft.typed
    form = ReportForm(
        initial=typed | {"seen": reporting.mark(answer)},
        measure=question.row,
        last=question.last_value,
    )
    return _page(request, desk, question, form, answer=answer, draft=draft)


def _draft(desk: Desk, question: Question) -> ReportDraft | None:
    rows = drafts_of(desk.about, desk.writer).filter(measure=question.row.pk)
    found: ReportDraft | None = rows.first()
    return found


def _posted(
    request: HttpRequest, desk: Desk, question: Question, answer: Measurement | None
) -> HttpResponse:
    if DRAFT in request.POST:
        return _keep(request, desk, question)
    form = ReportForm(
        request.POST,
        request.FILES,
        measure=question.row,
        last=question.last_value,
    )
    if not form.is_valid():
        return _refused(request, desk, question, form, answer)
    try:
        with transaction.atomic():
            sent = reporting.send(
                desk.about,
                question.row,
                by=desk.by,
                by_link=desk.by_link,
                seen=form.cleaned_data["seen"],
                values=form.values,
            )
            if form.taken is not None:
                files.attach(sent, form.taken, by=desk.by)
            reporting.drop_draft(
                desk.about, question.row, by=desk.by, writer=desk.writer
            )
    except reporting.SentMeanwhileError as error:
        return _both(request, desk, question, form, error.sent)
    except files.TooManyError as error:
        form.add_error("file", str(error))
        return _refused(request, desk, question, form, answer)
    except RuleViolationError as error:
        form.add_error(None, str(error))
        return _refused(request, desk, question, form, answer)
    say(request, f"Målepunkt {question.row.label} er sendt. Tak.")
    return redirect(desk.page(question.row.key))


def _keep(request: HttpRequest, desk: Desk, question: Question) -> HttpResponse:
    """Keep what was typed, right or wrong; htmx gets only the line that says so."""
    typed = {name: request.POST.get(name, "") for name in (*KEPT, "seen")}
    try:
        draft = reporting.keep_draft(
            desk.about,
            question.row,
            by=desk.by,
            by_link=desk.by_link,
            writer=desk.writer,
            typed=typed,
        )
    except RuleViolationError as error:
        return HttpResponse(str(error), "text/plain; charset=utf-8", 422)
    if wants_partial(request):
        told = {
            "draft": draft,
            "prints": _prints(desk, question, typed),
            "is_swapped": True,
        }
        return render(request, f"{FORM}#kept", told)
    say(request, f"Kladden er gemt {formats.clock_time(clock.now())}.")
    return redirect(f"{desk.page(question.row.key)}?{AGAIN}=1")


def _refused(
    request: HttpRequest,
    desk: Desk,
    question: Question,
    form: ReportForm,
    answer: Measurement | None,
) -> HttpResponse:
    """Show what was typed with what is wrong; it is kept as a draft too."""
    return _page(request, desk, question, form, answer=answer, status=422)


def _both(
    request: HttpRequest,
    desk: Desk,
    question: Question,
    form: ReportForm,
    sent: Measurement,
) -> HttpResponse:
    """Show what a colleague sent beside what was typed; sending again takes its place."""
    sent_data: Any = form.data
    data = sent_data.copy()
    data["seen"] = reporting.mark(sent)
    again = ReportForm(data, measure=question.row, last=question.last_value)
    again.is_valid()
    return _page(
        request, desk, question, again, answer=sent, meanwhile=sent, status=409
    )


def _receipt(
    request: HttpRequest, desk: Desk, question: Question, answer: Measurement
) -> HttpResponse:
    context = shown_of(desk) | {
        "question": question,
        "answer": answer,
        "said": answer_of(answer),
        "prints": _prints_answer(desk, question, answer),
        "again": f"{desk.page(question.row.key)}?{AGAIN}=1",
        "evidence": [(each, desk.file(each.pk)) for each in answer.evidence.all()],
    }
    return render(request, RECEIPT, context)


def _page(
    request: HttpRequest,
    desk: Desk,
    question: Question,
    form: ReportForm,
    *,
    answer: Measurement | None,
    status: int = 200,
    **also: Any,
) -> HttpResponse:
    typed = {name: form[name].value() or "" for name in KEPT}
    sent = also.get("meanwhile")
    context = shown_of(desk) | {
        "question": question,
        "form": form,
        "answer": answer,
        "chosen": typed["answer"],
        "problems": [
            (form[name].auto_id if name != "__all__" else "", text)
            for name, texts in form.errors.items()
            for text in texts
        ],
        "prints": _prints(desk, question, typed),
        "page": desk.page(question.row.key),
        "said_then": answer_of(sent) if sent is not None else "",
        "said_now": _said(question, typed),
        "evidence": [
            (each, desk.file(each.pk))
            for each in (answer.evidence.all() if answer is not None else ())
        ],
        "most": files.too_large(),
        **also,
    }
    return render(request, FORM, context, status=status)


def _said(question: Question, typed: dict[str, Any]) -> str:
    """Give what was typed in a word."""
    if typed["answer"] == ABSENT:
        known = typed["reason"] in Missing.values
        return str(Missing(typed["reason"]).label) if known else ""
    if typed["value"]:
        return f"{typed['value']} {question.row.unit}"
    if typed["counted"]:
        return f"{typed['counted']} af {typed['asked']}"
    return str(typed["told"])


def _prints(desk: Desk, question: Question, typed: dict[str, Any]) -> str:
    """Give what the appendix will say where there is no number; "" where there is one."""
    if typed["answer"] != ABSENT or typed["reason"] not in Missing.values:
        return ""
    return absent_sentence(
        typed["reason"],
        house=desk.house,
        measured_by=question.row.measured_by,
        expected=str(typed["expected"]),
        told=str(typed["why"]),
    )


def _prints_answer(desk: Desk, question: Question, answer: Measurement) -> str:
    if not answer.missing:
        return ""
    typed = typed_of(answer)
    empty = dict.fromkeys(("answer", "reason", "expected", "why"), "")
    return _prints(desk, question, empty | typed)
