"""What was done last about a missing figure, in words.

Source: docs/rules.md R-143.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from core import clock, formats
from resultcontracts.choices import MeasurementState, RoundLetterKind
from resultcontracts.queries.rows import moment_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from resultcontracts.models import Measure


_TOLD: Final = (RoundLetterKind.APPROVED, RoundLetterKind.REOPENED)
"""Mails that tell, and ask for nothing."""


@dataclass(frozen=True, slots=True)
class Contacted:
    """What was done last.

    Attributes:
        text: "Rykket 25. okt. 2023", "Ikke spurgt".
        is_failed: the last mail did not go out.
        is_today: somebody was written to about it today.
        is_asked: somebody was ever asked about it.
    """

    text: str
    is_failed: bool = False
    is_today: bool = False
    is_asked: bool = False


def contacted(
    row: Measure,
    is_late: bool,  # noqa: FBT001 -- what the word for a reminder is
    answer: Mapping[str, Any] | None,
    told: Mapping[str, Any] | None,
    letters: list[Mapping[str, Any]],
) -> Contacted:
    """Say what was done last about a measure: an answer, a draft, or a mail."""
    about = [each for each in letters if row.pk in each["measures"]]
    asks = [each for each in about if each["kind"] not in _TOLD]
    last = asks[-1] if asks else None
    today = clock.today().isoformat()
    is_today = any(
        each["day"] == today
        and each["kind"] in {RoundLetterKind.REMINDER, RoundLetterKind.ASKED}
        for each in about
    )
    found = {"is_today": is_today, "is_asked": bool(asks)}
    if answer is not None and answer["state"] == MeasurementState.SUBMITTED:
        return Contacted(f"Indsendt {said(answer['submitted_at'])}", **found)
    if last is not None and last["failure"] and not last["sent_at"]:
        who = ", ".join(last["to"])
        text = f"Mailen kunne ikke sendes til {who}. Prøv igen, eller ring."
        return Contacted(text, is_failed=True, is_asked=True)
    if answer is not None and answer["state"] == MeasurementState.RETURNED:
        return Contacted(_of(last, "Sendt retur", told), **found)
    draft = _draft(row, told)
    if draft and (last is None or _moment(draft) > _moment(last["written_at"])):
        return Contacted(f"Kladde gemt {said(draft)}", **found)
    if last is None:
        is_waited = is_late and row.is_asked_for
        return Contacted("Ikke rykket" if is_waited else "Ikke spurgt")
    return Contacted(_of(last, "Rykket" if is_late else "Mindet om", told), **found)


def said(text: str | None) -> str:
    """Say a moment: "i dag kl. 9.14", else its day with the year."""
    moment = moment_of(text)
    if moment is None:
        return ""
    if moment.date() == clock.today():
        return formats.when(moment, now=clock.now())
    return formats.short_date_year(moment.date())


def _moment(text: str) -> datetime:
    found = moment_of(text)
    assert found is not None  # noqa: S101 -- the column has one
    return found


def _draft(row: Measure, told: Mapping[str, Any] | None) -> str:
    saved = [
        each["saved_at"]
        for each in (told["drafts"] if told else ())
        if each["measure"] == row.pk
    ]
    return max(saved, key=_moment) if saved else ""


def _of(
    last: Mapping[str, Any] | None, reminded: str, told: Mapping[str, Any] | None
) -> str:
    if last is None:
        return reminded
    when = said(last["written_at"])
    if last["kind"] == RoundLetterKind.CALLED:
        links = told["links"] if told else []
        is_opened = any(each["opened_at"] for each in links)
        return f"Opkald sendt {when}{'' if is_opened else ', ikke åbnet'}"
    if last["kind"] == RoundLetterKind.ASKED:
        return f"Spurgt {when}"
    if last["kind"] == RoundLetterKind.RETURNED:
        return f"Sendt retur {when}"
    return f"{reminded} {when}"
