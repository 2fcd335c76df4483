"""The contents list and the separators, as they are printed."""

from __future__ import annotations

import re
import subprocess
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from documents import pieces
from documents.printing import paper
from documents.printing.pdf import print_html
from documents.storage import files
from meetings.packets.paper import (
    ContentsEntry,
    ContentsItem,
    ContentsPage,
    Separator,
    Sibling,
)
from tests.documents.pdf_makers import failures

if TYPE_CHECKING:
    from pathlib import Path

    from documents.printing.paper import Sheet

BREV = ContentsEntry(
    "Bilag 1",
    "Brev til kommunerne",
    "70",
    "71",
    remark="Scannet uden tekstlag; resumé på skillebladet",
    anchor="filmfond-brev",
)
ITEM = ContentsItem("2.3", "Beslutningssag", "Henvendelse fra ministeren", (BREV,))
CONTENTS = ContentsPage(
    council="KKR Sjælland",
    when="onsdag den 22. november 2023 kl. 13.00–16.00",
    counts="2 punkter, 1 bilag, 71 sider",
    items=(ITEM, ContentsItem("2.4", "", "")),
    note="Mødedatoen er et eksempel: kilden angiver ingen.",
)
SEPARATOR = Separator(
    number="2.3",
    kind="Beslutningssag",
    item_title="Henvendelse fra ministeren",
    label="Bilag 1",
    title="Brev til kommunerne",
    sender="Kulturministeren",
    status="",
    first="70",
    last="71",
    page_count=1,
    summary="Brevet nævner hverken beløb eller svarfrist.",
    siblings=(
        Sibling("Bilag 1", "Brev til kommunerne", "70", "71", is_this=True),
        Sibling("Bilag 2", "Svar", "72", "72", anchor="filmfond-svar"),
    ),
)


def text_of(pdf: bytes) -> str:
    """The words in the order a screen reader says them, one space between lines."""
    found = subprocess.run(
        ["pdfinfo", "-struct-text", "-"], input=pdf, check=True, capture_output=True
    )
    words = re.findall(r'^ *"(.+)"$', found.stdout.decode(), re.MULTILINE)
    return " ".join(" ".join(words).split())


def printed(sheet: Sheet) -> bytes:
    return print_html(paper.html_of(sheet))


@pytest.mark.parametrize("sheet", [CONTENTS, SEPARATOR], ids=["contents", "separator"])
def test_a_sheet_conforms_to_pdf_ua(sheet: Sheet) -> None:
    assert failures(printed(sheet)) == []


def test_the_contents_list_says_what_lies_where() -> None:
    assert text_of(printed(CONTENTS)) == (
        "KKR Sjælland, onsdag den 22. november 2023 kl. 13.00–16.00 Bilagspakke "
        "2 punkter, 1 bilag, 71 sider "
        "2.3 Henvendelse fra ministeren Beslutningssag Bilag under 2.3 Bilag Titel Pakkens side "
        "Bilag 1 Brev til kommunerne "
        "Scannet uden tekstlag; resumé på skillebladet 70 –71 "
        "2.4 Titel ikke oplyst Ingen bilag i pakken "
        "Pakkens side står i det mørke felt øverst på hver side. Sidetal inde i et "
        "dokument er dokumentets egne. Mødedatoen er et eksempel: kilden angiver ingen."
    )


def test_links_lead_to_the_parts_by_their_prefix(tmp_path: Path) -> None:
    path = tmp_path / "contents.pdf"
    path.write_bytes(printed(CONTENTS))

    found = subprocess.run(
        ["qpdf", "--qdf", path, "-"], capture_output=True, check=True
    ).stdout

    assert re.findall(rb"/URI \((.*?)\)", found) == [b"kkr:filmfond-brev"]


def test_a_long_contents_list_runs_on_without_parting_an_item() -> None:
    entries = tuple(replace(BREV, label=f"Bilag {n}") for n in range(1, 6))
    items = tuple(
        ContentsItem(f"2.{n}", "Orienteringssag", f"Punkt {n}", entries)
        for n in range(1, 11)
    )

    found = text_pages(printed(replace(CONTENTS, items=items)))

    assert len(found) == 4
    assert [page.count("Bilag 5") for page in found] == [
        len(re.findall(r"Punkt \d+", page)) for page in found
    ]


def test_an_item_longer_than_a_page_begins_where_it_is_named() -> None:
    entries = tuple(replace(BREV, label=f"Bilag {n}") for n in range(1, 31))
    item = replace(ITEM, entries=entries)

    content = printed(replace(CONTENTS, items=(item,)))
    first, second, *_ = text_pages(content)

    assert "Bilag 12 " in first
    assert "2.3, fortsat" not in first
    assert "2.3, fortsat" in second
    assert "Bilag 30 " in second
    assert failures(content) == []


def test_page_numbers_in_the_list_are_not_parted() -> None:
    gone = replace(BREV, first="", last="", more="udgået (115–117)")

    (page,) = text_pages(
        printed(replace(CONTENTS, items=(replace(ITEM, entries=(gone,)),)))
    )

    assert "(115–117)" in page


def test_the_siblings_move_on_with_their_label() -> None:
    summary = "Brevet nævner hverken beløb eller svarfrist. " * 33

    first, second = text_pages(printed(replace(SEPARATOR, summary=summary)))

    assert "Bilag under 2.3" not in first.split("Resumé")[1]
    assert "Bilag under 2.3" in second


def text_pages(pdf: bytes) -> list[str]:
    found = subprocess.run(
        ["pdftotext", "-layout", "-", "-"], input=pdf, check=True, capture_output=True
    )
    return found.stdout.decode().split("\f")[:-1]


def test_a_separator_says_what_follows() -> None:
    assert text_of(printed(SEPARATOR)).startswith(
        "2.3 Beslutningssag Henvendelse fra ministeren Bilag 1 Brev til kommunerne "
        "Afsender Kulturministeren Status Ikke angivet i dokumentet "
        "Sider Pakkens side 70–71: dette skilleblad og 1 side "
        "Resumé Brevet nævner hverken beløb eller svarfrist. "
        "Bilag under 2.3 Bilag under 2.3 Bilag Titel Pakkens side "
        "Bilag 1 Brev til kommunerne (dette bilag) 70 –71"
    )


def test_a_separator_leaves_out_what_is_not_said() -> None:
    bare = replace(SEPARATOR, summary="", own_name="", siblings=(), sender="")

    text = text_of(printed(bare))

    assert text.endswith(
        "Afsender Ikke oplyst Status Ikke angivet i dokumentet "
        "Sider Pakkens side 70–71: dette skilleblad og 1 side"
    )


@pytest.mark.django_db
def test_sheets_are_printed_once_and_found_again() -> None:
    first = pieces.make_sheets([CONTENTS, SEPARATOR])

    again = pieces.make_sheets([CONTENTS, replace(SEPARATOR, title="Et andet")])

    assert [made.page_count for made in first] == [1, 1]
    assert [made.is_new for made in again] == [False, True]
    assert files().exists(first[0].file)
