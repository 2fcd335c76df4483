"""Tries what a confined child cannot do: reach the network."""

from __future__ import annotations

import socket
import sys

from documents.intake.sandbox import confine
from documents.intake.verdict import Limits


def main() -> None:
    """Print "cut" if the process, once confined, has no way out.

    An address given as argument ("127.0.0.1:8000") is called too.
    """
    claimed = confine(Limits())
    host, _, port = (sys.argv[1:] or ["127.0.0.1:9"])[0].partition(":")
    try:
        socket.create_connection((host, int(port)), timeout=2).close()
    except ConnectionRefusedError:
        reached = True  # the machine answered
    except OSError:
        reached = False
    else:
        reached = True
    sys.stdout.write("cut" if claimed and not reached else "open")
