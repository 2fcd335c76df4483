"""The Document of any appendix that has one: a source's, or what is written in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from documents.sources import source
from meetings.models import WordOriginal
from meetings.written.document import document_of, made_of

if TYPE_CHECKING:
    from documents.tree import Document
    from meetings.models import Appendix


def form(row: Appendix) -> tuple[Document, str]:
    """Form an appendix as it stands, and say what it is formed of: "18 forslag".

    Raises:
        LookupError: its source, or what was chosen for it, is no more.
    """
    if row.is_written:
        blocks = list(row.blocks.present())
        return document_of(row, blocks), made_of(blocks)
    entry = source(row.source)
    document = entry.build(row.options)
    return document, entry.made_of(document)


def word_of(row: Appendix) -> WordOriginal | None:
    """Give the Word file that an appendix was made of: one query; None if of none."""
    return WordOriginal.objects.filter(appendix=row).first()
