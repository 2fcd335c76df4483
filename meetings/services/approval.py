"""Asking the chairman or a deputy, and what was answered.

Source: docs/rules.md R-30, R-50.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.core import signing

from core import clock
from core.errors import RuleViolationError
from core.history import act
from meetings.choices import ApprovalAnswer, MeetingState, MemberRole, PacketState
from meetings.models import Approval, Meeting, Packet
from meetings.post.words import LINK
from meetings.services import post
from meetings.services.life import StepRefusedError, step_back
from meetings.steps import may_be_approved

if TYPE_CHECKING:
    from datetime import date

    from accounts.models import User

CHANGED: Final = (
    "Dagsordenen er ændret, siden du blev spurgt. Sekretariatet sender et nyt link."
)


@dataclass(frozen=True, slots=True)
class Asked:
    """Whom one asks, or who has answered: by name, and as chairman or deputy.

    ``email`` is where the link goes; "" where it is copied by hand.
    """

    name: str
    role: str = MemberRole.CHAIR
    email: str = ""


@dataclass(frozen=True, slots=True)
class Approver:
    """Somebody who answers by a link, without an account."""

    name: str
    pk: None = None

    def __str__(self) -> str:
        return self.name


def approval_of(token: str) -> Approval | None:
    """Give what a link is for, its meeting, council and packet loaded; None if forged."""
    try:
        told = signing.Signer(salt=LINK).unsign_object(token)
    except (signing.BadSignature, ValueError):
        return None
    rows = Approval.objects.select_related("meeting__council", "packet")
    return rows.filter(pk=told["approval"], meeting__is_removed=False).first()


def ask(meeting_pk: int, *, who: Asked, expires_on: date, by: User) -> Approval:
    """Ask somebody to approve the latest packet, by mail where there is an address.

    Older questions are taken back.

    Raises:
        RuleViolationError: the meeting is not under approval, has no packet, or the day
            is past.
        StepRefusedError: a version that was begun is not ready to be approved.
    """
    with act(f"bad {who.name} om at godkende dagsordenen", by):
        meeting, packet = _under_approval(meeting_pk)
        _refuse_unready(meeting)
        if expires_on < clock.today():
            raise RuleViolationError("Vælg en dag, der ikke er gået.")
        for open_one in meeting.approvals.filter(answer="", is_withdrawn=False):
            _take_back(open_one, by)
        approval = Approval(
            meeting=meeting,
            packet=packet,
            name=who.name,
            role=who.role,
            email=who.email,
            asked_by=str(by),
            expires_on=expires_on,
            changed_by=str(by),
        )
        approval.full_clean()
        approval.save()
        if approval.email:
            post.write_approval(approval, by=by)
        return approval


def mail_again(pk: int, *, by: User) -> Approval:
    """Send the mail with the link once more.

    Raises:
        RuleViolationError: the link leads to no answer any more, or has no address.
    """
    with act("sendte linket til godkendelse igen", by):
        approval = Approval.checkout(pk)
        if not approval.is_open:
            raise RuleViolationError("Linket gælder ikke længere.")
        if not approval.email:
            raise RuleViolationError("Der er ingen adresse at sende linket til.")
        post.write_approval(approval, by=by)
        return approval


def take_back(pk: int, *, by: User) -> Approval:
    """Let a link lead to no answer any more."""
    with act("tog en forespørgsel om godkendelse tilbage", by):
        approval = Approval.checkout(pk)
        if not approval.answer and not approval.is_withdrawn:
            _take_back(approval, by)
        return approval


def answer(pk: int, *, is_approved: bool, remarks: str) -> Approval:
    """Answer by the link.

    Raises:
        RuleViolationError: it is answered, taken back or too late, the agenda has
            changed since, or it is returned without a word.
    """
    before = Approval.objects.get(pk=pk)
    by: Any = Approver(before.name)
    with act(_verb(is_approved=is_approved), by):
        meeting, packet = _under_approval(before.meeting_id)
        approval = Approval.checkout(pk)
        if approval.answer:
            raise RuleViolationError("Der er allerede svaret.")
        if not approval.is_open:
            raise RuleViolationError("Linket gælder ikke længere.")
        if packet.digest != approval.packet.digest:
            raise RuleViolationError(CHANGED)
        return _answered(approval, meeting, by, is_approved, remarks)


def record(
    meeting_pk: int, *, who: Asked, is_approved: bool, remarks: str, how: str, by: User
) -> Approval:
    """Write down what the chairman or a deputy has answered in another way.

    Args:
        how: when and how it was said: "På telefon 7. november".

    Raises:
        RuleViolationError: the meeting is not under approval, ``how`` is missing, or it
            is returned without a word.
        StepRefusedError: a version that was begun is not ready to be approved.
    """
    verb = "godkendelse" if is_approved else "tilbagesendelse"
    with act(f"skrev {who.name}s {verb} ind", by):
        meeting, packet = _under_approval(meeting_pk)
        _refuse_unready(meeting)
        if not how.strip():
            raise RuleViolationError("Skriv, hvornår og hvordan der blev svaret.")
        for open_one in meeting.approvals.filter(answer="", is_withdrawn=False):
            _take_back(open_one, by)
        approval = Approval(
            meeting=meeting,
            packet=packet,
            name=who.name,
            role=who.role,
            asked_by=str(by),
            expires_on=clock.today(),
            recorded_by=str(by),
            how=how.strip(),
        )
        return _answered(approval, meeting, by, is_approved, remarks)


def _verb(*, is_approved: bool) -> str:
    return "godkendte dagsordenen" if is_approved else "sendte dagsordenen tilbage"


def _under_approval(meeting_pk: int) -> tuple[Meeting, Packet]:
    """Lock the meeting; give it with its latest packet.

    A version that was begun is under approval as long as it is.
    """
    meeting = Meeting.checkout(meeting_pk)
    if meeting.state != MeetingState.APPROVAL and not meeting.is_revising:
        raise RuleViolationError("Mødet er ikke til godkendelse.")
    built = meeting.packets.filter(state=PacketState.BUILT).order_by("-pk").first()
    if built is None:
        raise RuleViolationError("Pakken er ikke bygget endnu.")
    return meeting, built


def _refuse_unready(meeting: Meeting) -> None:
    """Refuse a begun version that nobody could read; a first one was looked at before.

    Raises:
        StepRefusedError: something is missing.
    """
    if meeting.is_revising and (obstacles := may_be_approved(meeting)):
        raise StepRefusedError(obstacles[0].text, obstacles)


def _answered(
    approval: Approval,
    meeting: Meeting,
    by: Any,
    is_approved: bool,  # noqa: FBT001 -- the answer itself
    remarks: str,
) -> Approval:
    """Write an answer; a returned agenda is a draft again, a begun version stays begun."""
    if not is_approved and not remarks.strip():
        raise RuleViolationError("Skriv, hvad der skal ændres.")
    given = ApprovalAnswer.APPROVED if is_approved else ApprovalAnswer.RETURNED
    approval.answer, approval.remarks = given, remarks.strip()
    approval.answered_at = clock.now()
    approval.touch(by)
    approval.full_clean()
    approval.save()
    if not is_approved and meeting.state == MeetingState.APPROVAL:
        step_back(meeting, f"{approval.name} sendte den tilbage.", by=by)
    return approval


def _take_back(approval: Approval, by: User) -> None:
    approval.is_withdrawn = True
    approval.touch(by)
    approval.save()
