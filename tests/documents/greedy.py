"""A child process that asks for too much; it ends well only if it gets it."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from documents.intake.sandbox import confine, leave_files
from documents.intake.verdict import MIB, Limits


def main() -> None:
    """Take what the first argument names, after confining itself as the intake does."""
    confine(Limits())
    jailed = leave_files()
    wish = sys.argv[1]
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
