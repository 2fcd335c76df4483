"""The configuration under which supervisor runs web and worker on one machine."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def write_config(clone: Path, port: int) -> Path:
    """Fill in ``deploy/supervisor.conf`` for this clone; give the file in ``var``."""
    template = (clone / "deploy" / "supervisor.conf").read_text(encoding="utf-8")
    log = clone / "var" / "log"
    run = clone / "var" / "run"
    for folder in (log, run):
        folder.mkdir(parents=True, exist_ok=True)
    values = {
        "user": "user=root" if os.geteuid() == 0 else "",
        "clone": str(clone),
        "log": str(log),
        "python": sys.executable,
        "bind": f"127.0.0.1:{port}",
        "port": str(port),
    }
    text = template
    for name, value in values.items():
        text = text.replace("{{ " + name + " }}", value)
    config = run / f"supervisor-{port}.conf"
    config.write_text(text, encoding="utf-8")
    return config
