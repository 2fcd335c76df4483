"""docs/rules.md and the code name each other."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from django.conf import settings

if TYPE_CHECKING:
    from pathlib import Path

RULES = (settings.BASE_DIR / "docs" / "rules.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| (R-\d+) \|.*\| ([^|]+) \|$", re.MULTILINE)
WHERE = {rule: re.findall(r"`([^`]+)`", cell) for rule, cell in ROW.findall(RULES)}
APPS = (
    "core",
    "documents",
    "accounts",
    "questions",
    "meetings",
    "proposals",
    "resultcontracts",
    "dimensioning",
    "kkr",
)
NAMED = re.compile(r"docs/rules\.md ((?:R-\d+(?:, )?)+)")


def named_in(path: Path) -> set[str]:
    """The rules that a file, or any file of a folder, says it follows."""
    files = path.rglob("*.py") if path.is_dir() else [path]
    texts = (file.read_text(encoding="utf-8") for file in files)
    return {rule for text in texts for found in NAMED.findall(text)
            for rule in found.split(", ") if rule}  # fmt: skip


def test_rules_are_numbered_without_a_gap() -> None:
    assert list(WHERE) == [f"R-{number}" for number in range(1, len(WHERE) + 1)]


@pytest.mark.parametrize("rule", WHERE)
def test_each_place_of_a_rule_names_it(rule: str) -> None:
    paths = [settings.BASE_DIR / place for place in WHERE[rule]]

    assert paths
    assert [path for path in paths if not path.exists()] == []
    assert [path for path in paths if rule not in named_in(path)] == []


def test_no_file_names_a_rule_that_does_not_exist() -> None:
    found = {rule for app in APPS for rule in named_in(settings.BASE_DIR / app)}

    assert found <= set(WHERE)
