"""The bench's tables, and where they go."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bench import report
from bench.changes import ChangeFigures
from bench.checks import CheckFigures
from bench.joining import Cost
from bench.pages import Address, Time

if TYPE_CHECKING:
    from pathlib import Path

PACKET = report.PacketFigures(
    cold=3.0,
    warm=0.5,
    unchanged=0.25,
    chromium=2.0,
    chromium_ready=1.0,
    chromium_pages=44,
    html_pages=43,
    joining=Cost(milliseconds=1.234, megabytes=0.1),
    memory=300,
    chromium_memory=600,
)
HOME = Address("overview", "/")
CHECKS = CheckFigures(first=0.6, again=0.3, found=38)
CHANGES = ChangeFigures(seconds=0.0321, pages=126, changed=3)


def test_a_packet_is_told_as_a_multiple_of_both_ways_to_print_it() -> None:
    lines = report.packet_table(PACKET).splitlines()

    assert lines[2] == "| nothing cached | 3.00 s | 1.50 × | 3.00 × | ≤ 1.0 × |"
    assert lines[3] == "| one record changed | 0.50 s | 0.25 × | 0.50 × | ≤ 0.15 × |"
    assert lines[7] == "| peak memory, nothing cached | 300 MB | 0.50 × |  |  |"


def test_growth_is_told_apart_from_a_machine_that_became_slower() -> None:
    once, tenfold = Time(HOME, 20, 4, 7), Time(HOME, 60, 8, 7)

    figures = report.Figures(PACKET, [once], [tenfold], CHECKS, CHANGES)
    lines = report.page_table(figures).splitlines()

    assert lines[2] == "| overview | 20.0 ms | 5.0 × | 7 | 1.50 × |"


def test_the_tables_take_the_place_of_the_old_ones(tmp_path: Path) -> None:
    readme = tmp_path / "README.md"
    readme.write_text("før\n<!-- bench -->\ngammelt\n<!-- /bench -->\nefter\n")

    report.write(readme, "| \\1 nyt |\n")

    found = readme.read_text()
    assert found == "før\n<!-- bench -->\n| \\1 nyt |\n<!-- /bench -->\nefter\n"


def test_a_readme_without_a_place_is_left_alone(tmp_path: Path) -> None:
    readme = tmp_path / "README.md"
    readme.write_text("før")

    with pytest.raises(ValueError, match="no place"):
        report.write(readme, "nyt")

    assert readme.read_text() == "før"


def test_the_checks_are_told_in_one_line() -> None:
    assert report.check_note(CHECKS) == (
        "\nChecking this packet before sending: 0.60 s the first time in a process, "
        "0.30 s again; 38 findings.\n"
    )


def test_the_comparison_is_told_in_one_line() -> None:
    assert report.change_note(CHANGES) == (
        "\nReading two versions of 126 pages and comparing them: 32 ms; "
        "3 pages had changed.\n"
    )
