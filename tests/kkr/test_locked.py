"""What was sent is locked: every service that edits a meeting refuses."""

from __future__ import annotations

import inspect
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Final

import pytest
from django.db import connection

import meetings.services
from meetings.models import (
    AgendaItem,
    Appendix,
    Comment,
    Meeting,
    ReadThrough,
    Section,
    WrittenBlock,
)
from meetings.services import comments, readthrough, sections
from meetings.services.life import LockedError
from tests.kkr.changes.of_meetings import OF_A_MEETING
from tests.kkr.changes.world import made, w

if TYPE_CHECKING:
    from types import SimpleNamespace

    from tests.kkr.changes import Act

__all__ = ["made", "w"]
pytestmark = pytest.mark.django_db
# What may be done with a meeting that is sent, each for its own reason.
FREE: Final = {
    "readthrough.finish_reading": "there is none of a sent meeting: test_readthrough",
    "readthrough.open_draft": "there is none of a sent meeting: test_readthrough",
    "findings.give_answers": "an answer is no edit of the agenda",
    "findings.take_back": "an answer is no edit of the agenda",
    **dict.fromkeys(
        (
            "attendance.write_attendance",
            "guests.write_guests",
            "decisions.begin_decision",
            "decisions.record_answer",
            "decisions.use_proposal",
            "decisions.write_decision",
            "follow_ups.create_task",
            "follow_ups.edit_task",
            "follow_ups.finish_task",
            "follow_ups.remove_task",
            "follow_ups.reopen_task",
            "follow_ups.restore_task",
            "minutes.approve_minutes",
            "minutes.propose_minutes",
        ),
        "of minutes, which are written when it is sent, see test_minutes_writing",
    ),
    "minutes.put_on_agenda": "asks of the meeting it goes to",
    "calendar.renew_link": "of a person, not of a meeting",
    "last_read.forget_read": "of a person, not of a meeting",
    "last_read.note_read": "of a person, not of a meeting",
    "copying.carry_item": "asks of the meeting it goes to, see test_copying",
    "copying.copy_item": "asks of the meeting it goes to, see test_copying",
    "deadlines.edit_rule": "of the council, not of a meeting",
    "announcing.announce_item": "tells of what was sent",
    "announcing.announce_meeting": "tells of what was sent",
    "approval.ask": "asks only before it is sent, or of a version that is begun",
    "approval.record": "the same",
    "approval.take_back": "changes no record",
    "approval.mail_again": "changes no record",
    "post.send_again": "changes no record",
    "post.write_approval": "is part of asking",
    "post.write_sent": "is part of sending",
    "post.write_told": "is part of announcing",
    "post.write_minutes": "is part of minutes being sent, or approved",
    "members.create_member": "of the council, not of a meeting",
    "members.edit_member": "of the council, not of a meeting",
    "members.remove_member": "of the council, not of a meeting",
    "life.step_back": "is part of an answer before it is sent",
    "life.begin_version": "opens it",
    "life.drop_version": "locks it",
    "life.note_sent": "is part of sending",
    "life.take_step": "has guards of its own",
    "meetings.create_meeting": "there is nothing sent yet",
    "meetings.remove_meeting": "refuses whatever was sent",
    "meetings.restore_meeting": "only what was never sent is removed",
    "notes.delete_note": "of a person, not of a meeting",
    "notes.write_note": "of a person, not of a meeting",
    "subscriptions.follow": "of a person, not of a meeting",
    "packets.ask_for_packet": "changes no record",
    "packets.stop_packet": "changes no record",
    "templates.remove_template": "of the council, not of a meeting",
    "templates.restore_template": "of the council, not of a meeting",
    "templates.save_as_template": "reads the item only",
    "publishing.publish": "sends what is there",
    "withdrawals.lift": "puts up again what was sent",
    "withdrawals.replace_without": "begins the next version itself",
    "withdrawals.withdraw": "closes what was sent",
}
EDITS: Final[dict[str, Act]] = {
    **{name: call for name, call in OF_A_MEETING.items() if name not in FREE},
    "comments.write_comment": lambda w: comments.write_comment(
        w.meeting, text="Ret.", by=w.by
    ),
    "comments.answer_comment": lambda w: comments.answer_comment(
        w.comment, text="Ja.", by=w.by
    ),
    "comments.solve_comment": lambda w: comments.solve_comment(w.comment, by=w.by),
    "comments.reopen_comment": lambda w: comments.reopen_comment(w.solved, by=w.by),
    "readthrough.ask_readers": lambda w: readthrough.ask_readers(
        w.meeting, readers=[w.by.pk], due_on=w.due_on, by=w.by
    ),
    "readthrough.remind_readers": lambda w: readthrough.remind_readers(
        w.meeting, by=w.by
    ),
    "readthrough.take_reader_back": lambda w: readthrough.take_reader_back(
        w.reading, by=w.by
    ),
    "sections.add_section": lambda w: sections.add_section(
        w.meeting, title="Nyt", by=w.by
    ),
}


def stored() -> list[object]:
    """The meeting's rows as they stand."""
    kinds = (
        *(Meeting, Section, AgendaItem, Appendix),
        *(WrittenBlock, Comment, ReadThrough),
    )
    return [row for kind in kinds for row in kind.objects.order_by("pk").values()]


@pytest.mark.parametrize("service", EDITS)
def test_what_is_sent_is_not_edited(w: SimpleNamespace, service: str) -> None:
    Meeting.objects.filter(pk=w.meeting).update(state="sent")
    before = stored()

    with pytest.raises(LockedError, match="er sendt i version"):
        EDITS[service](w)

    assert stored() == before
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs")
        assert cursor.fetchone() == (0,)


@pytest.mark.parametrize("state", ["held", "approved", "closed"])
def test_what_is_over_is_not_edited(w: SimpleNamespace, state: str) -> None:
    Meeting.objects.filter(pk=w.meeting).update(state=state)

    with pytest.raises(LockedError, match="kan ikke rettes mere"):
        EDITS["agenda.edit_item"](w)


@pytest.mark.parametrize("service", EDITS)
def test_the_next_version_is_edited_as_before(w: SimpleNamespace, service: str) -> None:
    Meeting.objects.filter(pk=w.meeting).update(state="sent", is_revising=True)

    assert EDITS[service](w) is not None


def test_every_service_of_meetings_either_asks_or_is_free_for_a_reason() -> None:
    found = set()
    for info in iter_modules(meetings.services.__path__):
        module = import_module(f"meetings.services.{info.name}")
        for name, function in inspect.getmembers(module, inspect.isfunction):
            is_own = function.__module__ == module.__name__ and name[0] != "_"
            if is_own and "by" in inspect.signature(function).parameters:
                found.add(f"{info.name}.{name}")

    assert found == {*EDITS, *FREE}
