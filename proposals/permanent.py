"""Proposals and units as meetings received them: at addresses of their own.

Source: docs/rules.md R-61.
"""

from __future__ import annotations

from functools import partial

from django.urls import reverse

from meetings.editions import records
from proposals.models import CooperationUnit, Proposal


def register() -> None:
    """Tell ``meetings`` where a record is read as it was sent."""
    for model in (Proposal, CooperationUnit):
        records.register(model.owner, partial(sent_url, model.word))


def sent_url(word: str, number: str, slug: str) -> str:
    """Give "/forslag/7@2023-11-22/"."""
    return reverse("proposals:sent", args=[word, number, slug])
