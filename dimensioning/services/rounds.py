"""A round's steps: its scenario is chosen, decided by a meeting, and its answer sent.

Source: docs/rules.md R-154, R-156.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from core.errors import RuleViolationError
from core.history import act
from core.versions import Saved, save_merged
from dimensioning.choices import SETTLED, RoundState
from dimensioning.models import Cell, FormRow, Programme, Round, Scenario, Split
from dimensioning.queries.filled import filled
from dimensioning.services.scenarios import run_of
from meetings.services import staleness

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from decimal import Decimal

    from accounts.models import User
    from dimensioning.queries.runs import Run
    from meetings.models import Meeting

NOT_SETTLED: Final = "Scenariet kan ikke vælges, før alt i det er besluttet og stemmer."
OF_ANOTHER: Final = "Scenariet hører til en anden runde."
DECIDED_ALREADY: Final = "Mødet har besluttet runden. Træk beslutningen tilbage først."
NOT_CHOSEN: Final = "Vælg et scenarie, før mødet kan beslutte det."
NOT_DECIDED: Final = "Svaret kan sendes, når et møde har besluttet det."
NOT_FILLED: Final = "Svaret kan sendes, når jeres egne felter er udfyldt og stemmer."
NOTHING_OF_OURS: Final = (
    "Ingen række i skemaet er jeres. Vælg, hvem der svarer for institutionerne."
)


def create_round(programme_pk: int, *, by: User, **values: Any) -> Round:
    """Begin a study year: its form has a row an institution and nothing filled.

    Raises:
        ValidationError: the study year has a round, or a value is refused.
    """
    with act(f"begyndte dimensionering {values.get('study_year', '')}".strip(), by):
        programme = Programme.checkout(programme_pk)
        row = Round(programme=programme, changed_by=str(by), **values)
        row.full_clean()
        row.save()
        specialisations = list(programme.specialisations.all())
        for institution in programme.institutions.all():
            line = FormRow.objects.create(
                round=row, institution=institution, changed_by=str(by)
            )
            for each in specialisations:
                Cell.objects.create(row=line, specialisation=each, changed_by=str(by))
        _refresh(row)
        return row


def edit_round(pk: int, *, version: int, by: User, **values: Any) -> Saved[Round]:
    """Save what a round says of its request, merged with what others saved since.

    Raises:
        ConflictError: both changed the same field.
        ValidationError: a value is refused.
    """
    with act("rettede en runde", by):
        row = Round.checkout(pk)
        saved = save_merged(row, values, version=version, by=by)
        if saved.is_written:
            _refresh(row)
        return saved


def split(
    pk: int, percents: Mapping[int, Decimal | None], *, source: str, by: User
) -> None:
    """Write each specialisation's part, by the specialisation's id; none is not told.

    Raises:
        RuleViolationError: a meeting has decided the round.
        ValidationError: a part is no share.
    """
    with act("rettede specialiseringernes andele", by):
        row = Round.checkout(pk)
        if row.state in SETTLED:
            raise RuleViolationError(DECIDED_ALREADY)
        standing = {
            each.specialisation_id: each for each in row.splits.select_for_update()
        }
        for specialisation, percent in percents.items():
            each = standing.get(specialisation)
            if percent is None:
                if each is not None:
                    each.delete()
                continue
            each = each or Split(round=row, specialisation_id=specialisation)
            each.percent, each.source = percent, source
            each.touch(by)
            each.full_clean()
            each.save()
        _refresh(row)


def choose(pk: int, scenario_pk: int, *, by: User) -> Round:
    """Choose the scenario that goes to the meeting.

    Raises:
        RuleViolationError: it is another round's, a tie in it is open, a change by hand
            does not hold, or a meeting has decided.
    """
    with act("valgte et scenarie", by):
        row = Round.checkout(pk)
        if row.state in SETTLED:
            raise RuleViolationError(DECIDED_ALREADY)
        scenario = Scenario.objects.filter(pk=scenario_pk, round=row).first()
        if scenario is None:
            raise RuleViolationError(OF_ANOTHER)
        run = run_of(scenario)
        if not run.is_settled:
            raise RuleViolationError(run.refusal or NOT_SETTLED)
        row.chosen, row.state = scenario, RoundState.CHOSEN
        scenario.is_shown = True
        scenario.touch(by)
        scenario.save()
        return _saved(row, by)


def decide(pk: int, *, on: date, by: User, meeting: Meeting | None = None) -> Round:
    """Keep what the meeting decided: the chosen scenario, as it is at this moment.

    Raises:
        RuleViolationError: none is chosen, or what was chosen no longer holds.
    """
    with act("skrev beslutningen om pladserne ind", by):
        row = Round.checkout(pk)
        if row.state != RoundState.CHOSEN or row.chosen is None:
            raise RuleViolationError(
                DECIDED_ALREADY if row.state in SETTLED else NOT_CHOSEN
            )
        run = run_of(row.chosen)
        if not run.is_settled:
            raise RuleViolationError(run.refusal or NOT_SETTLED)
        row.decided, row.decided_on = kept(run), on
        row.meeting = meeting or row.meeting
        row.state = RoundState.DECIDED
        return _saved(row, by)


def send(pk: int, *, on: date, by: User) -> Round:
    """Note that the answer is sent.

    Raises:
        RuleViolationError: no meeting has decided it, or the council's own rows of the
            form are not filled, or do not agree.
    """
    with act("noterede svaret som sendt", by):
        row = Round.checkout(pk)
        if row.state != RoundState.DECIDED:
            raise RuleViolationError(NOT_DECIDED)
        read = filled(row)
        own = read.own(row.programme.council_id)
        if not own:
            raise RuleViolationError(NOTHING_OF_OURS)
        if not read.form.agrees(own):
            raise RuleViolationError(NOT_FILLED)
        row.sent_on, row.sent_by, row.state = on, str(by), RoundState.SENT
        return _saved(row, by)


def step_back(pk: int, *, by: User) -> Round:
    """Take a round's last step back; what was decided goes with the decision.

    Raises:
        RuleViolationError: it has taken none.
    """
    with act("tog et skridt tilbage i runden", by):
        row = Round.checkout(pk)
        match row.state:
            case RoundState.SENT:
                row.state, row.sent_on, row.sent_by = RoundState.DECIDED, None, ""
            case RoundState.DECIDED:
                row.state, row.decided, row.decided_on = RoundState.CHOSEN, None, None
            case RoundState.CHOSEN:
                row.state, row.chosen = RoundState.OFFERS_IN, None
            case RoundState.OFFERS_IN:
                row.state = RoundState.REQUESTED
            case _:
                raise RuleViolationError(
                    "Runden er ikke begyndt. Der er intet at tage tilbage."
                )
        return _saved(row, by)


def kept(run: Run) -> dict[str, Any]:
    """Give what is kept of a decided scenario: names and places, exact quotas as text."""
    result = run.result
    if result is None:
        raise RuleViolationError(NOT_SETTLED)
    scenario = run.scenario
    return {
        "scenario": scenario.letter,
        "name": scenario.name,
        "version": scenario.version,
        "total": result.table.total,
        "rows": [
            {
                "key": key,
                "name": run.terms.name(key),
                "weight": str(result[key].weight),
                "quota": str(result[key].bounded),
                "places": result.places[key],
            }
            for key in run.order
        ],
    }


def _saved(row: Round, by: User) -> Round:
    row.touch(by)
    row.full_clean()
    row.save()
    _refresh(row)
    return row


def _refresh(row: Round) -> None:
    staleness.defer_refresh_council(row.programme.council_id)
