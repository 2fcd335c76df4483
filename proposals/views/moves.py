"""Points that move: up, down, to a place, to another kind, to somebody else's gains.

Source: docs/rules.md R-106.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import editors_only
from core.errors import RuleViolationError
from core.notices import warn
from proposals.choices import PointKind
from proposals.forms import GainForm
from proposals.forms.fields import Beneficiary
from proposals.models import CooperationUnit
from proposals.queries.units import beneficiaries
from proposals.services import points
from proposals.views.common import answer, get_record, show
from proposals.views.moving import NOWHERE, is_elsewhere, tell_moved
from proposals.views.points import beside, title_of, whole, words_of
from proposals.views.posted import posted
from proposals.views.telling import or_warn
from proposals.words import WORDS

if TYPE_CHECKING:
    from accounts.access import PortalRequest
    from proposals.models import Point, Record

ELSEWHERE: Final = (
    "{title} er flyttet af {by} imens og står nu under {where}. Der er intet flyttet."
)


@require_POST
@editors_only
def point_order(request: PortalRequest, of: str, number: int, pk: int) -> HttpResponse:
    """Move a point up, down, to a place, or to the list of another kind."""
    record = get_record(request, of, number)
    point = get_object_or_404(record.points.select_related("shared"), pk=pk)
    if point.position is None:
        return _gone(request, record, point)
    kind = _target_kind(request, record, point)
    asks_elsewhere = kind is not None or "beneficiary" in request.POST
    if asks_elsewhere and is_elsewhere(request, point):
        return _stays(request, record, point)
    to = _target_place(request, point, is_elsewhere=kind is not None)
    with or_warn(request):
        whose = Beneficiary().clean(request.POST.get("beneficiary", ""))
        moved = points.move_point(
            pk, to=to, kind=kind, beneficiary=whose, by=request.user
        )
        tell_moved(request, record, moved)
    return answer(request, record, "points", f"point-{pk}")


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def point_move(request: PortalRequest, number: int, pk: int) -> HttpResponse:
    """Move a point of a unit to the gains of somebody, whom a form asks for."""
    record = get_record(request, CooperationUnit.word, number)
    point = get_object_or_404(record.points.select_related("shared"), pk=pk)
    if point.shared is not None:
        raise Http404
    if point.position is None:
        return _gone(request, record, point)
    form = GainForm(
        posted(request), point=point, beneficiaries=beneficiaries(record.catalogue_id)
    )
    status = 200
    if request.method == "POST":
        if is_elsewhere(request, point):
            return _stays(request, record, point)
        status = 422
        if form.is_valid() and _move_to_gains(request, record, pk, form):
            return whole(request, answer(request, record, "points", f"point-{pk}"))
    return show(
        request, record, "point", opened=f"point-{pk}", form=form, moving=True,
        status=status,
    )  # fmt: skip


def _move_to_gains(
    request: PortalRequest, record: Record, pk: int, form: GainForm
) -> bool:
    """Move a point to the gains of whom the form names; False if that is refused."""
    try:
        moved = points.move_point(
            pk,
            to=NOWHERE,
            kind=PointKind.GAIN,
            beneficiary=form.cleaned_data["beneficiary"],
            by=request.user,
        )
    except RuleViolationError as error:
        form.add_error("beneficiary", str(error))
        return False
    tell_moved(request, record, moved)
    return True


def _stays(request: PortalRequest, record: Record, point: Point) -> HttpResponse:
    """Say that somebody moved it meanwhile, and show where it stands."""
    title, by = title_of(record, point), point.changed_by or "en anden"
    where = point.beneficiary or WORDS[PointKind(point.kind)].many
    warn(request, ELSEWHERE.format(title=title, by=by, where=where.lower()))
    response = answer(request, record, "points", f"point-{point.pk}", status=409)
    return whole(request, response)


def _gone(request: PortalRequest, record: Record, point: Point) -> HttpResponse:
    """Say that somebody deleted it meanwhile, and show what stands there."""
    warn(request, f"{title_of(record, point)} er slettet af {point.changed_by} imens.")
    near = beside(record, point)
    return whole(request, answer(request, record, "points", near, status=409))


def _target_kind(
    request: PortalRequest, record: Record, point: Point
) -> PointKind | None:
    """The list that the point shall move to; None: its own."""
    slug = request.POST.get("kind", "")
    if not slug or slug == WORDS[PointKind(point.kind)].slug:
        return None
    return words_of(record, slug).kind


def _target_place(request: PortalRequest, point: Point, *, is_elsewhere: bool) -> int:
    """The place that a POST asks for: ``direction``, or ``position``, or the end."""
    direction = request.POST.get("direction")
    if direction in {"op", "ned"}:
        return points.place_of(point) + (-1 if direction == "op" else 1)
    position = request.POST.get("position", "")
    if position.isdecimal() and len(position) < 6:  # noqa: PLR2004
        return int(position)
    return NOWHERE if is_elsewhere else points.place_of(point)
