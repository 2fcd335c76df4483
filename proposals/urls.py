"""Addresses of proposals and co-operation units.

What both have is one pattern: ``of`` is the word that stands first.
"""

from __future__ import annotations

from django.urls import path, register_converter

from proposals.views import (
    answers,
    calls,
    catalogue_history,
    clusters,
    deadlines,
    details,
    history,
    moves,
    numbers,
    own_positions,
    points,
    positions,
    print_files,
    prints,
    proposals,
    readings,
    records,
    references,
    saved_views,
    sent,
    shared,
    sheets,
    source_notes,
    status,
    steps,
    themes,
    units,
    visions,
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
    path("forslag/temaer/", proposals.theme_board_page, name="theme-board"),
    path("forslag/temaer/nyt/", themes.theme_new, name="theme-new"),
    path("forslag/temaer/<slug:key>/", themes.theme_edit, name="theme"),
    path(
        "forslag/temaer/<slug:key>/fjernelse/",
        themes.theme_removal,
        name="theme-removal",
    ),
    path("forslag/udskriv/", prints.choose, name="print"),
    path("forslag/udskriv.pdf", print_files.print_file, name="print-file"),
    path("forslag/udskriv.csv", print_files.table_file, name="print-table"),
    path("forslag/udskriv.json", print_files.data_file, name="print-data"),
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
    # What somebody wants to see again.
    path("<record:of>/visninger/ny/", saved_views.view_new, name="view-new"),
    path("<record:of>/visninger/<int:pk>/", saved_views.view_edit, name="view"),
    path(
        "<record:of>/visninger/<int:pk>/fjernelse/",
        saved_views.view_removal,
        name="view-removal",
    ),
    # Its way after KKR.
    path("forslag/tavle/", status.board, name="board"),
    path("forslag/status/", status.status_change, name="status-change"),
    path("forslag/<int:number>/vejen/", steps.trail, name="trail"),
    path("forslag/<int:number>/vejen/nyt/", steps.step_new, name="step-new"),
    path("forslag/<int:number>/vejen/<int:pk>/", steps.step_edit, name="step"),
    path(
        "forslag/<int:number>/vejen/<int:pk>/fjernelse/",
        steps.step_removal,
        name="step-removal",
    ),
    # As a meeting received it.
    path("<record:of>/<int:number>@<slug:slug>/", sent.sent_record, name="sent"),
    path("forslag/<int:number>/ideen/", proposals.idea, name="idea"),
    path("forslag/<int:number>/titel/", proposals.title, name="title"),
    path("forslag/<int:number>/titel/ny/", readings.reading_new, name="reading-new"),
    path(
        "forslag/<int:number>/titel/<int:pk>/fjernelse/",
        readings.reading_removal,
        name="reading-removal",
    ),
    path(
        "forslag/<int:number>/henvisninger/<int:pk>/",
        details.reference_edit,
        name="reference",
    ),
    path("forslag/visioner/", visions.vision_page, name="visions"),
    path("forslag/visioner/ny/", visions.vision_new, name="vision-new"),
    path("forslag/visioner/<slug:key>/", visions.vision_edit, name="vision"),
    path(
        "forslag/visioner/<slug:key>/fjernelse/",
        visions.vision_removal,
        name="vision-removal",
    ),
    path("<record:of>/<int:number>/visioner/", visions.served, name="served"),
    path("forslag/uens/", source_notes.note_list, name="source-notes"),
    path("forslag/uens/ny/", source_notes.note_new, name="source-note-new"),
    path("forslag/uens/<slug:key>/", source_notes.note, name="source-note"),
    path(
        "forslag/uens/<slug:key>/rettelse/",
        source_notes.note_edit,
        name="source-note-edit",
    ),
    path(
        "forslag/uens/<slug:key>/fjernelse/",
        source_notes.note_removal,
        name="source-note-removal",
    ),
    path("samdrift/<int:number>/grupper/ny/", clusters.cluster_new, name="cluster-new"),
    path(
        "samdrift/<int:number>/grupper/placering/",
        clusters.cluster_placing,
        name="cluster-placing",
    ),
    path(
        "samdrift/<int:number>/grupper/<int:pk>/",
        clusters.cluster_edit,
        name="cluster",
    ),
    path(
        "samdrift/<int:number>/grupper/<int:pk>/fjernelse/",
        clusters.cluster_removal,
        name="cluster-removal",
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
    path("forslag/regneark/", sheets.sheets, PROPOSAL, name="proposal-sheets"),
    path("samdrift/regneark/", sheets.sheets, UNIT, name="unit-sheets"),
    path("<record:of>/regneark/hent/", sheets.sheet_file, name="sheet-file"),
    path("forslag/regneark/<int:pk>/", sheets.sheet, PROPOSAL, name="proposal-sheet"),
    path("samdrift/regneark/<int:pk>/", sheets.sheet, UNIT, name="unit-sheet"),
    path("<record:of>/regneark/<int:pk>/rest/", sheets.sheet_rest, name="sheet-rest"),
    path(
        "<record:of>/regneark/<int:pk>/fortrydelse/",
        sheets.sheet_undo,
        name="sheet-undo",
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
        moves.point_order,
        name="point-order",
    ),
    path(
        "samdrift/<int:number>/punkter/<int:pk>/flytning/",
        moves.point_move,
        name="point-move",
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
        "<record:of>/<int:number>/henvisninger/skrevne/",
        references.typed,
        name="typed",
    ),
    path("<record:of>/<int:number>/nummer/", numbers.renumbering, name="renumbering"),
    path(
        "<record:of>/<int:number>/henvisninger/ny/", details.link_new, name="link-new"
    ),
    path(
        "samdrift/<int:number>/henvisninger/<int:pk>/art/",
        details.link_kind,
        name="link-kind",
    ),
    path(
        "<record:of>/<int:number>/henvisninger/<int:pk>/fjernelse/",
        details.link_removal,
        name="link-removal",
    ),
    # What the municipalities think, and the calls for it.
    path("holdninger/", own_positions.own_positions, name="own-positions"),
    path("<record:of>/holdninger/", positions.matrix, name="positions"),
    path("<record:of>/holdninger/opkald/", calls.call, name="positions-call"),
    path("<record:of>/holdninger/opkald/mail/", calls.mail, name="positions-mail"),
    path(
        "<record:of>/holdninger/opkald/paamindelse/",
        calls.reminder,
        name="positions-reminder",
    ),
    path(
        "<record:of>/holdninger/opkald/frist/",
        deadlines.deadline,
        name="positions-deadline",
    ),
    path(
        "<record:of>/holdninger/opkald/lukning/",
        deadlines.closing,
        name="positions-closing",
    ),
    path(
        "<record:of>/holdninger/opkald/fjernelse/",
        calls.call_removal,
        name="positions-call-removal",
    ),
    path(
        "<record:of>/holdninger/kommuner/<int:code>/",
        answers.answers,
        name="positions-of",
    ),
    path(
        "<record:of>/holdninger/<int:number>/",
        positions.record,
        name="positions-record",
    ),
    path(
        "<record:of>/holdninger/<int:number>/<int:code>/",
        positions.cell,
        name="positions-cell",
    ),
    # What was: versions of a record, acts in a catalogue, records that are gone.
    path("<record:of>/<int:number>/historik/", history.history, name="history"),
    path(
        "<record:of>/<int:number>/historik/<int:version>/",
        history.version,
        name="history-version",
    ),
    path(
        "<record:of>/historik/",
        catalogue_history.catalogue_history,
        name="catalogue-history",
    ),
    path("<record:of>/slettede/", catalogue_history.removed, name="removed"),
    path(
        "<record:of>/slettede/<slug:key>/historik/",
        history.history,
        name="removed-history",
    ),
    path(
        "<record:of>/slettede/<slug:key>/historik/<int:version>/",
        history.version,
        name="removed-version",
    ),
]
