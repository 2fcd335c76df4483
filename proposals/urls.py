"""Addresses of proposals and co-operation units.

What both have is one pattern: ``of`` is the word that stands first.
"""

from __future__ import annotations

from django.urls import path, register_converter

from proposals.views import (
    details,
    points,
    proposals,
    records,
    sent,
    shared,
    themes,
    units,
)


class RecordWord:
    """The first word of a record's address."""

    regex = "forslag|samdrift"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(RecordWord, "record")

app_name = "proposals"
PROPOSAL, UNIT = {"of": "forslag"}, {"of": "samdrift"}
urlpatterns = [
    path("forslag/", proposals.catalogue, name="catalogue"),
    path("forslag/katalog/", proposals.catalogue_new, name="catalogue-new"),
    path("forslag/temaer/nyt/", themes.theme_new, name="theme-new"),
    path("forslag/temaer/<slug:key>/", themes.theme_edit, name="theme"),
    path(
        "forslag/temaer/<slug:key>/fjernelse/",
        themes.theme_removal,
        name="theme-removal",
    ),
    path("forslag/nyt/", records.record_new, PROPOSAL, name="proposal-new"),
    path("forslag/<int:number>/", records.record, PROPOSAL, name="proposal"),
    path(
        "forslag/<int:number>/oplysninger/",
        records.record_edit,
        PROPOSAL,
        name="proposal-edit",
    ),
    path(
        "forslag/<int:number>/fjernelse/",
        records.record_removal,
        PROPOSAL,
        name="proposal-removal",
    ),
    # As a meeting received it.
    path("<record:of>/<int:number>@<slug:slug>/", sent.sent_record, name="sent"),
    path("forslag/<int:number>/ideen/", proposals.idea, name="idea"),
    path("forslag/<int:number>/titel/", proposals.title, name="title"),
    path(
        "forslag/<int:number>/henvisninger/<int:pk>/",
        details.reference_edit,
        name="reference",
    ),
    path("samdrift/", units.unit_list, name="units"),
    path("samdrift/nyt/", records.record_new, UNIT, name="unit-new"),
    path("samdrift/<int:number>/", records.record, UNIT, name="unit"),
    path(
        "samdrift/<int:number>/oplysninger/",
        records.record_edit,
        UNIT,
        name="unit-edit",
    ),
    path(
        "samdrift/<int:number>/fjernelse/",
        records.record_removal,
        UNIT,
        name="unit-removal",
    ),
    path("samdrift/modtagere/", units.beneficiary, name="beneficiary"),
    path("samdrift/faelles/nyt/", shared.shared_new, name="shared-new"),
    path("samdrift/faelles/<slug:key>/", shared.shared_point, name="shared-point"),
    path(
        "samdrift/faelles/<slug:key>/enheder/",
        shared.shared_units,
        name="shared-units",
    ),
    path(
        "samdrift/faelles/<slug:key>/fjernelse/",
        shared.shared_removal,
        name="shared-removal",
    ),
    path(
        "samdrift/<int:number>/punkter/<int:pk>/ordlyd/",
        points.own_wording,
        name="own-wording",
    ),
    path(
        "<record:of>/<int:number>/punkter/ny/<slug:slug>/",
        points.point_new,
        name="point-new",
    ),
    path("<record:of>/<int:number>/punkter/<int:pk>/", points.point_edit, name="point"),
    path(
        "<record:of>/<int:number>/punkter/<int:pk>/plads/",
        points.point_order,
        name="point-order",
    ),
    path(
        "<record:of>/<int:number>/punkter/<int:pk>/fjernelse/",
        points.point_removal,
        name="point-removal",
    ),
    path("<record:of>/<int:number>/tal/ny/", details.figure_new, name="figure-new"),
    path("<record:of>/<int:number>/tal/<int:pk>/", details.figure_edit, name="figure"),
    path(
        "<record:of>/<int:number>/tal/<int:pk>/fjernelse/",
        details.figure_removal,
        name="figure-removal",
    ),
    path("<record:of>/<int:number>/regler/", details.terms_edit, name="terms"),
    path(
        "<record:of>/<int:number>/henvisninger/ny/", details.link_new, name="link-new"
    ),
    path(
        "<record:of>/<int:number>/henvisninger/<int:pk>/fjernelse/",
        details.link_removal,
        name="link-removal",
    ),
]
