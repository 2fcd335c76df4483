"""A child process that asks for too much; it ends well only if it gets it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from documents.intake.sandbox import confine, leave_files
from documents.intake.verdict import MIB, Limits


def main() -> None:
    """Take what the first argument names, after confining itself as the intake does."""
    confine(Limits())
    wish = sys.argv[1]
    if wish == "orphan":
        leave_a_child_behind()
    jailed = leave_files()
    if wish == "memory":
        bytearray(600 * MIB)
    elif wish == "time":
        while True:
            pass
    elif wish == "files":
        # Where the kernel forbids the jail there is nothing to see here.
        sys.exit(0 if Path("/etc/passwd").exists() and jailed else 1)
    elif wish == "secrets":
        sys.exit(0 if "DATABASE_URL" in os.environ else 1)


def leave_a_child_behind() -> None:
    """Start a program that would run on, say its number, and fail."""
    program = subprocess.Popen(["sleep", "60"])
    Path(sys.argv[2]).write_text(str(program.pid))
    os._exit(1)
