"""The printing processes: they print what is right, and leave nobody behind."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PARENT = """
import sys, time
sys.path.insert(0, {root!r})
from documents.printing import renderers

if __name__ == "__main__":
    renderers.start_renderers()
    print(*renderers._running()._processes, flush=True)
    time.sleep(60)
"""


def is_running(pid: int) -> bool:
    status = Path(f"/proc/{pid}/status")
    return status.exists() and "\nState:\tZ" not in status.read_text(encoding="utf-8")


def test_the_processes_die_with_a_parent_that_is_killed(tmp_path: Path) -> None:
    script = tmp_path / "parent.py"
    script.write_text(PARENT.format(root=str(ROOT)), encoding="utf-8")
    with subprocess.Popen(
        [sys.executable, script], stdout=subprocess.PIPE, text=True
    ) as parent:
        assert parent.stdout is not None
        children = [int(pid) for pid in parent.stdout.readline().split()]
        assert len(children) == 2
        assert all(is_running(pid) for pid in children)

        parent.send_signal(signal.SIGKILL)
        parent.wait()

    until = time.monotonic() + 10
    while time.monotonic() < until and any(map(is_running, children)):
        time.sleep(0.05)
    assert [pid for pid in children if is_running(pid)] == []


def test_the_calling_process_does_not_load_the_engine(tmp_path: Path) -> None:
    script = tmp_path / "parent.py"
    body = (
        "    [(_, pdf)] = renderers.render_many([(1, '<html lang=da><title>x</title>x', False)])\n"
        "    print(pdf[:5], 'weasyprint' in sys.modules)\n"
    )
    source = PARENT.format(root=str(ROOT)).partition("    print(*")[0] + body
    script.write_text(source, encoding="utf-8")

    done = subprocess.run(
        [sys.executable, script], capture_output=True, text=True, check=True
    )

    assert done.stdout.strip() == "b'%PDF-' False"
