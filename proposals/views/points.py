"""Points in their list: add, edit, remove, and undo; ``moves`` moves them.

Source: docs/rules.md R-94.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, cast

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import editors_only
from core.asked import REMOVE, removal_by_word
from core.errors import ChangedMeanwhileError
from core.htmx import wants_partial
from core.notices import warn
from proposals.choices import PointKind
from proposals.forms import OwnWordingForm, PointForm
from proposals.models import CooperationUnit
from proposals.queries.units import beneficiaries
from proposals.services import points, shared
from proposals.views.common import (
    add_part,
    answer,
    edit_part,
    get_record,
    plain,
    show,
    url_of,
    with_references,
)
from proposals.views.moving import NOWHERE, is_elsewhere, tell_moved
from proposals.views.posted import number_of, posted
from proposals.views.telling import (
    or_warn,
    seen_in,
    seen_otherwise,
    tell,
    tell_edit,
    told,
)
from proposals.words import BY_SLUG, MOVES, WORDS, KindWords, shortened

if TYPE_CHECKING:
    from accounts.access import PortalRequest
    from proposals.models import Point, Record

CHANGED = (
    "{title} er rettet af {by} imens og er ikke slettet. "
    "Tryk Slet igen, hvis den nye tekst også skal væk."
)
MOVED = "{by} har flyttet punktet imens. Det er ikke flyttet igen."


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def point_edit(request: PortalRequest, of: str, number: int, pk: int) -> HttpResponse:
    """Edit one point where it stands."""
    record = get_record(request, of, number)
    point = get_object_or_404(record.points.select_related("shared"), pk=pk)
    dom_id = f"point-{pk}"
    if point.position is None:
        return _gone(request, record, point)
    if "luk" in request.GET:
        return answer(request, record, "point", dom_id)
    if "undo" in request.POST:
        return _undone(request, record, pk)
    words, to = WORDS[PointKind(point.kind)], _asked_list(request, record, point)
    form = _form(request, record, words.kind, dom_id, point=point)
    save, name = partial(points.edit_point, pk), f"{words.one} {point.position}"
    saved = edit_part(
        request, record, "point", form, save, point,
        name=name, drafts="point", opened=dom_id, to=to,
    )  # fmt: skip
    if isinstance(saved, HttpResponse):
        return saved
    said = told(saved, form, f"{words.the_one.capitalize()} er gemt.")
    if to is not None and to != saved.row.kind:
        tell(request, said)
        _move_on(request, record, point, to)
    else:
        tell_edit(request, said, saved)
        if saved.row.beneficiary == point.beneficiary:
            return answer(request, record, "point", dom_id)
    return whole(request, answer(request, record, "points", dom_id))


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def point_new(request: PortalRequest, of: str, number: int, slug: str) -> HttpResponse:
    """Add a point to the list of its kind."""
    record = get_record(request, of, number)
    words = words_of(record, slug)
    dom_id = f"point-new-{words.kind}"
    if "luk" in request.GET:
        return answer(request, record, "points", dom_id)
    initial = {"beneficiary": request.GET.get("modtager", "")}
    form = _form(request, record, words.kind, dom_id, initial=initial)
    add = partial(points.add_point, record, kind=words.kind)
    row = add_part(
        request, record, "points", form, add, opened=dom_id, drafts=f"ny {words.one}"
    )
    if isinstance(row, HttpResponse):
        return row
    said = f"{words.the_one.capitalize()} er tilføjet som nr. {row.position}."
    removal = url_of(record, "point-removal", row.pk)
    tell(request, said, url=removal, version=row.version, **REMOVE)
    return answer(request, record, "points", f"point-{row.pk}", closed=dom_id)


@require_POST
@editors_only
@removal_by_word
def point_removal(
    request: PortalRequest, of: str, number: int, pk: int
) -> HttpResponse:
    """Take a point out, or put it back where it stood."""
    record = get_record(request, of, number)
    point = get_object_or_404(record.points.select_related("shared"), pk=pk)
    title = title_of(record, point)
    if "undo" in request.POST:
        points.restore_point(pk, by=request.user)
        tell(request, f"{title} er tilbage.")
        return answer(request, record, "points", f"point-{pk}")
    try:
        points.remove_point(pk, seen=seen_in(request), by=request.user)
    except ChangedMeanwhileError as error:
        title = title_of(record, record.points.select_related("shared").get(pk=pk))
        warn(request, CHANGED.format(title=title, by=error.by))
        return answer(request, record, "points", f"point-{pk}", status=409)
    tell(request, f"{title} er slettet.", url=request.path, undo=1)
    return answer(request, record, "points", beside(record, point))


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def own_wording(request: PortalRequest, number: int, pk: int) -> HttpResponse:
    """Let a unit word a shared point by itself, or go back to the shared sentence."""
    record = get_record(request, CooperationUnit.word, number)
    point = get_object_or_404(record.points.select_related("shared"), pk=pk)
    if point.shared is None:
        raise Http404
    if point.position is None:
        return _gone(request, record, point)
    dom_id = f"point-{pk}"
    if "undo" in request.POST:
        return _shared_wording(request, record, pk)
    initial = {"text": point.sentence, "version": point.version}
    form = OwnWordingForm(posted(request), initial=initial, auto_id=f"{dom_id}-%s")
    save = partial(shared.use_own_wording, pk)
    name = f"opmærksomhedspunkt {point.position}"
    saved = edit_part(
        request, record, "point", form, save, point,
        name=name, drafts="ordlyd", opened=dom_id, wording=True,
    )  # fmt: skip
    if isinstance(saved, HttpResponse):
        return saved
    tell(
        request,
        "Punktet har nu enhedens egen ordlyd.",
        url=request.path,
        undo=1,
        ending="" if point.has_own_wording else point.text,
        version=saved.row.version,
    )
    return answer(request, record, "point", dom_id)


def _form(
    request: PortalRequest, record: Record, kind: PointKind, dom_id: str, **more: Any
) -> PointForm:
    """The form of a point, with ids of its own: several may be open at once."""
    known, data = None, posted(request)
    if isinstance(record, CooperationUnit) and kind == PointKind.GAIN:
        known = beneficiaries(record.catalogue_id)
        point = more.get("point")
        is_old = point is not None and seen_otherwise(request, point, ("kind",))
        if data is not None and is_old and "beneficiary" not in data:
            # The form was opened before the point became a gain.
            data = data.copy()
            data["beneficiary"] = more["point"].beneficiary
    ids = f"{dom_id}-%s"
    form = PointForm(data, kind=kind, beneficiaries=known, auto_id=ids, **more)
    return cast("PointForm", with_references(request, form))


def _asked_list(
    request: PortalRequest, record: Record, point: Point
) -> PointKind | None:
    """The list that a form sends its point to; None: it stays, as a shared one does."""
    slug = request.POST.get("to", "")
    return words_of(record, slug).kind if slug and point.shared is None else None


def _move_on(
    request: PortalRequest, record: Record, point: Point, to: PointKind
) -> None:
    """Move a point that was saved, unless somebody moved it since it was opened."""
    if is_elsewhere(request, point):
        warn(request, MOVED.format(by=point.changed_by or "En anden"))
        return
    with or_warn(request):
        moved = points.move_point(point.pk, to=NOWHERE, kind=to, by=request.user)
        tell_moved(request, record, moved)


def _undone(request: PortalRequest, record: Record, pk: int) -> HttpResponse:
    """Take back the edit that the status line told of."""
    version = number_of(request.POST.get("undo", ""))
    with or_warn(request):
        row = points.undo_edit(pk, version=version, by=request.user)
        tell(request, f"Rettelsen af {points.name_of(row)} er fortrudt.")
    return whole(request, answer(request, record, "points", f"point-{pk}"))


def beside(record: Record, gone: Point) -> str:
    """DOM id of what stands where a removed point stood: a point, or "Tilføj"."""
    left = record.points.present().filter(kind=gone.kind)
    after = left.filter(position__gte=gone.position or 1).order_by("position").first()
    near = after or left.order_by("position").last()
    return f"point-{near.pk}" if near else f"point-new-{gone.kind}"


def _shared_wording(request: PortalRequest, record: Record, pk: int) -> HttpResponse:
    ending = request.POST.get("ending", "")
    version = number_of(request.POST.get("version", ""))
    with or_warn(request):
        shared.use_shared_wording(pk, version=version, ending=ending, by=request.user)
        tell(request, "Punktet har den fælles ordlyd igen.")
    return answer(request, record, "point", f"point-{pk}")


def title_of(record: Record, point: Point) -> str:
    """Give "Gevinsten ”…”"; needs what is shared loaded."""
    words = WORDS[PointKind(point.kind)]
    return f"{words.the_one.capitalize()} ”{shortened(plain(record, point.sentence))}”"


def words_of(record: Record, slug: str) -> KindWords:
    """Give a kind of points by its word in addresses.

    Raises:
        Http404: the record has no such points.
    """
    words = BY_SLUG.get(slug)
    if words is None or words.kind not in MOVES[record.owner]:
        raise Http404
    return words


def _gone(request: PortalRequest, record: Record, point: Point) -> HttpResponse:
    """Somebody deleted the point meanwhile: what was typed waits as a new one.

    Raises:
        Http404: nothing was typed.
    """
    if request.method != "POST":
        raise Http404
    words = WORDS[PointKind(point.kind)]
    dom_id = f"point-new-{point.kind}"
    form = _form(request, record, words.kind, dom_id)
    form.is_valid()
    form.add_error(
        None,
        f"{words.the_one.capitalize()} er slettet af {point.changed_by}, mens du skrev. "
        "Gem din tekst som et nyt punkt, eller fortryd.",
    )
    done = f"point-{point.pk}"
    response = show(
        request, record, "points", opened=dom_id, form=form, status=409, closed=done
    )
    return whole(request, response)


def whole(request: PortalRequest, response: HttpResponse) -> HttpResponse:
    """Let htmx put the answer in place of all lists instead of the row."""
    if wants_partial(request):
        response["HX-Retarget"] = "#points"
        response["HX-Reswap"] = "outerHTML"
    return response
