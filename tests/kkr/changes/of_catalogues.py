"""What changes a catalogue, called in ``world.a_world``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from uuid import UUID

from meetings.services import deadlines
from proposals.choices import PointKind
from proposals.models import Figure, Point, Proposal
from proposals.numbers import Move
from proposals.services import (
    beneficiaries,
    clusters,
    numbers,
    parts,
    points,
    records,
    references,
    revisions,
    shared,
    sheets,
    source_notes,
    statuses,
    steps,
    terms,
    themes,
    titles,
    visions,
)
from tests.makers_positions import a_position, give_one

if TYPE_CHECKING:
    from types import SimpleNamespace

    from tests.kkr.changes import Act

GAIN = PointKind.GAIN


def follow_typed(w: SimpleNamespace) -> None:
    Point.objects.filter(pk=w.point).update(text="Se forslag 7")
    at = f"point-{w.point}"
    references.follow_typed(w.proposal, at=at, typed="forslag 7", by=w.by)


def unfollow(w: SimpleNamespace) -> None:
    token = "{{forenkling:forslag-7}}"
    Point.objects.filter(pk=w.point).update(text=f"Se {token}")
    at = f"point-{w.point}"
    references.unfollow(w.proposal, at=at, typed="forslag 7", token=token, by=w.by)


OF_A_CATALOGUE: Final[dict[str, Act]] = {
    "beneficiaries.rename_beneficiary": lambda w: beneficiaries.rename_beneficiary(
        w.units, old="Borgerne", new="Alle", by=w.by
    ),
    "clusters.create_cluster": lambda w: clusters.create_cluster(
        w.unit, name="Øst", members=(), by=w.by
    ),
    "clusters.edit_cluster": lambda w: clusters.edit_cluster(
        w.group, version=1, name="Vest", members=(), base=(), by=w.by
    ),
    "clusters.place_municipalities": lambda w: clusters.place_municipalities(
        w.unit, places={w.place: w.group}, by=w.by
    ),
    "clusters.displace_municipalities": lambda w: clusters.displace_municipalities(
        w.unit, municipalities=[w.placed], by=w.by
    ),
    "clusters.remove_cluster": lambda w: clusters.remove_cluster(w.group, by=w.by),
    "clusters.restore_cluster": lambda w: clusters.restore_cluster(
        w.unit, w.gone_group, by=w.by
    ),
    "source_notes.settle_note": lambda w: source_notes.settle_note(
        w.source_note, version=1, chosen="Et andet ord", by=w.by
    ),
    "source_notes.reopen_note": lambda w: source_notes.reopen_note(w.settled, by=w.by),
    "visions.edit_vision": lambda w: visions.edit_vision(
        w.vision, version=1, title="Ny", by=w.by
    ),
    "visions.link_visions": lambda w: visions.link_visions(
        w.unit, visions=[w.vision], base=(), by=w.by
    ),
    "visions.remove_vision": lambda w: visions.remove_vision(w.vision, by=w.by),
    "visions.restore_vision": lambda w: visions.restore_vision(
        w.proposal.catalogue.council_id, w.gone_vision, by=w.by
    ),
    "deadlines.edit_rule": lambda w: deadlines.edit_rule(
        w.proposal.catalogue.council_id, version=1, drafts_days=20, by=w.by
    ),
    "numbers.renumber_records": lambda w: numbers.renumber_records(
        w.proposal.catalogue_id, Proposal, moves=(Move("forslag-7", 7, 70),), by=w.by
    ),
    "references.follow_typed": follow_typed,
    "references.unfollow": unfollow,
    "parts.add_figure": lambda w: parts.add_figure(
        w.proposal, printed="4", what="uger", by=w.by
    ),
    "parts.edit_figure": lambda w: parts.edit_figure(
        w.figure.pk, version=1, printed="5", by=w.by
    ),
    "parts.add_reference": lambda w: parts.add_reference(
        w.proposal, to=w.other, wording="jf. 8", by=w.by
    ),
    "parts.edit_reference": lambda w: parts.edit_reference(
        w.reference.pk, version=1, wording="se 8", by=w.by
    ),
    "parts.add_dependency": lambda w: parts.add_dependency(
        w.unit, to=w.other_unit, kind="placed_with", text="samme", by=w.by
    ),
    "parts.turn_dependency": lambda w: parts.turn_dependency(
        w.dependency, seen="elaborates", kind="placed_with", by=w.by
    ),
    "parts.remove_part": lambda w: parts.remove_part(w.figure, by=w.by),
    "parts.restore_part": lambda w: parts.restore_part(
        Figure, w.proposal, w.gone_figure, by=w.by
    ),
    "points.add_point": lambda w: points.add_point(
        w.proposal, kind=GAIN, text="Ny", by=w.by
    ),
    "points.edit_point": lambda w: points.edit_point(
        w.point, version=1, text="Ny", by=w.by
    ),
    "points.undo_edit": lambda w: points.undo_edit(w.edited_point, version=2, by=w.by),
    "points.move_point": lambda w: points.move_point(w.point, to=2, by=w.by),
    "points.remove_point": lambda w: points.remove_point(w.point, by=w.by),
    "points.restore_point": lambda w: points.restore_point(w.gone_point, by=w.by),
    "positions.give": lambda w: a_position(w.proposal, "Greve"),
    "positions.give_all": give_one,
    "records.create_proposal": lambda w: records.create_proposal(
        w.catalogue, theme=None, new_theme="Unge", title="Nyt", idea="", by=w.by
    ),
    "records.create_unit": lambda w: records.create_unit(
        w.units, title="Ny", scope="all", summary="", by=w.by
    ),
    "records.edit_record": lambda w: records.edit_record(
        w.proposal, version=1, title="Nyt", by=w.by
    ),
    "records.remove_record": lambda w: records.remove_record(w.proposal, by=w.by),
    "records.restore_record": lambda w: records.restore_record(w.gone, by=w.by),
    "records.finish": lambda w: records.finish(w.proposal, w.by),
    "shared.create_shared": lambda w: shared.create_shared(
        w.units, name="Ny", stem="Tæt", units=[w.unit.pk], by=w.by
    ),
    "shared.add_to_units": lambda w: shared.add_to_units(
        w.shared.pk, units=[w.other_unit.pk], by=w.by
    ),
    "shared.edit_stem": lambda w: shared.edit_stem(
        w.shared.pk, version=1, name="Ny", stem="Tæt", by=w.by
    ),
    "shared.use_own_wording": lambda w: shared.use_own_wording(
        w.shared_point, version=1, text="Egen", by=w.by
    ),
    "shared.use_shared_wording": lambda w: shared.use_shared_wording(
        w.shared_point, version=1, ending="", by=w.by
    ),
    "shared.remove_from_units": lambda w: shared.remove_from_units(
        w.shared.pk, points=[w.shared_point], by=w.by
    ),
    "shared.restore_to_units": lambda w: shared.restore_to_units(
        w.shared.pk, points=[w.gone_shared_point], by=w.by
    ),
    "steps.add_step": lambda w: steps.add_step(w.proposal, status="law", by=w.by),
    "steps.edit_step": lambda w: steps.edit_step(
        w.step, version=1, status="adopted", by=w.by
    ),
    "steps.undo_step": lambda w: steps.undo_step(w.edited_step, version=2, by=w.by),
    "steps.remove_step": lambda w: steps.remove_step(w.step, by=w.by),
    "steps.restore_step": lambda w: steps.restore_step(w.other, w.gone_step, by=w.by),
    "statuses.change_statuses": lambda w: statuses.change_statuses(
        w.catalogue, seen={w.proposal.pk: "0.0"}, status="law", by=w.by
    ),
    "statuses.take_back": lambda w: statuses.take_back(
        w.catalogue, UUID(w.changed), by=w.by
    ),
    "terms.edit_terms": lambda w: terms.edit_terms(
        w.proposal, terms={"law": ["Loven"]}, base={}, by=w.by
    ),
    "themes.edit_theme": lambda w: themes.edit_theme(
        w.proposal.theme_id, version=1, title="Nyt", by=w.by
    ),
    "titles.choose_title": lambda w: titles.choose_title(
        w.proposal.pk, version=1, title="Nyt", by=w.by
    ),
    "titles.add_reading": lambda w: titles.add_reading(
        w.proposal,
        place="Bilag 9",
        text="Andet",
        is_short=False,
        is_overview=False,
        by=w.by,
    ),
    "titles.remove_reading": lambda w: titles.remove_reading(w.title_reading, by=w.by),
    "titles.restore_reading": lambda w: titles.restore_reading(
        w.read, w.gone_title, by=w.by
    ),
    "titles.undo_title": lambda w: titles.undo_title(w.chosen, by=w.by),
    "revisions.take_back": lambda w: revisions.take_back(
        Proposal.objects.get(pk=w.chosen), number=1, version=2, by=w.by
    ),
    "sheets.confirm": lambda w: sheets.confirm(
        w.sheet, fingerprint=w.seen, correction="", seat=w.own_seat, by=w.by
    ),
    "sheets.undo": lambda w: sheets.undo(w.done_sheet, seat=w.own_seat, by=w.by),
}
