"""Some pages of a packet as a file of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pikepdf import Pdf

from documents.joining.cover import Cover, CoverLine
from documents.joining.excerpt import excerpt
from documents.joining.packet import join
from tests.documents.pdf_makers import FONTS, failures
from tests.documents.pdf_reader import PdfReader
from tests.documents.test_packet import small_packet

if TYPE_CHECKING:
    from pathlib import Path

PAGES = 9


@pytest.fixture(scope="module")
def packet(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("packet")
    out = folder / "packet.pdf"
    join(small_packet(folder), title="Bilagspakke", fonts=FONTS, out=out)
    return out


def cut(packet: Path, *sheets: int) -> bytes:
    labels = [f"{at}a" for at in sheets]
    return excerpt(packet, sheets, labels=labels, title="De ændrede sider")


def read(packet: Path, *sheets: int) -> PdfReader:
    out = packet.with_name("excerpt.pdf")
    out.write_bytes(cut(packet, *sheets))
    return PdfReader(out)


def test_pages_keep_their_stamps_and_get_their_own_title(packet: Path) -> None:
    found = read(packet, 4, 8)

    assert [page.number for page in found.pages] == ["4", "8"]
    assert found.labels == ["4a", "8a"]
    with Pdf.open(found.path) as pdf:
        assert str(pdf.docinfo["/Title"]) == "De ændrede sider"


@settings(max_examples=25, deadline=None,
          suppress_health_check=[HealthCheck.function_scoped_fixture])  # fmt: skip
@given(st.sets(st.integers(1, PAGES), min_size=1))
def test_any_pages_are_still_accessible(packet: Path, sheets: set[int]) -> None:
    assert failures(cut(packet, *sorted(sheets))) == []


def test_nothing_of_the_other_pages_is_left(packet: Path) -> None:
    whole, some = packet.stat().st_size, cut(packet, 5)
    found = read(packet, 5)

    assert len(some) < whole
    assert all("Skilleblad" not in page.text for page in found.pages)
    assert all("Skilleblad" not in mark.title for mark in found.bookmarks)
    assert set(found.names.values()) <= {1}


def test_a_link_to_a_page_that_is_gone_is_plain_text(packet: Path) -> None:
    assert len(read(packet, 1, 7).links(1)) > len(read(packet, 1, 2).links(1))


def test_the_same_pages_give_the_same_bytes(packet: Path) -> None:
    assert cut(packet, 2, 3) == cut(packet, 2, 3)


def test_no_pages_are_no_file(packet: Path) -> None:
    with pytest.raises(ValueError, match="0 pages"):
        excerpt(packet, [], labels=[], title="Intet")


LONG = "Indkaldelse til skriftlig ekstraordinær generalforsamling i Greater Copenhagen"


@pytest.mark.parametrize(("more", "pages"), [(0, 1), (20, 2)])
def test_a_contents_page_comes_first_and_leads_to_each_appendix(
    packet: Path, more: int, pages: int
) -> None:
    lines = (
        *(CoverLine(f"2.9 Bilag {at}", LONG, "–", 0) for at in range(more)),
        CoverLine("2.1 Bilag 1", LONG, "3–6", 4),
        CoverLine("2.1 Bilag 2", "Brev", "8–9", 2),
    )
    cover = Cover("Udvalgte bilag", "KKR", "2 bilag", lines, "Klippet ud.", "KKR", "V")
    sheets = (3, 4, 5, 6, 8, 9)
    content = excerpt(
        packet, sheets, labels=[str(at) for at in sheets], title="Udvalg",
        cover=cover, fonts=FONTS,
    )  # fmt: skip
    out = packet.with_name("cover.pdf")
    out.write_bytes(content)
    found = PdfReader(out)

    assert failures(content) == []
    assert len(found.pages) == pages + 6
    assert [found.links(at)[-1].page for at in range(1, pages + 1)][-1] == pages + 5
    assert found.links(pages)[-1].words == "Gå til 2.1 Bilag 2. Brev"
    assert found.headings[0] == ("H1", "Udvalgte bilag")
