"""Marked words given out piece by piece, for text that is cut up by markup. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.wordmarks import Run

if TYPE_CHECKING:
    from collections.abc import Iterable


class Weaver:
    """The runs of one line, handed out as its parts are written.

    Words that went are given with the part that follows them.
    """

    def __init__(self, runs: Iterable[Run]) -> None:
        self._runs = parted(runs)

    def before(self) -> tuple[Run, ...]:
        """Give what went just before the next part."""
        found = []
        while self._runs and self._runs[0].mark == "removed":
            found.append(self._runs.pop(0))
        return tuple(found)

    def take(self, count: int) -> tuple[Run, ...]:
        """Give the next ``count`` characters of the newer text, and what went in them."""
        found: list[Run] = []
        while count > 0 and self._runs:
            run = self._runs.pop(0)
            if run.mark == "removed":
                found.append(run)
                continue
            used, rest = run.text[:count], run.text[count:]
            found.append(Run(run.mark, used))
            count -= len(used)
            if rest:
                self._runs.insert(0, Run(run.mark, rest))
        return tuple(found)

    def rest(self) -> tuple[Run, ...]:
        """Give what is left: words that went at the end."""
        found, self._runs = tuple(self._runs), []
        return found


def parted(runs: Iterable[Run]) -> list[Run]:
    """Let a space part what went from what came in its place."""
    found: list[Run] = []
    for run in runs:
        last = found[-1] if found else None
        if last and last.mark == "removed" and run.mark == "added":
            found[-1] = Run("removed", last.text.rstrip() + " ")
        found.append(run)
    return found
