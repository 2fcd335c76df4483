"""Runs the bench: ``script/bench [--write | --catalogue | --contracts | --shares]``. It ends by itself, within minutes."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from time import perf_counter
from typing import Final

README: Final = Path(__file__).resolve().parent.parent / "README.md"
# Above this the figures say more of the neighbours than of the portal.
IDLE: Final = 1.0


def say(words: str) -> None:
    """Tell how far it is; the tables alone go to the standard output."""
    sys.stderr.write(f"{words}\n")
    sys.stderr.flush()


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="script/bench", description=__doc__)
    parser.add_argument(
        "--write", action="store_true", help="put the tables into README.md"
    )
    parser.add_argument(
        "--catalogue",
        action="store_true",
        help="measure a catalogue of 500 proposals, and nothing else",
    )
    parser.add_argument(
        "--contracts",
        action="store_true",
        help="measure pages of 10 and of 100 result contracts, and nothing else",
    )
    parser.add_argument(
        "--shares",
        action="store_true",
        help="measure 20 scenarios of 98 municipalities and a matrix, and nothing else",
    )
    given = parser.parse_args()
    began, load = perf_counter(), os.getloadavg()[0]
    if load > IDLE:
        say(f"The machine is not idle (load {load:.1f}): figures will be worse.")
    start()
    if given.catalogue:
        from bench import catalogue  # noqa: PLC0415 -- settings must be ready

        sys.stdout.write(catalogue.measure(say))
        return
    if given.contracts:
        from bench import contracts  # noqa: PLC0415 -- settings must be ready

        sys.stdout.write(contracts.measure(say))
        return
    if given.shares:
        from bench import shares  # noqa: PLC0415 -- settings must be ready

        sys.stdout.write(shares.measure(say))
        return
    from bench import report  # noqa: PLC0415 -- settings must be ready
    from bench.measure import measure  # noqa: PLC0415

    text = report.tables(measure(say))
    sys.stdout.write(text)
    say(f"\nDone in {perf_counter() - began:.0f} s.")
    if given.write:
        report.write(README, text)


def start() -> None:
    """Start the printing processes, as a worker does: before anything else."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
    from documents.printing.renderers import start_renderers  # noqa: PLC0415

    start_renderers()
    import django  # noqa: PLC0415

    django.setup()


if __name__ == "__main__":
    main()
