"""The sheet of targets: each a row, the contract's own and those after it.

Source: docs/rules.md R-147.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from core.sheets.back.columns import chosen, one_line
from core.sheets.back.kinds import Kind
from core.typed import shown
from resultcontracts.choices import Operator, TargetRule
from resultcontracts.models import TargetRevision
from resultcontracts.sheets.cells import (
    OPERATORS,
    a_day,
    as_number,
    measure_column,
    name_of,
    number,
    number_of,
    printed_otherwise,
    read_only,
)
from resultcontracts.sheets.pages import page_of
from resultcontracts.standing.targets import growth_over, points_over

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from resultcontracts.sheets.loading import Loaded

RULES: Final = {value: str(label) for value, label in TargetRule.choices}
TWO_ENDS: Final = "Skriv begge tal, når måltallet er mellem to."
ONE_END: Final = "Kun ”mellem” har to tal."
FALLS: Final = "Det første tal skal være det mindste."
WHY: Final = "Skriv, hvorfor måltallet er ændret."


def _targets(loaded: Loaded) -> Iterator[tuple[str, str, Any, Any]]:
    for measure in loaded.measures:
        page = page_of(loaded.contract, measure)
        for row in loaded.targets.get(measure.pk, ()):
            since = f", fra {row.since:%d-%m-%Y}" if row.since else ""
            yield (
                f"{loaded.prefix}maaltal:{row.pk}",
                f"{name_of(measure)}, måltal{since}",
                page,
                row,
            )


def _aimed(values: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    low, high = number_of(values.get("low", "")), number_of(values.get("high", ""))
    if low is None:
        yield "low", "Skriv måltallet."
        return
    is_range = values.get("operator") == OPERATORS[Operator.BETWEEN]
    if is_range and high is None:
        yield "high", TWO_ENDS
    if high is not None and high != low and not is_range:
        yield "high", ONE_END
    if high is not None and high < low:
        yield "high", FALLS
    if values.get("since") and not values.get("reason"):
        yield "reason", WHY
    yield from printed_otherwise(values, "low")
    yield from _reckoned(values)


def _reckoned(values: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    base, added = (number_of(values.get(n, "")) for n in ("baseline", "added"))
    rules = {
        RULES[TargetRule.POINTS]: points_over,
        RULES[TargetRule.GROWTH]: growth_over,
    }
    reckon = rules.get(values.get("rule", ""))
    low = number_of(values["low"])
    if reckon is None or base is None or added is None or low is None:
        return
    made = reckon(Fraction(base), Fraction(added))
    if made != Fraction(low):
        yield (
            "low",
            (
                f"Måltallet er udledt: {shown(base)} og {shown(added)} "
                f"({values['rule']}). Ret det i portalen, hvor alle tallene står."
            ),
        )


TARGETS: Final = Kind(
    "targets",
    "Måltal",
    (
        measure_column(is_told=True),
        chosen("operator", "Regel", OPERATORS, width=10, is_needed=True),
        number("low", "Måltal"),
        number(
            "high", "Til", of=lambda t: "" if t.high == t.low else as_number(t.high)
        ),
        one_line(TargetRevision, "printed", "Trykt som", width=12),
        one_line(TargetRevision, "wording", "Med aftalens ord", width=30),
        read_only("rule", "Udledt", lambda t: RULES[t.rule]),
        read_only("baseline", "Udgangspunkt", lambda t: as_number(t.baseline)),
        read_only("added", "Tillæg", lambda t: as_number(t.added)),
        a_day("since", "Gælder fra"),
        one_line(TargetRevision, "reason", "Hvorfor", width=30),
        one_line(TargetRevision, "decided_by", "Besluttet af", width=30),
    ),
    _targets,
    check=_aimed,
)
