"""The reader's list of contents, and what pages are called."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from documents import codec
from documents.tree import Document, Section
from meetings.agenda import Agenda, AgendaAppendix, AgendaItem, AgendaSection
from meetings.editions.edition import Edition, Part
from meetings.packets.contents import contents, page_name, page_of_words
from meetings.packets.reader import Reader

RECORDS = 18


def an_appendix(number: int, **fields: Any) -> AgendaAppendix:
    blank = dict.fromkeys(AgendaAppendix.__dataclass_fields__, "")
    given = {
        **blank, "number": number, "label": f"2.1 Bilag {number}", "notes": (),
        "title": f"Bilag nummer {number}", "kind": "uploaded", "facts": {}, "pk": number,
    }  # fmt: skip
    return AgendaAppendix(**{**given, **fields})


def an_edition() -> Edition:
    """Contents on page 1, a file on 2-5, a catalogue of 18 records on 6-25."""
    blank = dict.fromkeys(AgendaItem.__dataclass_fields__, "")
    file = an_appendix(1)
    catalogue = an_appendix(2, kind="generated", made_of="18 forslag", title="Katalog")
    fields = {**blank, "number": "2.1", "title": "Indspil"}
    item = AgendaItem(**{**fields, "appendices": (file, catalogue)})  # type: ignore[arg-type]
    agenda = Agenda(
        council="KKR Sjælland", slug="2023-11-22", held_on="2023-11-22", hours="",
        place="", note="", sections=(AgendaSection(2, "Sager", (item,)),),
    )  # fmt: skip
    sections = tuple(
        Section(key=f"proposal:{n}", title=f"Titel {n}", label=f"Forslag {n}")
        for n in range(1, RECORDS + 1)
    )
    tree = Document(key="catalogue", title="Katalog", sections=sections)
    pages = {"catalogue": "7"} | {
        f"proposal:{n}": str(7 + n) for n in range(1, RECORDS + 1)
    }
    labels = tuple(str(page) for page in range(1, 26))
    common = {"item": item, "file": "", "size": 1}
    parts = (
        Part(
            file, first_page=2, last_page=5, own_pages=3, document="", pages={},
            labels=labels[1:5], own_labels=labels[:3], **common,  # type: ignore[arg-type]
        ),
        Part(
            catalogue, first_page=6, last_page=25, own_pages=19,
            document=codec.dumps(tree), pages=pages, labels=labels[5:],
            own_labels=labels[:19], **common,  # type: ignore[arg-type]
        ),
    )  # fmt: skip
    return Edition(
        agenda=agenda, parts=parts, file="", size=1, page_count=25, labels=labels,
        reasons=(), at=datetime(2023, 11, 7, tzinfo=UTC), number=0, council_slug="",
        slug="2023-11-22",
    )  # fmt: skip


def a_withdrawn_edition() -> Edition:
    """The same, of which a third appendix, pages 26-28, is withdrawn, and page 5 gone."""
    edition = an_edition()
    (section,) = edition.agenda.sections
    gone = an_appendix(3, key="brev", is_withdrawn=True)
    shorter = replace(section.items[0].appendices[0], key="fil")
    item = replace(
        section.items[0],
        key="sag",
        appendices=(shorter, *section.items[0].appendices[1:], gone),
    )
    own = {"sag-fil/fil": ("3", "4", "5", "5a"), "sag-brev/skilleblad": ("26",)}
    return replace(
        edition,
        agenda=replace(edition.agenda, sections=(replace(section, items=(item,)),)),
        numbers={**own, "sag-brev/fil": ("27", "28")},
    )


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("27", "Side 26–28 er udgået (2.1 Bilag 3)."),
        ("s. 026", "Side 26–28 er udgået (2.1 Bilag 3)."),
        ("2.1 bilag 3", "Side 26–28 er udgået (2.1 Bilag 3)."),
        ("5a", "Side 5a er udgået (2.1 Bilag 1)."),
        ("29", "Skriv en side fra 1 til 25 eller et bilag, for eksempel 2.1 Bilag 1."),
    ],
)
def test_a_page_that_is_gone_says_whose_it_was(words: str, said: str) -> None:
    assert Reader(a_withdrawn_edition(), words).error == said


def test_a_withdrawn_appendix_stands_in_the_contents_without_a_page() -> None:
    entries = contents(a_withdrawn_edition(), 1)[1].entries

    assert [entry.page for entry in entries] == ["2", "6", ""]
    assert entries[2].title == "Bilag nummer 3"


def test_pages_are_counted_to_the_last_number_and_sheets_apart() -> None:
    plain, withdrawn = Reader(an_edition(), ""), Reader(a_withdrawn_edition(), "")

    assert (plain.last_number, plain.counts_apart) == ("25", False)
    assert (withdrawn.last_number, withdrawn.counts_apart) == ("28", True)


@pytest.mark.parametrize(
    ("page", "words", "fragment"),
    [
        (1, "Side 1, indholdsfortegnelse", ""),
        (2, "Side 2, skilleblad til 2.1 Bilag 1, Bilag nummer 1", ""),
        (4, "Side 4, 2.1 Bilag 1, Bilag nummer 1, bilagets side 2 af 3", ""),
        (6, "Side 6, skilleblad til 2.1 Bilag 2, Katalog", ""),
        (7, "Side 7, Katalog", "catalogue"),
        (14, "Side 14, forslag 7: Titel 7", "proposal-7"),
    ],
)
def test_a_page_is_called_by_what_stands_on_it(
    page: int, words: str, fragment: str
) -> None:
    name = page_name(an_edition(), page)

    assert (name.words, name.fragment) == (words, fragment)


@pytest.mark.parametrize("page", range(1, 26))
def test_exactly_one_line_is_marked_on_every_page(page: int) -> None:
    entries = [
        entry for group in contents(an_edition(), page) for entry in group.entries
    ]
    marked = [e for entry in entries for e in (entry, *entry.below) if e.is_current]

    assert len(marked) == 1
    assert int(marked[0].page) <= page


@pytest.mark.parametrize(
    ("page", "numbers"),
    [
        (6, ["1", "2", "3", "4"]),
        (8, ["1", "2", "3", "4"]),
        (14, ["5", "6", "7", "8"]),
        (25, ["15", "16", "17", "18"]),
    ],
)
def test_the_catalogue_is_opened_around_the_page(page: int, numbers: list[str]) -> None:
    entry = contents(an_edition(), page)[1].entries[1]

    assert [below.number for below in entry.below] == numbers
    assert (entry.more, entry.more_slug) == ("Alle 18 forslag", "2-1-bilag-2")


def test_a_catalogue_that_is_not_read_is_closed() -> None:
    assert contents(an_edition(), 3)[1].entries[1].below == ()


@pytest.mark.parametrize(
    ("words", "page"),
    [
        ("14", 14),
        ("side 14", 14),
        ("s.\u00a014", 14),
        ("  2.1  BILAG 2 ", 6),
        ("26", None),
        ("0", None),
        ("2.1", None),
        ("²", None),
        ("1" * 5000, None),
    ],
)
def test_a_page_is_asked_for_by_number_or_name(words: str, page: int | None) -> None:
    assert page_of_words(an_edition(), words) == page
