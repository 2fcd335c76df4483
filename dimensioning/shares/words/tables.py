"""Sentences to a whole table: the line, the sums, the tie, another total. Pure.

Source: docs/rules.md R-169, R-171, R-176.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from core import formats
from dimensioning.shares.words.terms import (
    DECIMALS,
    as_typed,
    decimals_for,
    in_words,
    number,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dimensioning.shares.compare import Comparison
    from dimensioning.shares.sensitivity import Neighbour, Paradox
    from dimensioning.shares.table import Answer, Choice, Result, Row, Table, Tie
    from dimensioning.shares.words.terms import Terms

FEW: Final = 4


def line(result: Result, terms: Terms) -> str:
    """Give who got the last place, who came next, and whether any stood equal."""
    last = result.line
    if not last.last_in:
        return "Der er ingen rester at fordele."
    decimals = decimals_for(result.table)
    got = _with_rest(last.last_in, terms, decimals)
    not_got = _with_rest(last.first_out, terms, decimals, " er først uden")
    words = "Sidste plads" if len(last.last_in) == 1 else "De sidste pladser"
    said = f"{words} går til {got}. {not_got}."
    if last.is_decided and result.choice:
        return f"{said} De stod lige. {choice_words(result.choice, terms)}"
    return f"{said} Ingen står lige."


def _with_rest(
    rows: Iterable[Row], terms: Terms, decimals: int, between: str = ""
) -> str:
    """Give "Ringsted (0,499)"; equals share the figure."""
    those = list(rows)
    rest = number(those[0].remainder, decimals)
    return f"{terms.listed(row.key for row in those)}{between} ({rest})"


def foot(result: Result) -> str:
    """Give "481 hele pladser + 260 ved grænserne + 6 ekstra = 747."; with changes by hand."""
    sums = result.table.sums
    parts = [f"{formats.number(sums.whole_free)} hele pladser"]
    if result.table.at_bound:
        parts.append(f"{formats.number(sums.at_bounds)} ved grænserne")
    parts.append(f"{formats.number(sums.extra or 0)} ekstra")
    said = " + ".join(parts)
    if result.adjustments:
        sign = "+" if sums.adjustment >= 0 else formats.MINUS
        said += f" {sign} {formats.number(abs(sums.adjustment))} rettet i hånden"
    said += f" = {formats.number(sums.result or 0)}."
    return f"{said} {off(result)}".strip()


def off(result: Result) -> str:
    """Give by how much changes by hand have left the total; nothing where they have not."""
    if not result.off:
        return ""
    word = "flere" if result.off > 0 else "færre"
    return f"Det er {formats.number(abs(result.off))} {word} end de {formats.number(result.table.total)}, der skal deles."


def method(result: Result, terms: Terms, *, least: int = DECIMALS) -> str:
    """Give the reckoning of the whole table, as it is printed beside it."""
    table = result.table
    left = table.left
    said = f"Nedrundet giver kvoterne {terms.whole(table.sums.whole)}."
    if not left:
        return f"{said} Ingen har en rest."
    decimals = decimals_for(table, least)
    ranked = [row for row in table.ranked if row.rank]
    got = [row for row in ranked if row.extra]
    if left == 1:
        rest = number(got[0].remainder, decimals)
        return f"{said} Den sidste {terms.place} går til den største rest, {rest}."
    first = _with_rest(got[:1], terms, decimals)
    last = _with_rest(got[-1:], terms, decimals)
    out = _with_rest(result.line.first_out[:1], terms, decimals)
    said += (
        f" De sidste {left} går til de {left} største rester: fra {first} til {last}."
    )
    said += f" {out} er den første, der ikke får en ekstra {terms.place}."
    if result.line.is_decided:
        return said
    some = len({row.remainder for row in ranked}) < len(ranked)
    return f"{said} Ingen rester {'ved grænsen ' if some else ''}er lige store."


def quota_of(table: Table, whose: str, sum_of: str) -> str:
    """Give "Kvoten er 1.057 gange kommunens nøgle divideret med nøglernes sum, 99,99."."""
    total, weights = formats.number(table.total), as_typed(table.sums.weight)
    return f"Kvoten er {total} gange {whose} divideret med {sum_of}, {weights}."


def bounds_words(table: Table, terms: Terms) -> str:
    """Give "5 kommuner rammer en grænse, 487 pladser deles af de andre 12."."""
    met = len(table.at_bound)
    if not met:
        return "Ingen rammer en grænse."
    rest = terms.whole(table.total - table.sums.at_bounds)
    others = formats.number(len(table.free))
    return (
        f"{terms.receivers(met)} rammer en grænse, {rest} deles af de andre {others}."
    )


def moved(comparison: Comparison, terms: Terms, *, subject: str) -> str:
    """Give "Grænserne flytter 14 pladser: 3 kommuner afgiver, 8 får, 6 mærker intet"."""
    sizes = [len(part) for part in (comparison.losers, comparison.gainers, comparison.unmoved)]  # fmt: skip
    if not sizes[0] and not sizes[1]:
        return f"{subject} flytter ingen {terms.places}"
    said = f"{subject} flytter {terms.whole(comparison.moved)}: {terms.receivers(sizes[0])} afgiver, {sizes[1]} får, {sizes[2]} mærker intet"
    unknown = len(comparison.unknown)
    return f"{said}, {unknown} kendes ikke" if unknown else said


def kept(result: Result, key: str, total: int, terms: Terms) -> str:
    """Give "Vordingborg beholder 41, så længe der er mindst 745 pladser i alt."."""
    places = formats.number(result.calculated[key])
    return f"{terms.name(key)} beholder {places}, så længe der er mindst {terms.whole(total)} i alt."


def one_more(near: Neighbour, terms: Terms) -> str:
    """Give where one place more would go."""
    if near.impossible:
        return f"Én {terms.place} mere kan ikke gives. {near.impossible}"
    if near.tied:
        return f"Med én {terms.place} mere ville {terms.listed(near.tied)} stå lige."
    to = _each(near.gains, terms)
    if not near.losses:
        return f"Én {terms.place} mere ville gå til {to}."
    lost = _each(near.losses, terms)
    return f"Én {terms.place} mere ville give flere til {to} og færre til {lost}."


def one_fewer(near: Neighbour | None, terms: Terms) -> str:
    """Give from whom one place fewer would be taken."""
    if near is None:
        return ""
    if near.impossible:
        return f"Én færre kan ikke deles. {near.impossible}"
    if near.tied:
        return f"Med én færre ville {terms.listed(near.tied)} stå lige."
    lost = _each(near.losses, terms)
    if not near.gains:
        return f"Én færre ville tage fra {lost}."
    return f"Én færre ville tage fra {lost} og give flere til {_each(near.gains, terms)}."  # fmt: skip


def _each(moves: Iterable[tuple[str, int]], terms: Terms) -> str:
    """Give names, with how many where it is more than one."""
    return formats.listed(
        [
            terms.name(key) if places == 1 else f"{terms.name(key)} ({places})"
            for key, places in moves
        ]
    )


def paradox(found: Paradox, terms: Terms) -> str:
    """Tell why one place more took one from somebody."""
    before, after = found.before, found.after
    name = terms.name(found.key)
    gained = terms.listed(low.key for low, _ in found.gainers)
    ranks = f"nr. {before.rank} til nr. {after.rank}" if before.rank and after.rank else "at give en plads til ikke at gøre det"  # fmt: skip
    return (
        f"Med {terms.whole(found.total + 1)} i stedet for {formats.number(found.total)} får {name} "
        f"{after.calculated} og ikke {before.calculated}, selv om kvoten vokser fra {number(before.bounded, 3)} til "
        f"{number(after.bounded, 3)}: {gained} vokser mere, så resten går fra {ranks}. "
        "Det kan ske med største rest og kaldes Alabama-paradokset."
    )


def tie_title(tie: Tie, terms: Terms) -> str:
    """Give "én plads, to lige rester"."""
    places = terms.place if tie.places == 1 else terms.places
    return f"{in_words(tie.places)} {places}, {in_words(len(tie.among))} lige rester"


def tie_question(tie: Tie, terms: Terms) -> str:
    """Give "Hvem får plads nr. 750?"."""
    if tie.places == 1:
        return f"Hvem får {terms.place} nr.{formats.NBSP}{formats.number(_last(tie))}?"
    return f"Hvem får de sidste {terms.whole(tie.places)}?"


def _last(tie: Tie) -> int:
    """Give the number of the last place: those at a bound have theirs already."""
    return tie.table.total


def answer_words(tie: Tie, answer: Answer, terms: Terms, order: Iterable[str]) -> str:
    """Give "Giver 293, 180 og 277"; of many receivers only those who stand equal."""
    if len(tie.table.rows) <= FEW:
        return f"Giver {formats.listed([formats.number(answer.places[key]) for key in order])}"  # fmt: skip
    among = [f"{terms.name(key)} {formats.number(answer.places[key])}" for key in tie.among]  # fmt: skip
    return f"Giver {formats.listed(among)}"


def choice_words(choice: Choice, terms: Terms) -> str:
    """Give the note that is printed: who decided what, when and why."""
    reason = choice.reason.strip().rstrip(".")
    return f"{choice.by} besluttede {formats.long_date(choice.on)}: {terms.listed(choice.receives)}. {reason}."
