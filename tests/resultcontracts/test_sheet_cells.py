"""Whatever a contract says, and whatever somebody types in a cell of its sheets. Pure."""

from __future__ import annotations

from copy import copy
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any, Final

from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.models import Municipality
from core.sheets import Sheet
from core.sheets.back.files import as_csv
from core.sheets.back.preview import preview
from core.sheets.semicolons import read_csv
from resultcontracts.choices import MeasurementState, Missing, Operator, Qualifier
from resultcontracts.models import (
    BudgetLine,
    Contract,
    Goal,
    GoalKind,
    LocalAgreement,
    Measure,
    Measurement,
    MunicipalResult,
    TargetRevision,
)
from resultcontracts.services import measurements
from resultcontracts.sheets import values as cells
from resultcontracts.sheets.kinds import EVERY, MUNICIPAL
from resultcontracts.sheets.loading import Loaded

DAY: Final = date(2021, 12, 31)
WORDS = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=40
)
NUMBERS = st.decimals(-(10**11) + 1, 10**11 - 1, places=4)
MONEY = st.decimals(0, 10**11 - 1, places=2)
DAYS = st.none() | st.dates(date(1950, 1, 1), date(2100, 1, 1))


@st.composite
def contracts(draw: st.DrawFn) -> Loaded:
    """Draw a contract with one row of each kind, whatever it says."""
    contract = Contract(pk=1, key="k", title="Kontrakt")
    goal = Goal(
        pk=1, contract=contract, key="g", number=1, kind=GoalKind(pk=1, name="lokalt"),
        **{name: draw(WORDS) for name in ("title", "purpose", "text", "reported_as")},
        method_year=draw(st.none() | st.integers(1900, 2200)),
        is_implied=draw(st.booleans()),
    )  # fmt: skip
    measure = Measure(
        pk=1, goal=goal, key="m", label="1.1", kind="count", due_name="2021",
        due_on=DAY, counts=draw(st.booleans()),
        **{name: draw(WORDS) for name in ("name", "unit", "segment", "note")},
    )  # fmt: skip
    low, high = sorted((draw(NUMBERS), draw(NUMBERS)))
    target = TargetRevision(
        pk=1, measure=measure, operator=Operator.BETWEEN, low=low, high=high,
        since=draw(DAYS), reason=draw(WORDS),
    )  # fmt: skip
    place = Municipality(pk=1, code=269, name="Solrød")
    part = MunicipalResult(
        pk=1, measure=measure, municipality=place, value=draw(NUMBERS),
        qualifier=draw(st.sampled_from(Qualifier.values)), period_name="2021",
        note=draw(WORDS),
    )  # fmt: skip
    agreement = LocalAgreement(
        pk=1, municipality=place, key="a", title=draw(WORDS), period_name=draw(WORDS),
        amount=draw(st.none() | MONEY), ends_on=draw(DAYS),
    )  # fmt: skip
    post = BudgetLine(
        pk=1, agreement=agreement, position=1, name=draw(WORDS),
        budget=draw(st.none() | MONEY), spent=draw(st.none() | MONEY),
        is_total=draw(st.booleans()),
    )  # fmt: skip
    return Loaded(
        contract=contract, round=None, goals=(goal,), measures=(measure,),
        municipalities=(place,), targets={1: (target,)},
        measurements={1: (_measured(draw, measure),)}, roots={1: 1},
        municipal={1: (part,)}, agreements=(agreement,), posts={1: (post,)},
    )  # fmt: skip


def _measured(draw: st.DrawFn, measure: Measure) -> Measurement:
    low = draw(st.none() | NUMBERS)
    return Measurement(
        pk=1, measure=measure, state=MeasurementState.DRAFT, low=low, high=low,
        missing="" if low is not None else draw(st.sampled_from(Missing.values)),
        period_name="2021", period_end=DAY, told=draw(WORDS), source=draw(WORDS),
    )  # fmt: skip


def handed_out(loaded: Loaded) -> tuple[tuple[Sheet, ...], dict[str, Any]]:
    """Give the sheets as files of theirs are read again, and what is kept of them."""
    lines = {kind.key: kind.lines(loaded) for kind in EVERY}
    book = tuple(
        read_csv(as_csv("", kind.sheet(lines[kind.key], "u1")).data, kind.name,
                 most_rows=99)
        for kind in EVERY
    )  # fmt: skip
    kept = {
        key: {line.key: dict(line.cells) for line in own} for key, own in lines.items()
    }
    return book, {"u1": kept}


@settings(max_examples=25, deadline=None)
@given(contracts())
def test_what_is_handed_out_changes_nothing(loaded: Loaded) -> None:
    book, kept = handed_out(loaded)
    found = preview(book, EVERY, loaded, kept)
    assert (found.changes, found.wrong, found.stale, found.notes) == ([], [], [], [])
    assert found.unchanged_count == found.row_count == len(EVERY)


TYPED = st.one_of(
    WORDS,
    st.text(alphabet="0123456789.,-− ", max_size=14),
    st.sampled_from((
        "ja", "nej", "Nået", "ikke målt", "knap", "mindst", "mellem", "12,50", "1.300",
        "1e9", "12.5", "31-12-2022", "2022-02-30", "=1+1", "@x", "41 pct.", "  x  y ",
        "99999999999,9999", "x" * 700,
    )),
)  # fmt: skip
PLACES: Final = [
    (at, column.key)
    for at, kind in enumerate(EVERY)
    for column in kind.columns
    if column.key not in {"printed", "segment", "label"}
]


@settings(max_examples=100, deadline=None)
@given(contracts(), st.sampled_from(PLACES), TYPED)
def test_what_is_typed_comes_back_or_is_told_with_its_place(
    loaded: Loaded, place: tuple[int, str], text: str
) -> None:
    at, key = place
    kind = EVERY[at]
    column = [each.key for each in kind.columns].index(key) + 1
    book, kept = handed_out(loaded)
    rows = [[cell.text for cell in row.cells] for row in book[at].rows]
    rows[0][column] = text
    sheet = Sheet.of(kind.name, book[at].head, [tuple(row) for row in rows])

    found = preview((sheet,), EVERY, loaded, kept)

    assert not found.stale
    for wrong in found.wrong:
        assert (wrong.place.sheet, wrong.place.number) == (kind.name, 2)
        assert all(each.letter and each.sentence for each in wrong.problems)
    for change in found.changes:
        [field] = change.fields
        assert field.column == key
        now = written(loaded, kind.key, change)
        # A municipality's number for another time leaves an empty row for this one.
        assert field.after in [line.cells[key] for line in kind.lines(now)], (key, text)


def written(loaded: Loaded, kind: str, change: Any) -> Loaded:
    """Give the contract as it reads when the services have written a change."""
    values, line = change.values, change.line
    if kind == "results":
        told = measurements.whole(cells.result(line.cells, values))
        own = _with(line.row.measurement, told)
        return replace(loaded, measurements={1: (own,)})
    if kind == "targets":
        own = _with(line.row, cells.target(line.cells, values))
        return replace(loaded, targets={1: (own,)})
    if kind == MUNICIPAL.key:
        own = _with(line.row.result, cells.meant(values))
        return replace(loaded, municipal={1: (own,)})
    told = (cells.of_a_measure if kind == "measures" else cells.meant)(values)
    if kind == "budget":
        return replace(loaded, posts={1: (_with(line.row, told),)})
    own = _with(getattr(line.row, "row", line.row), told)
    more: Any = {kind: (own,)}
    return replace(loaded, **more)


def _with(row: Any, told: dict[str, Any]) -> Any:
    made = copy(row)
    for name, value in told.items():
        field = made._meta.get_field(name)
        is_number = isinstance(value, Decimal)
        kept = (
            value.quantize(Decimal(1).scaleb(-field.decimal_places))
            if is_number
            else value
        )
        setattr(made, name, kept)
    return made
