"""What a cleaned file is: pages, text, tags, and what a screen reader makes of it."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Any, cast

from pikepdf import Dictionary, Name, Pdf, PikepdfError, Stream, String

from documents.intake import cpr
from documents.intake.conformance import find_problems
from documents.intake.content import ContentReader
from documents.intake.covered import find_covered
from documents.intake.fonts import missing_fonts
from documents.intake.forms import numbered_annotations
from documents.intake.pages import page_facts
from documents.intake.repair import LANGUAGE
from documents.intake.verdict import Facts, Limits, Readability, Text
from documents.objects import MOST

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from documents.intake.content import Scope
    from documents.intake.tags import Tree

MAX_TITLE = 300
MAX_LABEL = 20
_XMP_TITLE = re.compile(
    rb"<dc:title>.{0,200}?<rdf:li[^>]{0,100}>(.{1,2000}?)</rdf:li>", re.DOTALL
)


def read_facts(pdf: Pdf, tree: Tree | None, limits: Limits) -> Facts:
    """Read what the cleaned ``pdf`` is; ``tree`` holds its tags, if it has any.

    Raises:
        RefusedError: its contents unfold to more than the limits allow.
    """
    reader = ContentReader(4 * limits.max_stream_bytes)
    scopes = [reader.page(pdf, index) for index in range(len(pdf.pages))]
    silent = [i for i, s in enumerate(scopes, 1) if not s.has_text and not s.is_blank]
    spoken = sum(scope.has_text for scope in scopes)
    text: Text = "all" if not silent else "some" if spoken else "none"
    if not spoken:
        text = "none"
    problems, is_mute = find_problems(pdf, tree, scopes, _appearances(pdf, reader))
    covered, unexamined = find_covered(pdf, scopes)
    title = _title(pdf)
    return Facts(
        pages=tuple(page_facts(page) for page in pdf.pages),
        tagged=tree is not None,
        text=text,
        pages_without_text=tuple(silent),
        language=_language(pdf),
        title=cpr.masked(title),
        labels=_labels(pdf),
        has_outline=_has_outline(pdf),
        figures_without_text=tree.figures_without_text if tree else 0,
        problems=problems,
        readability=_readability(
            tree, text, (len(silent), len(scopes)), is_mute=is_mute
        ),
        missing_fonts=missing_fonts(scopes),
        covered_pages=covered,
        unexamined_pages=unexamined,
        cpr_elsewhere=_numbers_outside(pdf, tree),
        removed=("title",) if cpr.count(title) else (),
    )


def _appearances(pdf: Pdf, reader: ContentReader) -> list[Scope]:
    """What annotations show; on the sheets of the packet it is drawn into the page."""
    found = []
    for _, annotation in numbered_annotations(pdf):
        shown = annotation.get(Name.AP)
        normal = shown.get(Name.N) if isinstance(shown, Dictionary) else None
        states = list(normal.values()) if isinstance(normal, Dictionary) else [normal]
        found += [reader.form(each) for each in states if isinstance(each, Stream)]
    return found


def _numbers_outside(pdf: Pdf, tree: Tree | None) -> tuple[int, ...]:
    """Where possible CPR numbers stand that are no text of a page.

    Comments that stay are of their page; bookmarks and alternatives of page 0. One in
    the file's title is not carried on.
    """
    found = [
        number
        for number, annotation in numbered_annotations(pdf)
        for _ in range(_count(annotation, Name.Contents))
    ]
    outlines = pdf.Root.get(Name.Outlines)
    marks = _bookmarks(outlines) if isinstance(outlines, Dictionary) else ()
    count = sum(_count(mark, Name.Title) for mark in marks)
    texts = (Name.Alt, Name.ActualText, Name.E, Name.T)
    for element in tree.elements if tree else ():
        count += sum(_count(element.source, key) for key in texts)
    return (*(0 for _ in range(count)), *found)


def _count(holder: Any, key: Any) -> int:
    value = holder.get(key)
    return cpr.count(str(value)) if isinstance(value, String) else 0


def _bookmarks(outlines: Any) -> Iterator[Any]:
    """Every bookmark, however they hang together, as often as a sound file has them."""
    pending, left = [outlines.get(Name.First)], MOST
    while pending and left:
        mark = pending.pop()
        if isinstance(mark, Dictionary):
            left -= 1
            yield mark
            pending += [mark.get(Name.Next), mark.get(Name.First)]


def _readability(
    tree: Tree | None, text: Text, silent_of: tuple[int, int], *, is_mute: bool
) -> Readability:
    """What the public is told: what is wrong, in words, without a standard's name."""
    silent, pages = silent_of
    if text == "none":
        return Readability("none", "Scannet uden tekst: kan ikke læses op.")
    if silent:
        of_pages = f"{silent} af {pages} sider"
        what = "er et billede" if silent == 1 else "er billeder"
        return Readability(
            "partial", f"Kan læses op, men {of_pages} {what} uden tekst."
        )
    if is_mute:
        return Readability(
            "partial", "Kan læses op, men noget af teksten mangler bogstavernes navne."
        )
    if tree is None:
        return Readability(
            "partial",
            "Uden opmærkning: teksten kan læses op, "
            "men ikke overskrifter, lister og tabeller.",
        )
    count = tree.figures_without_text
    if count:
        what = "billede" if count == 1 else "billeder"
        return Readability(
            "partial", f"Kan læses op, men {count} {what} har ingen tekst."
        )
    return Readability("ok", "Kan læses op.")


def _plain(value: Any, longest: int) -> str:
    """A text from the file on one line, without control characters."""
    if not isinstance(value, (str, String)):
        return ""
    shown = "".join(c for c in str(value) if c.isprintable() or c.isspace())
    return " ".join(shown.split())[:longest]


def _title(pdf: Pdf) -> str:
    info = pdf.trailer.get(Name.Info)
    own = info.get(Name.Title) if isinstance(info, Dictionary) else None
    if _plain(own, MAX_TITLE):
        return _plain(own, MAX_TITLE)
    metadata = pdf.Root.get(Name.Metadata)
    if not isinstance(metadata, Stream):
        return ""
    try:
        found = _XMP_TITLE.search(metadata.read_bytes())
    except PikepdfError:
        return ""
    text = found.group(1).decode("utf-8", "replace") if found else ""
    return _plain(html.unescape(text), MAX_TITLE)


def _language(pdf: Pdf) -> str:
    language = _plain(pdf.Root.get(Name.Lang), 40)
    return language if LANGUAGE.fullmatch(language) else ""


def _labels(pdf: Pdf) -> tuple[str, ...]:
    if not isinstance(pdf.Root.get(Name.PageLabels), Dictionary):
        return ()
    try:
        labels: Sequence[str] = [cast("str", page.label) for page in pdf.pages]
    except (PikepdfError, ValueError, RuntimeError):
        return ()
    return tuple(_plain(label, MAX_LABEL) for label in labels)


def _has_outline(pdf: Pdf) -> bool:
    outlines = pdf.Root.get(Name.Outlines)
    return isinstance(outlines, Dictionary) and isinstance(
        outlines.get(Name.First), Dictionary
    )
