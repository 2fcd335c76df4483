"""The checks before sending, on the demo's packet: what a save costs the worker."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Final

from meetings.checking import check
from meetings.checking.standing import standing
from meetings.models import Finding
from meetings.services import findings

ROUNDS: Final = 5


@dataclass(frozen=True, slots=True)
class CheckFigures:
    """Seconds of one check: the first in its process, then the median of five."""

    first: float
    again: float
    found: int


def checking(meeting_pk: int) -> CheckFigures:
    """Check the meeting in this process, which has not read the word list yet."""
    first = _seconds(meeting_pk)
    rounds = sorted(_seconds(meeting_pk) for _ in range(ROUNDS))
    found = len(check(meeting_pk).found)
    return CheckFigures(first, rounds[ROUNDS // 2], found)


def settle(meeting_pk: int, by: object) -> None:
    """Let nothing that is found keep the demo from being sent: it is about speed here."""
    findings.refresh(meeting_pk)
    Finding.objects.filter(meeting=meeting_pk, may_answer=False).delete()
    given = [
        findings.Given(
            row.finding.fingerprint,
            "Karen Holm" if row.asks_who else "Målingen skal sendes.",
        )
        for row in standing(meeting_pk).open
    ]
    findings.give_answers(meeting_pk, given, by=by)  # type: ignore[arg-type]


def _seconds(meeting_pk: int) -> float:
    begun = time.perf_counter()
    check(meeting_pk)
    return time.perf_counter() - begun
