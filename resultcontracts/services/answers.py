"""What is answered to a contradiction: written, turned down, taken back.

Source: docs/rules.md R-140.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.core.exceptions import ValidationError

from core.errors import RuleViolationError
from core.history import act
from core.versions import Saved, event_at, save_merged
from resultcontracts.models import Contract, ContradictionAnswer
from resultcontracts.services.changing import changing

if TYPE_CHECKING:
    from collections.abc import Sequence

    type Sides = Sequence[Sequence[str]]

NO_ANSWER: Final = "Skriv et svar, eller lad feltet være."
NO_REASON: Final = "Skriv, hvorfor det ikke er en modsigelse."
CHANGED_SINCE: Final = "Svaret er ændret siden, og er ikke taget tilbage."


def begun(contract_pk: int, *, finding: str, by: Any) -> ContradictionAnswer:
    """Give the row under which a finding is answered; an empty one where nobody did.

    A row begins empty, so that two who answer at once are told of each other.
    """
    with act("begyndte et svar på en modsigelse", by):
        # One lock for all answers of a contract: no two begin the same row.
        Contract.objects.select_for_update(of=("self",)).get(pk=contract_pk)
        found, _ = ContradictionAnswer.objects.get_or_create(
            contract_id=contract_pk, finding=finding, defaults={"changed_by": str(by)}
        )
        return found


def answer(
    contract_pk: int,
    *,
    finding: str,
    sides: Sides,
    text: str,
    version: int,
    by: Any,
) -> Saved[ContradictionAnswer]:
    """Answer a finding, or put an answer in other words; merged with what others saved.

    Args:
        finding: its key.
        sides: what they say now; where one reads otherwise later, the answer says so.
        version: of the answer that was opened; 1 where nobody had answered.
        by: a user, or whoever a signed link was sent to.

    Raises:
        ConflictError: somebody else answered meanwhile, in other words.
        ValidationError: there are no words.
    """
    return _write(
        contract_pk, finding, sides, (text, False), version, by,
        verb="svarede på en modsigelse", lacking=NO_ANSWER,
    )  # fmt: skip


def reject(
    contract_pk: int,
    *,
    finding: str,
    sides: Sides,
    text: str,
    version: int,
    by: Any,
) -> Saved[ContradictionAnswer]:
    """Say of a finding that it is none, and why. Arguments and errors as above."""
    return _write(
        contract_pk, finding, sides, (text, True), version, by,
        verb="afviste en modsigelse", lacking=NO_REASON,
    )  # fmt: skip


def restore(pk: int, *, version: int, by: Any) -> ContradictionAnswer:
    """Take back what gave an answer its version: what stood before stands again.

    Raises:
        RuleViolationError: it has been changed since.
    """
    with changing("fortrød et svar på en modsigelse", by, answer=pk):
        row = ContradictionAnswer.checkout(pk)
        if row.version != version or version <= 1:
            raise RuleViolationError(CHANGED_SINCE)
        before = event_at(row, version - 1)
        row.text, row.is_rejected = before.text, before.is_rejected
        row.sides = before.sides
        row.touch(by)
        # Before the first answer it held nothing.
        row.full_clean(exclude={"sides"})
        row.save()
        return row


def _write(  # noqa: PLR0913 -- what both have
    contract_pk: int,
    finding: str,
    sides: Sides,
    said: tuple[str, bool],
    version: int,
    by: Any,
    *,
    verb: str,
    lacking: str,
) -> Saved[ContradictionAnswer]:
    text, is_rejected = said
    if not text.strip():
        raise ValidationError({"text": lacking})
    with changing(verb, by, contract=contract_pk):
        row = ContradictionAnswer.checkout(
            begun(contract_pk, finding=finding, by=by).pk
        )
        values = {"text": text.strip(), "is_rejected": is_rejected}
        kept = [list(side) for side in sides]
        is_stale = row.sides != kept
        row.sides = kept
        saved = save_merged(row, values, version=max(version, 1), by=by)
        if is_stale and not saved.is_written:
            # The same words again: they hold for what the sides say now.
            row.touch(by)
            row.save()
            return Saved(row, saved.merged, saved.their_version, saved.their_name, True)  # noqa: FBT003
        return saved
