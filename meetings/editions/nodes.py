"""The texts of an edition that a note can hang on: items, appendices, their records.

A node is found by its place in addresses, and known by its key.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from core.richtext import to_plain
from documents import plain
from documents.tree import anchor, walk
from meetings.addresses import address

if TYPE_CHECKING:
    from meetings.agenda import AgendaItem
    from meetings.editions.edition import Edition, Part

ITEM: Final = "punkt"
BILAG: Final = "bilag"
_PARTS: Final = 3


@dataclass(frozen=True, slots=True)
class Node:
    """One text as it stands in an edition.

    Attributes:
        subject: its key, the same in every version.
        at: its place, "punkt/2-1", "bilag/2-1-bilag-3", "bilag/2-1-bilag-3/proposal:et".
        place: of its appendix in addresses, "" of an item.
        label: "2.1 Bilag 3, Forslag 7. Ungeguide".
        text: plain.
        digest: of the text, and of the file where its pages are one's.
        url: where it is read.
    """

    subject: str
    at: str
    place: str
    label: str
    text: str
    digest: str
    url: str


def node(edition: Edition, at: str) -> Node | None:
    """Give what stands at a place; None where there is nothing, or it is not for all.

    A note keeps the text beneath it: of closed material there is none.
    """
    kind, place, key = (*at.split("/", 2), "", "")[:_PARTS]
    if kind == ITEM and not key:
        item = edition.item(place)
        is_open = item is not None and not item.is_closed
        return item_node(edition, item) if item and is_open else None
    part = edition.by_slug.get(place) if kind == BILAG else None
    if part is None or part.is_closed:
        return None
    return section_node(edition, part, key) if key else part_node(edition, part)


def by_subject(edition: Edition, subject: str) -> Node | None:
    """Give what has this key, wherever it stands now; None where it is gone."""
    kind, _, rest = subject.partition(":")
    if kind == "item":
        items = (item for item in edition.agenda.items if item.key == rest)
        return next((item_node(edition, item) for item in items), None)
    if kind == "appendix":
        parts = (part for part in edition.parts if part_subject(part) == subject)
        return next((part_node(edition, part) for part in parts), None)
    holding = (part for part in edition.parts if subject in part.pages)
    return next((section_node(edition, part, subject) for part in holding), None)


def item_subject(item: AgendaItem) -> str:
    """Give an item's key."""
    return f"item:{item.key}"


def part_subject(part: Part) -> str:
    """Give an appendix's key."""
    return f"appendix:{part.item.key}/{part.appendix.key}"


def item_node(edition: Edition, item: AgendaItem) -> Node:
    """Give an item's texts as one node."""
    named = (("Resumé", item.summary), *item.texts)
    texts = [item.heading, *(f"{name}\n{to_plain(h)}" for name, h in named if h)]
    text = "\n\n".join(texts)
    return Node(
        item_subject(item), f"{ITEM}/{item.slug}", "",
        f"Punkt {item.number}. {item.heading}", text, _digest(text),
        address("public-item", edition, item.slug),
    )  # fmt: skip


def part_node(edition: Edition, part: Part) -> Node:
    """Give an appendix as a node: its title and summary, and that its pages are these."""
    bilag = part.appendix
    text = "\n\n".join(filter(None, (bilag.title, bilag.summary)))
    return Node(
        part_subject(part), f"{BILAG}/{bilag.slug}", bilag.slug,
        f"{bilag.label}, {bilag.title}", text, _digest(f"{text}\0{bilag.digest}"),
        address("public-appendix", edition, bilag.slug),
    )  # fmt: skip


def section_node(edition: Edition, part: Part, key: str) -> Node | None:
    """Give one record of an appendix that is formed from data."""
    if part.tree is None:
        return None
    found = (each for depth, each in walk(part.tree) if depth and each.key == key)
    section = next(found, None)
    if section is None:
        return None
    named = (f"{field.name}\n{field.text}".strip() for field in plain.fields(section))
    text = "\n\n".join((section.title, *named))
    bilag = part.appendix
    name = f"{section.label}. {section.title}" if section.label else section.title
    page = address("public-appendix", edition, bilag.slug)
    return Node(
        key, f"{BILAG}/{bilag.slug}/{key}", bilag.slug, f"{bilag.label}, {name}",
        text, _digest(text), f"{page}#{anchor(key)}",
    )  # fmt: skip


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
