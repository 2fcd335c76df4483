"""Proposals and units as meetings received them: at addresses of their own.

Source: docs/rules.md R-61.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from django.urls import reverse

from documents.checks.references import links_of
from documents.tree import walk
from meetings.editions import records
from meetings.editions.records import number_of
from proposals.models import CooperationUnit, Proposal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from documents.tree import Document

WORDS: Final = {model.owner: model.word for model in (Proposal, CooperationUnit)}


def register() -> None:
    """Tell ``meetings`` where a record is read as it was sent."""
    for model in (Proposal, CooperationUnit):
        records.register(model.owner, partial(sent_url, model.word))


def addresses_of(document: Document, numbers: Mapping[str, int]) -> dict[str, str]:
    """Give where the records that a document refers to are read: key → path. No query.

    Args:
        numbers: those of its own catalogue, by key. A reference to another catalogue
            has its number in its words: "samdrift 2".
    """
    links = (link for _, each in walk(document) for link in links_of(each))
    said = {link.to: number_of(link.text) for link in links if link.is_elsewhere}
    known = said | {key: str(number) for key, number in numbers.items()}
    return {
        key: reverse(f"proposals:{owner}", args=[number])
        for key, number in known.items()
        if (owner := key.partition(":")[0]) in WORDS and number and "/" not in key
    }


def sent_url(word: str, number: str, slug: str) -> str:
    """Give "/forslag/7@2023-11-22/"."""
    return reverse("proposals:sent", args=[word, number, slug])
