"""A round's scenarios as the arithmetic reads them, and what each of them gives."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, TextField
from django.db.models.functions import Cast, JSONObject
from django.utils import timezone

from dimensioning import models
from dimensioning.choices import Method, ScenarioKind
from dimensioning.queries.weights import Weights, weights_of
from dimensioning.shares.adjustments import Adjustment, Refusal, adjusted, refusals
from dimensioning.shares.apportion import ChoiceError, apportion, decided
from dimensioning.shares.exact import Overbooking, SharesError, overbooked
from dimensioning.shares.receivers import Receiver
from dimensioning.shares.table import Choice, Result, Tie
from dimensioning.shares.words.terms import PERCENT, Terms

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from dimensioning.shares.apportion import Outcome

SPECIALISATION: Final = "specialisation"
NOT_BY: Final = "Et scenarie deles efter største rest. {} er kun til sammenligning."


@dataclass(frozen=True, slots=True)
class Run:
    """A scenario, and what came of it.

    Attributes:
        order: the receivers' keys as they are listed where nothing else sorts them.
        outcome: a result or a tie; none where it could not be reckoned.
        refusal: why not, in a sentence.
        not_made: changes by hand that no longer hold. While there is one, none is made.
        passed: decisions that answer another tie than the one there is now.
    """

    scenario: models.Scenario
    terms: Terms
    order: tuple[str, ...]
    weights: Weights | None
    overbooking: Overbooking
    outcome: Outcome | None = None
    refusal: str = ""
    not_made: tuple[Refusal, ...] = ()
    passed: tuple[Choice, ...] = ()

    @property
    def result(self) -> Result | None:
        """What everybody gets; none while nobody has decided a tie."""
        return self.outcome if isinstance(self.outcome, Result) else None

    @property
    def tie(self) -> Tie | None:
        """What somebody has to decide."""
        return self.outcome if isinstance(self.outcome, Tie) else None

    @property
    def is_settled(self) -> bool:
        """It may be put on an agenda: everything in it is decided, and holds.

        Source: docs/rules.md R-161, R-162.
        """
        return self.result is not None and not self.not_made


def runs_of(round_: models.Round, scenarios: Iterable[Any]) -> list[Run]:
    """Reckon scenarios of one round: at most four questions, however many there are.

    ``scenarios`` are those the reader may see, from ``asked``.
    """
    those = [one for one in scenarios if one.kind != ScenarioKind.MATRIX]
    keys = {one.distribution_id for one in those if one.distribution_id}
    weights = weights_of(sorted(keys), round_.programme.council) if keys else {}
    names = {
        f"{SPECIALISATION}:{each.key}": each.name
        for each in round_.programme.specialisations.all()
    }
    return [_run(one, weights.get(one.distribution_id), names) for one in those]


def asked(scenarios: Any) -> Any:
    """Let each scenario bring its receivers, decisions and changes: one question for all."""
    return scenarios.select_related("distribution").annotate(
        told_receivers=ArraySubquery(_receivers()),
        told_decisions=ArraySubquery(_decisions()),
        told_changes=ArraySubquery(_changes()),
    )


def _receivers() -> Any:
    of = models.Receiver.objects.filter(scenario=OuterRef("pk"))
    plain = {name: F(name) for name in ("key", "minimum", "maximum")}
    return of.values(told=JSONObject(**plain, share=Cast("share", TextField())))


def _decisions() -> Any:
    of = models.TieDecision.objects.filter(scenario=OuterRef("pk")).order_by("pk")
    plain = ("question", "winners", "reason", "decided_by", "decided_at")
    return of.values(told=JSONObject(**{name: F(name) for name in plain}))


def _changes() -> Any:
    of = models.Adjustment.objects.filter(scenario=OuterRef("pk")).order_by("pk")
    plain = (
        "places", "gives", "gives_had", "gets", "gets_had", "reason", "decided_by", "decided_at",
    )  # fmt: skip
    return of.values(told=JSONObject(**{name: F(name) for name in plain}))


def _run(scenario: Any, weights: Weights | None, names: Mapping[str, str]) -> Run:
    """Reckon one scenario."""
    more = scenario.overbooking_percent
    overbooking = overbooked(scenario.total, Fraction(more or 0))
    if scenario.kind == ScenarioKind.MUNICIPALITIES:
        called = weights.names if weights else {}
        unit = weights.unit if weights else ""
        terms = Terms(called, weight=unit or "af nøglen")
    else:
        called = names
        terms = Terms(called, "specialisering", "specialiseringer", weight=PERCENT)
    run = Run(scenario, terms, tuple(called), weights, overbooking)
    refusal = weights.refusal if weights else ""
    if scenario.method != Method.LARGEST_REMAINDER:
        # The other methods are for comparison, and know no remainders to be explained.
        refusal = NOT_BY.format(scenario.get_method_display())
    if refusal:
        return replace(run, refusal=refusal)
    try:
        outcome = apportion(_sharing(scenario, weights, called), overbooking.places)
    except SharesError as error:
        return replace(run, refusal=str(error))
    return _changed(_answered(run, outcome))


def _sharing(
    scenario: Any, weights: Weights | None, called: Iterable[str]
) -> list[Receiver]:
    """Give who shares, by what, and between which bounds.

    Raises:
        SharesError: somebody's share is not told; that is not 0.
    """
    told = {each["key"]: each for each in scenario.told_receivers}
    by_key = weights.by_key if weights else {}
    sharing = []
    for key in called:
        own = told.get(key, {})
        share = Fraction(own["share"]) if own.get("share") is not None else None
        weight = by_key.get(key) if weights else share
        if weight is None:
            message = "Skriv en andel ud for hver. En tom andel er ikke 0."
            raise SharesError(message)
        low = own.get("minimum")
        high = own.get("maximum")
        sharing.append(
            Receiver(
                key,
                weight,
                (scenario.minimum or 0) if low is None else low,
                scenario.maximum if high is None else high,
            )
        )
    return sharing


def _answered(run: Run, outcome: Outcome) -> Run:
    """Let the newest decision that answers this very tie settle it."""
    passed = []
    for each in reversed(run.scenario.told_decisions):  # type: ignore[attr-defined]
        choice = Choice(
            tuple(each["question"].get("among", ())),
            tuple(each["winners"]),
            each["reason"],
            each["decided_by"],
            _moment(each["decided_at"]).date(),
        )
        if isinstance(outcome, Tie) and each["question"] == question(outcome):
            try:
                outcome = decided(outcome, choice)
            except ChoiceError:
                passed.append(choice)
        else:
            passed.append(choice)
    return replace(run, outcome=outcome, passed=tuple(passed))


def question(tie: Tie) -> dict[str, Any]:
    """Give what a decision answers: who stand equal, on how many places, of what.

    Source: docs/rules.md R-161.
    """
    rest = tie.remainder
    return {
        "among": sorted(tie.among),
        "places": tie.places,
        "total": tie.table.total,
        "remainder": f"{rest.numerator}/{rest.denominator}",
    }


def _changed(run: Run) -> Run:
    """Make the changes by hand, unless one of them is about another figure."""
    changes = [change(each) for each in run.scenario.told_changes]  # type: ignore[attr-defined]
    if run.result is None or not changes:
        return run
    not_made = refusals(run.result, changes)
    if not_made:
        return replace(run, not_made=not_made)
    return replace(run, outcome=adjusted(run.result, changes))


def change(told: Mapping[str, Any]) -> Adjustment:
    """Give a change as the arithmetic reads it: who gets, and who gives in return.

    Source: docs/rules.md R-162.
    """
    on = _moment(told["decided_at"]).date()
    why = (told["reason"], told["decided_by"], on)
    if not told["gets"]:
        return Adjustment(told["gives"], -told["places"], told["gives_had"], *why)
    return Adjustment(
        told["gets"],
        told["places"],
        told["gets_had"],
        *why,
        counterpart=told["gives"] or None,
        counterpart_against=told["gives_had"],
    )


def _moment(told: str | datetime) -> datetime:
    at = datetime.fromisoformat(told) if isinstance(told, str) else told
    return timezone.localtime(at)
