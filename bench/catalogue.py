"""A catalogue of 500 proposals in a council of 98 municipalities: printed, and its pages.

    script/bench --catalogue

It is invented by this script and stored nowhere; headless Chromium prints the same HTML in
the same run. It ends by itself, within minutes.
"""

from __future__ import annotations

import os
import sys
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING, Any, Final
from unittest.mock import patch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from accounts.models import Council
    from documents.tree import Document
    from proposals.models import Catalogue

PROPOSALS: Final = 500
MUNICIPALITIES: Final = 98
THEMES: Final = 20
# Danish codes end below 900, and those of the tenfold copies below this.
FIRST_CODE: Final = 5000
ROUNDS: Final = 3
# Per proposal, as the real catalogue has them on average.
POINTS: Final = {"gain": 4, "risk": 2, "attention": 1}
WORDS: Final = (
    "Kommunerne får bedre mulighed for at hjælpe borgerne videre i job, når reglerne er "
    "de samme for alle målgrupper"
)


@dataclass(frozen=True, slots=True)
class CatalogueFigures:
    """Middle seconds of each, and how many pages it is.

    Attributes:
        forming: the Document, from the database.
        cold: every piece printed, and joined.
        warm: one proposal changed since.
        chromium: that prints the same HTML, with its start.
        memory, chromium_memory: the most MB that all processes held together.
    """

    forming: float
    cold: float
    warm: float
    chromium: float
    pages: int
    pieces: int
    memory: float
    chromium_memory: float


def grow(council: Council, proposals: int = PROPOSALS) -> Catalogue:
    """Give a council a catalogue of its own, and municipalities up to 98."""
    from accounts.models import Municipality  # noqa: PLC0415 -- settings must be ready
    from proposals.models import Catalogue, Point, Proposal, Theme  # noqa: PLC0415

    there = Municipality.objects.filter(council=council).count()
    for at in range(there, MUNICIPALITIES):
        Municipality.objects.create(
            code=FIRST_CODE + at, name=f"Prøvekommune {at}", council=council,
            population=1000 * at + 1000,
        )  # fmt: skip
    catalogue = Catalogue.objects.create(
        council=council, kind="simplification", key="bench", title="Prøvekatalog"
    )
    themes = Theme.objects.bulk_create(
        Theme(catalogue=catalogue, number=n, key=f"tema-{n}", title=f"Prøvetema {n}")
        for n in range(1, THEMES + 1)
    )
    rows = Proposal.objects.bulk_create(
        Proposal(
            catalogue=catalogue,
            theme=themes[(number - 1) * THEMES // proposals],
            key=f"proeve-{number}",
            number=number,
            title=f"Prøveforslag {number} om færre målgrupper og enklere regler",
            idea=f"<p>{number}. {WORDS}. {WORDS}.</p>",
        )
        for number in range(1, proposals + 1)
    )
    Point.objects.bulk_create(
        Point(
            proposal=row, kind=kind, key=f"{kind}-{n}", position=n,
            text=f"{WORDS}, {row.number}-{n}",
        )
        for row in rows
        for kind, amount in POINTS.items()
        for n in range(1, amount + 1)
    )  # fmt: skip
    return catalogue


def measure(say: Callable[[str], None]) -> str:
    """Measure in the bench's own database; give the tables.

    The two ways of printing take turns; then the pages, and those of the real catalogue.
    """
    from accounts.models import Council  # noqa: PLC0415 -- settings must be ready
    from bench import catalogue_pages, chromium, packet, place  # noqa: PLC0415
    from proposals import simplification  # noqa: PLC0415
    from proposals.models import Point  # noqa: PLC0415

    with place.demo(), tempfile.TemporaryDirectory() as folder:
        say(f"Inventing {PROPOSALS} proposals")
        catalogue = grow(Council.objects.get(slug="hovedstaden"))
        place.settle()
        forming, cold, warm, theirs = [], [], [], []
        for turn in range(1, ROUNDS + 1):
            say(f"Printing them, and Chromium: {turn} of {ROUNDS}")
            packet.forget()
            seconds, document = _timed(lambda: simplification.document(catalogue))
            forming.append(seconds)
            with _listening() as printed:
                seconds, pages = _timed(lambda: _print(document))  # noqa: B023
            cold.append(seconds)
            page = chromium.write_page(printed, Path(folder))
            theirs.append(chromium.print_alone(page, ()).seconds)
            Point.objects.filter(
                proposal__key="proeve-250", proposal__catalogue=catalogue
            ).update(text=f"{WORDS}, rettet {turn}")
            changed = simplification.document(catalogue)
            warm.append(_timed(lambda: _print(changed))[0])  # noqa: B023
        say("Memory")
        theirs_held, ours_held = chromium.memory(page), _memory(document)
        say("Opening its pages")
        catalogue_pages.answer(catalogue)
        place.settle()
        around = catalogue_pages.tables(catalogue)
    figures = CatalogueFigures(
        forming=median(forming),
        cold=median(cold),
        warm=median(warm),
        chromium=median(theirs),
        pages=pages,
        pieces=len(printed),
        memory=ours_held,
        chromium_memory=theirs_held,
    )
    return f"{table(figures)}\n{around}"


def _memory(document: Document) -> float:
    """Give the most MB that all our processes hold in a print with nothing cached."""
    from bench import memory, packet  # noqa: PLC0415

    packet.forget()
    with memory.watch(os.getpid()) as peak:
        _print(document)
    return peak.megabytes


def _print(document: Document) -> int:
    """Print a document by itself; give its pages."""
    from documents.prints import Order, print_now  # noqa: PLC0415

    return print_now(Order(document, "Prøve", "side", "")).page_count


def _timed[T](do: Callable[[], T]) -> tuple[float, T]:
    began = perf_counter()
    found = do()
    return perf_counter() - began, found


@contextmanager
def _listening() -> Iterator[list[str]]:
    """Note the HTML that is printed meanwhile."""
    from bench.packet import noted  # noqa: PLC0415
    from documents import cached  # noqa: PLC0415
    from documents.printing import renderers  # noqa: PLC0415

    printed: list[str] = []
    render_many = renderers.render_many

    def listen(pages: Iterable[tuple[str, str, bool]]) -> Any:
        return render_many(noted(pages, printed))

    with patch.object(cached, "render_many", listen):
        yield printed


def table(found: CatalogueFigures) -> str:
    """Give the figures in Markdown, against Chromium and the goals for a packet."""
    rows = (
        ("forming the document", found.forming, ""),
        ("nothing cached", found.cold, "≤ 1.0 ×"),
        ("one proposal changed", found.warm, "≤ 0.15 ×"),
    )
    head = f"| a catalogue of {PROPOSALS} proposals | measured | against Chromium | goal |\n"
    lines = "".join(
        f"| {name} | {seconds:.2f} s | {seconds / found.chromium:.2f} × | {goal} |\n"
        for name, seconds, goal in rows
    )
    held = found.memory / found.chromium_memory
    lines += (
        f"| peak memory, nothing cached | {found.memory:.0f} MB | {held:.2f} × | |\n"
    )
    note = (
        f"{found.pages} pages of {found.pieces} pieces; headless Chromium prints the same "
        f"HTML in {found.chromium:.2f} s, and holds {found.chromium_memory:.0f} MB.\n"
    )
    return f"{head}| --- | --- | --- | --- |\n{lines}\n{note}"


def main() -> None:
    """Measure and print."""
    from bench.__main__ import say, start  # noqa: PLC0415 -- starts the printers first

    start()
    sys.stdout.write(measure(say))


if __name__ == "__main__":
    main()
