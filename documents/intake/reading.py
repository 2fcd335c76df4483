"""What runs in the second child: takes the text out of a cleaned copy, once.

The program that reads the text (poppler) cannot run in an empty file system as the first
child does; it gets the cleaned copy only, and the same limits.
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import asdict

from documents.intake import cpr, wording
from documents.intake.sandbox import confine
from documents.intake.verdict import Limits, Reading

# All text of a file may take as many bytes; no file for a meeting holds a tenth.
MAX_BYTES = 24 * 1024 * 1024
_PROGRAM = "pdftotext"
_INPUT = "/dev/stdin"


def main() -> None:
    """Read standard input, a cleaned PDF, and print a ``Reading`` as JSON."""
    limits = Limits(**json.loads(sys.argv[1]))
    confine(limits)
    # Every page ends in a form feed, the last one too.
    pages = _printed("-enc", "UTF-8").split("\f")[:-1]
    layout = _printed("-enc", "UTF-8", "-bbox-layout", "-f", "1", "-l", "1")
    reading = reading_of(tuple(pages), layout)
    sys.stdout.write(json.dumps(asdict(reading)))


def reading_of(pages: tuple[str, ...], layout: str) -> Reading:
    """What is found in the text of ``pages``; ``layout`` is that of the first."""
    texts = tuple(wording.tidy(page) for page in pages)
    counts = [cpr.count(text) for text in texts]
    return Reading(
        texts=texts,
        heading=cpr.masked(wording.largest_line(layout)),
        reads_as=wording.language_of(texts),
        spaced_pages=tuple(
            number for number, text in enumerate(texts, 1) if wording.is_spaced(text)
        ),
        cpr_pages=tuple(
            number for number, count in enumerate(counts, 1) for _ in range(count)
        ),
    )


def _printed(*options: str) -> str:
    """What the program prints of standard input.

    Raises:
        SystemExit: it failed, or printed too much; the caller then knows no text.
    """
    command = [_PROGRAM, *options, _INPUT, "-"]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as program:  # noqa: S603
        assert program.stdout is not None  # noqa: S101 -- for the type checker
        printed = program.stdout.read(MAX_BYTES + 1)
        if len(printed) > MAX_BYTES:
            program.kill()
    if program.returncode:
        sys.exit(1)
    return printed.decode("utf-8", "replace")
