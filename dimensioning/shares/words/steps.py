"""Why one receiver got what it got: a sentence, then eight steps. Pure.

Source: docs/rules.md R-176.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from core import formats
from dimensioning.shares.bounds import Bound
from dimensioning.shares.words.terms import (
    PERCENT,
    as_typed,
    decimals_for,
    in_words,
    largest,
    number,
    owner,
    signed,
)

if TYPE_CHECKING:
    from dimensioning.shares.adjustments import Adjustment
    from dimensioning.shares.apportion import Outcome
    from dimensioning.shares.table import Row, Table
    from dimensioning.shares.words.terms import Terms


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its number, its name, its words, its figure.

    Attributes:
        unit: what the figure counts; "" where the figure is a word.
        has_effect: whether the step changed anything.
    """

    number: int
    name: str
    text: str
    figure: str
    unit: str = ""
    has_effect: bool = True


@dataclass(frozen=True, slots=True)
class Beside:
    """The same receiver in another scenario: "scenarie A, uden grænser", 40."""

    name: str
    places: int


@dataclass(frozen=True, slots=True)
class _Told:
    """All that the steps are told of."""

    row: Row
    table: Table
    terms: Terms
    adjustments: tuple[Adjustment, ...]
    decimals: int

    @property
    def name(self) -> str:
        return self.terms.name(self.row.key)

    def exact(self, field: str) -> str:
        """Give one of the row's fractions with the table's decimals."""
        return number(getattr(self.row, field), self.decimals)


def steps(
    outcome: Outcome, key: str, terms: Terms, *, beside: Beside | None = None
) -> tuple[Step, ...]:
    """Give the eight steps from share to places; one without effect says so."""
    told = _told(outcome, key, terms)
    return (
        _quota(told),
        _bounds(told),
        _bounded(told),
        _whole(told),
        _remainder(told),
        _rank(told),
        _adjustment(told),
        _result(told, beside),
    )


def _told(outcome: Outcome, key: str, terms: Terms) -> _Told:
    adjustments = getattr(outcome, "adjustments", ())
    table = outcome.table
    return _Told(table[key], table, terms, adjustments, decimals_for(table))


def _quota(told: _Told) -> Step:
    weight, all_weights = told.row.weight, told.table.sums.weight
    terms, total = told.terms, told.terms.whole(told.table.total)
    if terms.weight == PERCENT and all_weights == 100:  # noqa: PLR2004 -- per cent
        has = f"{told.name} skal have {as_typed(weight)}{formats.NBSP}pct."
    else:
        part = number(told.row.share * 100, 2)
        has = f"{told.name} har {as_typed(weight)} af {as_typed(all_weights)}{formats.NBSP}{terms.weight}"
        has = has if terms.weight == PERCENT else f"{has}, {part}{formats.NBSP}pct."
    text = f"{has} Den andel af {total} er {told.exact('quota')}."
    return Step(1, "Kvote", text, told.exact("quota"), terms.places)


def _bounds(told: _Told) -> Step:
    rule = rule_of_bounds(told.table, told.terms)
    if not rule:
        return Step(2, "Grænser", "Der er ingen grænser.", "ingen", has_effect=False)
    met = met_bounds(told.table, told.terms)
    text = " ".join(filter(None, (rule, met)))
    if told.row.bound:
        return Step(2, "Grænser", text, _stopped(told.row))
    text = f"{text} {told.name} rammer ingen grænse."
    return Step(2, "Grænser", text, "ikke ramt", has_effect=False)


def _stopped(row: Row) -> str:
    """Give "løftet til 25" or "stopper ved 70"."""
    verb = "løftet til" if row.bound == Bound.LOW else "stopper ved"
    return f"{verb} {formats.number(row.whole)}"


def bound_words(row: Row) -> str:
    """Give what a row that met a bound says in place of a remainder; else nothing."""
    return _stopped(row) if row.bound else ""


def rule_of_bounds(table: Table, terms: Terms) -> str:
    """Give "Ingen får under 25 eller over 70."; nothing where there are no bounds."""
    pairs = {(one.low, one.high) for one in table.receivers}
    if pairs <= {(0, None)}:
        return ""
    if len(pairs) > 1:
        return f"Grænserne er ikke ens for alle {terms.many}."
    [(low, high)] = pairs
    if high is None:
        return f"Ingen får under {formats.number(low)}."
    if not low:
        return f"Ingen får over {formats.number(high)}."
    return f"Ingen får under {formats.number(low)} eller over {formats.number(high)}."


def met_bounds(table: Table, terms: Terms) -> str:
    """Give who was lifted, who was stopped, and what they have together."""
    met = table.at_bound
    if not met:
        return ""
    groups: dict[tuple[Bound, int], list[str]] = {}
    for row in sorted(met, key=lambda row: row.bound != Bound.LOW):
        groups.setdefault((row.bound, row.whole), []).append(row.key)
    said = []
    for (bound, places), keys in groups.items():
        verb = "løftes til" if bound == Bound.LOW else "stopper ved"
        said.append(f"{terms.listed(keys)} {verb} {formats.number(places)}")
    given = terms.whole(table.sums.at_bounds)
    those = f"De {in_words(len(met))} har i alt" if len(met) > 1 else "Den har"
    return f"{'; '.join(said)}. {those} {given}." if len(met) > 1 else f"{said[0]}."


def _bounded(told: _Told) -> Step:
    row, table, terms = told.row, told.table, told.terms
    name = "Kvote efter grænser"
    if row.bound:
        word = "mindst" if row.bound == Bound.LOW else "højst"
        text = f"{told.name} skal have {word} {terms.whole(row.whole)}."
        return Step(3, name, text, formats.number(row.whole), terms.places)
    if not table.at_bound:
        text = "Ingen rammer en grænse, så kvoten er den samme."
        return Step(
            3, name, text, told.exact("bounded"), terms.places, has_effect=False
        )
    left = table.total - table.sums.at_bounds
    weight = sum((other.weight for other in table.free), Fraction(0))
    unit = "" if terms.weight == PERCENT else formats.NBSP + terms.weight
    text = (
        f"{terms.whole(left)} er tilbage til {terms.receivers(len(table.free))} med "
        f"{as_typed(weight)}{unit}. {as_typed(row.weight)} × {formats.number(left)} / "
        f"{as_typed(weight)} = {told.exact('bounded')}."
    )
    return Step(3, name, text, told.exact("bounded"), terms.places)


def _whole(told: _Told) -> Step:
    text = "Alle får først det hele antal i deres kvote."
    return Step(4, "Hele pladser", text, formats.number(told.row.whole), told.terms.places)  # fmt: skip


def _remainder(told: _Told) -> Step:
    row = told.row
    if row.bound:
        return Step(5, "Rest", "Ved en grænse er der ingen rest.", "ingen", has_effect=False)  # fmt: skip
    if not row.remainder:
        return Step(5, "Rest", "Kvoten er et helt tal.", "ingen", has_effect=False)
    rest = told.exact("remainder")
    text = f"{told.exact('bounded')} − {formats.number(row.whole)} = {rest}."
    return Step(5, "Rest", text, rest, told.terms.places)


def _rank(told: _Told) -> Step:
    row, table = told.row, told.table
    if row.rank is None:
        text = "Uden rest er der ingen rang og ingen ekstra plads."
        return Step(6, "Rang", text, "ingen", has_effect=False)
    ranked = sum(other.rank is not None for other in table.rows)
    text = f"{shared_out(table, told.terms)} {owner(told.name)} er nr.{formats.NBSP}{row.rank} af {ranked}."
    if row.extra is None:
        return Step(6, "Rang", f"{text} Flere står lige om den sidste plads.", "står lige")  # fmt: skip
    return Step(6, "Rang", text, signed(row.extra), told.terms.places, bool(row.extra))


def shared_out(table: Table, terms: Terms) -> str:
    """Give what the whole parts give, and who the last places go to."""
    left = table.left
    free = formats.number(table.total - table.sums.at_bounds)
    said = f"De hele antal giver {formats.number(table.sums.whole_free)} af {free}."
    if left == 1:
        return f"{said} Den sidste {terms.place} går til den største rest."
    return f"{said} De sidste {terms.whole(left)} går til de {left} største rester."


def _adjustment(told: _Told) -> Step:
    own = [one for one in told.adjustments for key, *_ in one.changes if key == told.row.key]  # fmt: skip
    if not own:
        text = "Ingen har rettet tallet i hånden."
        return Step(7, "Regulering", text, "ingen", has_effect=False)
    text = " ".join(adjustment_words(one, told.row.key, told.terms) for one in own)
    return Step(7, "Regulering", text, signed(told.row.adjustment), told.terms.places)


def adjustment_words(one: Adjustment, key: str, terms: Terms) -> str:
    """Give "+1: Ny børnehave. Sekretariatet, 1. februar 2023. Modposten står hos Faxe."."""
    change = next(change for who, change, _ in one.changes if who == key)
    reason = one.reason.strip().rstrip(".")
    said = f"{signed(change)}: {reason}. {one.by}, {formats.long_date(one.on)}."
    if one.counterpart is None:
        return said
    other = one.counterpart if key == one.key else one.key
    return f"{said} Modposten står hos {terms.name(other)}."


def _result(told: _Told, beside: Beside | None) -> Step:
    row, terms = told.row, told.terms
    other = f" I {beside.name}, er tallet {formats.number(beside.places)}." if beside else ""  # fmt: skip
    if row.extra is None or row.result is None:
        text = f"Tallet er {row.whole} eller {row.whole + 1}, til nogen har besluttet det.{other}"
        return Step(8, "Resultat", text, f"{row.whole} eller {row.whole + 1}", terms.places)  # fmt: skip
    parts = [formats.number(row.whole)]
    if row.extra:
        parts.append(f"+ {row.extra}")
    if row.adjustment:
        parts.append(f"{'+' if row.adjustment > 0 else formats.MINUS} {abs(row.adjustment)}")  # fmt: skip
    sum_ = f"{' '.join(parts)} = " if len(parts) > 1 else ""
    text = f"{sum_}{terms.whole(row.result)}.{other}"
    return Step(8, "Resultat", text, formats.number(row.result), terms.places)


def lead(outcome: Outcome, key: str, terms: Terms, *, own: bool = False) -> str:
    """Give the answer to "hvorfor fik vi 41?" in one breath.

    Args:
        outcome: the run.
        key: who asks.
        terms: what all are called.
        own: whether the reader is who asks, and may be said "I" to.
    """
    told = _told(outcome, key, terms)
    row = told.row
    if row.result is None:
        others = [one.key for one in told.table.rows if one.extra is None and one.key != key]  # fmt: skip
        who = "I" if own else told.name
        return f"{row.whole} eller {row.whole + 1}: {who} står lige med {terms.listed(others)}."
    said = f"{told.name} fik {formats.number(row.result)}, fordi {_because(told)}"
    if row.adjustment:
        said += f" Tallet er rettet i hånden fra {row.calculated} til {row.result}."
    return said


def _because(told: _Told) -> str:
    """Give the reason that decided."""
    row = told.row
    if row.bound:
        word = "mindst" if row.bound == Bound.LOW else "højst"
        return f"grænsen er {word} {formats.number(row.whole)}. Uden grænser er kvoten {told.exact('quota')}."
    if row.rank is None:
        return f"kvoten er {formats.number(row.whole)} uden rest."
    left = told.table.left
    rests = f"De {in_words(left)} største rester" if left > 1 else "Den største rest"
    rests = rests if row.extra else f"Kun {rests[0].lower()}{rests[1:]}"
    return f"kvoten er {told.exact('bounded')}, og resten er {largest(row.rank)}. {rests} gav en {told.terms.place} mere."
