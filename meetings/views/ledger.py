"""The decision ledger, for everybody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db.models import Q
from django.shortcuts import render
from django.views.decorators.http import require_safe

from meetings.choices import Outcome
from meetings.minutes.ledger import entries, ruling

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpResponse

    from accounts.access import VisitorRequest
    from meetings.models import LedgerEntry

PAGE = "meetings/ledger.html"
ROWS = 30
_YEAR = 4


@require_safe
@login_not_required
def ledger(request: VisitorRequest) -> HttpResponse:
    """List decisions of approved minutes, by ``?q=``, ``?aar=`` and ``?udfald=``."""
    found = entries(request.user)
    years = sorted(
        set(found.values_list("minutes__meeting__held_on__year", flat=True).order_by()),
        reverse=True,
    )
    asked = {name: request.GET.get(name, "").strip() for name in ("q", "aar", "udfald")}
    page = Paginator(_chosen(found, asked), ROWS).get_page(request.GET.get("side"))
    context = {
        "page": page,
        "rows": [ruling(entry) for entry in page.object_list],
        "years": years,
        "outcomes": Outcome.choices,
        "asked": asked,
        "is_filtered": any(asked.values()),
    }
    return render(request, PAGE, context)


def _chosen(
    found: QuerySet[LedgerEntry], asked: dict[str, str]
) -> QuerySet[LedgerEntry]:
    """Give what the filters leave; what they cannot mean they do not ask."""
    words, year = asked["q"].replace("\0", ""), asked["aar"]
    if words:
        found = found.filter(Q(title__icontains=words) | Q(text__icontains=words))
    if year.isascii() and year.isdecimal() and len(year) == _YEAR:
        found = found.filter(minutes__meeting__held_on__year=int(year))
    if asked["udfald"] in Outcome.values:
        found = found.filter(outcome=asked["udfald"])
    return found
