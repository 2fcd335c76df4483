"""What a drill has to say while it runs."""

from __future__ import annotations

import sys


def say(words: str) -> None:
    """Print a line at once, also where the output is not a terminal."""
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()
