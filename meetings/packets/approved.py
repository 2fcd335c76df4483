"""Whether a packet has the chairman's word, and what is missing where it has not.

Source: docs/rules.md R-50.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import OuterRef, Subquery
from django.db.models.functions import JSONObject
from django.urls import reverse

from meetings.choices import ApprovalAnswer, MemberRole
from meetings.models import Approval
from meetings.obstacles import Obstacle

if TYPE_CHECKING:
    from collections.abc import Mapping

_TOLD = ("name", "role", "answered_at", "recorded_by", "how")


@dataclass(frozen=True, slots=True)
class Approved:
    """The answer by which a packet may be sent.

    Attributes:
        role: chairman or deputy, as it was that day; "" where nobody wrote it down.
        at: when it was answered, ISO 8601.
        recorded_by: who wrote it down; "" where it came by a link, and ``how`` is "".
    """

    name: str
    role: str
    at: str
    recorded_by: str = ""
    how: str = ""

    @property
    def who(self) -> str:
        """Give the name and what they are: "Jens Hansen, formand"."""
        role = MemberRole(self.role).label.lower() if self.role else ""
        return f"{self.name}, {role}" if role else self.name

    @property
    def moment(self) -> datetime:
        """When it was answered."""
        return datetime.fromisoformat(self.at)

    def to_json(self) -> dict[str, str]:
        """Give it as it is stored with what is sent; :func:`approved_of` takes it back."""
        return {
            "name": self.name,
            "role": self.role,
            "at": self.at,
            "recorded_by": self.recorded_by,
            "how": self.how,
        }


def approved_of(stored: Mapping[str, str]) -> Approved | None:
    """Give what was stored with a publication; None where it was sent without."""
    return Approved(**stored) if stored else None


def answered() -> Subquery:
    """Annotate packets: the last answer that counts of just these records, or NULL.

    An answer is of a packet's records and version: built again of the same, it holds.
    """
    rows = Approval.objects.filter(
        meeting=OuterRef("meeting"),
        is_withdrawn=False,
        packet__digest=OuterRef("digest"),
        packet__version=OuterRef("version"),
    ).exclude(answer="")
    told = JSONObject(answer="answer", **{name: name for name in _TOLD})
    return Subquery(rows.order_by("-pk").values(row=told)[:1])


def asked_last() -> Subquery:
    """Annotate packets: the last question to somebody that counts, or NULL."""
    rows = Approval.objects.filter(meeting=OuterRef("meeting"), is_withdrawn=False)
    told = JSONObject(name="name", answer="answer", version="packet__version")
    return Subquery(rows.order_by("-pk").values(row=told)[:1])


def approved(row: Mapping[str, Any] | None) -> Approved | None:
    """Read what :func:`answered` gave."""
    if row is None or row["answer"] != ApprovalAnswer.APPROVED:
        return None
    return Approved(
        name=row["name"],
        role=row["role"],
        at=row["answered_at"],
        recorded_by=row["recorded_by"],
        how=row["how"],
    )


def not_approved(slug: str, version: int, asked: Mapping[str, Any] | None) -> Obstacle:
    """Say that a packet lacks the chairman's word, and where one asks for it.

    Args:
        version: the one that would be sent.
        asked: what :func:`asked_last` gave.
    """
    url = reverse("meetings:approvals", args=[slug])
    if asked is None or asked["version"] < version:
        words = "Formanden eller en stedfortræder har ikke godkendt pakken."
        return Obstacle(words, url, "Bed om godkendelse")
    name = asked["name"]
    if asked["answer"] == ApprovalAnswer.APPROVED:
        words = f"{name} godkendte pakken, før den blev ændret."
        return Obstacle(words, url, "Bed om godkendelse igen")
    if asked["answer"]:
        words = f"{name} sendte dagsordenen tilbage."
        return Obstacle(words, url, "Se bemærkningerne")
    words = f"{name} er bedt om at godkende pakken og har ikke svaret."
    return Obstacle(words, url, "Se svar og link")


def returned_by(version: int, asked: Mapping[str, Any] | None) -> str:
    """Give who sent that version back, and was the last to be asked of it; else "".

    Args:
        asked: what :func:`asked_last` gave.
    """
    if asked is None or asked["version"] < version:
        return ""
    is_returned = asked["answer"] == ApprovalAnswer.RETURNED
    return str(asked["name"]) if is_returned else ""
