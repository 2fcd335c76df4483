"""What does not agree in a contract: both sides, what the portal reckons, the answer.

Source: docs/rules.md R-140.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import editors_only
from core import clock
from core.conflict import Place, merged_words, save_form
from core.errors import RuleViolationError
from core.htmx import render_hx
from core.notices import Undo, say, warn
from resultcontracts.contradictions.naming import by_kind, slug_of, whom
from resultcontracts.forms.answers import REJECT, AnswerForm
from resultcontracts.queries.contracts import contract_rows
from resultcontracts.queries.contradictions import findings_of, sides_of
from resultcontracts.queries.prose import flagged
from resultcontracts.services import answers
from resultcontracts.views.finding import get_contract, readers_only

if TYPE_CHECKING:
    from collections.abc import Callable

    from accounts.access import PortalRequest
    from resultcontracts.choices import FindingKind
    from resultcontracts.models import Contract, ContradictionAnswer
    from resultcontracts.queries.contracts import ContractRows
    from resultcontracts.queries.contradictions import Answered, AskedHouse

PAGE: Final = "resultcontracts/contradictions.html"
FILTERS: Final = (
    ("", "Alle"),
    ("uden-svar", "Uden svar"),
    ("besvaret", "Besvaret"),
    ("afvist", "Afvist"),
)


@dataclass(frozen=True, slots=True)
class Shown:
    """A finding as the page shows it.

    Attributes:
        slug: what stands for it in an address, and its place on the page.
        form: where it is open for writing; None elsewhere.
        is_near: the reader works on it: the secretariat, or the house.
    """

    each: Answered
    slug: str
    url: str
    form: AnswerForm | None = None
    is_near: bool = False

    @property
    def asked(self) -> tuple[AskedHouse, ...]:
        """What the house was asked; to others what it answers, where that is printed."""
        if self.is_near:
            return self.each.asked
        return () if self.each.is_open else self.each.house_answers

    @property
    def asked_words(self) -> str:
        """How far the house is, in a word."""
        if not self.is_near or not self.each.asked:
            return ""
        return "Huset er spurgt" if self.each.asked_open else "Huset har svaret"

    @property
    def whom(self) -> str:
        """The goals and measures that it is about."""
        return whom(self.each.finding)

    @property
    def answer(self) -> Any:
        """What was answered."""
        return self.each.answer


@dataclass(frozen=True)
class Board:
    """All that does not agree in a contract.

    Attributes:
        rows: all, also those that somebody turned down.
        chosen: what the page is narrowed to; "" for all.
    """

    rows: tuple[Shown, ...]
    chosen: str

    @property
    def standing(self) -> tuple[Shown, ...]:
        """Those of which nobody said that they are none."""
        return tuple(row for row in self.rows if not row.each.is_rejected)

    @property
    def waiting(self) -> int:
        """How many nobody answered."""
        return sum(row.each.is_open for row in self.standing)

    @property
    def counts(self) -> list[tuple[FindingKind, int]]:
        """How many there are of each kind."""
        return [(kind, len(rows)) for kind, rows in _kinds(self.standing)]

    @property
    def groups(self) -> list[tuple[FindingKind, tuple[Shown, ...]]]:
        """Those that pass the filter, kind by kind."""
        passing = tuple(row for row in self.standing if _passes(row, self.chosen))
        return [(kind, rows) for kind, rows in _kinds(passing) if rows]

    @property
    def rejected(self) -> tuple[Shown, ...]:
        """Those that somebody turned down."""
        if self.chosen not in ("", "afvist"):
            return ()
        return tuple(row for row in self.rows if row.each.is_rejected)

    @property
    def filters(self) -> list[tuple[str, str, int, bool]]:
        """What the page can be narrowed to."""
        return [
            (value, name, self._amount(value), value == self.chosen)
            for value, name in FILTERS
        ]

    def _amount(self, value: str) -> int:
        if value == "afvist":
            return len(self.rows) - len(self.standing)
        return sum(_passes(row, value) for row in self.standing)


def _passes(row: Shown, chosen: str) -> bool:
    if chosen == "uden-svar":
        return row.each.is_open
    if chosen == "besvaret":
        return not row.each.is_open
    return chosen != "afvist"


def _kinds(
    rows: tuple[Shown, ...],
) -> tuple[tuple[FindingKind, tuple[Shown, ...]], ...]:
    return by_kind((row.each.finding, row) for row in rows)


@require_safe
@readers_only
def contradictions(request: PortalRequest, contract: str) -> HttpResponse:
    """Show what does not agree, kind by kind."""
    read = contract_rows(get_contract(request, contract))
    return _page(request, read, findings_of(read))


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def contradiction(request: PortalRequest, contract: str, finding: str) -> HttpResponse:
    """Open one finding for an answer, save it, turn the finding down, or take that back."""
    read = contract_rows(get_contract(request, contract))
    found = findings_of(read)
    one = _one(found, finding)
    is_rejection = _is_rejection(request)
    if request.method != "POST":
        form = AnswerForm(answer=one.answer, is_rejection=is_rejection)
        return _page(request, read, found, opened=one, form=form)
    if "undo" in request.POST:
        return _undone(request, read.contract, one)
    form = AnswerForm(request.POST, answer=one.answer, is_rejection=is_rejection)
    if form.is_valid():
        saved = _saved(request, read.contract, one, form)
        if saved is not None:
            return saved
    status = 200 if form.goes_back else 422
    return _page(request, read, found, opened=one, form=form, status=status)


def _is_rejection(request: PortalRequest) -> bool:
    return REJECT in (request.GET.get("svar"), request.POST.get("svar"))


def _one(found: tuple[Answered, ...], slug: str) -> Answered:
    for each in found:
        if slug_of(each.finding.key) == slug:
            return each
    raise Http404


def _saved(
    request: PortalRequest, contract: Contract, one: Answered, form: AnswerForm
) -> HttpResponse | None:
    key = one.finding.key
    row = answers.begun(contract.pk, finding=key, by=request.user)
    service: Callable[..., Any] = (
        answers.reject if form.is_rejection else answers.answer
    )
    save = partial(
        service, contract.pk, finding=key, sides=sides_of(one.finding), by=request.user
    )
    name = f"svaret om {whom(one.finding)}"
    place = Place(name, request.path, ((_home(contract), "Modsigelser"),))
    saved = save_form(request, form, row, save, place)
    if saved is None or isinstance(saved, HttpResponse):
        return saved
    words = (
        f"{whom(one.finding)}: {'afvist' if form.is_rejection else 'svaret er gemt'}."
    )
    said = f"{words} {merged_words(saved, form)}".rstrip()
    fields = {"undo": str(saved.row.version)}
    undo = Undo(request.path, fields=fields) if saved.is_written else None
    say(request, said, undo=undo)
    return redirect(f"{_home(contract)}#{slug_of(key)}")


def _undone(request: PortalRequest, contract: Contract, one: Answered) -> HttpResponse:
    row: ContradictionAnswer | None = one.answer
    text = request.POST["undo"]
    version = int(text) if text.isdecimal() and len(text) < 10 else 0  # noqa: PLR2004
    if row is None:
        raise Http404
    try:
        answers.restore(row.pk, version=version, by=request.user)
        say(request, f"{whom(one.finding)}: det er fortrudt.")
    except RuleViolationError as error:
        warn(request, str(error))
    return redirect(f"{_home(contract)}#status")


def _home(contract: Contract) -> str:
    return reverse("resultcontracts:contradictions", args=[contract.slug])


def _page(
    request: PortalRequest,
    read: ContractRows,
    found: tuple[Answered, ...],
    *,
    opened: Answered | None = None,
    form: AnswerForm | None = None,
    status: int = 200,
) -> HttpResponse:
    slug, seat = read.contract.slug, request.seat
    is_near = seat.may_edit or seat.organisation_id == read.contract.house_id
    names = {each.finding.key: slug_of(each.finding.key) for each in found}
    rows = tuple(
        Shown(
            each,
            names[each.finding.key],
            reverse(
                "resultcontracts:contradiction", args=[slug, names[each.finding.key]]
            ),
            form if each is opened else None,
            is_near,
        )
        for each in found
    )
    chosen = request.GET.get("vis", "")
    known = {value for value, _ in FILTERS}
    context = {
        "read": read,
        "board": Board(rows, chosen if chosen in known and opened is None else ""),
        # The words of a report are its editors' until they are printed.
        "typed": flagged(read) if request.seat.may_edit else (),
        "today": clock.today(),
        "is_editor": request.seat.may_edit,
    }
    return render_hx(request, PAGE, "findings", context, status=status)
