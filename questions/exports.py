"""Answers as CSV."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from core import formats
from core.sheets import semicolons
from core.templatetags.danish import local_day

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from questions.models import Recipient

HEAD: Final = (
    "Modtager",
    "Tilstand",
    "Svar",
    "Bemærkning",
    "Svaret af",
    "På vegne af",
    "Svaret den",
    "Hvordan",
    "Skrevet ind af",
    "Svarfrist",
)
FREE: Final = (*HEAD[:2], "Svar", *HEAD[4:])


def answers(rows: Iterable[Recipient], *, has_options: bool) -> bytes:
    """Give the answers of one question, a row each; who has not answered says so.

    Args:
        rows: with the question loaded, in order.
        has_options: the answers were chosen; else there is no column of remarks.
    """
    head = HEAD if has_options else FREE
    return semicolons.written(head, [_row(row, has_options) for row in rows])


def _row(row: Recipient, has_options: bool) -> tuple[str, ...]:  # noqa: FBT001
    state = "Besvaret" if row.is_answered else "Ikke svaret"
    state += ", trukket tilbage" if row.question.called_back else ""
    said = (row.choice, row.reply) if has_options else (row.reply,)
    outside = bool(row.way)
    return (
        row.full_name,
        state,
        *said,
        row.given_by if outside else row.answered_by,
        "kommunaldirektøren" if row.on_behalf else "",
        _day(row.given_on if outside else row.answered_at),
        row.get_way_display() if outside else "I portalen" * row.is_answered,
        row.answered_by if outside else "",
        _day(row.due) or "ingen frist",
    )


def _day(day: date | None) -> str:
    return formats.long_date(local_day(day)).replace(formats.NBSP, " ") if day else ""
