"""The demo's eight files from outside: exactly these flaws, and no others."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from documents.checks import Subject, page_passages, rich_passages, run
from fixtures.make_uploads import make_uploads
from tests.documents.checks.makers import fixture

if TYPE_CHECKING:
    from pathlib import Path

FLAWS = {
    "2.1 Bilag 1": (
        "broken-words", "contents", "doubled-signs", "misspelt", "other-numbers",
        "percentages", "relative-reference", "stray-digits", "unfinished", "wording",
    ),
    "2.1 Bilag 4": ("broken-words", "misspelt"),
    "2.2 Bilag 1": ("broken-words", "reading-order", "slug", "status"),
    "2.5 Bilag 1": (
        "broken-words", "misspelt", "percentages", "placeholder", "slug",
        "two-definitions", "two-years", "working-title",
    ),
    "2.6 Bilag 2": ("other-numbers", "price-years"),
    "2.6 Bilag 3": ("misspelt", "running-foot"),
}  # fmt: skip


def pages(path: Path) -> list[str]:
    found = subprocess.run(["pdftotext", path, "-"], check=True, capture_output=True)
    return found.stdout.decode().split("\f")[:-1]


@pytest.fixture(scope="module")
def subjects(tmp_path_factory: pytest.TempPathFactory) -> list[Subject]:
    """The agenda's items with their files; the two catalogues are left out."""
    paths = make_uploads(tmp_path_factory.mktemp("uploads"))
    found = []
    for row in fixture("meeting-2023-11-22")["items"]:
        label = f"punkt 2.{row['number']}"
        texts = rich_passages(f"{label}/case", "Sagsfremstilling", row.get("case", ""))
        found.append(Subject(label, label, row["title"], "", texts))
        for number, bilag in enumerate(row["appendices"], 1):
            if upload := bilag.get("upload"):
                name = f"2.{row['number']} Bilag {number}"
                text = page_passages(pages(paths[upload]))
                found.append(
                    Subject(name, name, bilag["title"], "", text, is_foreign=True)
                )
    return found


def test_the_files_have_their_known_mistakes_and_no_others(
    subjects: list[Subject],
) -> None:
    labels = {subject.key: subject.label for subject in subjects}
    found: dict[str, set[str]] = {}
    for flaw in run(subjects):
        # The catalogues are not here, so 2.1 has gaps.
        if flaw.check not in {"numbering", "dead-reference"}:
            found.setdefault(labels[flaw.subject], set()).add(flaw.check)

    assert {label: tuple(sorted(checks)) for label, checks in found.items()} == FLAWS
