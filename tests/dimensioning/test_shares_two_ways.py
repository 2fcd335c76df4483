"""A matrix rounded so that both margins are kept, or a tie."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import product
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dimensioning.shares.apportion import ChoiceError, apportion, decided
from dimensioning.shares.exact import Exact, SharesError
from dimensioning.shares.flow import decided_grid, round_grid
from dimensioning.shares.grid import (
    Grid,
    GridChoice,
    GridResult,
    GridTie,
    MarginsError,
    grid,
)
from dimensioning.shares.margins import (
    MarginTie,
    by_shares,
    by_typed_rows,
    from_margins,
)
from dimensioning.shares.receivers import receivers
from dimensioning.shares.table import Choice, Result, Tie
from tests.dimensioning.published import DAY, SCHOOL, SOCIAL, filled, specialisations

if TYPE_CHECKING:
    from collections.abc import Mapping

TODAY = date(2023, 2, 1)
KINDS = (DAY, SCHOOL, SOCIAL)


def rounded(matrix: Grid | MarginTie) -> GridResult:
    """Round, and be sure that nothing stands equal."""
    assert isinstance(matrix, Grid)
    result = round_grid(matrix)
    assert isinstance(result, GridResult)
    return result


def lines(result: GridResult, rows: tuple[str, ...]) -> list[tuple[int, ...]]:
    """Give the cells row by row, as they are read."""
    return [tuple(result.places[row, kind] for kind in KINDS) for row in rows]


def test_747_places_on_three_institutions_and_three_specialisations() -> None:
    rows = receivers({"a": Decimal("0.5"), "b": Decimal("0.3"), "c": Decimal("0.2")})

    result = rounded(by_shares(rows, specialisations(), 747))

    assert result.grid.row_totals == {"a": 374, "b": 224, "c": 149}
    assert result.grid.column_totals == {DAY: 291, SCHOOL: 179, SOCIAL: 277}
    found = lines(result, ("a", "b", "c"))
    assert found == [(146, 89, 139), (87, 54, 83), (58, 36, 55)]
    assert [sum(row) for row in found] == [374, 224, 149]


def test_the_form_of_six_institutions_is_shared_by_per_cent() -> None:
    example = filled("form")
    names = tuple(example)
    totals = {name: total for name, (total, _) in example.items()}

    nearest = rounded(by_typed_rows(totals, specialisations()))
    own = dict(zip(product(names[1:2], KINDS), (291, 179, 277), strict=True))
    result = rounded(by_typed_rows(totals, specialisations(), fixed=own))

    # The nearest matrix would take one from what the council decided for its own.
    assert lines(nearest, names)[:2] == [(382, 235, 363), (291, 180, 276)]
    assert lines(nearest, names)[2:] == lines(result, names)[2:]
    assert sum(totals.values()) == 4053
    assert result.grid.column_totals == {DAY: 1581, SCHOOL: 973, SOCIAL: 1499}
    cells = [list(row) for _, row in example.values()]
    cells[3][2], cells[5][1] = 149, 125
    assert lines(result, names) == [tuple(row) for row in cells]


def test_three_equal_shares_are_a_tie_both_ways() -> None:
    third = receivers({"a": 1, "b": 1, "c": 1})
    cells = {cell: Fraction(1, 3) for cell in product("abc", "xyz")}

    tie = round_grid(grid(cells, dict.fromkeys("abc", 1), dict.fromkeys("xyz", 1)))
    margin = by_shares(third, specialisations(), 746)

    assert isinstance(tie, GridTie)
    assert (len(tie.answers), tie.all_listed, len(tie.cells)) == (6, True, 9)
    first = [cell for cell, places in tie.answers[0].items() if places]
    assert first == [("a", "x"), ("b", "y"), ("c", "z")]
    assert isinstance(margin, MarginTie)
    assert (margin.axis, margin.tie.among, margin.tie.places) == ("row", ("a", "b", "c"), 2)  # fmt: skip
    other = by_shares(receivers({"a": 1}), specialisations(), 750)
    assert isinstance(other, MarginTie)
    assert (other.axis, other.tie.among) == ("column", (DAY, SOCIAL))
    typed = by_typed_rows({"a": 700, "b": 50}, specialisations())
    assert typed == other
    # A margin that somebody decided goes on.
    choice = Choice((DAY, SOCIAL), (DAY,), "Flest søger.", "Formanden", TODAY)
    down, across = apportion(receivers({"a": 1}), 750), decided(other.tie, choice)
    assert lines(rounded(from_margins(down, across)), ("a",)) == [(293, 180, 277)]


def test_a_choice_between_equal_answers_is_stored_and_checked() -> None:
    cells = {cell: Fraction(1, 2) for cell in product("ab", "xy")}
    tie = round_grid(grid(cells, {"a": 1, "b": 1}, {"x": 1, "y": 1}))
    assert isinstance(tie, GridTie)
    assert [list(answer.values()) for answer in tie.answers] == [[1, 0, 0, 1], [0, 1, 1, 0]]  # fmt: skip
    choice = GridChoice(tie.answers[1], "Flest søger.", "Formanden", TODAY)

    result = decided_grid(tie, choice)

    assert (result.places, result.choice) == (tie.answers[1], choice)
    wrong = [
        (replace(choice, reason=""), "Skriv, hvorfor valget faldt sådan."),
        (replace(choice, by=" "), "Skriv, hvem der har besluttet det."),
    ]
    for places in ([1, 1, 0, 0], [2, -1, -1, 2], [1, 0, 0, 0]):
        answer = dict(zip(tie.grid.cells, places, strict=True))
        wrong.append((replace(choice, places=answer), "Valget er ikke en af de lige gode løsninger. Regnestykket er ændret siden."))  # fmt: skip
    wrong.append((replace(choice, places={}), wrong[-1][1]))
    for bad, words in wrong:
        with pytest.raises(ChoiceError) as refused:
            decided_grid(tie, bad)
        assert str(refused.value) == words


def test_a_worse_answer_is_no_choice_and_many_equal_ones_are_cut() -> None:
    halves = {cell: Fraction(1, 2) for cell in product("abcdef", "xy")}
    tie = round_grid(grid(halves, dict.fromkeys("abcdef", 1), {"x": 3, "y": 3}))
    mixed = {("a", "x"): Fraction(1, 2), ("a", "y"): Fraction(1, 2), ("b", "x"): Fraction(1, 2), ("b", "y"): Fraction(1, 2),
             ("c", "x"): Fraction(3, 4), ("c", "y"): Fraction(1, 4)}  # fmt: skip
    other = round_grid(grid(mixed, dict.fromkeys("abc", 1), {"x": 2, "y": 1}))

    assert isinstance(tie, GridTie)
    assert (len(tie.answers), tie.all_listed) == (12, False)
    assert isinstance(other, GridTie)
    assert other.cells == (("a", "x"), ("a", "y"), ("b", "x"), ("b", "y"))
    worse = dict(zip(other.grid.cells, (1, 0, 1, 0, 0, 1), strict=True))
    with pytest.raises(ChoiceError):
        decided_grid(other, GridChoice(worse, "Derfor.", "Formanden", TODAY))


@pytest.mark.parametrize(
    ("cells", "rows", "columns", "words"),
    [
        ("1.5 1.5", {"a": 3}, {"x": 2, "y": 2}, "Rækkerne skal give 3 og kolonnerne 4. Forskellen er 1."),
        ("1.5 1.5 2.5 2.5", {"a": 6, "b": 4}, {"x": 5, "y": 5}, "a skal give 6, men felterne kan kun give 2 til 4. Det er 2 ved siden af."),
        ("1.5 1.5 2 2", {"a": 3, "b": 4}, {"x": 2, "y": 5}, "x skal give 2, men felterne kan kun give 3 til 4. Det er 1 ved siden af. y skal give 5, men felterne kan kun give 3 til 4. Det er 1 ved siden af."),
        ("2 1", {"a": 2}, {"x": 2, "y": 0}, "a skal give 2, men felterne kan kun give 3. Det er 1 ved siden af. y skal give 0, men felterne kan kun give 1. Det er 1 ved siden af."),
    ],
)  # fmt: skip
def test_margins_that_cannot_be_met_say_which_and_by_how_much(
    cells: str, rows: dict[str, int], columns: dict[str, int], words: str
) -> None:
    values = map(Fraction, cells.split())
    matrix = grid(dict(zip(product(rows, columns), values, strict=True)), rows, columns)

    with pytest.raises(MarginsError) as refused:
        round_grid(matrix)

    assert str(refused.value) == words


def test_rows_that_compete_for_one_column_are_named_together() -> None:
    half = Fraction(1, 2)
    cells: dict[tuple[str, str], Exact] = {("a", "x"): half, ("b", "x"): half, ("a", "y"): 1, ("b", "y"): 1,
             ("c", "x"): 1, ("c", "y"): half}  # fmt: skip
    matrix = grid(cells, {"a": 2, "b": 2, "c": 1}, {"x": 2, "y": 3})

    with pytest.raises(MarginsError) as refused:
        round_grid(matrix)

    [gap] = refused.value.gaps
    assert (gap.axis, gap.keys, gap.by) == ("block", ("a", "b"), 1)
    assert gap.sentence == "a og b skal tilsammen give 4, men kolonnerne har kun plads til 3. 1 er til overs."  # fmt: skip


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({("a", "x"): -1}, "Et felt kan ikke være negativt."),
        ({}, "Hver række og kolonne skal have præcis ét felt sammen."),
        ({("a", "x"): 1, ("a", "y"): 1}, "Hver række og kolonne skal have præcis ét felt sammen."),
    ],
)  # fmt: skip
def test_a_matrix_that_is_none_is_refused(
    cells: dict[tuple[str, str], int], words: str
) -> None:
    with pytest.raises(SharesError) as refused:
        grid(cells, {"a": 1}, {"x": 1})

    assert str(refused.value) == words


def test_nothing_is_shared_exactly_too() -> None:
    result = rounded(by_shares(receivers({"a": 1, "b": 2}), specialisations(), 0))

    assert set(result.places.values()) == {0}


def every_best(matrix: Grid) -> list[Mapping[tuple[str, str], int]]:
    """Try every rounding, and keep those that fill both margins and gain most."""
    best: list[Mapping[tuple[str, str], int]] = []
    most = Fraction(-1)
    loose = [cell for cell in matrix.cells if matrix.part(cell)]
    for ups in product((1, 0), repeat=len(loose)):
        places = {cell: matrix.whole(cell) for cell in matrix.cells}
        for cell, up in zip(loose, ups, strict=True):
            places[cell] += up
        if any(sum(places[row, column] for column in matrix.columns) != wanted for row, wanted in matrix.row_totals.items()):  # fmt: skip
            continue
        if any(sum(places[row, column] for row in matrix.rows) != wanted for column, wanted in matrix.column_totals.items()):  # fmt: skip
            continue
        gain = sum((matrix.part(cell) for cell, up in zip(loose, ups, strict=True) if up), Fraction(0))  # fmt: skip
        if gain > most:
            best, most = [], gain
        if gain == most:
            best.append(places)
    return best


weights = st.lists(st.integers(1, 30), min_size=1, max_size=6)


@settings(max_examples=1000)
@given(weights, weights.map(lambda some: some[:3]), st.integers(0, 400), st.randoms())
def test_a_thousand_matrices_keep_their_margins_or_are_ties(
    down: list[int], across: list[int], total: int, random: object
) -> None:
    rows = list(receivers({f"r{at}": weight for at, weight in enumerate(down)}))
    columns = list(receivers({f"c{at}": weight for at, weight in enumerate(across)}))
    matrix = by_shares(rows, columns, total)
    random.shuffle(rows)  # type: ignore[attr-defined]
    random.shuffle(columns)  # type: ignore[attr-defined]
    assert by_shares(rows, columns, total) == matrix
    if isinstance(matrix, MarginTie):
        assert isinstance(matrix.tie, Tie)
        return

    outcome = round_grid(matrix)

    assert round_grid(matrix) == outcome
    answers = outcome.answers if isinstance(outcome, GridTie) else (outcome.places,)
    for places in answers:
        for row in matrix.rows:
            assert sum(places[row, column] for column in matrix.columns) == matrix.row_totals[row]  # fmt: skip
        for column in matrix.columns:
            assert sum(places[row, column] for row in matrix.rows) == matrix.column_totals[column]  # fmt: skip
        for cell, value in matrix.exact.items():
            assert abs(places[cell] - value) < 1
    if isinstance(outcome, GridTie):
        assert len({tuple(answer.values()) for answer in answers}) == len(answers) > 1


small = st.lists(st.integers(0, 11), min_size=6, max_size=6)


@settings(max_examples=100)
@given(small)
def test_every_rounding_tried_finds_the_same(twelfths: list[int]) -> None:
    cells = dict(zip(product("abc", "xy"), (Fraction(part, 6) for part in twelfths), strict=True))  # fmt: skip
    total = sum(cells.values(), Fraction(0))
    whole = int(total)
    rows = apportion(receivers({row: cells[row, "x"] + cells[row, "y"] for row in "abc"}), whole)  # fmt: skip
    columns = apportion(receivers({column: sum((cells[row, column] for row in "abc"), Fraction(0)) for column in "xy"}), whole) if total else None  # fmt: skip
    if not isinstance(rows, Result) or not isinstance(columns, Result):
        return
    matrix = grid(cells, rows.places, columns.places)
    best = every_best(matrix)
    if not best:
        with pytest.raises(MarginsError):
            round_grid(matrix)
        return

    outcome = round_grid(matrix)

    found = outcome.answers if isinstance(outcome, GridTie) else (outcome.places,)
    assert isinstance(outcome, GridTie) == (len(best) > 1)
    assert list(found) == best[:12]
