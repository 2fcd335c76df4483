"""Joining alone: milliseconds and memory a page, in a process that does nothing else."""

from __future__ import annotations

import re
import tempfile
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from documents.parts import Part

TIMES: Final = 7
RESET_PEAK: Final = "5"
_PEAK: Final = re.compile(r"^VmHWM:\s+(\d+) kB", re.MULTILINE)
_NOW: Final = re.compile(r"^VmRSS:\s+(\d+) kB", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Cost:
    """A page's share of the whole; memory in MB."""

    milliseconds: float
    megabytes: float


def cost_a_page(parts: Sequence[Part], title: str, fonts: Path, pages: int) -> Cost:
    """Join in a fresh process, several times; the middle time, the first growth."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(_measure, parts, title, fonts, pages).result(timeout=120)


def _measure(parts: Sequence[Part], title: str, fonts: Path, pages: int) -> Cost:
    from documents.joining import packet  # noqa: PLC0415 -- in the new process

    def join(some: Sequence[Part]) -> float:
        with tempfile.TemporaryDirectory() as folder:
            out: Any = Path(folder) / "packet.pdf"
            began = perf_counter()
            packet.join(some, title=title, fonts=fonts, out=out)
            return perf_counter() - began

    join(parts[:1])
    Path("/proc/self/clear_refs").write_text(RESET_PEAK, encoding="ascii")
    before = _status(_NOW)
    seconds = [join(parts)]
    grown = _status(_PEAK) - before
    seconds += [join(parts) for _ in range(TIMES - 1)]
    return Cost(median(seconds) * 1000 / pages, grown / 1024 / pages)


def _status(pattern: re.Pattern[str]) -> int:
    """A figure of this process's memory, in kB."""
    found = pattern.search(Path("/proc/self/status").read_text(encoding="ascii"))
    return int(found[1]) if found else 0
