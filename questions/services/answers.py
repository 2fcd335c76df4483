"""Answers: given in the portal, written down by the secretariat, changed until the deadline.

Source: docs/rules.md R-37.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from accounts.choices import Role
from core import clock
from core.errors import RuleViolationError
from core.history import act
from core.versions import Saved, save_merged
from questions.choices import LetterKind
from questions.models import Recipient
from questions.services import letters
from questions.services.locking import CALLED, CLOSED, locked_question, not_open_words

if TYPE_CHECKING:
    from datetime import date

    from accounts.models import Membership, User

EXPIRED: Final = "Fristen er udløbet. Skriv til sekretariatet."


def answer(
    pk: int, *, version: int, choice: str = "", reply: str = "", seat: Membership
) -> Saved[Recipient]:
    """Answer for one's place, or change the answer; a receipt goes out by mail.

    Args:
        version: the one the user opened.
        seat: whose place it is; another's than its director's answers on behalf.

    Raises:
        ConflictError: a colleague has answered otherwise meanwhile.
        RuleViolationError: the deadline has gone, or the question is closed.
        ValidationError: it says nothing.
    """
    name = Recipient.objects.get(pk=pk).name
    with act(f"svarede for {name}", seat.user):
        row = _locked(pk)
        if not row.may_answer:
            raise RuleViolationError(closed_words(row))
        row.way, row.given_by, row.given_on = "", "", None
        row.on_behalf = seat.role not in {Role.DIRECTOR, Role.REPORTER}
        given = {"choice": choice, "reply": reply}
        return _save(row, given, version, seat.user, also=[seat.user.email])


def record(  # noqa: PLR0913 -- one keyword a field
    pk: int,
    *,
    version: int,
    way: str,
    given_by: str,
    given_on: date | None,
    choice: str = "",
    reply: str = "",
    by: User,
) -> Saved[Recipient]:
    """Write down an answer that came outside the portal, also after the deadline.

    Raises:
        ConflictError: somebody has answered otherwise meanwhile.
        RuleViolationError: the question is closed or was not asked.
        ValidationError: it says nothing, or not who answered and when.
    """
    name = Recipient.objects.get(pk=pk).name
    with act(f"skrev svaret fra {name} ind", by):
        row = _locked(pk)
        if not row.question.is_open:
            raise RuleViolationError(not_open_words(row.question))
        row.on_behalf = False
        given = {"choice": choice, "reply": reply, "way": way}
        given_too = {"given_by": given_by, "given_on": given_on}
        return _save(row, {**given, **given_too}, version, by)


def closed_words(row: Recipient) -> str:
    """Tell somebody who was asked why there is no answering any more."""
    if row.question.is_open:
        return EXPIRED
    return CALLED if row.question.called_back else CLOSED


def _locked(pk: int) -> Recipient:
    """Lock a recipient's question, then the recipient; both and the council loaded."""
    question_pk = Recipient.objects.values_list("question", flat=True).get(pk=pk)
    question = locked_question(question_pk)
    row = Recipient.checkout(pk)
    row.question = question
    return row


def _save(
    row: Recipient,
    values: dict[str, Any],
    version: int,
    by: User,
    also: list[str] | None = None,
) -> Saved[Recipient]:
    """Save an answer over its version; a receipt only of what changed."""
    before = row.version
    row.answered_at, row.answered_by = clock.now(), str(by)
    saved = save_merged(row, values, version=version, by=by)
    if saved.row.version != before:
        letters.write(LetterKind.RECEIPT, [saved.row], by=by, also=also or ())
    return saved
