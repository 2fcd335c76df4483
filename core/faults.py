"""Fault points: where a drill may kill the process, to show that nothing is lost."""

from __future__ import annotations

import os
import signal

from django.conf import settings


def reach(point: str) -> None:
    """Die here, as if the power failed, if ``settings.FAULT_POINT`` says so."""
    if point == settings.FAULT_POINT:
        os.kill(os.getpid(), signal.SIGKILL)
