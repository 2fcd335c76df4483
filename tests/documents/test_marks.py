"""Marks of what changed: by key, on page and paper alike, and never in the tree."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html as lxml_html

from documents import page
from documents.marks import MarkedPiece, marked_pieces, marks_between
from documents.printing import paper
from documents.printing.pdf import print_html
from documents.tree import (
    Columns,
    Document,
    Facts,
    Note,
    Paragraph,
    Point,
    Points,
    Reference,
    RichText,
    Section,
    Table,
    Words,
    pieces,
)
from tests.documents.documents_to_print import document, record, value
from tests.documents.pdf_makers import failures

if TYPE_CHECKING:
    from collections.abc import Callable

    from documents.tree import Block

    type Change = Callable[[Section], Section]

# What only the page has: words for screen readers, since when, the chip in the list.
ONLY_ON_PAGE = "sr-only", "doc-mark__since", "document__changed", "document__page"
# What marks add; without it a marked page is the page without marks.
ADDED = "doc-mark__word", "doc-mark--gone", "doc-field--changes", "sr-only", "gone"


def holding(section: Section) -> Document:
    return document(section, record("to"))


def marked(old: Document, new: Document) -> dict[str, Any]:
    return marks_between(
        old, new, since="version 1", sent="version 1, sendt 13. november 2023"
    )


def on(kind: type, change: Callable[[Any], Block | None]) -> Change:
    """Change the blocks of one kind; None takes one out."""

    def changed(section: Section) -> Section:
        blocks = [change(b) if isinstance(b, kind) else b for b in section.blocks]
        return replace(section, blocks=tuple(b for b in blocks if b is not None))

    return changed


SIX = replace(value("record:et"), printed="6")


def other_lines(block: Paragraph) -> Paragraph:
    line = (Words("Se også "), Reference("record:to", "den anden sag"))
    return replace(block, lines=(line, (Words("En linje mere"),)))


def other_points(block: Points) -> Points:
    items = (Point("x", "Et nyt"), *block.items[1:])
    return replace(block, items=items, before="Der er atter to:", after="")


def other_rows(block: Table) -> Table:
    rows = block.groups[0].rows
    cells = ((Words("Række et"),), (SIX,))
    new = (replace(rows[0], cells=cells), replace(rows[1], key="r:ny"))
    group = replace(block.groups[0], rows=new)
    return replace(block, groups=(group,), total=None)


def other_facts(block: Facts) -> Facts:
    lines = ((SIX, Words(" i alt, med mere")),)
    return replace(block, rows=(replace(block.rows[0], lines=lines),))


def _more(points: Points) -> Points:
    return replace(points, items=(*points.items, Point(f"{points.key}/ny", "Mere")))


OTHER: dict[type, Any] = {
    RichText: lambda block: replace(
        block, html="<p>To tanker.</p><ul><li>Et</li></ul>"
    ),
    Paragraph: other_lines,
    Points: other_points,
    Columns: lambda block: replace(block, lists=tuple(map(_more, block.lists))),
    Facts: other_facts,
    Table: other_rows,
    Note: lambda block: replace(block, line=(Words("En anden note."),)),
}
CHANGES: dict[str, Change] = {
    **{f"{kind.__name__} changed": on(kind, to) for kind, to in OTHER.items()},
    **{f"{kind.__name__} gone": on(kind, lambda _: None) for kind in OTHER},
    "title": lambda section: replace(section, title="En <b> titel"),
}
BOTH_WAYS = [(name, way) for name in CHANGES for way in ("then", "now")]


def pair(name: str, way: str) -> tuple[Document, Document]:
    """A document and what it became; the other way round what was gone is new."""
    before, after = record(), CHANGES[name](record())
    old, new = (before, after) if way == "then" else (after, before)
    return holding(old), holding(new)


def text_of(root: Any, *left_out: str) -> str:
    for element in list(root.iter()):
        classes = set(str(element.get("class", "")).split())
        if classes & set(left_out) or element.tag == "nav":
            element.drop_tree()
    return "".join("".join(root.itertext()).split())


def marked_piece(old: Document, new: Document) -> MarkedPiece:
    """The record with its marks; a changed title changes the cover's list as well."""
    found = marked_pieces(new, marked(old, new))
    (piece,) = [p for p in found if p.section.key == "record:et"]
    assert isinstance(piece, MarkedPiece)
    return piece


def body(html: str) -> Any:
    return lxml_html.fragment_fromstring(html, create_parent="main")


@pytest.mark.parametrize(("name", "way"), BOTH_WAYS)
def test_page_and_paper_mark_the_same(name: str, way: str) -> None:
    old, new = pair(name, way)
    found = marked(old, new)
    piece = marked_piece(old, new)
    sheet = lxml_html.document_fromstring(paper.html_of(piece))
    web = body(page.html_of(new, {}, {}, found))
    (article,) = web.xpath("//article[@data-key='record:et']")

    on_paper = text_of(sheet.find("body")[0], "head")
    on_page = text_of(article, *ONLY_ON_PAGE, "document__lead")
    assert on_page == on_paper


@pytest.mark.parametrize(("name", "way"), BOTH_WAYS)
def test_without_its_marks_it_is_the_newer_page(name: str, way: str) -> None:
    old, new = pair(name, way)
    html = page.html_of(new, {}, {}, marked(old, new))
    bare = re.sub(r"<del>.*?</del>", "", html, flags=re.DOTALL)

    found = text_of(body(bare), *ADDED, "document__changed")
    plain = text_of(body(page.html_of(new, {}, {})), "sr-only")
    gone_whole = name.endswith("gone") and way == "then"
    assert found == plain or (gone_whole and set(plain) <= set(found))


@pytest.mark.parametrize(("name", "way"), BOTH_WAYS)
def test_a_marked_piece_is_still_accessible(name: str, way: str) -> None:
    old, new = pair(name, way)
    piece = marked_piece(old, new)

    assert failures(print_html(paper.html_of(piece))) == []


def test_what_has_not_changed_is_the_same_piece_with_the_same_hash() -> None:
    old, new = holding(record()), holding(replace(record(), title="Ny"))
    before, after = pieces(new), marked_pieces(new, marked(old, new))

    assert marked_pieces(new, {}) == before
    assert before[2] == after[2]
    assert paper.digest_of(before[2]) == paper.digest_of(after[2])
    assert paper.digest_of(before[1]) != paper.digest_of(after[1])


def test_the_version_that_is_compared_with_is_part_of_the_hash() -> None:
    old, new = holding(record()), holding(replace(record(), title="Ny"))
    one = marked_pieces(new, marked(old, new))[1]
    later = marks_between(old, new, since="version 2", sent="version 2")

    assert paper.digest_of(one) != paper.digest_of(marked_pieces(new, later)[1])


def test_titles_are_marked_in_words_and_never_in_the_heading() -> None:
    old, new = holding(record()), holding(replace(record(), title="Sag x"))
    piece = marked_piece(old, new)
    html = paper.html_of(piece)

    heading = re.findall(r"<h1.*?</h1>", html, re.DOTALL)[0]
    assert "<ins>" not in heading
    assert "Titel: <del>et</del> er blevet til <ins>x</ins>" in html


def test_the_page_says_aloud_what_is_marked() -> None:
    old, new = pair("Points changed", "then")
    html = page.html_of(new, {}, {}, marked(old, new))

    assert '<ins><span class="sr-only">tilføjet: </span>' in html
    assert '<span class="sr-only"> slut på fjernet</span></del>' in html


def test_a_new_section_says_so_and_marks_nothing_within() -> None:
    old = document(record("to"))
    found = marked(old, holding(record()))

    assert found["record:et"].marks.state == "new"
    assert found["record:et"].marks.of == ()


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from("abcdef"), unique=True),
       st.lists(st.sampled_from("abcdef"), unique=True))  # fmt: skip
def test_points_that_went_stand_where_they_stood(
    before: list[str], after: list[str]
) -> None:
    def listing(keys: list[str]) -> Document:
        items = tuple(Point(key, f"Punkt {key}") for key in keys)
        block = Points("p", "Punkter", items)
        return Document("d", "D", sections=(Section("s", "S", blocks=(block,)),))

    found = marked(listing(before), listing(after)).get("s")
    section = found.section if found else listing(after).sections[0]
    (shown,) = section.blocks
    assert isinstance(shown, Points)
    keys = [point.key for point in shown.items]

    assert [key for key in keys if key in after] == after
    assert set(keys) == set(before) | set(after)
