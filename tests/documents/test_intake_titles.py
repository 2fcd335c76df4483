"""Titles: a file name is none, and a better one is suggested."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.intake import looks_like_a_file_name, suggest


@pytest.mark.parametrize(
    "title",
    [
        "122567 brev.pdf", "Bilag_3_endelig_v2.docx", "Bilag_3_endelig_v2", "brev.PDF",
        "122567 brev", "Microsoft Word - Brev til kommunerne", "Dokument1", "Scan0001",
        "IMG_2034.jpg", "PowerPoint-præsentation", "Uden titel", "Høringssvar-endelig",
        "Prognose (2)", "Notat v3", "2024", "Region%20Sjælland", "strategi_web",
        "Skabelon", "plan.indd",
    ],
)  # fmt: skip
def test_a_file_name_is_no_title(title: str) -> None:
    assert looks_like_a_file_name(title)


@pytest.mark.parametrize(
    "title",
    [
        "Budget 2024-2027", "Bilag 3", "Sjælland baner vejen frem", "KKR24-27",
        "Region Sjællands Udviklingsstrategi 2024 - 2034", "Referat af 22. november 2023",
        "Fremtidens beskæftigelsesindsats – K17", "Ny Nordisk Skole", "A4",
        "Udkast til høringssvar", "Kopi af brev", "Test af drikkevand", "Forslag 7",
        "Praktik- og læringsvejledning", "Regnskab 2022, endelig", "843.513 indbyggere",
        "Vedtægter for Greater Copenhagen EU Office", "",
    ],
)  # fmt: skip
def test_a_title_for_people_is_let_through(title: str) -> None:
    assert not looks_like_a_file_name(title)


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("122567 brev.pdf", "Brev"),
        ("20231122_Referat_KKR.pdf", "Referat KKR"),
        ("2023-11-22 Referat fra møde.pdf", "Referat fra møde"),
        ("Bilag 3 - Økonomi og proces v2 (1).pdf", "Økonomi og proces"),
        (
            "UdviklingsstrategiRegionSjælland_web.pdf",
            "Udviklingsstrategi Region Sjælland",
        ),
        ("høringssvar_endelig_rettet_ny.docx", "Høringssvar"),
        ("2.3 Bilag 1 Brev om filmfond.pdf", "Brev om filmfond"),
        ("Budget 2024.pdf", "Budget 2024"),
        ("../../vedtægter.pdf", "Vedtægter"),
        ("KKR24-27.pdf", "KKR24-27"),
        ("brev\u202efdp.exe.pdf", "Brevfdp.exe"),
        ("Bilag_3_endelig_v2.docx", ""),
        ("Scan0001.pdf", ""),
        ("", ""),
    ],
)
def test_a_name_gives_what_it_says_of_the_content(name: str, title: str) -> None:
    assert suggest(name, {}) == title


def test_the_files_own_title_goes_before_its_heading_and_that_before_its_name() -> None:
    name = "122567 brev.pdf"

    assert suggest(name, {"title": "Et brev", "heading": "Kære alle"}) == "Et brev"
    assert suggest(name, {"title": "b_2.docx", "heading": "Kære alle"}) == "Kære alle"
    assert suggest(name, {"title": "Microsoft Word - Svar.docx"}) == "Svar"
    assert suggest(name, {"title": "Dokument1"}) == "Brev"


_NAMES = st.lists(
    st.sampled_from(
        ["bilag", "122567", "endelig", "v2", "brev", "2023-11-22", "_", " ", "-", ".pdf",
         "Æble", "(1)", ".docx", "udkast", "3", "Microsoft Word - ", "scan", "\u202e"]
    ),
    max_size=8,
).map("".join)  # fmt: skip


@given(_NAMES | st.text(max_size=60), _NAMES | st.text(max_size=60))
def test_what_is_suggested_is_a_title_and_suggests_itself(name: str, own: str) -> None:
    title = suggest(name, {"title": own})

    assert not looks_like_a_file_name(title)
    assert suggest("", {"title": title}) == title
    assert all(char.isprintable() for char in title)
