"""Pages and spreadsheets of a catalogue of 500 proposals and 98 municipalities."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from itertools import batched, count
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Final

from accounts.models import Municipality, User
from bench import pages
from core import clock
from core.sheets import read_csv, written
from proposals.choices import Stance
from proposals.models import Catalogue, Position, Step
from proposals.services import sheet_files, sheets

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bench.pages import Time

OWN: Final = "hovedstaden@kkr.example"
PAGES: Final = {
    "list": "/forslag/",
    "list, sorted by title": "/forslag/?sorter=titel",
    "board of statuses": "/forslag/tavle/",
    "board of themes": "/forslag/temaer/",
    "matrix of positions": "/forslag/holdninger/",
    "positions on one": "/forslag/holdninger/7/",
    "proposal": "/forslag/7/",
    "history": "/forslag/historik/",
    "what to print": "/forslag/udskriv/",
    "spreadsheets": "/forslag/regneark/",
}
"""What a page is called → its address."""
ROUNDS: Final = 5
MOST_ROWS: Final = 5000
CHANGED: Final = 500


@dataclass(frozen=True, slots=True)
class SheetFigures:
    """Seconds: all positions as CSV; 5,000 rows read, held against the portal, taken in."""

    rows: int
    out: float
    reading: float
    seeing: float
    taking: float


def answer(catalogue: Catalogue) -> None:
    """Let three of four municipalities say what they think, and every proposal go a way."""
    Position.objects.bulk_create(_positions(catalogue), batch_size=MOST_ROWS)
    Step.objects.bulk_create(
        Step(
            proposal=row, key="submitted-1", status="submitted", taken_on=clock.today()
        )
        for row in catalogue.proposals.all()
    )


def _positions(catalogue: Catalogue) -> Iterator[Position]:
    words = [*Stance, ""]
    places = Municipality.objects.filter(council=catalogue.council_id)
    everybody = list(places)
    turn = count()
    for row in catalogue.proposals.all():
        for place in everybody:
            stance = words[next(turn) % len(words)]
            if stance:
                yield Position(
                    proposal=row,
                    municipality=place,
                    stance=stance,
                    reason="Vi mangler en beregning af, hvad det koster.",
                    signer="Direktøren",
                    given_on=clock.today(),
                )


def tables(catalogue: Catalogue) -> str:
    """Measure, and give the figures in Markdown."""
    return table(_times(pages.SECRETARY), _times(OWN), sheet_figures(catalogue))


def _times(who: str) -> list[Time]:
    asked = [pages.Address(name, path, who) for name, path in PAGES.items()]
    return pages.times(asked, ROUNDS)


def sheet_figures(catalogue: Catalogue) -> SheetFigures:
    """Hand the positions out; change some of as many as may come back, and take them in."""
    by = User.objects.get(email=OWN)
    out, handed = timed(
        lambda: sheet_files.hand_out(catalogue, sheet="positions", by=by)
    )
    table = read_csv(handed.data, "x", most_rows=10**6)
    first, *_ = batched(table.rows, MOST_ROWS, strict=False)
    at = table.head.index("Begrundelse")
    rows = [[cell.text for cell in row.cells] for row in first]
    stands = [row for row in rows if row[at]]
    for row in stands[:CHANGED]:
        row[at] = "Skrevet i regnearket."
    with tempfile.NamedTemporaryFile() as file:
        file.write(written(table.head, rows))
        file.flush()
        path = Path(file.name)
        reading, sent = timed(
            lambda: sheets.take_in(catalogue, path=path, name="x.csv", by=by)
        )
    seeing, (seen, _) = timed(lambda: sheets.look(sent))
    taking, done = timed(
        lambda: sheets.confirm(
            sent.pk,
            fingerprint=seen.fingerprint,
            correction="",
            seat=by.memberships.get(),
            by=by,
        )
    )
    if len(done.result) != CHANGED:
        msg = f"{len(done.result)} rows were taken in, not {CHANGED}"
        raise RuntimeError(msg)
    return SheetFigures(len(table.rows), out, reading, seeing, taking)


def timed[T](do: Callable[[], T]) -> tuple[float, T]:
    """Give the seconds, and what came of it."""
    began = perf_counter()
    found = do()
    return perf_counter() - began, found


def table(real: list[Time], large: list[Time], found: SheetFigures) -> str:
    """Give the figures in Markdown."""
    head = (
        "| page of 500 proposals, 98 municipalities | server time | "
        "against an empty view | queries | against 18 and 17 |\n"
        "| --- | --- | --- | --- | --- |\n"
    )
    lines = "".join(
        f"| {then.address.name} | {then.milliseconds:.1f} ms | {then.ratio:.1f} × | "
        f"{then.queries} | {then.ratio / now.ratio:.2f} × |\n"
        for now, then in zip(real, large, strict=True)
    )
    note = (
        f"{found.rows} positions as CSV: {found.out:.1f} s. {MOST_ROWS} rows that come "
        f"back, {CHANGED} of them changed: read in {found.reading:.2f} s, held against the "
        f"portal in {found.seeing:.1f} s, taken in within {found.taking:.1f} s.\n"
    )
    return f"{head}{lines}\n{note}"
