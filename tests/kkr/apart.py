"""What services beside those of the agenda work on, and how each is called.

``w`` is the world of ``test_failing_commit``; one word a row in it.
"""

from __future__ import annotations

import inspect
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Final

from django.test import Client

import accounts.services
import meetings.services
import proposals.services
import questions.services
from accounts.choices import Role
from accounts.models import User
from accounts.services import users
from core import clock
from meetings.choices import Cause
from meetings.editions import nodes
from meetings.editions.reading import of_publication
from meetings.models import (
    AgendaItem,
    Answer,
    Approval,
    Decision,
    Finding,
    ItemTemplate,
    LastRead,
    Letter,
    Meeting,
    Member,
    Minutes,
    Note,
    Packet,
    Paper,
    Publication,
    Subscription,
    Withdrawal,
)
from meetings.post.words import token_of
from meetings.services import (
    approval,
    attendance,
    calendar,
    decisions,
    findings,
    follow_ups,
    guests,
    last_read,
    life,
    members,
    minutes,
    notes,
    packets,
    post,
    readthrough,
    subscriptions,
    templates,
    withdrawals,
)
from meetings.services import meetings as meeting_services
from meetings.services.attendance import Mark
from meetings.services.guests import Told
from meetings.tasks import print_minutes
from proposals.choices import CatalogueKind
from proposals.models import Catalogue
from proposals.services import (
    calls,
    catalogues,
    saved_views,
    sheet_files,
    sheets,
    source_notes,
    themes,
    visions,
)
from questions.models import Recipient
from questions.services import answers, corrections, reminders
from questions.services import questions as question_services
from questions.services.questions import Asked
from tests.makers_minutes import a_held_meeting, written_minutes
from tests.makers_packets import (
    a_begun_version,
    a_council,
    a_meeting,
    a_packet,
    a_publication,
    a_user,
)
from tests.makers_positions import a_call_row, a_position, give_one
from tests.makers_questions import a_question, seat_of, somebody_of

if TYPE_CHECKING:
    from types import SimpleNamespace

    from tests.kkr.changes import Act

PACKAGES: Final = (
    meetings.services, proposals.services, questions.services, accounts.services,
)  # fmt: skip
# What has no commit of its own, or nothing that is told to somebody who waits.
INSIDE: Final = {
    "life.note_sent": "a part of publishing.publish",
    "life.step_back": "a part of approval.answer and approval.record",
    "appendices.attach": "a part of add_file, add_generated and add_written",
    "post.write_approval": "a part of approval.ask",
    "post.write_minutes": "a part of minutes.propose_minutes and approve_minutes",
    "post.write_sent": "a part of publishing.publish",
    "post.write_told": "a part of announcing.announce_meeting and announce_item",
    "questions.add_recipient": "a part of create_question and corrections.ask_more",
    "call_letters.write": "a part of calls.send_call, remind and set_deadline",
    "positions.begun": "an empty row; positions.give goes on with it",
    "letters.write": "a part of questions.ask, extend, remind and of answers",
    "themes.theme_for": "a part of records.create_record",
    "steps.write_step": "a part of add_step and statuses.change_statuses",
    "readthrough.remind_readers": "writes nothing on the day somebody was asked",
    "findings.note_people": "a job's or a part of comments",
    "findings.refresh": "a job's: it is run again",
    "subscriptions.tell": "a job's: it is run again",
}


def every_service() -> set[str]:
    """All functions that write: they take who does it, or begin a transaction."""
    found = set()
    for package in PACKAGES:
        for info in iter_modules(package.__path__):
            module = import_module(f"{package.__name__}.{info.name}")
            for name, function in inspect.getmembers(module, inspect.isfunction):
                if function.__module__ != module.__name__ or name[0] == "_":
                    continue
                source = inspect.getsource(function)
                is_by = "by" in inspect.signature(function).parameters
                if is_by or "with act(" in source or "atomic" in source:
                    found.add(f"{info.name}.{name}")
    return found


OF_PACKETS: Final[dict[str, Act]] = {
    "approval.ask": lambda w: approval.ask(
        w.asked.meeting_id, who=approval.Asked("En"), expires_on=w.due_on, by=w.by
    ),
    "approval.answer": lambda w: approval.answer(
        w.asked.pk, is_approved=True, remarks=""
    ),
    "approval.mail_again": lambda w: approval.mail_again(w.asked.pk, by=w.by),
    "approval.record": lambda w: approval.record(
        w.asked.meeting_id, who=approval.Asked("En"), is_approved=True, remarks="",
        how="På mail", by=w.by,
    ),
    "approval.take_back": lambda w: approval.take_back(w.asked.pk, by=w.by),
    "calendar.renew_link": lambda w: calendar.renew_link(by=w.by),
    "findings.give_answers": lambda w: findings.give_answers(
        w.meeting, [findings.Given("a", "Sådan.")], by=w.by
    ),
    "findings.take_back": lambda w: findings.take_back(
        w.meeting, "b", seen=1, by=w.by
    ),
    "last_read.forget_read": lambda w: last_read.forget_read(w.held, by=w.by),
    "last_read.note_read": lambda w: last_read.note_read(
        w.sent_meeting, number=1, by=w.by
    ),
    "life.drop_version": lambda w: life.drop_version(w.begun, by=w.by),
    "life.take_step": lambda w: life.take_step(
        w.held, to="sent", reason="En fejl.", by=w.by
    ),
    "meetings.remove_meeting": lambda w: meeting_services.remove_meeting(
        w.empty_meeting, by=w.by
    ),
    "meetings.restore_meeting": lambda w: meeting_services.restore_meeting(
        w.gone_meeting, by=w.by
    ),
    "members.edit_member": lambda w: members.edit_member(
        w.member, version=1, name="To", by=w.by
    ),
    "members.remove_member": lambda w: members.remove_member(w.spare_member, by=w.by),
    "notes.delete_note": lambda w: notes.delete_note(w.note, by=w.by),
    "notes.write_note": lambda w: notes.write_note(
        Meeting.objects.get(pk=w.sent_meeting), on=w.node, number=1,
        said=notes.Written("Ny", is_shared=False, version=0, seat=None), by=w.by,
    ),
    "packets.stop_packet": lambda w: packets.stop_packet(w.building, by=w.by),
    "post.send_again": lambda w: post.send_again(
        Cause.PUBLICATION, w.publication, by=w.by
    ),
    "readthrough.finish_reading": lambda w: readthrough.finish_reading(
        w.reading, remarks={None: "Ret."}, by=w.by
    ),
    "readthrough.open_draft": lambda w: readthrough.open_draft(w.reading, by=w.by),
    "subscriptions.ask": lambda w: subscriptions.ask(
        email="ny@x.example", council_pk=w.council.pk
    ),
    "subscriptions.confirm": lambda w: subscriptions.confirm(w.subscription),
    "subscriptions.follow": lambda w: subscriptions.follow(
        councils=[w.council.pk], meetings=[], by=w.by
    ),
    "subscriptions.leave": lambda w: subscriptions.leave(w.subscription),
    "templates.remove_template": lambda w: templates.remove_template(
        w.template, by=w.by
    ),
    "templates.restore_template": lambda w: templates.restore_template(
        w.gone_template, by=w.by
    ),
    "withdrawals.lift": lambda w: withdrawals.lift(w.withdrawal, reason="Fejl", by=w.by),
    "withdrawals.replace_without": lambda w: withdrawals.replace_without(
        w.withdrawal, by=w.by
    ),
    "withdrawals.withdraw": lambda w: withdrawals.withdraw(
        w.sent_meeting, what="punkt:2-1", title="", reason="Navne.",
        found_at=clock.now(), by=w.by,
    ),
}  # fmt: skip
OF_MINUTES: Final[dict[str, Act]] = {
    "attendance.write_attendance": lambda w: attendance.write_attendance(
        w.held, marks={w.member: Mark("absent")}, seen=w.marks, by=w.by
    ),
    "decisions.begin_decision": lambda w: decisions.begin_decision(
        w.undecided, by=w.by
    ),
    "decisions.record_answer": lambda w: decisions.record_answer(
        w.decision.pk, version=w.decision.version, answer="Ja", answered_by="Os",
        answered_on=w.due_on, by=w.by,
    ),
    "decisions.use_proposal": lambda w: decisions.use_proposal(w.undecided, by=w.by),
    "decisions.write_decision": lambda w: decisions.write_decision(
        w.decision.pk, version=w.decision.version, text="<p>Nyt.</p>", by=w.by
    ),
    "follow_ups.create_task": lambda w: follow_ups.create_task(
        w.held, text="Svar", owner="Vi", by=w.by
    ),
    "follow_ups.edit_task": lambda w: follow_ups.edit_task(
        w.task, version=1, text="Nyt", by=w.by
    ),
    "follow_ups.finish_task": lambda w: follow_ups.finish_task(w.task, by=w.by),
    "follow_ups.remove_task": lambda w: follow_ups.remove_task(w.task, by=w.by),
    "follow_ups.reopen_task": lambda w: follow_ups.reopen_task(w.done_task, by=w.by),
    "follow_ups.restore_task": lambda w: follow_ups.restore_task(w.gone_task, by=w.by),
    "guests.write_guests": lambda w: guests.write_guests(
        w.held, told={}, seen={}, new=[Told("Anne")], by=w.by
    ),
    "minutes.approve_minutes": lambda w: minutes.approve_minutes(
        Meeting.objects.get(pk=w.held), note="", by=w.by
    ),
    "minutes.propose_minutes": lambda w: minutes.propose_minutes(w.held, by=w.by),
}  # fmt: skip
OF_OTHERS: Final[dict[str, Act]] = {
    "answers.answer": lambda w: answers.answer(
        w.recipient, version=w.recipient_version, choice="Ja", seat=w.director
    ),
    "answers.record": lambda w: answers.record(
        w.recipient, version=w.recipient_version, way="phone", given_by="En",
        given_on=clock.today(), choice="Ja", by=w.by,
    ),
    "catalogues.create_catalogue": lambda w: catalogues.create_catalogue(
        w.other_council, kind=CatalogueKind.SIMPLIFICATION, by=w.by
    ),
    "calls.create_call": lambda w: calls.create_call(
        w.proposal.catalogue_id, records=[w.proposal.pk], municipalities=[1],
        due_on=clock.today(), note="", by=w.by,
    ),
    "calls.edit_call": lambda w: calls.edit_call(
        a_call_row(w).pk, version=1, note="Ny", by=w.by
    ),
    "calls.remove_call": lambda w: calls.remove_call(a_call_row(w).pk, by=w.by),
    "calls.send_call": lambda w: calls.send_call(a_call_row(w).pk, by=w.by),
    "calls.remind": lambda w: calls.remind(
        a_call_row(w, sent_at=clock.now()).pk, by=w.by
    ),
    "calls.set_deadline": lambda w: calls.set_deadline(
        a_call_row(w, sent_at=clock.now()).pk, version=1,
        due_on=w.due_on.replace(year=2099), due_reason="Ferie", by=w.by,
    ),
    "calls.set_reminder": lambda w: calls.set_reminder(
        a_call_row(w, sent_at=clock.now()).pk, version=1, remind_before=9, by=w.by
    ),
    "calls.close_call": lambda w: calls.close_call(
        a_call_row(w, sent_at=clock.now()).pk, by=w.by
    ),
    "positions.give": lambda w: a_position(w.proposal, "Greve"),
    "positions.give_all": give_one,
    "corrections.ask_more": lambda w: corrections.ask_more(
        w.open_question, asked=Asked(others=[("Ny", "ny@x.example")]), by=w.by
    ),
    "corrections.correct_address": lambda w: corrections.correct_address(
        w.named, email="ret@x.example", by=w.by
    ),
    "corrections.call_back": lambda w: corrections.call_back(
        w.open_question, reason="Fejl", by=w.by
    ),
    "corrections.reopen": lambda w: corrections.reopen(
        w.closed_question, to=w.due_on, reason="Et svar kom sent", by=w.by
    ),
    "questions.ask": lambda w: question_services.ask(w.question, by=w.by),
    "questions.close": lambda w: question_services.close(w.open_question, by=w.by),
    "questions.edit_question": lambda w: question_services.edit_question(
        w.question, version=1, asked=None, text="Nyt?", by=w.by
    ),
    "questions.extend": lambda w: question_services.extend(
        w.open_question, to=w.due_on.replace(day=2), reason="Ferie", by=w.by
    ),
    "questions.remove_question": lambda w: question_services.remove_question(
        w.question, by=w.by
    ),
    "questions.restore_question": lambda w: question_services.restore_question(
        w.gone_question, by=w.by
    ),
    "reminders.remind": lambda w: reminders.remind(w.open_question, by=w.by),
    "themes.create_theme": lambda w: themes.create_theme(
        w.catalogue, title="Nyt", by=w.by
    ),
    "themes.remove_theme": lambda w: themes.remove_theme(w.theme, by=w.by),
    "themes.restore_theme": lambda w: themes.restore_theme(
        w.catalogue, w.gone_theme, by=w.by
    ),
    "visions.create_vision": lambda w: visions.create_vision(
        w.council.pk, title="Ny", other_title="", other_place="", by=w.by
    ),
    "source_notes.add_note": lambda w: source_notes.add_note(
        w.proposal.catalogue.council_id,
        of=w.proposal,
        about="Ny",
        kind="missing",
        readings=[{"place": "Bilag 1", "text": "huse"}],
        by=w.by,
    ),
    "source_notes.edit_note": lambda w: source_notes.edit_note(
        w.source_note, version=1, about="Andet", by=w.by
    ),
    "source_notes.undo_note": lambda w: source_notes.undo_note(
        w.worded, version=2, by=w.by
    ),
    "source_notes.remove_note": lambda w: source_notes.remove_note(
        w.source_note, by=w.by
    ),
    "source_notes.restore_note": lambda w: source_notes.restore_note(
        w.proposal.catalogue.council_id, w.gone_note, by=w.by
    ),
    "sheet_files.hand_out": lambda w: sheet_files.hand_out(
        Catalogue.objects.get(pk=w.catalogue), sheet="", by=w.by
    ),
    "sheets.take_in": lambda w: sheets.take_in(
        Catalogue.objects.get(pk=w.catalogue), path=w.table, name="a.csv", by=w.by
    ),
    "saved_views.create_view": lambda w: saved_views.create_view(
        w.own_seat, kind=CatalogueKind.SIMPLIFICATION, query="sorter=titel",
        name="Ny", is_shared=False, by=w.by,
    ),
    "saved_views.edit_view": lambda w: saved_views.edit_view(
        w.view, version=1, name="Nyt navn", by=w.by
    ),
    "saved_views.remove_view": lambda w: saved_views.remove_view(w.view, by=w.by),
    "saved_views.restore_view": lambda w: saved_views.restore_view(
        w.own_seat, w.gone_view, by=w.by
    ),
    "users.close_access": lambda w: users.close_access(w.seat, by=w.by),
    "users.create_user": lambda w: users.create_user(
        w.council, name="Ny", email="ny@x.example", role=Role.MEMBER,
        municipality=None, organisation=None, by=w.by,
    ),
    "users.edit_user": lambda w: users.edit_user(
        w.seat, name="Nyt navn", role=Role.MEMBER, municipality=None,
        organisation=None, by=w.by,
    ),
    "users.open_access": lambda w: users.open_access(w.shut_seat, by=w.by),
    "users.remove_seat": lambda w: users.remove_seat(w.seat, by=w.by),
}  # fmt: skip
APART: Final[dict[str, Act]] = {**OF_PACKETS, **OF_MINUTES, **OF_OTHERS}


def add_apart(w: SimpleNamespace) -> None:
    """Give the services above something to do; ``w.sent_meeting`` is there."""
    add_minutes(w)
    add_versions(w)
    add_questions(w)
    add_rows(w)
    add_clients(w)


def add_clients(w: SimpleNamespace) -> None:
    """Who presses: signed in before no commit is made any more."""
    w.clients = {"chief": Client(), "director": Client(), "link": Client()}
    w.clients["chief"].force_login(w.chief)
    w.clients["director"].force_login(w.director.user)
    for client in w.clients.values():
        client.raise_request_exception = False


def add_minutes(w: SimpleNamespace) -> None:
    """A held meeting of which all is written and printed, and sent as it once was."""
    own = written_minutes(a_held_meeting(a_meeting(w.council, slug="2023-08-09")))
    section = own.sections.get()
    w.held, w.member = own.pk, own.attendances.get().member_id
    w.marks = {w.member: Mark("present")}
    w.decision = Decision.objects.get(item__section__meeting=own)
    w.task, w.done_task, w.gone_task = (
        follow_ups.create_task(own.pk, text="Svar", owner="Vi", by=w.by).pk
        for _ in range(3)
    )
    follow_ups.finish_task(w.done_task, by=w.by)
    follow_ups.remove_task(w.gone_task, by=w.by)
    print_minutes(own.pk)
    paper = Paper.objects.filter(meeting=own).order_by("-pk")[0]
    old = Paper.objects.create(
        meeting=own, kind="minutes", digest="old", file=paper.file, size=1, page_count=1
    )
    Minutes.objects.create(meeting=own, number=1, is_approved=False, paper=old)
    w.undecided = AgendaItem.objects.create(
        section=section, key="sent", title="Sent", position=2, action="discusses"
    ).pk


def add_versions(w: SimpleNamespace) -> None:
    """A begun version, one under approval, one taken down; a note and a failed mail."""
    w.begun = a_begun_version(a_meeting(w.council, slug="2023-07-05")).pk
    meeting = a_meeting(w.council, slug="2023-12-06")
    packet = a_packet(meeting)
    Meeting.objects.filter(pk=meeting.pk).update(state="approval")
    w.asked = Approval.objects.create(
        meeting=meeting, packet=packet, name="En", email="en@x.example",
        asked_by="S", expires_on=w.due_on,
    )  # fmt: skip
    w.token = token_of(w.asked)
    w.chief = User.objects.get(email=f"chief@{w.council.slug}.example")
    sent = Publication.objects.get(meeting=w.sent_meeting)
    w.publication, w.node = sent.pk, nodes.node(of_publication(sent), "punkt/2-1")
    Letter.objects.create(
        kind="sent", publication=sent, name="En", role="Medlem", to="en@x.example",
        written_by="S", tries=9, failure="Nej.",
    )  # fmt: skip
    down = a_publication(a_meeting(w.council, slug="2023-06-07"))
    taken = {"version": 1, "name": "punkt 2.1", "title": "Sagen", "reason": "Navne."}
    w.withdrawal = Withdrawal.objects.create(
        meeting=down.meeting, item_key="indspil", place="2-1", **taken,
        found_at=clock.now(), by="S",
    ).pk  # fmt: skip
    packets_of = Packet.objects.create(meeting=down.meeting, state="queued")
    w.building = packets_of.pk


def add_questions(w: SimpleNamespace) -> None:
    """A draft, one that is removed, one that is asked of Greve, and one that is closed."""
    w.director = seat_of(somebody_of("Greve"))
    drafts = [a_question("Greve", due_on=w.due_on) for _ in range(4)]
    w.question, w.gone_question, w.open_question, w.closed_question = (
        row.pk for row in drafts
    )
    question_services.remove_question(w.gone_question, by=w.by)
    question_services.ask(w.open_question, by=w.by)
    question_services.ask(w.closed_question, by=w.by)
    question_services.close(w.closed_question, by=w.by)
    w.named = Recipient.objects.create(question_id=w.open_question, name="Huset").pk
    row = Recipient.objects.get(question=w.open_question, municipality__name="Greve")
    w.recipient, w.recipient_version = row.pk, row.version


def add_rows(w: SimpleNamespace) -> None:
    """Single rows: templates, meetings without items, seats, themes, findings."""
    w.template, w.gone_template = (
        ItemTemplate.objects.create(council=w.council, name=name).pk for name in "ab"
    )
    templates.remove_template(w.gone_template, by=w.by)
    w.empty_meeting, w.gone_meeting = (
        Meeting.objects.create(council=w.council, slug=day, held_on=day).pk
        for day in ("2024-03-06", "2024-04-03")
    )
    meeting_services.remove_meeting(w.gone_meeting, by=w.by)
    w.spare_member = Member.objects.create(council=w.council, name="En").pk
    w.seat, w.shut_seat = (
        a_user(w.council, Role.MEMBER, email=f"{name}@x.example").memberships.get().pk
        for name in "ab"
    )
    User.objects.filter(email="b@x.example").update(is_active=False)
    w.theme, w.gone_theme = (
        themes.create_theme(w.catalogue, title=f"Tema {name}", by=w.by).pk
        for name in "ab"
    )
    themes.remove_theme(w.gone_theme, by=w.by)
    w.own_seat = w.by.memberships.get(council=w.council)
    w.table = w.path.with_suffix(".csv")
    w.table.write_text("Nøgle;Titel\r\nx;y\r\n")
    w.view, w.gone_view = (
        saved_views.create_view(
            w.own_seat, kind=CatalogueKind.SIMPLIFICATION, query="sorter=titel",
            name=f"Visning {name}", is_shared=True, by=w.by,
        ).pk
        for name in "ab"
    )  # fmt: skip
    saved_views.remove_view(w.gone_view, by=w.by)
    w.other_council = a_council("midtjylland")
    for key in "ab":
        Finding.objects.create(
            meeting_id=w.meeting, position=1, fingerprint=key, check_key="x",
            group="G", is_error=False, may_answer=True, label="2.1", sentence="S",
            url="/", action="Ret",
        )  # fmt: skip
    Answer.objects.create(meeting_id=w.meeting, fingerprint="b", reason="Sådan.")
    LastRead.objects.create(user=w.by, meeting_id=w.held, number=1)
    w.subscription = Subscription.objects.create(
        email="to@x.example", council=w.council
    ).pk
    own = {"author": w.by, "council": w.council, "meeting_id": w.held}
    w.note = Note.objects.create(
        **own, subject="item:x", label="2.1", text="Husk", number=1, digest="x"
    ).pk
