"""Marked words and checksums, for the page of changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template

from core.marked import marked_html
from meetings.packets.changes import words

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

    from documents.compare import Edit
    from meetings.packets.changes.files import FileChange, FilePage

register = template.Library()


@register.filter
def marked(edit: Edit | FilePage) -> SafeString:
    """Give the lines of a change; what is whole new stands plain."""
    is_new = getattr(edit, "state", "changed") == "new"
    return marked_html(words.plain_text(edit.lines) if is_new else edit.lines)


@register.filter
def file_sentences(change: FileChange) -> tuple[str, ...]:
    """Say what differs between a file and the one that took its place."""
    return words.file_words(change)


@register.filter
def checksum(name: str) -> str:
    """Give the first half of a SHA-256 as people compare it."""
    return words.checksum_words(name)
