"""Judges files in one process of its own, and says what each took.

    python -m tests.documents.judging

The process stands for a worker: it reads one line a file, ``["source", "cleaned"]``, and
answers with one. It outlives all of them, so each answer also says that it lived after
the files before.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from documents.intake import Limits, Refused, gate, take_in
from tests.documents.warm import Warm

ROOT = Path(__file__).parents[2]
PATIENT: Final = Limits(cpu_seconds=12, wall_seconds=60)
"""Other work may go on beside the tests, so the time on the wall says nothing of a file.
What counts is the processor's, and the tests bound that themselves; what merely waits is
stopped, too, only later."""


@dataclass(frozen=True)
class Judged:
    """The answer on one file.

    Attributes:
        code: of the refusal, "" if it was accepted.
        reason: the Danish sentences of the refusal.
        notes: what was taken out.
        facts: ``Facts`` as JSON; {} if refused.
        memory: the most that a child process held, of this file or one before, in MiB.
        seconds: of the processor, in the process and its children.
    """

    code: str
    reason: str
    notes: tuple[str, ...]
    facts: dict[str, Any]
    memory: float
    seconds: float


class Judge:
    """The process, as the tests see it."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.documents.judging"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT,
        )  # fmt: skip

    def judged(self, source: Path, cleaned: Path) -> Judged:
        """The verdict on ``source``.

        Raises:
            AssertionError: the process did not live to answer.
        """
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        ending = threading.Timer(100, self.process.kill)
        ending.start()
        try:
            self.process.stdin.write(json.dumps([str(source), str(cleaned)]) + "\n")
            self.process.stdin.flush()
            line = self.process.stdout.readline()
        finally:
            ending.cancel()
        assert line, "the process that judges has ended"
        answer = json.loads(line)
        return Judged(**answer | {"notes": tuple(answer["notes"])})

    def end(self) -> int:
        """Tell the process that there are no more files; give its exit code."""
        self.process.communicate(timeout=30)
        return self.process.returncode


def spent(children: Warm) -> float:
    """Processor seconds of this process and of its children that have ended."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime + children.seconds


def answer(source: Path, cleaned: Path, children: Warm) -> dict[str, Any]:
    """Judge one file; give the fields of ``Judged``."""
    began = spent(children)
    verdict = take_in(source, cleaned=cleaned, limits=PATIENT)
    took = {"seconds": spent(children) - began, "memory": children.memory}
    if isinstance(verdict, Refused):
        said = {"code": verdict.code, "reason": verdict.reason}
        return took | said | {"notes": (), "facts": {}}
    facts = verdict.facts.to_json()
    return took | {"code": "", "reason": "", "notes": verdict.notes, "facts": facts}


def main() -> None:
    """Answer each line, until there are no more."""
    children = Warm()
    gate.run = children.run  # type: ignore[attr-defined]
    for line in sys.stdin:
        source, cleaned = map(Path, json.loads(line))
        sys.stdout.write(json.dumps(answer(source, cleaned, children)) + "\n")
        sys.stdout.flush()
    children.end()


if __name__ == "__main__":
    main()
