"""The decision ledger, for everybody."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db.models import Exists, Q
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from meetings.choices import Outcome
from meetings.minutes.ledger import closed_entries, entries, ruling
from meetings.models.taken import closing_decision
from meetings.views.finding import asks_for_closed

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpResponse

    from accounts.access import VisitorRequest

PAGE = "meetings/ledger.html"
ROWS = 30
_YEAR = 4


@require_safe
@login_not_required
def ledger(request: VisitorRequest) -> HttpResponse:
    """List decisions of approved minutes, by ``?q=``, ``?aar=`` and ``?udfald=``.

    With ``?del=lukket`` those on closed items, for whoever reads any; else 404.
    """
    is_closed = asks_for_closed(request)
    user = request.user
    behind = closed_entries(user) if user.is_authenticated else None
    has_closed = behind is not None and behind.exists()
    if is_closed and not has_closed:
        raise Http404
    found: Any = behind if is_closed else entries(user)
    day = _year_of(is_closed=is_closed)
    years = sorted(set(found.values_list(day, flat=True).order_by()), reverse=True)
    asked = {name: request.GET.get(name, "").strip() for name in ("q", "aar", "udfald")}
    chosen = _chosen(found, asked, is_closed=is_closed)
    page = Paginator(chosen, ROWS).get_page(request.GET.get("side"))
    context = {
        "page": page,
        "is_closed": is_closed,
        "has_closed": has_closed,
        "rows": [ruling(entry) for entry in page.object_list],
        "years": years,
        "outcomes": Outcome.choices,
        "asked": asked,
        "is_filtered": any(asked.values()),
    }
    return render(request, PAGE, context)


def _year_of(*, is_closed: bool) -> str:
    return ("closed__" if is_closed else "") + "minutes__meeting__held_on__year"


def _chosen(
    found: QuerySet[Any], asked: dict[str, str], *, is_closed: bool
) -> QuerySet[Any]:
    """Give what the filters leave; what they cannot mean they do not ask."""
    words, year = asked["q"].replace("\0", ""), asked["aar"]
    if words or asked["udfald"] in Outcome.values:
        # What is taken down is found by none of its words.
        found = found.exclude(Exists(closing_decision(is_closed=is_closed)))
    if words:
        found = found.filter(Q(title__icontains=words) | Q(text__icontains=words))
    if year.isascii() and year.isdecimal() and len(year) == _YEAR:
        found = found.filter(**{_year_of(is_closed=is_closed): int(year)})
    if asked["udfald"] in Outcome.values:
        found = found.filter(outcome=asked["udfald"])
    return found
