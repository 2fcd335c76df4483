"""Whatever changes what is printed leaves the job that works it out (docs/rules.md R-16)."""

from __future__ import annotations

import inspect
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Final

import pytest
from django.db import connection

import meetings.services
import proposals.services
from tests.kkr.changes.of_catalogues import OF_A_CATALOGUE
from tests.kkr.changes.of_meetings import OF_A_MEETING, OF_TWO_MEETINGS
from tests.kkr.changes.world import made, w

if TYPE_CHECKING:
    from types import SimpleNamespace

__all__ = ["made", "w"]
pytestmark = pytest.mark.django_db
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
    "sheet_files.hand_out",
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
