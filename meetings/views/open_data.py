"""Open data: what of the published meetings can be fetched as rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.http import require_safe

from meetings.editions.open_data import data_of, meetings_with_data

if TYPE_CHECKING:
    from django.http import HttpResponse

    from accounts.access import VisitorRequest

PAGE: Final = "meetings/open_data.html"
ROWS: Final = 20


@require_safe
@login_not_required
def open_data(request: VisitorRequest) -> HttpResponse:
    """List the public meetings with their data, the latest first."""
    page = Paginator(meetings_with_data(), ROWS).get_page(request.GET.get("side"))
    return render(request, PAGE, {"page": page, "meetings": data_of(page.object_list)})
