"""Scenarios: made, edited, removed; ties decided, and places moved by hand.

Source: docs/rules.md R-156, R-161, R-162.
"""

from __future__ import annotations

from string import ascii_uppercase
from typing import TYPE_CHECKING, Any, Final

from core.errors import RuleViolationError
from core.history import act
from core.versions import Saved, save_merged
from dimensioning.choices import SETTLED
from dimensioning.models import Adjustment, Receiver, Round, Scenario, TieDecision
from dimensioning.queries.runs import Run, asked, change, question, runs_of
from dimensioning.shares.adjustments import Refusal, refusals
from dimensioning.shares.apportion import ChoiceError, decided
from dimensioning.shares.table import Choice
from meetings.services import staleness

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from accounts.models import User

MOST_SCENARIOS: Final = 26
"""In one round: A to Z."""
IS_DECIDED: Final = "Mødet har besluttet scenariet. Det kan ikke ændres."
IS_CHOSEN: Final = "Scenariet er valgt. Vælg et andet, før du sletter det."
CHANGED: Final = "Regnestykket er ændret, siden du så det. Se det igen."
NO_TIE: Final = "Ingen står lige længere. Regnestykket er ændret, siden du så det."
TIED: Final = "Nogen står lige. Det skal besluttes, før tallene kan rettes i hånden."


def create_scenario(round_pk: int, *, by: User, **values: Any) -> Scenario:
    """Add a scenario under the round's next letter.

    Raises:
        RuleViolationError: the round has used its letters up.
        ValidationError: a value is refused.
    """
    with act("oprettede et scenarie", by):
        round_ = Round.checkout(round_pk)
        row = Scenario(
            round=round_, letter=_letter(round_), changed_by=str(by), **values
        )
        row.full_clean()
        row.save()
        _refresh(round_)
        return row


def edit_scenario(pk: int, *, version: int, by: User, **values: Any) -> Saved[Scenario]:
    """Save what a scenario says, merged with what others saved since.

    Raises:
        ConflictError: both changed the same field.
        RuleViolationError: a meeting has decided it.
        ValidationError: a value is refused.
    """
    with act("rettede et scenarie", by):
        row = _open(pk)
        saved = save_merged(row, values, version=version, by=by)
        if saved.is_written:
            _refresh(row.round)
        return saved


def share_out(
    pk: int, shares: Mapping[str, Mapping[str, Any]], *, by: User
) -> list[Receiver]:
    """Write what holds for the scenario's receivers: share, least, most; by key.

    A receiver that is not named keeps what it has; one with nothing is removed.

    Raises:
        RuleViolationError: a meeting has decided the scenario.
        ValidationError: a value is refused.
    """
    with act("rettede et scenaries andele", by):
        row = _open(pk)
        known = {each.key: each for each in row.receivers.select_for_update()}
        written = []
        for key, values in shares.items():
            each = known.get(key) or Receiver(scenario=row, key=key)
            for name, value in values.items():
                setattr(each, name, value)
            if (each.share, each.minimum, each.maximum) == (None, None, None):
                if each.pk:
                    each.delete()
                continue
            each.touch(by)
            each.full_clean(exclude=["scenario"])
            each.save()
            written.append(each)
        _raise(row, by)
        return written


def delete_scenario(pk: int, *, version: int, by: User) -> None:
    """Remove a scenario with all that was decided of it.

    Raises:
        RuleViolationError: the round has chosen it, or somebody has changed it since.
    """
    with act("slettede et scenarie", by):
        row = _open(pk)
        if row.chosen_in.exists():
            raise RuleViolationError(IS_CHOSEN)
        if row.version != version:
            raise RuleViolationError(CHANGED)
        round_ = row.round
        row.delete()
        _refresh(round_)


def decide_tie(
    pk: int,
    *,
    seen: Mapping[str, Any],
    winners: Collection[str],
    by: User,
    **values: Any,
) -> TieDecision:
    """Write down who gets the places that equal remainders left open.

    Args:
        seen: the tie that whoever decided saw, as ``queries.runs.question`` gives it.
        winners: the keys of those who get one.
        values: ``reason``, ``decided_by``, and where it was: ``meeting``, ``by_lot``.

    Raises:
        RuleViolationError: it is another tie by now, or none; or the answer does not fit.
        ValidationError: a value is refused.
    """
    with act("besluttede, hvem der får den sidste plads", by):
        row = _open(pk)
        tie = run_of(row).tie
        if tie is None:
            raise RuleViolationError(NO_TIE)
        if question(tie) != seen:
            raise RuleViolationError(CHANGED)
        decision = TieDecision(
            round=row.round,
            scenario=row,
            question=question(tie),
            winners=sorted(winners),
            changed_by=str(by),
            **values,
        )
        choice = Choice(
            tie.among,
            tuple(decision.winners),
            decision.reason,
            decision.decided_by,
            decision.decided_at.date(),
        )
        try:
            decided(tie, choice)
        except ChoiceError as error:
            raise RuleViolationError(str(error)) from error
        decision.full_clean()
        decision.save()
        _raise(row, by)
        return decision


def adjust(pk: int, *, by: User, **values: Any) -> Adjustment:
    """Move places by hand, against the figures that whoever moved them saw.

    Raises:
        RuleViolationError: a figure has become another, somebody would get fewer than
            none, or a tie is open.
        ValidationError: a value is refused.
    """
    with act("rettede en fordeling i hånden", by):
        row = _open(pk)
        moved = Adjustment(scenario=row, changed_by=str(by), **values)
        moved.full_clean()
        run = run_of(row)
        if run.result is None:
            raise RuleViolationError(run.refusal or TIED)
        standing = [change(each) for each in row.adjustments.order_by("pk").values()]
        found = refusals(run.result, [*standing, change(moved.__dict__)])
        if found:
            raise RuleViolationError(" ".join(_named(each, run) for each in found))
        moved.save()
        _raise(row, by)
        return moved


def retract(row: TieDecision | Adjustment, *, by: User) -> None:
    """Take a decision or a change by hand back; its history stays.

    Raises:
        RuleViolationError: a meeting has decided the scenario.
    """
    with act("trak en afgørelse tilbage", by):
        if row.scenario is None:
            Round.checkout(row.round.pk)
        else:
            _raise(_open(row.scenario.pk), by)
        type(row).checkout(row.pk).delete()


def run_of(scenario: Scenario) -> Run:
    """Reckon one scenario as it stands."""
    round_ = Round.objects.select_related("programme__council").get(
        pk=scenario.round_id
    )
    (run,) = runs_of(round_, asked(Scenario.objects.filter(pk=scenario.pk)))
    return run


def _open(pk: int) -> Scenario:
    """Lock a scenario that no meeting has decided, its round first."""
    round_pk = Scenario.objects.values_list("round", flat=True).get(pk=pk)
    round_ = Round.checkout(round_pk)
    row = Scenario.checkout(pk)
    if round_.state in SETTLED and round_.chosen_id == row.pk:
        raise RuleViolationError(IS_DECIDED)
    return row


def _raise(row: Scenario, by: User) -> None:
    """Count what stands under a scenario as a change of it."""
    row.touch(by)
    row.save(update_fields=["version", "changed_at", "changed_by"])
    _refresh(row.round)


def _refresh(round_: Round) -> None:
    staleness.defer_refresh_council(round_.programme.council_id)


def _letter(round_: Round) -> str:
    taken = set(round_.scenarios.values_list("letter", flat=True))
    for letter in ascii_uppercase[:MOST_SCENARIOS]:
        if letter not in taken:
            return letter
    message = (
        f"En runde kan have {MOST_SCENARIOS} scenarier. Slet et, før du laver et nyt."
    )
    raise RuleViolationError(message)


def _named(refusal: Refusal, run: Run) -> str:
    """Say why a change does not hold, with the receiver's name for its key."""
    return refusal.sentence.replace(refusal.key, run.terms.name(refusal.key))
