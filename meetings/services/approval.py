"""Asking the chairman or a deputy, and what was answered.

Source: docs/rules.md R-30.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.core import signing

from core import clock
from core.errors import RuleViolationError
from core.history import act
from meetings.choices import ApprovalAnswer, MeetingState, PacketState
from meetings.models import Approval, Meeting, Packet
from meetings.services.life import step_back

if TYPE_CHECKING:
    from datetime import date

    from accounts.models import User

SALT: Final = "meetings.approval"
CHANGED: Final = (
    "Dagsordenen er ændret, siden du blev spurgt. Sekretariatet sender et nyt link."
)


@dataclass(frozen=True, slots=True)
class Approver:
    """Somebody who answers by a link, without an account."""

    name: str
    pk: None = None

    def __str__(self) -> str:
        return self.name


def token_of(approval: Approval) -> str:
    """Give what the link to an approval ends with."""
    return signing.Signer(salt=SALT).sign_object({"approval": approval.pk})


def approval_of(token: str) -> Approval | None:
    """Give what a link is for, its meeting, council and packet loaded; None if forged."""
    try:
        told = signing.Signer(salt=SALT).unsign_object(token)
    except (signing.BadSignature, ValueError):
        return None
    rows = Approval.objects.select_related("meeting__council", "packet")
    return rows.filter(pk=told["approval"]).first()


def ask(meeting_pk: int, *, name: str, expires_on: date, by: User) -> Approval:
    """Ask somebody to approve the latest packet; older questions are taken back.

    Raises:
        RuleViolationError: the meeting is not under approval, has no packet, or the day
            is past.
    """
    with act(f"bad {name} om at godkende dagsordenen", by):
        meeting, packet = _under_approval(meeting_pk)
        if expires_on < clock.today():
            raise RuleViolationError("Vælg en dag, der ikke er gået.")
        for open_one in meeting.approvals.filter(answer="", is_withdrawn=False):
            _take_back(open_one, by)
        approval = Approval(
            meeting=meeting,
            packet=packet,
            name=name,
            asked_by=str(by),
            expires_on=expires_on,
            changed_by=str(by),
        )
        approval.full_clean()
        approval.save()
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
    meeting_pk: int, *, name: str, is_approved: bool, remarks: str, how: str, by: User
) -> Approval:
    """Write down what the chairman or a deputy has answered in another way.

    Args:
        how: when and how it was said: "På telefon 7. november".

    Raises:
        RuleViolationError: the meeting is not under approval, ``how`` is missing, or it
            is returned without a word.
    """
    verb = "godkendelse" if is_approved else "tilbagesendelse"
    with act(f"skrev {name}s {verb} ind", by):
        meeting, packet = _under_approval(meeting_pk)
        if not how.strip():
            raise RuleViolationError("Skriv, hvornår og hvordan der blev svaret.")
        for open_one in meeting.approvals.filter(answer="", is_withdrawn=False):
            _take_back(open_one, by)
        approval = Approval(
            meeting=meeting,
            packet=packet,
            name=name,
            asked_by=str(by),
            expires_on=clock.today(),
            recorded_by=str(by),
            how=how.strip(),
        )
        return _answered(approval, meeting, by, is_approved, remarks)


def _verb(*, is_approved: bool) -> str:
    return "godkendte dagsordenen" if is_approved else "sendte dagsordenen tilbage"


def _under_approval(meeting_pk: int) -> tuple[Meeting, Packet]:
    """Lock the meeting; give it with its latest packet."""
    meeting = Meeting.checkout(meeting_pk)
    if meeting.state != MeetingState.APPROVAL:
        raise RuleViolationError("Mødet er ikke til godkendelse.")
    built = meeting.packets.filter(state=PacketState.BUILT).order_by("-pk").first()
    if built is None:
        raise RuleViolationError("Pakken er ikke bygget endnu.")
    return meeting, built


def _answered(
    approval: Approval,
    meeting: Meeting,
    by: Any,
    is_approved: bool,  # noqa: FBT001 -- the answer itself
    remarks: str,
) -> Approval:
    """Write an answer; a returned agenda is a draft again."""
    if not is_approved and not remarks.strip():
        raise RuleViolationError("Skriv, hvad der skal ændres.")
    given = ApprovalAnswer.APPROVED if is_approved else ApprovalAnswer.RETURNED
    approval.answer, approval.remarks = given, remarks.strip()
    approval.answered_at = clock.now()
    approval.touch(by)
    approval.full_clean()
    approval.save()
    if not is_approved:
        step_back(meeting, f"{approval.name} sendte den tilbage.", by=by)
    return approval


def _take_back(approval: Approval, by: User) -> None:
    approval.is_withdrawn = True
    approval.touch(by)
    approval.save()
