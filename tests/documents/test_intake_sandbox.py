"""The child that reads files from outside: no network, and no more than it is given."""

from __future__ import annotations

import socket
import subprocess
from typing import TYPE_CHECKING

import pytest

from documents.intake import Limits, network_is_cut
from documents.intake.sandbox import ChildFailedError, command, run

if TYPE_CHECKING:
    from pathlib import Path


def test_the_network_is_cut_where_the_child_says_so() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.1)
        host, port = listener.getsockname()
        finished = subprocess.run(
            command("documents.intake.probe", f"{host}:{port}"),
            capture_output=True, check=True, timeout=20,
        )  # fmt: skip
        reached = True
        try:
            listener.accept()
        except TimeoutError:
            reached = False

    assert (finished.stdout == b"cut") == network_is_cut()
    assert reached != network_is_cut()


@pytest.mark.parametrize("wish", ["memory", "time", "files", "secrets"])
def test_a_child_cannot_take_more_than_it_is_given(
    tmp_path: Path, wish: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "kanariefugl")
    source = tmp_path / "source"
    source.write_bytes(b"x")
    limits = Limits(wall_seconds=3)

    with (
        source.open("rb") as given,
        (tmp_path / "out").open("w+b") as out,
        pytest.raises(ChildFailedError),
    ):
        run("tests.documents.greedy", wish, source=given, out=out, limits=limits)


def test_what_a_child_started_does_not_outlive_it(tmp_path: Path) -> None:
    source, pipe = tmp_path / "source", tmp_path / "alive"
    source.write_bytes(b"x")

    with source.open("rb") as given, pytest.raises(ChildFailedError):
        run(
            "tests.documents.greedy",
            "orphan",
            str(pipe),
            source=given,
            limits=Limits(wall_seconds=2),
        )

    grandchild = int(pipe.read_text())
    state = subprocess.run(
        ["ps", "-o", "stat=", "-p", str(grandchild)],
        capture_output=True, check=False, text=True,
    )  # fmt: skip
    assert state.stdout.strip()[:1] in {"", "Z"}
