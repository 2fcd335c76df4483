"""Two documents compared by key: which sections differ, and in what."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from documents.tree import Columns, Points, walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from documents.tree import Block, Document, Section


@dataclass(frozen=True, slots=True)
class Change:
    """What differs in one section.

    Attributes:
        key: the section's key, the same in both documents.
        name: label or title as the newer document has it: "Forslag 7".
        fields: each changed field with how many of its points differ, 0 where the field
            has no points; empty for a section that is new or gone.
        is_new, is_gone: the section stands in one of the two only.
        is_title: the section has no label, and ``name`` is its title.
    """

    key: str
    name: str
    fields: tuple[tuple[str, int], ...] = ()
    is_new: bool = False
    is_gone: bool = False
    is_title: bool = False


def changes(old: Document, new: Document) -> tuple[Change, ...]:
    """Give what differs, in the order of ``new``; sections that are gone come last."""
    before = {section.key: section for _, section in walk(old)}
    after = {section.key: section for _, section in walk(new)}
    found = [_change(before.get(key), section) for key, section in after.items()]
    gone = [
        replace(_named(section), is_gone=True)
        for key, section in before.items()
        if key not in after
    ]
    return (*(change for change in found if change), *gone)


def _change(old: Section | None, new: Section) -> Change | None:
    if old is None:
        return replace(_named(new), is_new=True)
    fields = tuple(_fields(old, new))
    return replace(_named(new), fields=fields) if fields else None


def _fields(old: Section, new: Section) -> Iterator[tuple[str, int]]:
    if old.label != new.label:
        yield "Nummer", 0
    if old.title != new.title:
        yield "Titel", 0
    if old.lead != new.lead:
        yield "Indledning", 0
    before = {block.key: block for block in old.blocks}
    after = {block.key: block for block in new.blocks}
    for key in dict.fromkeys((*after, *before)):
        if before.get(key) != after.get(key):
            block = after.get(key) or before[key]
            yield _label(block), _points_changed(before.get(key), after.get(key))


def _points_changed(old: Block | None, new: Block | None) -> int:
    before, after = _texts(old), _texts(new)
    keys = dict.fromkeys((*before, *after))
    return sum(before.get(key) != after.get(key) for key in keys)


def _texts(block: Block | None) -> dict[str, str]:
    match block:
        case Points():
            return {point.key: point.text for point in block.items}
        case Columns():
            return {p.key: p.text for points in block.lists for p in points.items}
        case _:
            return {}


# What a field without a label is called.
_KINDS: Final = {"richtext": "Tekst", "picture": "Billede", "chart": "Diagram"}


def _label(block: Block) -> str:
    match block:
        case Columns():
            return block.lists[0].label if block.lists else ""
        case _:
            said = getattr(block, "label", "") or getattr(block, "caption", "")
            return said or _KINDS.get(block.kind, "")


def _named(section: Section) -> Change:
    name = section.label or section.title
    return Change(section.key, name, is_title=not section.label)
