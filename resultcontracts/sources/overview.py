"""All goals on a page: how many stand where, and each with its sentence. Pure.

Source: docs/rules.md R-139.
"""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from core.formats import listed
from documents.tree import Column, Group, Reference, Row, Table, Words
from resultcontracts.choices import Status
from resultcontracts.sources.cells import glyph, goal_key
from resultcontracts.standing.sentence import body

if TYPE_CHECKING:
    from resultcontracts.queries.contracts import ContractRows, GoalRow

_VERBS: Final = {
    Status.REACHED: "er nået",
    Status.PARTLY: "er delvist nået",
    Status.NOT_REACHED: "er ikke nået",
    Status.PENDING: "afventer måling",
    Status.UNDECIDED: "kan ikke afgøres",
}


def tally(read: ContractRows) -> str:
    """Say how many goals stand where: "3 mål er nået, 10 er delvist nået, og …"."""
    found = Counter(goal.standing.status for goal in read.goals)
    said = [f"{found[each]} {_VERBS[each]}" for each in Status if found[each]]
    if not said:
        return "Kontrakten har ingen mål."
    first, *rest = said
    amount, _, verb = first.partition(" ")
    return f"{listed([f'{amount} mål {verb}', *rest])}."


def table(key: str, read: ContractRows, *, is_linked: bool) -> Table:
    """Give the goals by kind: number, title with sentence, status.

    Args:
        is_linked: each goal has a section of its own in the document.
    """
    groups = tuple(
        Group(
            f"{key}/goals/{kind['key']}",
            _kind(kind),
            tuple(_row(key, goal, is_linked=is_linked) for goal in own),
        )
        for kind, own in groupby(_by_kind(read), key=lambda goal: goal.row.json_kind)
    )
    columns = (
        Column("Mål", width=12, tone="quiet"),
        Column("Hvad målet er, og hvor det står", names_row=True),
        Column("Status", width=32),
    )
    return Table(f"{key}/goals", f"Mål i {read.contract.title}", columns, groups)


def _by_kind(read: ContractRows) -> list[GoalRow]:
    """Give the goals with those of a kind together, kinds as they are first met."""
    order: dict[Any, int] = {}
    for goal in read.goals:
        order.setdefault(goal.row.json_kind["key"], len(order))
    return sorted(read.goals, key=lambda goal: order[goal.row.json_kind["key"]])


def _kind(kind: Any) -> str:
    name = f"{kind['plural'][:1].upper()}{kind['plural'][1:]} mål"
    note = kind.get("note", "")
    return f"{name}, {note}" if note else name


def _row(key: str, goal: GoalRow, *, is_linked: bool) -> Row:
    title = goal.row.title
    name = Reference(goal_key(goal), title) if is_linked else Words(title, strong=True)
    return Row(
        f"{key}/goals/{goal_key(goal)}",
        (
            (Words(str(goal.number)),),
            (name, Words(f". {_capital(body(goal.standing))}")),
            (_status(goal.standing.status),),
        ),
    )


def _status(status: Status) -> Words:
    return Words(status.label, strong=True, glyph=glyph(status))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
