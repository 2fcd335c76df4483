"""What the printer makes: conformant, the same everywhere, only with its own fonts."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from documents.printing import paper
from documents.printing.pdf import print_html
from documents.tree import Section, pieces
from tests.documents.documents_to_print import document, long_idea, record
from tests.documents.pdf_makers import failures

if TYPE_CHECKING:
    from documents.tree import Piece

ROOT = Path(__file__).resolve().parents[2]
PRINT = "import sys; from documents.printing.pdf import print_html; sys.stdout.buffer.write(print_html(sys.stdin.read()))"
RICH = (
    "<p>Før <strong>fed</strong> og <em>skrå</em>, se <a href='https://kl.dk/'>KL</a>.</p>"
    "<h3>Mellemrubrik</h3><p>Tekst.</p><h4>Under</h4><ul><li><p>Et</p><ul><li>Under et"
    "</li></ul></li></ul><ol><li>Første</li></ol>"
    "<table><tbody><tr><th>A</th><th>B</th></tr><tr><td>1</td><td>2</td></tr></tbody>"
    "</table>"
)


def only_record(section: Section) -> Piece:
    return pieces(document(section))[1]


def tags_of(pdf: bytes, folder: Path) -> list[str]:
    """The structure elements in order, as poppler reads them, words left out."""
    path = folder / "tags.pdf"
    path.write_bytes(pdf)
    printed = subprocess.run(
        ["pdfinfo", "-struct-text", path], check=True, capture_output=True
    ).stdout.decode()
    lines = [line.strip() for line in printed.splitlines()]
    return [
        line.split()[0].rstrip(":") for line in lines if line and line[0] not in '"/'
    ]


@pytest.mark.parametrize(
    "section",
    [
        record(),
        record(idea=RICH),
        record(idea=long_idea(30)),
        Section("a:b", "Kort", look="plain"),
    ],
    ids=["every block", "rich text", "several pages", "nothing"],
)
def test_a_piece_conforms_to_pdf_ua(section: Section) -> None:
    assert failures(print_html(paper.html_of(only_record(section)))) == []


def test_headings_in_rich_text_skip_no_level(tmp_path: Path) -> None:
    idea = "<h4>Dybt</h4><p>x</p><h3>Højt</h3><p>x</p>"
    html = paper.html_of(only_record(record(idea=idea)))

    tags = tags_of(print_html(html), tmp_path)

    headings = [tag for tag in tags if tag[0] == "H" and tag[1:].isdigit()]
    assert headings[:4] == ["H1", "H2", "H3", "H3"]


def test_a_heading_is_one_element(tmp_path: Path) -> None:
    html = paper.html_of(only_record(record()))

    tags = tags_of(print_html(html), tmp_path)

    assert tags.count("H1") == 1


@pytest.mark.parametrize(("seed", "zone"), [("1", "UTC"), ("2", "Asia/Tokyo")])
def test_another_process_prints_the_same_bytes(
    seed: str, zone: str, tmp_path: Path
) -> None:
    html = paper.html_of(only_record(record(idea=RICH)))
    environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": "C"}
    environment |= {"PYTHONPATH": str(ROOT), "HOME": str(tmp_path)}

    other = subprocess.run(
        [sys.executable, "-c", PRINT],
        input=html.encode(),
        capture_output=True,
        check=True,
        cwd=tmp_path,
        env=environment,
    ).stdout

    here = print_html(html)
    assert hashlib.sha256(other).hexdigest() == hashlib.sha256(here).hexdigest()


def test_only_the_projects_own_fonts_are_embedded(tmp_path: Path) -> None:
    html = paper.html_of(only_record(record(idea="<p>日本 ☃ é ½ – ”x” 🎉</p>")))
    path = tmp_path / "piece.pdf"
    path.write_bytes(print_html(html))

    listed = subprocess.run(["pdffonts", path], check=True, capture_output=True).stdout
    rows = [line.split() for line in listed.decode().splitlines()[2:]]

    assert {row[0].partition("+")[2].partition("-")[0] for row in rows} == {"IBM"}
    assert failures(path.read_bytes()) == []


def test_what_the_fonts_cannot_draw_is_shown_as_such() -> None:
    html = paper.html_of(only_record(record(idea="<p>日本 é\u202fx\u2011y\u200b</p>")))

    idea = html.partition("rich")[2].partition("</p>")[0]
    assert idea.endswith("<p>◊◊ é\xa0x-y")
