"""Read-through: asked, opened, read, reminded, taken back.

Mails are jobs, written in the transaction of the act.

Source: docs/rules.md R-47.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.utils.timezone import localtime

from accounts.models import Membership, User
from core import clock, formats
from core.errors import RuleViolationError
from core.history import act
from core.jobs import POST, app
from meetings.choices import PacketState
from meetings.models import Comment, Meeting, Packet, ReadThrough
from meetings.services.comments import write_comment
from meetings.services.findings import note_people
from meetings.services.life import refuse_if_locked, version_sent

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

MAIL: Final = "meetings.mail_readthrough"


def ask_readers(
    meeting_pk: int,
    *,
    readers: Sequence[int],
    due_on: date,
    note: str = "",
    by: User,
) -> tuple[ReadThrough, ...]:
    """Ask people of the council to read the latest packet; each gets a mail.

    Who was asked before and has not read it yet is asked of this packet instead.

    Args:
        readers: pks of users.

    Raises:
        LockedError: the meeting is sent.
        RuleViolationError: nothing is built, the day is past, or somebody does not sit
            in the council.
    """
    names = formats.listed([str(user) for user in User.objects.filter(pk__in=readers)])
    with act(f"bad {names} læse dagsordenen igennem", by):
        Meeting.checkout(meeting_pk)
        refuse_if_locked(meeting_pk)
        packet = _latest(meeting_pk)
        if due_on < clock.today():
            raise RuleViolationError("Vælg en dag, der ikke er gået.")
        users = _people(meeting_pk, readers)
        found = tuple(
            _asked(_row_of(meeting_pk, user), packet, due_on, note.strip(), by)
            for user in users
        )
        for row in found:
            _mail(row, "asked")
        note_people(meeting_pk)
        return found


def open_draft(pk: int, *, by: User) -> ReadThrough:
    """Note that the reader has opened the draft; only the first time counts.

    Raises:
        RuleViolationError: it is sent, or taken back.
    """
    with act("åbnede et udkast til gennemlæsning", by):
        row = _own(pk, by)
        if row.opened_at is None:
            row.opened_at = clock.now()
            row.touch(by)
            row.save()
        return row


def finish_reading(
    pk: int, *, remarks: Mapping[int | None, str], by: User
) -> ReadThrough:
    """Note that the reader has read the draft; remarks become internal comments.

    More remarks may follow until the draft is closed; sent twice, they are one.

    Args:
        remarks: pk of an item, or None for the whole agenda → what to change.

    Raises:
        RuleViolationError: it is sent or taken back, or it is read and nothing is added.
        ValidationError: a remark is too long.
    """
    with act("læste et udkast igennem", by):
        row = _own(pk, by)
        said = _new(row, remarks, by)
        if row.read_at is not None and not said:
            raise RuleViolationError("Du har allerede skrevet, at det er læst.")
        for of, text in said.items():
            write_comment(row.meeting_id, text=text, item_pk=of, by=by)
        row.read_at = row.read_at or clock.now()
        row.remarks += len(said)
        row.opened_at = row.opened_at or row.read_at
        row.touch(by)
        row.save()
        note_people(row.meeting_id)
        return row


def _new(
    row: ReadThrough, remarks: Mapping[int | None, str], by: User
) -> dict[int | None, str]:
    """Give the remarks that are not there already."""
    own = Comment.objects.filter(meeting=row.meeting_id, author=by, parent=None)
    known = set(own.values_list("item_id", "text"))
    stripped = {of: text.strip() for of, text in remarks.items()}
    return {
        of: text for of, text in stripped.items() if text and (of, text) not in known
    }


def remind_readers(meeting_pk: int, *, by: User) -> tuple[ReadThrough, ...]:
    """Write once more to all who have not read; nobody gets two on one day.

    Raises:
        LockedError: the meeting is sent.
    """
    with act("påmindede om gennemlæsning", by):
        refuse_if_locked(meeting_pk)
        rows = ReadThrough.objects.waiting().filter(meeting=meeting_pk)
        found = [
            row
            for row in rows.select_for_update(of=("self",)).order_by("pk")
            if may_be_reminded(row)
        ]
        for row in found:
            row.reminded_at = clock.now()
            row.touch(by)
            row.save()
            _mail(row, "reminded")
        return tuple(found)


def may_be_reminded(row: ReadThrough) -> bool:
    """Whether a mail would not be the second on one day."""
    last = row.reminded_at or row.asked_at
    return row.user_id is not None and clock.today() > localtime(last).date()


def take_reader_back(pk: int, *, by: User) -> ReadThrough:
    """Ask somebody no more; the draft is closed to them at once.

    Raises:
        LockedError: the meeting is sent.
    """
    before = ReadThrough.objects.get(pk=pk)
    with act(f"tog gennemlæsningen hos {before.name} tilbage", by):
        refuse_if_locked(before.meeting_id)
        row = ReadThrough.checkout(pk)
        if not row.is_withdrawn:
            row.is_withdrawn = True
            row.touch(by)
            row.save()
            note_people(row.meeting_id)
        return row


def _latest(meeting_pk: int) -> Packet:
    built = Packet.objects.filter(meeting=meeting_pk, state=PacketState.BUILT)
    packet = built.order_by("-pk").first()
    if packet is None:
        raise RuleViolationError("Byg pakken først; det er den, der læses.")
    return packet


def _people(meeting_pk: int, readers: Sequence[int]) -> list[User]:
    council = Meeting.objects.values("council").get(pk=meeting_pk)["council"]
    seats = Membership.objects.filter(
        council=council, user__in=readers, user__is_active=True
    )
    users = [seat.user for seat in seats.select_related("user").order_by("user__name")]
    if not users or len(users) != len(set(readers)):
        raise RuleViolationError("Vælg personer, der har en plads i jeres KKR.")
    return users


def _row_of(meeting_pk: int, user: User) -> ReadThrough:
    """Give what somebody has not read yet, locked; else a new row."""
    rows = ReadThrough.objects.filter(
        meeting=meeting_pk, user=user, read_at=None, is_withdrawn=False
    )
    known = rows.select_for_update(of=("self",)).first()
    return known or ReadThrough(meeting_id=meeting_pk, user=user, version=0)


def _asked(
    row: ReadThrough, packet: Packet, due_on: date, note: str, by: User
) -> ReadThrough:
    row.packet, row.due_on, row.note = packet, due_on, note
    row.sent_before = version_sent(row.meeting_id)
    row.name, row.asked_at, row.asked_by = str(row.user), clock.now(), str(by)
    row.opened_at = row.reminded_at = None
    row.touch(by)
    row.full_clean()
    row.save()
    return row


def _own(pk: int, by: User) -> ReadThrough:
    """Lock what is asked of ``by``, the meeting first."""
    row = ReadThrough.objects.visible_to(by).filter(pk=pk).first()
    if row is None:
        raise RuleViolationError("Udkastet er sendt eller taget tilbage imens.")
    refuse_if_locked(row.meeting_id)
    return ReadThrough.checkout(pk)


def _mail(row: ReadThrough, why: str) -> None:
    task = app.configure_task(MAIL, lock=f"readthrough-{row.pk}", queue=POST)
    task.defer(pk=row.pk, why=why)
