"""Judges one file in a process of its own, and says what that took.

    python -m tests.documents.judging SOURCE CLEANED

The process stands for a worker: it judges an honest file afterwards, so that its answer
also says that it is alive.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from documents.intake import Accepted, Refused, take_in
from tests.documents import hostile

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Judged:
    """The answer on one file.

    Attributes:
        code: of the refusal, "" if it was accepted.
        reason: the Danish sentences of the refusal.
        notes: what was taken out.
        facts: ``Facts`` as JSON; {} if refused.
        memory: the most that a child process held, in MiB.
        seconds: from the question to the answer.
        is_alive: an honest file was accepted afterwards.
    """

    code: str
    reason: str
    notes: tuple[str, ...]
    facts: dict[str, Any]
    memory: float
    seconds: float
    is_alive: bool


def judged(source: Path, cleaned: Path) -> Judged:
    """The verdict on ``source`` by a fresh process.

    Raises:
        subprocess.CalledProcessError: that process did not live to answer.
    """
    finished = subprocess.run(
        [sys.executable, "-m", "tests.documents.judging", str(source), str(cleaned)],
        check=True, capture_output=True, text=True, timeout=60, cwd=ROOT,
    )  # fmt: skip
    answer = json.loads(finished.stdout)
    return Judged(**answer | {"notes": tuple(answer["notes"])})


def main() -> None:
    """Print the answer as JSON."""
    source, cleaned = map(Path, sys.argv[1:])
    began = time.monotonic()
    verdict = take_in(source, cleaned=cleaned)
    seconds = time.monotonic() - began
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    honest = cleaned.with_name("honest.pdf")
    honest.write_bytes(hostile.written(hostile.plain()))
    after = take_in(honest, cleaned=cleaned.with_name("honest-clean.pdf"))
    for path in (honest, cleaned.with_name("honest-clean.pdf")):
        path.unlink(missing_ok=True)
    if isinstance(verdict, Refused):
        said = {
            "code": verdict.code,
            "reason": verdict.reason,
            "notes": (),
            "facts": {},
        }
    else:
        facts = verdict.facts.to_json()
        said = {"code": "", "reason": "", "notes": verdict.notes, "facts": facts}
    answer = said | {
        "memory": memory,
        "seconds": seconds,
        "is_alive": isinstance(after, Accepted),
    }
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
