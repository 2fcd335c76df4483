"""Closed material in the open packet: its titles in open texts, its content in open bilag.

Source: docs/rules.md R-33.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from meetings.checking.found import CLOSED, Spot, noted
from meetings.closed.naming import named_in, worth_hiding

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from documents.checks import Subject
    from meetings.checking.found import Found
    from meetings.checking.material import Material
    from meetings.checking.spots import Spots
    from meetings.closed.naming import Names
    from meetings.models import AgendaItem, Appendix


def closed_in_open(
    material: Material, subjects: Mapping[str, Subject], spots: Spots
) -> Iterator[Found]:
    """Find open texts that name what is closed, and open bilag with the same content."""
    names = dict(_names(material))
    for item in material.items:
        if item.is_closed:
            continue
        hidden = {row.prefix for row in material.of_item(item) if row.closed}
        if names:
            yield from _in_item(item, hidden, subjects[item.key], names, spots)
            for row in material.of_item(item):
                if not row.closed and not row.is_withdrawn:
                    yield from _in_bilag(row, subjects[row.prefix], names, spots)
    yield from _same(material, spots)


def _names(material: Material) -> Iterator[tuple[str, str]]:
    """Give each name of what is closed in words, with what it is called aloud."""
    for item in material.items:
        if item.is_closed:
            yield from worth_hiding(item.title, f"punkt {item.number}")
        for row in material.of_item(item):
            if row.closed and not row.is_withdrawn:
                for name in (row.title, row.title_in_source, row.own_name):
                    yield from worth_hiding(name, row.label)


def _in_item(
    item: AgendaItem, hidden: set[str], subject: Subject, names: Names, spots: Spots
) -> Iterator[Found]:
    """Look at an item's title and texts; the summary of a closed bilag is closed too."""
    own = [
        (each.where, each.text, each.key)
        for each in subject.passages
        if each.key.removesuffix("/summary") not in hidden
    ]
    for where, text, key in (("Titlen", item.title, "title"), *own):
        field = key.removeprefix(f"{item.key}/").partition("/")[0]
        spot = spots.of_item(item, field, f"Ret punkt\N{NO-BREAK SPACE}{item.number}")
        yield from _named(where, text, names, spot, is_error=True)


def _in_bilag(
    row: Appendix, subject: Subject, names: Names, spots: Spots
) -> Iterator[Found]:
    """Look at an open appendix: what we say of it, and each of its passages."""
    spot = spots.of_appendix(row, "title", f"Ret {row.label}")
    ours = " · ".join((row.title, row.own_name, row.title_in_source, row.status_text))
    yield from _named("Det, vi skriver om bilaget", ours, names, spot, is_error=True)
    is_error = not subject.is_foreign
    for each in subject.passages:
        yield from _named(each.where, each.text, names, spot, is_error=is_error)


def _named(
    where: str, text: str, names: Names, spot: Spot, *, is_error: bool
) -> Iterator[Found]:
    for words, of in named_in(text, names):
        yield noted(
            "closed-named", CLOSED, spot,
            f"Teksten er åben og nævner {of}, som er lukket, ved navn.",
            spot.label, where, of, words,
            is_error=is_error, where=where,
            hint="Skriv nummeret i stedet, eller luk teksten.",
        )  # fmt: skip


def _same(material: Material, spots: Spots) -> Iterator[Found]:
    """Find open appendices of the same file, or of the same data, as a closed one."""
    standing = [row for row in material.appendices if not row.is_withdrawn]
    closed = {_content(row): row.label for row in standing if row.closed}
    for row in standing:
        of = closed.get(_content(row), "")
        if of and not row.closed:
            spot = spots.of_appendix(row, "is_confidential", f"Ret {row.label}")
            sentence = f"Det samme indhold ligger lukket som {of}."
            yield noted(
                "closed-twice", CLOSED, spot, sentence, row.prefix, of, is_error=True
            )


def _content(row: Appendix) -> tuple[str, str]:
    if row.file is not None:
        return row.file.cleaned, ""
    return row.source, repr(sorted(row.options.items()))
