"""The whole packet, read back by programs that did not write it."""

from __future__ import annotations

from functools import cache
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from page import ValidationProfile, validate_pdf_bytes

from documents.foreign import placed
from documents.models import CachedPiece
from documents.storage import files
from meetings.packets.building.making import alternative_of
from meetings.rows import read_agenda
from tests.demo.packets import reader_of

if TYPE_CHECKING:
    from meetings.models import Packet
    from tests.documents.pdf_reader import Bookmark, PdfReader

pytestmark = pytest.mark.django_db

# As printed in the source's own contents list: bilag, its separator, its last page.
PLACES = {
    "2.1 Bilag 1": (2, 21),
    "2.1 Bilag 2": (22, 29),
    "2.1 Bilag 3": (30, 55),
    "2.1 Bilag 4": (56, 66),
    "2.2 Bilag 1": (67, 69),
    "2.3 Bilag 1": (70, 71),
    "2.5 Bilag 1": (72, 112),
    "2.6 Bilag 1": (113, 114),
    "2.6 Bilag 2": (115, 117),
    "2.6 Bilag 3": (118, 125),
}


@cache
def read(name: str) -> PdfReader:
    return reader_of(name)


@pytest.fixture
def pdf(packet: Packet) -> PdfReader:
    return read(packet.file)


def expected_stamp(page: int) -> tuple[str, str, str]:
    number = f"pakkens side {page}"
    if page == 1:
        return "Indhold", "side 1 af 1", number
    label, (first, last) = next(
        (label, span) for label, span in PLACES.items() if span[0] <= page <= span[1]
    )
    own = f"bilagets side {page - first} af {last - first}"
    return label, "skilleblad" if page == first else own, number


def test_the_packet_has_125_pages_1_contents_10_separators_and_the_appendices(
    pdf: PdfReader,
) -> None:
    own = sum(last - first for first, last in PLACES.values())

    assert len(pdf.pages) == 125 == 1 + 10 + own


def test_every_page_carries_its_stamp_in_its_place(pdf: PdfReader) -> None:
    stamps = [page.stamp for page in pdf.pages]

    assert stamps == [expected_stamp(number) for number in range(1, 126)]


def test_the_page_labels_say_what_the_stamps_say(pdf: PdfReader) -> None:
    assert pdf.labels == [page.number for page in pdf.pages]


def test_the_contents_list_names_the_pages_the_stamps_say(pdf: PdfReader) -> None:
    text = pdf.pages[0].text

    for first, last in PLACES.values():
        assert f"{first}–{last}" in text.replace(" – ", "–")


def test_the_links_of_the_contents_list_lead_to_the_separators(pdf: PdfReader) -> None:
    # A title that breaks over two lines has a link annotation for each.
    targets = [page for page, _ in groupby(link.page for link in pdf.links(1))]

    assert targets == [first for first, _ in PLACES.values()]


def test_the_bookmarks_lead_where_the_stamps_are(pdf: PdfReader) -> None:
    items = [entry for entry in pdf.bookmarks if entry.below]
    places = [bilag.page for item in items for bilag in item.below]

    assert places == [first for first, _ in PLACES.values()]


def test_the_catalogues_bookmarks_lead_to_each_record(pdf: PdfReader) -> None:
    (item, *_) = [entry for entry in pdf.bookmarks if entry.below]
    units, proposals = item.below[1], item.below[2]

    flat = {entry.title: entry.page for entry in flattened(proposals)}
    assert (
        flat[
            "Forslag 7. Varighed på virksomhedspraktik kan forlænges ved ordinære timer"
        ]
        == 41
    )
    assert {entry.title: entry.page for entry in flattened(units)}[
        "Samdriftsenhed 1. Virksomhedsservice"
    ] == 24


def flattened(entry: Bookmark) -> list[Bookmark]:
    return [found for kid in entry.below for found in (kid, *flattened(kid))]


def test_a_foreign_files_own_bookmarks_lie_under_its_bilag(pdf: PdfReader) -> None:
    by_title = {entry.title[:3]: entry for entry in pdf.bookmarks}
    strategy = by_title["2.5"].below[0]

    pages = [entry.page for entry in flattened(strategy)]
    assert len(pages) > 5
    assert all(72 < page <= 112 for page in pages)


def test_the_whole_packet_is_pdf_ua_1(packet: Packet) -> None:
    content = Path(files().path(packet.file)).read_bytes()
    report = validate_pdf_bytes(content, profile=ValidationProfile.PDF_UA_1)

    assert [str(failure) for failure in report.failures][:5] == []
    assert packet.reasons == []


def printed_pieces(packet: Packet) -> set[str]:
    """Files of the pieces; a placed file from outside is no part by itself."""
    appendices = read_agenda(packet.meeting_id).appendices
    outside = [bilag for bilag in appendices if bilag.file]
    names = {
        placed(bilag.file, bilag.facts, alternative_of(bilag)).file.path.name
        for bilag in outside
    }
    return {row.file for row in CachedPiece.objects.all()} - names


def test_each_piece_and_each_part_by_itself_is_pdf_ua_1(packet: Packet) -> None:
    pieces = printed_pieces(packet)
    names = pieces | {part.file for part in packet.parts.exclude(file="")}
    failed = {}
    for name in sorted(names):
        content = Path(files().path(name)).read_bytes()
        report = validate_pdf_bytes(content, profile=ValidationProfile.PDF_UA_1)
        if report.failures:
            failed[name] = [str(failure) for failure in report.failures][:2]

    assert failed == {}
    assert len(pieces) == 25 + 7 + 10 + 1


def test_a_screen_reader_meets_the_items_in_their_order(pdf: PdfReader) -> None:
    spoken = pdf.spoken
    titles = [
        "Fremtidens beskæftigelsesindsats",
        "Samdriftskatalog",
        "Forslag 7",
        "Sjælland baner vejen frem 2024",
        "Høringsudkast til Region Sjællands",
        "2019 Vedtægter for Greater Copenhagen EU Office",
    ]
    # The contents list names them all first; what follows it must come in order.
    after = spoken.index("Pakkens side står i det mørke felt")
    places = [spoken.index(title, after) for title in titles]

    assert places == sorted(places)


def test_every_font_is_embedded(pdf: PdfReader) -> None:
    assert {font[-5] for font in pdf.fonts} == {"yes"}


def test_112_of_125_pages_can_be_read_aloud(packet: Packet) -> None:
    assert (packet.accessible_pages, packet.page_count) == (112, 125)
