"""Whatever changes what is printed leaves the job that works it out (docs/rules.md R-16)."""

from __future__ import annotations

import inspect
from copy import deepcopy
from datetime import date
from importlib import import_module
from pkgutil import iter_modules
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

import pytest
from django.db import connection

import meetings.services
import proposals.services
from core import clock
from meetings.models import (
    AgendaItem,
    Comment,
    Meeting,
    Minutes,
    Packet,
    Paper,
    ReadThrough,
    StatedNumber,
)
from meetings.services import (
    agenda,
    announcing,
    appendices,
    carrying,
    copying,
    deadlines,
    minutes,
    sections,
    stated,
    written,
)
from meetings.services import meetings as meeting_services
from proposals.choices import PointKind
from proposals.models import (
    ClusterMember,
    Figure,
    Point,
    Proposal,
    SheetImport,
    SourceNote,
)
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
from tests.documents.word_makers import a_word
from tests.makers import a_letter, a_meeting, an_item, an_upload
from tests.makers_around import a_group, a_note, a_place, a_vision
from tests.makers_packets import a_user
from tests.makers_positions import a_position, give_one
from tests.makers_proposals import (
    a_proposal,
    a_reading,
    a_shared_point,
    a_sheet,
    a_unit,
    point_of,
)
from tests.makers_written import a_block, a_written

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    type Act = Callable[[Any], object]

pytestmark = pytest.mark.django_db
GAIN = PointKind.GAIN
# What is printed is as before: nothing stands in it yet, or nothing in it is changed.
PRINTS_AS_BEFORE: Final = {
    "approval.ask",
    "approval.mail_again",
    "approval.record",
    "approval.take_back",
    "attendance.write_attendance",
    "calendar.renew_link",
    "last_read.forget_read",
    "last_read.note_read",
    "catalogues.create_catalogue",
    # A call asks; what is answered is printed.
    "call_letters.write",
    "calls.close_call",
    "calls.create_call",
    "calls.edit_call",
    "calls.remind",
    "calls.remove_call",
    "calls.send_call",
    "calls.set_deadline",
    "calls.set_reminder",
    "positions.begun",
    "comments.answer_comment",
    "comments.reopen_comment",
    "comments.solve_comment",
    "comments.write_comment",
    # Of minutes: meetings that have them as an appendix, see test_minutes_approved.
    "decisions.begin_decision",
    "decisions.record_answer",
    "decisions.use_proposal",
    "decisions.write_decision",
    "findings.give_answers",
    "findings.take_back",
    "follow_ups.create_task",
    "guests.write_guests",
    "follow_ups.edit_task",
    "follow_ups.finish_task",
    "follow_ups.remove_task",
    "follow_ups.reopen_task",
    "follow_ups.restore_task",
    "life.begin_version",
    "life.step_back",
    "life.drop_version",
    "life.note_sent",
    "life.take_step",
    "meetings.create_meeting",
    "meetings.remove_meeting",
    "meetings.restore_meeting",
    "members.create_member",
    "members.edit_member",
    "members.remove_member",
    "notes.delete_note",
    "notes.write_note",
    "subscriptions.follow",
    "minutes.approve_minutes",
    "minutes.propose_minutes",
    "packets.ask_for_packet",
    "packets.stop_packet",
    "post.send_again",
    "post.write_approval",
    "post.write_sent",
    "post.write_told",
    "post.write_minutes",
    "publishing.publish",
    "readthrough.ask_readers",
    "readthrough.finish_reading",
    "readthrough.open_draft",
    "readthrough.remind_readers",
    "readthrough.take_reader_back",
    "sections.add_section",
    "templates.remove_template",
    "templates.restore_template",
    "templates.save_as_template",
    "themes.create_theme",
    "themes.remove_theme",
    "themes.restore_theme",
    "themes.theme_for",
    # A part of add_step and change_statuses, which have it worked out.
    "steps.write_step",
    # Nothing serves it yet.
    "visions.create_vision",
    # Notes to editors; what settling them changes is worked out.
    "source_notes.add_note",
    "source_notes.edit_note",
    "source_notes.undo_note",
    "source_notes.remove_note",
    "source_notes.restore_note",
    # What is handed out and what comes back changes nothing by itself.
    "sheets.hand_out",
    "sheets.take_in",
    "saved_views.create_view",
    "saved_views.edit_view",
    "saved_views.remove_view",
    "saved_views.restore_view",
    # What is printed next is as before; the reader is told, and the index at once.
    "withdrawals.lift",
    "withdrawals.replace_without",
    "withdrawals.withdraw",
}
CATALOGUE: Final[Any] = {"source": "proposals.simplification", "title": "Katalog"}

# Service → what it is called with. ``w`` is the world below; one word a row in it.
OF_A_MEETING: dict[str, Act] = {
    "agenda.create_item": lambda w: agenda.create_item(w.section, title="Ny", by=w.by),
    "agenda.edit_item": lambda w: agenda.edit_item(
        w.item, version=1, title="Ny", by=w.by
    ),
    "agenda.bring_back_version": lambda w: agenda.bring_back_version(
        w.edited, number=1, fields=["title"], version=2, by=w.by
    ),
    "agenda.move_item": lambda w: agenda.move_item(w.item, to=2, by=w.by),
    "agenda.step_item": lambda w: agenda.step_item(w.item, direction="ned", by=w.by),
    "agenda.remove_item": lambda w: agenda.remove_item(w.item, by=w.by),
    "agenda.restore_item": lambda w: agenda.restore_item(w.gone_item, by=w.by),
    "appendices.add_file": lambda w: appendices.add_file(
        w.item, path=w.path, name="brev.pdf", by=w.by
    ),
    "appendices.add_generated": lambda w: appendices.add_generated(
        w.item, **CATALOGUE, options={"catalogue": w.catalogue}, by=w.by
    ),
    "appendices.edit_appendix": lambda w: appendices.edit_appendix(
        w.letter, version=1, title="Nyt", by=w.by
    ),
    "appendices.replace_file": lambda w: appendices.replace_file(
        w.letter, path=w.path, name="nyt.pdf", by=w.by
    ),
    "appendices.put_file_back": lambda w: appendices.put_file_back(
        w.letter, file_pk=w.file, by=w.by
    ),
    "appendices.edit_options": lambda w: appendices.edit_options(
        w.generated, version=1, options={"catalogue": 2}, by=w.by
    ),
    "appendices.put_options_back": lambda w: appendices.put_options_back(
        w.generated, version=1, by=w.by
    ),
    "appendices.move_appendix": lambda w: appendices.move_appendix(
        w.letter, to=2, by=w.by
    ),
    "carrying.carry_appendix": lambda w: carrying.carry_appendix(
        w.letter, to=w.edited, by=w.by
    ),
    "appendices.remove_appendix": lambda w: appendices.remove_appendix(
        w.letter, by=w.by
    ),
    "appendices.restore_appendix": lambda w: appendices.restore_appendix(
        w.gone_letter, by=w.by
    ),
    "appendices.withdraw_appendix": lambda w: appendices.withdraw_appendix(
        w.sent, by=w.by
    ),
    "appendices.reinstate_appendix": lambda w: appendices.reinstate_appendix(
        w.withdrawn, by=w.by
    ),
    "announcing.announce_item": lambda w: announcing.announce_item(
        w.sent_item, fate="withdrawn", reason="Sagen er trukket.", by=w.by
    ),
    "announcing.announce_meeting": lambda w: announcing.announce_meeting(
        w.meeting, fate="cancelled", reason="Sne", by=w.by
    ),
    "meetings.edit_meeting": lambda w: meeting_services.edit_meeting(
        w.meeting, version=1, place="Sorø", by=w.by
    ),
    "stated.give_source": lambda w: stated.give_source(
        w.item, number="840.000", source="Avisen", by=w.by
    ),
    "stated.take_source_back": lambda w: stated.take_source_back(
        w.item, number="17", by=w.by
    ),
    "sections.edit_section": lambda w: sections.edit_section(
        w.section, version=1, title="Nyt", by=w.by
    ),
    "sections.move_section": lambda w: sections.move_section(w.section, to=1, by=w.by),
    "sections.remove_section": lambda w: sections.remove_section(w.empty, by=w.by),
    "sections.restore_section": lambda w: sections.restore_section(
        w.meeting, w.gone_section, by=w.by
    ),
}
OF_A_MEETING |= {
    "written.add_written": lambda w: written.add_written(w.item, title="Nyt", by=w.by),
    "written.add_word": lambda w: written.add_word(
        w.item, path=w.word, name="status.docx", by=w.by
    ),
    "written.add_block": lambda w: written.add_block(
        w.written, kind="text", heading="Nyt", text="<p>Ord.</p>", by=w.by
    ),
    "written.edit_block": lambda w: written.edit_block(
        w.block, version=1, heading="Nyt", by=w.by
    ),
    "written.move_block": lambda w: written.move_block(w.block, to=2, by=w.by),
    "written.remove_block": lambda w: written.remove_block(w.block, by=w.by),
    "written.restore_block": lambda w: written.restore_block(w.gone_block, by=w.by),
    "written.put_block_back": lambda w: written.put_block_back(
        w.block, version=1, by=w.by
    ),
}
# Service → and whether the meeting it takes from is changed too.
OF_TWO_MEETINGS: Final[dict[str, tuple[Act, bool]]] = {
    "copying.copy_item": (
        lambda w: copying.copy_item(w.item, to=w.next, by=w.by),
        False,
    ),
    "copying.carry_item": (
        lambda w: copying.carry_item(w.item, to=w.next, by=w.by),
        True,
    ),
    "minutes.put_on_agenda": (
        lambda w: minutes.put_on_agenda(w.meeting, to=w.next, by=w.by),
        False,
    ),
}


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


@pytest.fixture(scope="module")
def made(kept: None, tmp_path_factory: pytest.TempPathFactory) -> SimpleNamespace:
    return a_world(tmp_path_factory.mktemp("sent"))


@pytest.fixture
def w(made: SimpleNamespace) -> SimpleNamespace:
    """The world, whose rows no other test holds."""
    return deepcopy(made)


def a_world(folder: Path) -> SimpleNamespace:
    """A meeting and two catalogues in which every service has something to do.

    Args:
        folder: for the files that are sent in.
    """
    world = SimpleNamespace(by=a_user(), path=folder / "brev.pdf")
    world.path.write_bytes(a_letter("Brev"))
    add_records(world)
    add_parts(world)
    add_around(world)
    add_agenda(world)
    add_appendices(world)
    add_people(world)
    connection.cursor().execute("DELETE FROM procrastinate_jobs")
    return world


def add_records(w: SimpleNamespace) -> None:
    w.proposal, w.other, w.gone = a_proposal(7), a_proposal(8), a_proposal(9)
    w.unit, w.other_unit, third = a_unit(1), a_unit(2), a_unit(3)
    w.catalogue, w.units = w.proposal.catalogue_id, w.unit.catalogue_id
    records.remove_record(w.gone, by=w.by)
    w.shared = a_shared_point(w.unit, third)
    w.shared_point, w.gone_shared_point = (
        point_of(unit, PointKind.ATTENTION, 1).pk for unit in (w.unit, third)
    )
    points.remove_point(w.gone_shared_point, by=w.by)
    two = a_proposal(10)
    a_reading(two, "Helt anderledes")
    titles.choose_title(two.pk, version=1, title="Helt anderledes", by=w.by)
    w.chosen = two.pk


def add_parts(w: SimpleNamespace) -> None:
    """Of the other proposal, so that the first one's version is still 1."""
    w.point, gone = (point_of(w.proposal, GAIN, n).pk for n in (1, 3))
    points.remove_point(gone, by=w.by)
    w.gone_point = gone
    w.figure, figure = (
        parts.add_figure(w.proposal, printed="13", what="uger", by=w.by) for _ in (1, 2)
    )
    w.gone_figure = figure.pk
    parts.remove_part(figure, by=w.by)
    w.reference = parts.add_reference(w.other, to=w.proposal, wording="7", by=w.by)
    w.dependency = parts.add_dependency(
        w.other_unit, to=w.unit, kind="elaborates", text="samme", by=w.by
    ).pk
    w.edited_point = point_of(w.other, GAIN, 1).pk
    points.edit_point(w.edited_point, version=1, text="Rettet", by=w.by)
    add_steps(w)


def add_steps(w: SimpleNamespace) -> None:
    """One that is there, one that is gone, and one that an act of many wrote."""
    w.step, w.gone_step = (
        steps.add_step(w.other, status=status, by=w.by).pk
        for status in ("idea", "rejected")
    )
    steps.remove_step(w.gone_step, by=w.by)
    many = statuses.change_statuses(
        w.catalogue, seen={w.other.pk: f"{w.step}.1"}, status="law", by=w.by
    )
    w.changed = many.token
    add_sheets(w)


def add_edited(w: SimpleNamespace) -> None:
    """A step that was edited, and readings of a title, of a proposal of their own."""
    w.read = a_proposal(12)
    w.edited_step = steps.add_step(w.read, status="idea", by=w.by).pk
    steps.edit_step(w.edited_step, version=1, status="law", by=w.by)
    w.title_reading, w.gone_title = (
        a_reading(w.read, "Anderledes", place=place, is_overview=False).pk
        for place in ("Bilag 1", "Bilag 2")
    )
    titles.remove_reading(w.gone_title, by=w.by)


def add_sheets(w: SimpleNamespace) -> None:
    """A file that came back and waits, and one that has come in."""
    w.own_seat = w.by.memberships.get()
    a_proposal(11)
    add_edited(w)
    w.sheet, w.done_sheet = (
        a_sheet(w.proposal.catalogue, title, w.by, at).pk
        for at, title in ((0, "Nyt"), (-1, "Andet"))
    )
    seen = sheets.look(SheetImport.objects.get(pk=w.done_sheet))[0].fingerprint
    sheets.confirm(
        w.done_sheet, fingerprint=seen, correction="", seat=w.own_seat, by=w.by
    )
    w.seen = sheets.look(SheetImport.objects.get(pk=w.sheet))[0].fingerprint


def add_around(w: SimpleNamespace) -> None:
    """Groups of municipalities, visions, and what the sources do not agree on."""
    council = w.proposal.catalogue.council
    w.place, w.placed = (a_place(council, name).pk for name in ("Nysted", "Præstø"))
    w.group, w.gone_group = (a_group(w.unit, name).pk for name in ("Nord", "Syd"))
    ClusterMember.objects.create(
        cluster_id=w.group, unit=w.unit, municipality_id=w.placed
    )
    clusters.remove_cluster(w.gone_group, by=w.by)
    w.vision, w.gone_vision = (a_vision(council, number=n).pk for n in (1, 2))
    visions.remove_vision(w.gone_vision, by=w.by)
    w.source_note, w.settled = (
        a_note(council, w.unit, number=n, target="title", standing=w.unit.title).pk
        for n in (1, 2)
    )
    source_notes.settle_note(w.settled, version=1, chosen="Enhed om andet", by=w.by)
    SourceNote.objects.filter(pk=w.source_note).update(standing="andet")
    w.worded, w.gone_note = (a_note(council, number=n).pk for n in (3, 4))
    source_notes.edit_note(w.worded, version=1, about="Andet", by=w.by)
    source_notes.remove_note(w.gone_note, by=w.by)
    w.unit.refresh_from_db()


def add_agenda(w: SimpleNamespace) -> None:
    meeting = a_meeting(sections=(1, 2, 3, 4))
    w.meeting, w.item = meeting.pk, an_item(meeting, "a").pk
    w.next = a_meeting(slug="2024-01-24").pk
    paper = Paper.objects.create(
        meeting=meeting, kind="minutes", digest="x", file="x", size=1, page_count=1
    )
    Minutes.objects.create(meeting=meeting, number=1, is_approved=False, paper=paper)
    w.sent_item = an_item(meeting, "b", given_number="2.2", sent_in=1).pk
    w.gone_item = an_item(meeting, "c").pk
    StatedNumber.objects.create(item_id=w.item, number="17", source="Loven")
    w.edited = an_item(meeting, "d").pk
    AgendaItem.objects.filter(pk=w.edited).update(title="e", version=2)
    agenda.remove_item(w.gone_item, by=w.by)
    _, w.section, w.empty, w.gone_section = meeting.sections.values_list(
        "pk", flat=True
    ).order_by("number")
    sections.remove_section(w.gone_section, by=w.by)


def add_people(w: SimpleNamespace) -> None:
    """A comment, a solved one, and somebody who is asked to read the draft."""
    meeting = Meeting.objects.get(pk=w.meeting)
    w.due_on = date(2099, 1, 1)
    made = [
        Comment.objects.create(meeting=meeting, text="Ret.", author_name="A", **fields)
        for fields in ({}, {"is_solved": True, "solved_at": clock.now()})
    ]
    w.comment, w.solved = (row.pk for row in made)
    whole = {"state": "built", "file": "x", "digest": "x", "page_count": 1}
    packet = Packet.objects.create(meeting=meeting, **whole)
    w.reading = ReadThrough.objects.create(
        meeting=meeting, packet=packet, user=w.by, name="A", due_on=w.due_on
    ).pk


def add_appendices(w: SimpleNamespace) -> None:
    item = AgendaItem.objects.get(pk=w.item)
    letters = [an_upload(item, name) for name in "abcd"]
    w.letter, w.gone_letter, w.sent, w.withdrawn = (row.pk for row in letters)
    w.file = letters[0].file_id
    appendices.remove_appendix(w.gone_letter, by=w.by)
    for row in letters[2:]:
        row.refresh_from_db()
        row.given_number, row.sent_in = row.own_number, 1
        row.is_withdrawn = row.pk == w.withdrawn
        row.save()
    options = {"catalogue": w.catalogue}
    kind = {"kind": "generated", "source": "proposals.simplification", "file": None}
    w.generated = an_upload(item, "e", options=options, **kind).pk
    own = a_written(item)
    blocks = [a_block(own).pk for _ in range(3)]
    w.written, (w.block, _, w.gone_block) = own.pk, blocks
    written.remove_block(w.gone_block, by=w.by)
    w.word = w.path.with_name("status.docx")
    w.word.write_bytes(a_word())


def jobs() -> set[tuple[str, int]]:
    """The jobs that wait to work out what is printed: name, and whose it is."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT task_name, coalesce(args ->> 'meeting_pk', args ->> 'council_pk')"
            " FROM procrastinate_jobs WHERE task_name LIKE 'meetings.refresh%'"
        )
        return {(name, int(whose)) for name, whose in cursor.fetchall()}


@pytest.mark.parametrize("service", OF_A_MEETING)
def test_a_change_of_a_meeting_has_the_meeting_worked_out(
    w: SimpleNamespace, service: str
) -> None:
    OF_A_MEETING[service](w)

    assert jobs() == {("meetings.refresh", w.meeting)}


@pytest.mark.parametrize("service", OF_TWO_MEETINGS)
def test_what_goes_from_meeting_to_meeting_has_each_worked_out_that_changes(
    w: SimpleNamespace, service: str
) -> None:
    call, is_taken_away = OF_TWO_MEETINGS[service]

    call(w)

    changed = {w.next, w.meeting} if is_taken_away else {w.next}
    assert jobs() == {("meetings.refresh", pk) for pk in changed}


@pytest.mark.parametrize("service", OF_A_CATALOGUE)
def test_a_change_of_a_catalogue_has_its_council_worked_out(
    w: SimpleNamespace, service: str
) -> None:
    OF_A_CATALOGUE[service](w)

    assert jobs() == {("meetings.refresh_council", w.proposal.catalogue.council_id)}


def test_every_service_that_writes_is_in_one_of_the_tables() -> None:
    found = set()
    for package in (meetings.services, proposals.services):
        for info in iter_modules(package.__path__):
            module = import_module(f"{package.__name__}.{info.name}")
            for name, function in inspect.getmembers(module, inspect.isfunction):
                is_own = function.__module__ == module.__name__ and name[0] != "_"
                if is_own and "by" in inspect.signature(function).parameters:
                    found.add(f"{info.name}.{name}")

    assert found == {
        *OF_A_MEETING,
        *OF_TWO_MEETINGS,
        *OF_A_CATALOGUE,
        *PRINTS_AS_BEFORE,
    }
