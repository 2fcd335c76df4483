"""Where a record is parted over pages, and what the next page says."""

from __future__ import annotations

import subprocess

import pytest

from documents.printing import paper
from documents.printing.pdf import print_html
from documents.tree import Fact, Facts, Paragraph, Point, Points, Section, Words, pieces
from tests.documents.documents_to_print import document, long_idea, record, table


def pages(section: Section) -> list[str]:
    """The words of each page, the running head first."""
    pdf = print_html(paper.html_of(pieces(document(section))[1]))
    found = subprocess.run(
        ["pdftotext", "-layout", "-", "-"], input=pdf, check=True, capture_output=True
    )
    return [" ".join(page.split()) for page in found.stdout.decode().split("\f")[:-1]]


def with_points(how_many: int) -> Section:
    """A record of so many points of one line, then its small print."""
    points = tuple(Point(f"a:b/p:{n}", f"Punkt nummer {n}") for n in range(how_many))
    facts = tuple(
        Fact(f"a:b/f:{n}", f"Ord {n}", ((Words(f"Oplysning {n}"),),)) for n in range(4)
    )
    return Section(
        key="a:b",
        title="Titel",
        label="Forslag 1",
        running="Et kapitel",
        blocks=(
            Points("a:b/points", "Gevinster", points),
            Facts("a:b/facts", "Oplysninger", facts),
        ),
    )


def test_the_running_head_says_where_one_is() -> None:
    first, *_ = pages(with_points(3))

    assert first.startswith("Prøven · Et kapitel Forslag 1 Titel")


def test_a_continued_page_names_the_record_and_the_field_that_goes_on() -> None:
    first, second = pages(with_points(45))

    assert "fortsat" not in first
    assert second.startswith("Prøven · Et kapitel Forslag 1, fortsat: Gevinster")


@pytest.mark.parametrize("how_many", range(26, 38))
def test_the_small_print_never_begins_a_page_alone(how_many: int) -> None:
    found = pages(with_points(how_many))

    [page] = [page for page in found if "Oplysninger" in page.replace(": Opl", "")]
    assert f"Punkt nummer {how_many - 1}" in page
    for words in found:
        terms = [n for n in range(4) if f"Ord {n}" in words]
        assert terms == [n for n in range(4) if f"Oplysning {n}" in words]


def test_of_the_lines_of_a_field_neither_the_first_nor_the_last_stands_alone() -> None:
    fields = tuple(
        Paragraph(
            f"a:b/{n}",
            f"Forslag {n}",
            tuple((Words(f"Kommune {n}-{at} støtter ikke"),) for at in range(4)),
        )
        for n in range(20, 50)
    )

    for padding in range(2):
        lines = tuple((Words(f"Fyld {at}"),) for at in range(padding + 1))
        above = Paragraph("a:b/above", "Fyld", lines)
        found = pages(Section("a:b", "Titel", look="plain", blocks=(above, *fields)))
        for words in found:
            for n in range(20, 50):
                parts = [at for at in range(4) if f"Kommune {n}-{at} " in words]
                assert parts not in ([0], [3]), (padding, n)


def test_a_parted_table_repeats_its_head_and_keeps_its_sum() -> None:
    rows = table("a:b/table", rows=70)

    found = pages(Section("a:b", "Titel", look="plain", blocks=(rows,)))

    assert [page.count("Navn Antal") for page in found] == [1, 1, 1]
    assert "Række 69" in found[-1]
    assert found[-1].endswith("I alt 4 uger")


def test_a_long_text_runs_on_for_as_many_pages_as_it_needs() -> None:
    found = pages(record(idea=long_idea(60)))

    assert len(found) == 6
    assert all("fortsat: Ideen" in page for page in found[1:-1])
