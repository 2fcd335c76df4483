"""The PostgreSQL of the tests lies in one place from its start to its end."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from tests import server

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_a_server_that_used_up_the_memory_is_found_where_it_was_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "MEMORY", tmp_path)
    monkeypatch.setattr(server, "NEEDED", 0)
    began = server.place()
    monkeypatch.setattr(server, "NEEDED", 2**80)

    assert began.folder.parent == tmp_path
    assert server.place().folder == began.folder
    shutil.rmtree(began.folder)
    assert tmp_path not in server.place().folder.parents
