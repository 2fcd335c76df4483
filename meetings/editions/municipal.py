"""What a sent version says of one municipality: by what it names, and by what apps know.

``meetings`` owns the list. An app registers what its own records mean for a municipality
that they do not name; it reads them as they were sent, never as they are now.

Source: docs/rules.md R-61.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from core import formats
from core.richtext import to_plain
from documents import foreign, plain
from documents.models import ForeignFile
from documents.numbering import all_spans
from documents.tree import walk
from meetings.addresses import address

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from documents.tree import Document
    from meetings.editions.edition import Edition, Part

    type Finder = Callable[[Document, str], Iterable["Said"]]

NAMED: Final = 6
"""Records that are named one by one."""

_registry: list[Finder] = []


@dataclass(frozen=True, slots=True)
class Said:
    """What a document says of a municipality, and the records that say it."""

    sentence: str
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Concern:
    """One line of what concerns a municipality.

    Attributes:
        place: "2.1 Bilag 2", "2.3"; ``title`` is what that is called.
        sheets: of the packet, from 1; none of an item's own texts.
        span: what those are called, "24–26"; ``first_label`` the first of them.
        url: where it is read.
    """

    place: str
    sentence: str
    url: str
    sheets: tuple[int, ...] = ()
    span: str = ""
    first_label: str = ""
    title: str = ""


def register(find: Finder) -> None:
    """Let an app say what its records mean for a municipality.

    Args:
        find: a Document as it was sent, and the municipality's name → what it says of
            it without naming it; pure, nothing for documents of others.
    """
    _registry.append(find)


def concerns(edition: Edition, name: str) -> tuple[Concern, ...]:
    """Give what the open packet says of a municipality: one query, and its files' texts.

    Args:
        name: "Greve".
    """
    texts = _texts(edition)
    found: list[Concern] = []
    for item in edition.agenda.items:
        if not item.is_hidden and _item_names(item.texts, item.summary, name):
            url = address("public-item", edition, item.slug)
            said = f"{name} er nævnt i punktets tekst."
            found.append(Concern(item.number, said, url, title=item.title))
        for part in edition.parts_of(item):
            if not part.is_closed:
                found += _of_part(edition, part, name, texts)
    return tuple(found)


def sheets_of(found: Iterable[Concern]) -> tuple[int, ...]:
    """Give the pages of all of it, each once and in order."""
    return tuple(sorted({sheet for each in found for sheet in each.sheets}))


def _texts(edition: Edition) -> Mapping[str, tuple[str, ...]]:
    names = {part.appendix.file for part in edition.parts} - {""}
    rows = ForeignFile.objects.filter(cleaned__in=names).exclude(text="")
    return {row.cleaned: foreign.texts(row) for row in rows}


def _named(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(name)}(?:s|'s|’s)?(?!\w)")


def _item_names(texts: Iterable[tuple[str, str]], summary: str, name: str) -> bool:
    own = (summary, *(html for _, html in texts))
    return any(_named(name).search(to_plain(html)) for html in own if html)


def _of_part(
    edition: Edition, part: Part, name: str, texts: Mapping[str, tuple[str, ...]]
) -> Iterator[Concern]:
    url = address("public-appendix", edition, part.appendix.slug)
    tree = part.tree
    if tree is not None:
        for said in (*_registered(tree, name), *_mentions(tree, name)):
            yield _concern(edition, part, said, url)
        return
    at = [
        part.first_own_page + n
        for n, text in enumerate(texts.get(part.appendix.file, ()))
        if _named(name).search(text) and n < part.own_pages
    ]
    if at:
        words = f"{name} er nævnt på {formats.counted(len(at), 'side', 'sider')}."
        yield _line(edition, part, words, at, url)


def _registered(tree: Document, name: str) -> Iterator[Said]:
    for find in _registry:
        yield from find(tree, name)


def _mentions(tree: Document, name: str) -> Iterator[Said]:
    sections = [
        section
        for _, section in walk(tree)
        if _named(name).search(
            "\n".join([section.title, *(each.text for each in plain.fields(section))])
        )
    ]
    if sections:
        labels = [section.label or section.title for section in sections]
        said = formats.listed(labels[:NAMED])
        if more := len(labels) - NAMED if len(labels) > NAMED else 0:
            said = f"{', '.join(labels[:NAMED])} og {more} mere"
        keys = tuple(section.key for section in sections)
        yield Said(f"{name} er nævnt i {said}.", keys)


def _concern(edition: Edition, part: Part, said: Said, url: str) -> Concern:
    sheets: set[int] = set()
    begins = sorted({*part.sheets.values(), part.last_page + 1})
    for key in said.keys:
        if (first := part.sheets.get(key)) is not None:
            after = next((at for at in begins if at > first), first + 1)
            sheets |= set(range(first, after))
    return _line(edition, part, said.sentence, sorted(sheets), url)


def _line(
    edition: Edition, part: Part, sentence: str, sheets: list[int], url: str
) -> Concern:
    """Give a line with its pages; where they are not known it is the whole appendix."""
    own = sheets or list(range(part.first_own_page, part.last_page + 1))
    labels = [edition.label(at) for at in own]
    bilag = part.appendix
    return Concern(
        bilag.label,
        sentence,
        url,
        tuple(own),
        all_spans(labels),
        labels[0],
        bilag.title,
    )
