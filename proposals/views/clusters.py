"""Groups of municipalities of a unit, edited where they stand."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, cast

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import editors_only
from core import formats
from core.asked import removal_by_word
from core.deleted import deletion_of
from core.gone import Lost, given_back, labels_of
from proposals.forms import ClusterForm, PlacingForm
from proposals.models import Cluster, CooperationUnit
from proposals.queries.clusters import groups_of
from proposals.services import clusters
from proposals.views.common import add_part, answer, edit_part, get_record, or_404, show
from proposals.views.posted import numbers_of, posted
from proposals.views.telling import or_warn, tell, told

if TYPE_CHECKING:
    from accounts.access import PortalRequest
    from proposals.queries.clusters import Groups

PART = "groups"


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def cluster_new(request: PortalRequest, number: int) -> HttpResponse:
    """Make a group."""
    record = get_unit(request, number)
    form = ClusterForm(posted(request), groups=_own(record))
    add = partial(clusters.create_cluster, record)
    row = add_part(request, record, PART, form, add, opened="group-new")
    if isinstance(row, HttpResponse):
        return row
    tell(request, f"{row} er oprettet.")
    return answer(request, record, PART, f"group-{row.pk}")


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def cluster_edit(request: PortalRequest, number: int, pk: int) -> HttpResponse:
    """Edit a group in its row: its name, and who is in it."""
    record = get_unit(request, number)
    cluster = record.clusters.filter(pk=pk).first()
    if cluster is None:
        cluster = given_back(request, _lost(request, record, pk))
        if isinstance(cluster, HttpResponse):
            return cluster
        record = get_unit(request, number)
    groups = _own(record)
    form = ClusterForm(
        posted(request),
        groups=groups,
        row=groups.find(pk),
        initial={"version": cluster.version},
    )
    opened = f"group-{pk}"
    save = partial(clusters.edit_cluster, pk)
    saved = edit_part(
        request, record, PART, form, save, cluster,
        name=f"gruppen {cluster}", opened=opened,
    )  # fmt: skip
    if isinstance(saved, HttpResponse):
        return saved
    tell(request, told(saved, form, f"{saved.row} er gemt."))
    return answer(request, record, PART, opened)


@require_POST
@editors_only
@removal_by_word
def cluster_removal(request: PortalRequest, number: int, pk: int) -> HttpResponse:
    """Delete a group, or bring it back."""
    record = get_unit(request, number)
    if "undo" in request.POST:
        with or_404(), or_warn(request):
            row = clusters.restore_cluster(record, pk, by=request.user)
            tell(request, f"{row} er tilbage.")
        return answer(request, record, PART, f"group-{pk}")
    row = get_object_or_404(record.clusters, pk=pk)
    clusters.remove_cluster(pk, by=request.user)
    words = f"{row} er slettet. Dens kommuner er ikke placeret."
    tell(request, words, url=request.path, undo=1)
    return answer(request, record, PART, PART)


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def cluster_placing(request: PortalRequest, number: int) -> HttpResponse:
    """Put municipalities that are in no group into one, or take that back."""
    record = get_unit(request, number)
    if request.method == "POST" and "undo" in request.POST:
        taken = numbers_of(request.POST["undo"].split())
        clusters.displace_municipalities(record, municipalities=taken, by=request.user)
        tell(request, "Placeringen er fortrudt.")
        return answer(request, record, PART, PART)
    groups = _own(record)
    form = PlacingForm(posted(request), groups=groups)
    if request.method != "POST" or not form.is_valid():
        status = 422 if request.method == "POST" else 200
        opened = "group-placing"
        return show(request, record, PART, opened=opened, form=form, status=status)
    placed = clusters.place_municipalities(record, places=form.places, by=request.user)
    names = [place.name for place in groups.unplaced if place.pk in placed]
    if names:
        words = f"{formats.listed(names)} er placeret."
        undo = " ".join(map(str, placed))
        tell(request, words, url=request.path, undo=undo, record=record.key)
    return answer(request, record, PART, PART)


def _lost(request: PortalRequest, record: CooperationUnit, pk: int) -> Lost:
    """A group that may have been deleted while somebody wrote in it."""
    return Lost(
        name="Gruppen",
        deletion=deletion_of(Cluster, unit=record, pgh_obj_id=pk),
        restore=lambda gone: clusters.restore_cluster(record, gone, by=request.user),
        labels=labels_of(ClusterForm),
        back=f"{record.get_absolute_url()}#{PART}",
    )


def get_unit(request: PortalRequest, number: int) -> CooperationUnit:
    """Give the council's unit with all that stands around it. One query.

    Raises:
        Http404: the user may see no such unit.
    """
    return cast("CooperationUnit", get_record(request, CooperationUnit.word, number))


def _own(record: Any) -> Groups:
    """Give the unit's own groups.

    Raises:
        Http404: it has another unit's, which are edited there.
    """
    if record.groups_of_id is not None:
        raise Http404
    return groups_of(record)
