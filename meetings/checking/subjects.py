"""A meeting as the subjects that ``documents.checks`` takes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from documents.checks import (
    FileFacts,
    Passage,
    Subject,
    page_passages,
    passages_of,
    rich_passages,
)
from meetings.checking.known import CONTRADICTION
from meetings.names import MINUTES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from meetings.checking.material import Material
    from meetings.models import AgendaItem, Appendix

# The item's texts, in the order of its page.
TEXTS: Final = (
    ("summary", "Resumé"),
    ("recommendation", "Indstilling"),
    ("case", "Sagsfremstilling"),
    ("economy", "Økonomi"),
    ("process", "Videre proces"),
)
_DRAFT: Final = re.compile(r"(?i)udkast|foreløbig")
_FINAL: Final = re.compile(r"(?i)\b(?:endelig|godkendt|vedtaget)")


def subjects(material: Material) -> tuple[Subject, ...]:
    """Give every item, each followed by its appendices.

    The summaries that we write of files belong to the item: they are our own words. A
    withdrawn appendix keeps its number and has no text.
    """
    found: list[Subject] = []
    for item in material.items:
        own = material.of_item(item)
        found.append(_item(item, own))
        found += (_appendix(material, row) for row in own)
    return tuple(found)


def summary_key(row: Appendix) -> str:
    """Give the key of an appendix's summary among its item's passages."""
    return f"{row.prefix}/summary"


def _item(item: AgendaItem, appendices: tuple[Appendix, ...]) -> Subject:
    return Subject(
        key=item.key,
        label=f"punkt {item.number}",
        title=item.title,
        status="",
        passages=tuple(_passages(item, appendices)),
    )


def _passages(item: AgendaItem, appendices: tuple[Appendix, ...]) -> Iterator[Passage]:
    for name, label in TEXTS:
        yield from rich_passages(f"{item.key}/{name}", label, getattr(item, name))
    for row in appendices:
        if row.summary.strip() and not row.is_withdrawn:
            where, text = f"Resumé af {row.number}", " ".join(row.summary.split())
            yield Passage(summary_key(row), where, text)


def _appendix(material: Material, row: Appendix) -> Subject:
    if row.is_withdrawn:
        return Subject(row.prefix, row.label, "", "", ())
    document = material.documents.get(row.pk)
    file = row.file
    texts = material.texts.get(row.pk, ())
    return Subject(
        key=row.prefix,
        label=row.label,
        title=row.title,
        status=_status(row.status_words),
        passages=passages_of(document) if document else page_passages(texts),
        is_foreign=file is not None,
        document=document,
        own_name=row.own_name,
        file=None if file is None else FileFacts.of(file.facts, row.summary),
        is_elsewhere=row.source == MINUTES,
    )


def _status(text: str) -> str:
    """Give what the status field says of the document: draft, final, or nothing."""
    if text.startswith(CONTRADICTION):
        return ""
    if _DRAFT.search(text):
        return "udkast"
    return "endelig" if _FINAL.search(text) else ""
