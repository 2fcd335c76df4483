"""The board of statuses, and many proposals moved at once after a preview.

Source: docs/rules.md R-85.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import editors_only
from core.conflict import problems
from core.errors import RuleViolationError
from core.formats import counted
from proposals.choices import CatalogueKind, Status
from proposals.forms import StepForm
from proposals.forms.steps import FIELDS
from proposals.lists.picked import numbers_in, spans_of
from proposals.queries.catalogue import catalogue_of
from proposals.queries.steps import Card, cards, lanes, last_meeting
from proposals.services import statuses
from proposals.services.statuses import SeenOtherwiseError
from proposals.trail import shift_words, why_kept
from proposals.views.common import or_404
from proposals.views.posted import posted
from proposals.views.telling import at_status, tell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpResponse

    from accounts.access import PortalRequest
    from proposals.models import Catalogue

FORM: Final = "proposals/status_form.html"
_WORDS: Final = re.compile(r"[\s,]+")
MEANWHILE: Final = (
    "Et eller flere af forslagene er ændret, siden du så dem. Intet er skiftet. "
    "Se, hvad der skifter nu."
)


@require_safe
@editors_only
def board(request: PortalRequest) -> HttpResponse:
    """Show the council's proposals in a column a status."""
    own = catalogue_of(request.seat, CatalogueKind.SIMPLIFICATION)
    meeting = last_meeting(request.seat.council)
    since = meeting.held_on if meeting else None
    columns = lanes(cards(own), since) if own else ()
    context = {
        "catalogue": own,
        "lanes": columns,
        "amount": sum(len(lane.cards) for lane in columns),
        "new": sum(card.is_new for lane in columns for card in lane.cards),
        "meeting": meeting,
        "statuses": Status,
    }
    return render(request, "proposals/board.html", context)


@dataclass(frozen=True, slots=True)
class Preview:
    """What a change would do, before anything is done.

    Attributes:
        moves: the proposals that get the status.
        kept: pairs of those that do not, and why.
        sent: names and values of what was typed, to be sent again unseen.
    """

    moves: tuple[Card, ...]
    kept: tuple[tuple[Card, str], ...]
    to: str
    sent: tuple[tuple[str, str], ...]

    @property
    def heading(self) -> str:
        """Give "3 forslag skifter fra Idé til Indmeldt af KKR"."""
        return shift_words([card.standing for card in self.moves], self.to)

    @property
    def button(self) -> str:
        """The words of the button: it says the effect."""
        many = counted(len(self.moves), "forslag", "forslag")
        return f"Skift status for {many}"

    @property
    def seen(self) -> str:
        """How far each has come, as it is shown: "7:12.1 9:14.2"."""
        return " ".join(f"{card.number}:{card.standing.seen}" for card in self.moves)


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def status_change(request: PortalRequest) -> HttpResponse:
    """Choose a status for many proposals, see what changes, and change it; or undo it."""
    own = catalogue_of(request.seat, CatalogueKind.SIMPLIFICATION)
    if own is None:
        raise Http404
    if token := request.POST.get("undo", ""):
        return _undo(request, own, token)
    sent = (request.POST if request.method == "POST" else request.GET).getlist("valgt")
    words = (word for text in sent for word in _WORDS.split(text))
    numbers = numbers_in(words)
    found = cards(own, numbers)
    asked = request.GET.get("status", "")
    initial = {"status": asked} if asked in Status.values else {}
    council = request.seat.council
    form = StepForm(posted(request), council=council, initial=initial)
    gone = sorted(set(numbers) - {card.number for card in found})
    if request.method != "POST":
        return _page(request, form, found, gone=gone)
    if gone or not found:
        form.add_error(None, _not_there(gone))
    if not form.is_valid():
        return _page(request, form, found, gone=gone, status=422)
    return _previewed(request, own, form, found)


def _previewed(
    request: PortalRequest, own: Catalogue, form: StepForm, found: Sequence[Card]
) -> HttpResponse:
    """Show what changes; change it if that was seen already, as it is now."""
    preview = _preview(form, found)
    if "skift" not in request.POST:
        return _page(request, form, found, preview=preview)
    if preview.moves and request.POST.get("set") == preview.seen:
        seen = {card.pk: card.standing.seen for card in preview.moves}
        try:
            done = statuses.change_statuses(
                own.pk, seen=seen, by=request.user, **form.values
            )
        except SeenOtherwiseError:
            found = cards(own, [card.number for card in found])
            preview = _preview(form, found)
        except (RuleViolationError, ValidationError) as error:
            form.add_error(None, problems(error))
            return _page(request, form, found, status=422)
        else:
            many = counted(len(done.steps), "forslag", "forslag")
            words = f"{many} har nu status {preview.to}."
            tell(request, words, url=request.path, undo=done.token)
            return redirect("proposals:board")
    return _page(request, form, found, preview=preview, meanwhile=MEANWHILE, status=409)


def _preview(form: StepForm, found: Sequence[Card]) -> Preview:
    status, day = form.cleaned_data["status"], form.cleaned_data["taken_on"]
    told = [(card, why_kept(card.standing, status, day)) for card in found]
    return Preview(
        tuple(card for card, why in told if not why),
        tuple((card, why) for card, why in told if why),
        str(Status(status).label),
        tuple((name, str(form.data.get(name, ""))) for name in FIELDS),
    )


def _page(
    request: PortalRequest,
    form: StepForm,
    found: Sequence[Card],
    *,
    status: int = 200,
    **also: Any,
) -> HttpResponse:
    numbers = [card.number for card in found]
    context = {
        "form": form,
        "cards": found,
        "numbers": ",".join(spans_of(numbers)),
        "named": _named(numbers),
        **also,
    }
    if gone := also.get("gone"):
        context["gone"] = _named(gone)
    return render(request, FORM, context, status=status)


def _named(numbers: Sequence[int]) -> str:
    """Give "2, 9, 12", and of many "1–50, 72"."""
    return ", ".join(spans_of(numbers)).replace("-", "–")


def _not_there(numbers: Sequence[int]) -> str:
    if not numbers:
        return "Vælg mindst ét forslag."
    return f"Forslag {_named(numbers)} er der ikke længere. Det er taget ud af valget."


def _undo(request: PortalRequest, own: Catalogue, token: str) -> HttpResponse:
    """Take back a change of many, as far as nobody has edited its steps since."""
    try:
        named = UUID(token)
    except ValueError as error:
        raise Http404 from error
    with or_404():
        done = statuses.take_back(own.pk, named, by=request.user)
        back = counted(done.gone, "forslag", "forslag", "Intet forslag")
        words = (
            f"{back} har igen den status, {'de' if done.gone != 1 else 'det'} havde."
        )
        if done.kept:
            kept = counted(done.kept, "skridt", "skridt")
            words += f" {kept} er rettet siden og står stadig."
        tell(request, words)
    return at_status("proposals:board")
