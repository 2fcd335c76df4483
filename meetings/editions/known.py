"""Which data are our own: those that lie in what everybody reads, and no others.

Neither what is closed, a draft or another council's own is known by its data, nor what is
taken down.

Source: docs/rules.md R-56, R-66.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.db.models import F

from documents import known_data
from documents.intake.kept import KnownFile
from meetings.editions.withdrawn import is_taken, withdrawn
from meetings.models import SentData

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping


def known_among(checksums: Collection[str]) -> Mapping[str, KnownFile]:
    """Give those of some SHA-256 that are of data which everybody reads: one query."""
    rows = SentData.objects.visible_to(AnonymousUser()).with_withdrawals()
    own = rows.filter(sha256__in=checksums, is_file=False).order_by("pk")
    named = own.annotate(
        place=F("appendix__slug"), number=F("appendix__publication__number")
    )
    found: dict[str, KnownFile] = {}
    for row in named.values(
        "sha256", "name", "media_type", "description", "place", "number", "withdrawn"
    ):
        if not is_taken(map(withdrawn, row["withdrawn"]), row["number"], row["place"]):
            file = KnownFile(row["name"], row["media_type"], row["description"])
            found.setdefault(row["sha256"], file)
    return found


def register() -> None:
    """Let files from outside keep what is known."""
    known_data.register(known_among)
