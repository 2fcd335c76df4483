"""A meeting and two catalogues in which every service has something to do."""

from __future__ import annotations

from copy import deepcopy
from datetime import date
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
from django.db import connection

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
from meetings.services import agenda, appendices, sections, written
from proposals.choices import PointKind
from proposals.models import ClusterMember, SheetImport, SourceNote
from proposals.services import (
    clusters,
    parts,
    points,
    records,
    sheets,
    source_notes,
    statuses,
    steps,
    titles,
    visions,
)
from tests.documents.word_makers import a_word
from tests.makers import a_letter, a_meeting, an_item, an_upload
from tests.makers_around import a_group, a_note, a_place, a_vision
from tests.makers_packets import a_user
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
    from pathlib import Path


GAIN = PointKind.GAIN


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
