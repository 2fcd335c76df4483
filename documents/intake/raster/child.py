"""What runs in the child process: decodes one picture and draws it anew."""

from __future__ import annotations

import json
import sys

from documents.intake.raster.redraw import RefusedError, prepare, redrawn
from documents.intake.sandbox import confine, leave_files
from documents.intake.verdict import Limits


def main() -> None:
    """Read a picture from standard input, print the answer as JSON."""
    limits = Limits(**json.loads(sys.argv[1]))
    prepare()
    confine(limits)
    leave_files()
    try:
        answer = redrawn(sys.stdin.buffer.read(limits.max_bytes + 1)).to_json()
    except RefusedError as refusal:
        answer = {"refused": refusal.code}
    sys.stdout.write(json.dumps(answer))
