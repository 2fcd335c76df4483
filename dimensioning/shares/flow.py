"""Round a matrix so that both margins are kept, and prove that there is one answer. Pure.

A cell is its whole part, or one more. Which cells get one more is a flow from rows to
columns, each cell carrying one at most; of all flows that fill both margins the one
with the largest sum of remainders is taken. Costs are whole numbers, so nothing is
nearly equal. The solver is networkx' network simplex; that its answer is the best, and
whether it is the only one, is shown afterwards without it, from the residual graph.

Source: docs/rules.md R-173.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from math import lcm
from typing import TYPE_CHECKING, Any, Final

from dimensioning.shares.apportion import ChoiceError
from dimensioning.shares.grid import (
    Cell,
    Gap,
    Grid,
    GridChoice,
    GridResult,
    GridTie,
    MarginsError,
)
from dimensioning.shares.margins import gaps

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MOST_ANSWERS: Final = 12

type _Node = tuple[str, str]
type _Ups = frozenset[Cell]


@dataclass(frozen=True, slots=True)
class _Problem:
    """What is left when every cell has its whole part.

    Attributes:
        gain: the remainder of each cell that has one, as a whole number.
        needs: how many more each row, and each column, is to have.
    """

    gain: Mapping[Cell, int]
    needs: Mapping[_Node, int]


def round_grid(matrix: Grid) -> GridResult | GridTie:
    """Round each cell up or down so that both margins are kept exactly.

    Raises:
        MarginsError: the margins cannot be met; which, and by how much.
    """
    found = gaps(matrix)
    if found:
        raise MarginsError(found)
    problem = _problem(matrix)
    ups = _solved(matrix, problem)
    level = _levels(problem, ups)
    free = _on_cycles(problem, ups, level)
    if not free:
        return GridResult(matrix, _places(matrix, ups))
    answers = list(_answers(problem, ups & free, free))
    rest = ups - free
    return GridTie(
        matrix,
        tuple(_places(matrix, rest | some) for some in answers[:MOST_ANSWERS]),
        len(answers) <= MOST_ANSWERS,
    )


def decided_grid(tie: GridTie, choice: GridChoice) -> GridResult:
    """Go on with a matrix that stopped, with any answer that is as near as the others.

    Raises:
        ChoiceError: the cells are no such answer, or it is not said who and why.
    """
    if not _is_best(tie, choice.places):
        message = (
            "Valget er ikke en af de lige gode løsninger. Regnestykket er ændret siden."
        )
        raise ChoiceError(message)
    if not choice.reason.strip():
        message = "Skriv, hvorfor valget faldt sådan."
        raise ChoiceError(message)
    if not choice.by.strip():
        message = "Skriv, hvem der har besluttet det."
        raise ChoiceError(message)
    return GridResult(tie.grid, dict(choice.places), choice)


def _is_best(tie: GridTie, places: Mapping[Cell, int]) -> bool:
    """Whether the cells keep both margins, and gain what the tie's answers gain."""
    matrix = tie.grid
    if set(places) != set(matrix.cells):
        return False
    ups = frozenset(cell for cell in matrix.cells if places[cell] > matrix.whole(cell))
    if any(not matrix.part(cell) for cell in ups) or places != _places(matrix, ups):
        return False
    problem = _problem(matrix)
    best = frozenset(
        cell for cell in matrix.cells if tie.answers[0][cell] > matrix.whole(cell)
    )
    return _filled(ups) == {
        node: need for node, need in problem.needs.items() if need
    } and _gained(problem, ups) == _gained(problem, best)


def _filled(ups: _Ups) -> dict[_Node, int]:
    """Give how many more each row and column has."""
    filled: dict[_Node, int] = {}
    for row, column in ups:
        for node in (("row", row), ("column", column)):
            filled[node] = filled.get(node, 0) + 1
    return filled


def _gained(problem: _Problem, ups: _Ups) -> int:
    return sum(problem.gain[cell] for cell in ups)


def _places(matrix: Grid, ups: _Ups) -> dict[Cell, int]:
    """Give whole cells."""
    return {cell: matrix.whole(cell) + (cell in ups) for cell in matrix.cells}


def _problem(matrix: Grid) -> _Problem:
    """Take the whole parts away, and make the remainders whole numbers."""
    parts = {cell: matrix.part(cell) for cell in matrix.cells}
    common = lcm(*(part.denominator for part in parts.values()))
    gain = {cell: int(part * common) for cell, part in parts.items() if part}
    needs: dict[_Node, int] = {
        ("row", row): matrix.row_totals[row]
        - sum(matrix.whole((row, column)) for column in matrix.columns)
        for row in matrix.rows
    }
    for column in matrix.columns:
        whole = sum(matrix.whole((row, column)) for row in matrix.rows)
        needs["column", column] = matrix.column_totals[column] - whole
    return _Problem(gain, needs)


def _solved(matrix: Grid, problem: _Problem) -> _Ups:
    """Give the cells that the solver rounds up."""
    import networkx  # noqa: PLC0415 -- it takes longer to load than most pages to make

    graph: Any = networkx.DiGraph()
    for node, need in problem.needs.items():
        graph.add_node(node, demand=-need if node[0] == "row" else need)
    for cell, gain in problem.gain.items():
        row, column = cell
        graph.add_edge(("row", row), ("column", column), capacity=1, weight=-gain)
    try:
        _, flow = networkx.network_simplex(graph)
    except networkx.NetworkXUnfeasible:
        raise MarginsError([_blocked(matrix, problem, graph)]) from None
    return frozenset(
        (row, column)
        for row, column in problem.gain
        if flow["row", row]["column", column]
    )


def _blocked(matrix: Grid, problem: _Problem, graph: Any) -> Gap:
    """Give the rows whose columns have no room for them all."""
    import networkx  # noqa: PLC0415 -- as above

    for node, need in problem.needs.items():
        if node[0] == "row":
            graph.add_edge("from", node, capacity=need)
        else:
            graph.add_edge(node, "to", capacity=need)
    most, (behind, _) = networkx.minimum_cut(graph, "from", "to")
    rows = tuple(row for row in matrix.rows if ("row", row) in behind)
    short = sum(need for node, need in problem.needs.items() if node[0] == "row") - most
    wanted = sum(matrix.row_totals[row] for row in rows)
    lowest = sum(matrix.whole((row, column)) for row in rows for column in matrix.columns)  # fmt: skip
    return Gap("block", rows, wanted, lowest, wanted - short)


def _arcs(problem: _Problem, ups: _Ups) -> Iterator[tuple[_Node, _Node, int, Cell]]:
    """Give what could be changed: a cell rounded up can come down, and the reverse."""
    for cell, gain in problem.gain.items():
        row, column = ("row", cell[0]), ("column", cell[1])
        yield (column, row, gain, cell) if cell in ups else (row, column, -gain, cell)


def _levels(problem: _Problem, ups: _Ups) -> dict[_Node, int]:
    """Give levels that no change goes below: the proof that no answer is better.

    Raises:
        ArithmeticError: a change would gain, so the solver was wrong.
    """
    level = dict.fromkeys(problem.needs, 0)
    arcs = list(_arcs(problem, ups))
    for _ in range(len(level) + 1):
        settled = True
        for start, end, cost, _ in arcs:
            if level[start] + cost < level[end]:
                level[end] = level[start] + cost
                settled = False
        if settled:
            return level
    message = "the solver's answer is not the best"
    raise ArithmeticError(message)


def _on_cycles(problem: _Problem, ups: _Ups, level: Mapping[_Node, int]) -> _Ups:
    """Give the cells on a round of changes that costs nothing; none is "the only answer"."""
    import networkx  # noqa: PLC0415 -- as above

    level_arcs = [
        (start, end, cell)
        for start, end, cost, cell in _arcs(problem, ups)
        if level[start] + cost == level[end]
    ]
    graph: Any = networkx.DiGraph((start, end) for start, end, _ in level_arcs)
    part = {
        node: number
        for number, nodes in enumerate(networkx.strongly_connected_components(graph))
        for node in nodes
    }
    return frozenset(
        cell for start, end, cell in level_arcs if part[start] == part[end]
    )


def _answers(problem: _Problem, ups: _Ups, free: _Ups) -> Iterator[_Ups]:
    """Give the answers in order of their cells, at most one above what is listed.

    Every way to round the free cells that keeps their sums is as near as the others.
    """
    cells = [cell for cell in problem.gain if cell in free]
    return islice(_Search(cells, _filled(ups)).all(), MOST_ANSWERS + 1)


class _Search:
    """Walks through the ways to round some cells up with given sums."""

    def __init__(self, cells: list[Cell], needs: Mapping[_Node, int]) -> None:
        self.cells, self.needs = cells, dict(needs)
        self.open: dict[_Node, int] = {}
        for row, column in cells:
            for node in (("row", row), ("column", column)):
                self.open[node] = self.open.get(node, 0) + 1
                self.needs.setdefault(node, 0)

    def all(self, at: int = 0) -> Iterator[_Ups]:
        """Give them, the first cells rounded up first."""
        if at == len(self.cells):
            yield frozenset()
            return
        cell = self.cells[at]
        nodes: tuple[_Node, _Node] = ("row", cell[0]), ("column", cell[1])
        for up in (1, 0):
            for node in nodes:
                self.open[node] -= 1
                self.needs[node] -= up
            if all(0 <= self.needs[node] <= self.open[node] for node in nodes):
                for rest in self.all(at + 1):
                    yield rest | {cell} if up else rest
            for node in nodes:
                self.open[node] += 1
                self.needs[node] += up
