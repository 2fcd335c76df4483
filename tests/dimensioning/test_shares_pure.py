"""The arithmetic knows no framework and no database."""

from __future__ import annotations

import ast
import sys
from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).resolve().parents[2] / "dimensioning" / "shares"
ALLOWED: Final = {"dimensioning", "networkx"}


def imported(path: Path) -> set[str]:
    """Give the modules that a file imports."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.module
            found.add(node.module if node.module != "core" else f"core.{node.names[0].name}")  # fmt: skip
    return found


def test_shares_import_nothing_but_themselves_numbers_and_formats() -> None:
    files = sorted(FOLDER.rglob("*.py"))
    names = {name for path in files for name in imported(path)}

    assert len(files) > 15
    others = {
        name
        for name in names
        if name.partition(".")[0] not in {*sys.stdlib_module_names, *ALLOWED}
    }
    assert others == {"core.formats"}
    inside = {name for name in names if name.startswith("dimensioning.")}
    assert all(name.startswith("dimensioning.shares.") for name in inside)
