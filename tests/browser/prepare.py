"""What the browser's tests begin with; run as a process of its own, with Django.

``python -m tests.browser.prepare drafts`` loads the demo and signs every account in;
``asked`` goes on from there: a member, a template, a written appendix, and a packet that
waits for approval;
``published`` goes on from the demo, too: builds the packet, publishes it, draws a few pages, and
begins version 2; ``locked`` closes that again. ``held`` writes minutes of it and sends
them for approval; ``approved`` approves them. With several words, each state is made in a
copy of the one before.
"""

from __future__ import annotations

import sys
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

import django
from django.conf import settings
from django.utils import timezone

from tests.browser.cast import PASSWORD, SESSIONS
from tests.browser.portal import Portal

if TYPE_CHECKING:
    from accounts.models import User
    from meetings.models import AgendaItem, Meeting

MEETING: Final = "2023-11-22"
DRAWN: Final = ((1, 8), (40, 42))
"""First and last of the pages that have a picture; the others are told to wait."""


def drafts() -> None:
    """Load the demo, and sign in everybody of the cast."""
    from django.core.management import call_command  # noqa: PLC0415 -- after setup

    from accounts.models import User  # noqa: PLC0415

    call_command("load_demo", verbosity=0)
    # Whatever a worker makes ahead is there: each test begins with an empty queue.
    call_command("worker", "--once")
    empty_queue()
    for who, session in SESSIONS.items():
        user = User.objects.get(email=f"{who}@kkr.example")
        assert user.check_password(PASSWORD)
        sign_in(user, session)


def empty_queue() -> None:
    """Forget every job: what a worker would do is done."""
    from django.db import connection  # noqa: PLC0415

    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")


def sign_in(user: User, session: str) -> None:
    """Leave a session behind that is ``user``'s, as if signed in a moment ago."""
    from django.contrib import auth  # noqa: PLC0415
    from django.contrib.sessions.models import Session  # noqa: PLC0415

    content = {
        auth.SESSION_KEY: str(user.pk),
        auth.BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0],
        auth.HASH_SESSION_KEY: user.get_session_auth_hash(),
    }
    Session.objects.save(session, content, timezone.now() + timedelta(hours=6))


def asked() -> None:
    """Fill the register and the templates, and ask for approval of a packet of a page.

    A question is written, too, and not asked.
    """
    from accounts.models import User  # noqa: PLC0415
    from core import clock  # noqa: PLC0415
    from meetings.models import AgendaItem, Meeting  # noqa: PLC0415
    from meetings.services import approval  # noqa: PLC0415
    from meetings.services.members import create_member  # noqa: PLC0415
    from meetings.services.templates import save_as_template  # noqa: PLC0415
    from questions.services.questions import Asked, create_question  # noqa: PLC0415
    from tests.makers_packets import a_packet  # noqa: PLC0415
    from tests.makers_written import a_whole  # noqa: PLC0415

    meeting = Meeting.objects.select_related("council").get(slug=MEETING)
    by = User.objects.get(email="sekretariat@kkr.example")
    create_member(meeting.council, name="En formand", role="chair", by=by)
    item = AgendaItem.objects.get(section__meeting=meeting, position=3)
    save_as_template(item.pk, name="Henvendelse fra en minister", by=by)
    places = Asked(tuple(meeting.council.municipalities.all()[:3]))
    words = "Hvem deltager i arbejdsgruppen?"
    create_question(meeting.council, text=words, asked=places, by=by)
    a_whole(item)
    comment_on(item, by)
    a_packet(meeting)
    Meeting.objects.filter(pk=meeting.pk).update(state="approval")
    expires_on = clock.today() + timedelta(days=7)
    who = approval.Asked("En formand", "chair", "formand@kkr.example")
    approval.ask(meeting.pk, who=who, expires_on=expires_on, by=by)
    ask_readers(meeting, by)
    empty_queue()


def comment_on(item: AgendaItem, by: User) -> None:
    """Leave a comment that asks, one whose text has changed since, and a solved one."""
    from meetings.services import agenda, comments  # noqa: PLC0415

    meeting, own = item.section.meeting_id, {"item_pk": item.pk}
    words = {
        "reply_deadline": "Spørg ministeriet.",
        "case": "Brug tallet.",
        "title": "?",
    }
    made = [
        comments.write_comment(
            meeting, text=text, field=field, asked_pk=by.pk, by=by, **own
        )
        for field, text in words.items()
    ]
    comments.solve_comment(made[2].pk, by=by)
    case = f"{item.case}<p>En ny sætning.</p>"
    agenda.edit_item(item.pk, version=item.version, case=case, by=by)


def ask_readers(meeting: Meeting, by: User) -> None:
    """Ask three to read the draft: one has opened it, one has read it."""
    from accounts.models import User  # noqa: PLC0415
    from core import clock  # noqa: PLC0415
    from meetings.services import readthrough  # noqa: PLC0415

    names = ("erhvervshus", "greve", "medlem")
    asked = [User.objects.get(email=f"{name}@kkr.example") for name in names]
    rows = readthrough.ask_readers(
        meeting.pk,
        readers=[user.pk for user in asked],
        due_on=clock.today() + timedelta(days=3),
        note="Se især på 2.3.",
        by=by,
    )
    by_user = {row.user: row.pk for row in rows}
    readthrough.open_draft(by_user[asked[1]], by=asked[1])
    readthrough.finish_reading(
        by_user[asked[2]], remarks={None: "Godt skrevet."}, by=asked[2]
    )


def published() -> None:
    """Build and publish the demo's packet; do by hand what a worker would have done."""
    from django.core.management import call_command  # noqa: PLC0415

    from accounts.models import User  # noqa: PLC0415
    from documents.models import PagePicture  # noqa: PLC0415
    from documents.pictures import _drawn  # noqa: PLC0415
    from documents.storage import files  # noqa: PLC0415
    from meetings.models import Meeting, Packet  # noqa: PLC0415
    from meetings.packets.building.build import build  # noqa: PLC0415
    from meetings.services import findings  # noqa: PLC0415
    from meetings.services.life import begin_version  # noqa: PLC0415
    from meetings.services.publishing import publish  # noqa: PLC0415
    from meetings.tasks import refresh  # noqa: PLC0415
    from tests.makers_packets import settle  # noqa: PLC0415

    meeting = Meeting.objects.get(slug=MEETING)
    refresh(meeting.pk)
    packet = Packet.objects.create(meeting=meeting, asked_by="Sekretariatet")
    build(packet.pk)
    packet.refresh_from_db()
    assert packet.page_count == 125, packet.failure
    chief = User.objects.get(email="chef@kkr.example")
    settle(meeting, chief)
    publish(meeting.pk, packet_pk=packet.pk, by=chief)
    findings.refresh(meeting.pk)
    begin_version(meeting.pk, reason="Et bilag kom sent.", by=chief)
    call_command("reindex", verbosity=0)
    for run in DRAWN:
        pictures = _drawn(files().path(packet.file), packet.file, run)
        PagePicture.objects.bulk_create(pictures)
    empty_queue()


def locked() -> None:
    """Close the version again that was begun, and take an appendix of it down.

    A director has noted something besides.
    """
    from accounts.models import User  # noqa: PLC0415
    from core import clock  # noqa: PLC0415
    from meetings.editions import nodes, versions  # noqa: PLC0415
    from meetings.models import Meeting  # noqa: PLC0415
    from meetings.services import notes, withdrawals  # noqa: PLC0415
    from meetings.services.life import drop_version  # noqa: PLC0415

    meeting = Meeting.objects.get(slug=MEETING)
    greve = User.objects.get(email="greve@kkr.example")
    edition = versions.sent_edition(MEETING, greve, "sjaelland")
    assert edition is not None
    seat, text = greve.memberships.get(), "Tag op med økonomichefen."
    for place in ("punkt/2-3", "bilag/2-1-bilag-3/proposal:faerre-maalgrupper"):
        on = nodes.node(edition, place)
        assert on is not None
        said = notes.Written(text, is_shared=True, version=0, seat=seat)
        notes.write_note(meeting, on=on, number=1, said=said, by=greve)
    chief = User.objects.get(email="chef@kkr.example")
    drop_version(meeting.pk, by=chief)
    withdrawals.withdraw(
        meeting.pk,
        what="bilag:2-6-bilag-3",
        title="Vedtægter",
        reason="Bilaget viste et CPR-nummer.",
        found_at=clock.now(),
        by=chief,
    )


def held() -> None:
    """Write the minutes: two members, each decision as proposed, a task; and send them.

    The demo's question is closed.
    """
    from accounts.models import User  # noqa: PLC0415
    from meetings.models import AgendaItem, Meeting, Member  # noqa: PLC0415
    from meetings.services import decisions, follow_ups, minutes  # noqa: PLC0415
    from meetings.services.attendance import Mark, write_attendance  # noqa: PLC0415
    from meetings.tasks import print_agenda, print_minutes  # noqa: PLC0415
    from questions.services.questions import close  # noqa: PLC0415

    meeting = Meeting.objects.select_related("council").get(slug=MEETING)
    print_agenda(meeting.publications.get().packet_id)
    Meeting.objects.filter(pk=meeting.pk).update(state="held")
    by = User.objects.get(email="chef@kkr.example")
    here, away, stands_in = (
        Member.objects.create(council=meeting.council, name=name, role=role)
        for name, role in (
            ("En formand", "chair"), ("Et medlem", "member"), ("En anden", "substitute")
        )
    )  # fmt: skip
    marks = {here.pk: Mark("present"), away.pk: Mark("apology", stands_in.pk)}
    write_attendance(meeting.pk, marks=marks, seen={}, by=by)
    items = AgendaItem.objects.filter(section__meeting=meeting).exclude(title="")
    for item in items.select_related("section"):
        decisions.use_proposal(item.pk, by=by)
    text = "Fjern mærket UDKAST, før folderen offentliggøres."
    follow_ups.create_task(
        meeting.pk, item=item, text=text, owner="Sekretariatet", by=by
    )
    close(1, by=by)
    print_minutes(meeting.pk)
    close_minutes(minutes.propose_minutes(meeting.pk, by=by))


def close_minutes(made: Any) -> Any:
    """Let minutes have a closed part that says the same, for directors."""
    from meetings.models import AgendaItem, ClosedMinutes  # noqa: PLC0415

    items = AgendaItem.objects.filter(section__meeting=made.meeting_id)
    access = {item.key: ["role:director"] for item in items}
    return ClosedMinutes.objects.create(minutes=made, paper=made.paper, access=access)


def approved() -> None:
    """Approve the minutes."""
    from accounts.models import User  # noqa: PLC0415
    from meetings.models import ClosedEntry, Meeting  # noqa: PLC0415
    from meetings.services.life import take_step  # noqa: PLC0415

    meeting = Meeting.objects.get(slug=MEETING)
    by = User.objects.get(email="chef@kkr.example")
    take_step(meeting.pk, to="approved", reason="På næste møde.", by=by)
    closed = close_minutes(meeting.minutes.get(is_approved=True))
    names = ("position", "item_key", "number", "title", "outcome", "text")
    for row in closed.minutes.entries.values(*names)[:1]:
        ClosedEntry.objects.create(closed=closed, access=["role:director"], **row)


def go_on(state: str) -> None:
    """Work from now on in a copy of the database, which is named after ``state``."""
    from django.db import connection  # noqa: PLC0415 -- after setup

    place = connection.settings_dict
    name, _, _ = place["NAME"].rpartition("_")
    connection.close()
    Portal(name).create(state, place["NAME"])
    place["NAME"] = f"{name}_{state}"


if __name__ == "__main__":
    django.setup()
    states = {
        "asked": asked,
        "drafts": drafts,
        "published": published,
        "locked": locked,
        "held": held,
        "approved": approved,
    }
    states[sys.argv[1]]()
    for state in sys.argv[2:]:
        go_on(state)
        states[state]()
