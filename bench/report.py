"""The figures as the tables that stand in the README."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from bench.changes import ChangeFigures
    from bench.checks import CheckFigures
    from bench.joining import Cost
    from bench.pages import Time

# DESIGN's goals, as multiples unless a unit stands there.
COLD: Final = "≤ 1.0 ×"
WARM: Final = "≤ 0.15 ×"
JOIN: Final = "≤ 2 ms"
GROW: Final = "< 1 MB"
PAGE: Final = ("*goal*", "", "≤ 6 ×", "≤ 8", "≤ 1.5 ×")
PACKET_HEAD: Final = (
    "the packet of 125 pages",
    "measured",
    "against Chromium",
    "against Chromium that runs already",
    "goal",
)
PAGE_HEAD: Final = (
    "page",
    "server time",
    "against an empty view",
    "queries",
    "on 10 × data",
)
_PLACE: Final = re.compile(r"(?<=<!-- bench -->\n).*(?=<!-- /bench -->)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class PacketFigures:
    """What building packets took: middle seconds, and MB of memory at the highest.

    Attributes:
        chromium: with its start.
        chromium_ready: in a browser that runs already.
        chromium_pages: that came of the HTML.
        html_pages: pieces that were printed.
    """

    cold: float
    warm: float
    unchanged: float
    chromium: float
    chromium_ready: float
    chromium_pages: int
    html_pages: int
    joining: Cost
    memory: float
    chromium_memory: float


@dataclass(frozen=True, slots=True)
class Figures:
    """What one run measured.

    Attributes:
        tenfold: the same pages on ten times the data.
        search: the table on searching, in Markdown.
    """

    packet: PacketFigures
    pages: Sequence[Time]
    tenfold: Sequence[Time]
    checks: CheckFigures
    changes: ChangeFigures
    search: str = ""


def tables(found: Figures) -> str:
    """Give the tables in Markdown."""
    packet = f"{packet_table(found.packet)}{check_note(found.checks)}"
    packet += change_note(found.changes)
    tables = (packet, page_table(found), found.search)
    return "\n".join(table for table in tables if table)


def check_note(found: CheckFigures) -> str:
    """What the checks before sending cost a worker, in one line."""
    return (
        f"\nChecking this packet before sending: {found.first:.2f} s the first time in "
        f"a process, {found.again:.2f} s again; {found.found} findings.\n"
    )


def change_note(found: ChangeFigures) -> str:
    """What comparing two versions takes, in one line."""
    return (
        f"\nReading two versions of {found.pages} pages and comparing them: "
        f"{found.seconds * 1000:.0f} ms; {found.changed} pages had changed.\n"
    )


def packet_table(found: PacketFigures) -> str:
    """The packet against Chromium printing the same HTML and appending the files."""
    joining = found.joining
    rows = [
        ("nothing cached", *_times(found, found.cold), COLD),
        ("one record changed", *_times(found, found.warm), WARM),
        ("nothing changed", *_times(found, found.unchanged), ""),
        ("joining alone, a page", f"{joining.milliseconds:.2f} ms", "", "", JOIN),
        (
            "joining alone, memory a page",
            f"{joining.megabytes:.2f} MB",
            "",
            "",
            GROW,
        ),
        (
            "peak memory, nothing cached",
            f"{found.memory:.0f} MB",
            f"{found.memory / found.chromium_memory:.2f} ×",
            "",
            "",
        ),
    ]
    note = (
        f"Headless Chromium prints the same {found.html_pages} pieces of HTML "
        f"({found.chromium_pages} pages), and the eight files are appended: "
        f"{found.chromium:.2f} s and {found.chromium_memory:.0f} MB; "
        f"{found.chromium_ready:.2f} s where it runs already. "
        f"{os.cpu_count()} processors."
    )
    return f"{_table(PACKET_HEAD, rows)}\n{note}\n"


def page_table(found: Figures) -> str:
    """Each page against an empty view, and against itself on ten times the data."""
    rows = [
        (
            now.address.name,
            f"{now.milliseconds:.1f} ms",
            f"{now.ratio:.1f} ×",
            str(now.queries),
            f"{then.ratio / now.ratio:.2f} ×",
        )
        for now, then in zip(found.pages, found.tenfold, strict=True)
    ]
    empty = median(time.empty for time in found.pages)
    note = f"The empty view, behind the same middleware and signed in: {empty:.1f} ms."
    return f"{_table(PAGE_HEAD, [*rows, PAGE])}\n{note}\n"


def write(readme: Path, text: str) -> None:
    """Put the tables in their place in the README.

    Raises:
        ValueError: it has no such place.
    """
    old = readme.read_text(encoding="utf-8")
    if not _PLACE.search(old):
        msg = f"{readme} has no place for the figures"
        raise ValueError(msg)
    readme.write_text(_PLACE.sub(lambda _: text, old), encoding="utf-8")


def _times(found: PacketFigures, seconds: float) -> tuple[str, str, str]:
    return (
        f"{seconds:.2f} s",
        f"{seconds / found.chromium:.2f} ×",
        f"{seconds / found.chromium_ready:.2f} ×",
    )


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)
