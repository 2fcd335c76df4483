"""One result beside every total it can be held against; no verdict follows. Pure.

Source: docs/rules.md R-122, R-128.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.formats import number
from documents.tree import Column
from resultcontracts.charts.figure import Figure, table
from resultcontracts.charts.lanes import Lane, Lanes, Mark
from resultcontracts.charts.scale import scale_of
from resultcontracts.standing.yardsticks import beside

if TYPE_CHECKING:
    from collections.abc import Sequence

    from documents.tree import Table
    from resultcontracts.standing.numbers import Reading
    from resultcontracts.standing.yardsticks import Yardstick


def minimum(
    key: str,
    place: str,
    reading: Reading | None,
    rows: Sequence[Yardstick],
    note: str = "",
    source: str = "",
) -> Figure:
    """Draw a municipality's result beside its part of each total.

    Args:
        place: the municipality, "Solrød".
        reading: None where it is not told: the parts are drawn, and no bar.
        source: where the figures are from, a sentence with its full stop.

    Raises:
        ValueError: there are no totals.
    """
    if not rows:
        message = "a result is held against at least one total"
        raise ValueError(message)
    values = [row.minimum for row in rows]
    if reading:
        values += [reading.low, reading.high]
    said = _heading(place, reading, rows)
    told = [_sentence(reading, row) for row in rows]
    return Figure(
        key=key,
        heading=said,
        note=note,
        sentence=f"{said}. {' '.join(told)}",
        source=" ".join(
            filter(None, (source, "Streg: mindste antal efter indbyggertal."))
        ),
        table=_table(key, said, reading, rows),
        plot=Lanes(
            tuple(_lane(reading, row) for row in rows),
            scale_of(values, ""),
        ),
    )


def _heading(place: str, reading: Reading | None, rows: Sequence[Yardstick]) -> str:
    if reading is None:
        return f"{place}: antallet er ikke oplyst"
    sides = {beside(reading, row) for row in rows}
    if len(sides) > 1:
        return f"Om {place} fik sin del, kommer an på, hvad man deler"
    side = sides.pop()
    if side == "over eller under":
        return f"Om {place} fik sin del, kan ikke ses af tallet"
    every = (
        "indbyggertallet"
        if len(rows) == 1
        else "indbyggertallet, uanset hvad man deler"
    )
    return f"{place} fik {_AMOUNT[side]} {every}"


_AMOUNT = {
    "over": "mere end sin del efter",
    "under": "mindre end sin del efter",
    "lig med": "netop sin del efter",
}


def _lane(reading: Reading | None, row: Yardstick) -> Lane:
    return Lane(
        name=_name(row),
        printed=reading.text if reading else "ikke oplyst",
        low=reading.low if reading else None,
        high=reading.high if reading else None,
        marks=(Mark(row.minimum, f"mindst {row.text}", side=0),),
    )


def _name(row: Yardstick) -> str:
    return f"{number(row.total)} {row.name}"


def _sentence(reading: Reading | None, row: Yardstick) -> str:
    part = f"{_name(row)}: mindst {row.text}"
    if reading is None:
        return f"{part}, ikke oplyst."
    return f"{part}, {reading.text} er {beside(reading, row)}."


def _table(
    key: str, caption: str, reading: Reading | None, rows: Sequence[Yardstick]
) -> Table:
    columns = [
        Column("Der deles", names_row=True),
        Column("I alt", "right"),
        Column("Mindst", "right"),
        Column("Oplyst", "right"),
        Column("Tallet er"),
    ]
    cells = [
        (
            row.name[:1].upper() + row.name[1:],
            number(row.total),
            row.text,
            reading.text if reading else "ikke oplyst",
            beside(reading, row) if reading else "",
        )
        for row in rows
    ]
    return table(f"{key}/tal", caption, columns, cells)
