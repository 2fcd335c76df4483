"""Sentences about the changes between two versions. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core import formats
from core.wordmarks import MarkedLine, Run

if TYPE_CHECKING:
    from collections.abc import Iterable

    from meetings.packets.changes.files import FileChange
    from meetings.packets.changes.pages import PageChanges
    from meetings.packets.changes.versions import MeetingChanges


def verdict_words(changes: MeetingChanges) -> str:
    """Answer first: "4 af 5 punkter er ændret"."""
    if not changes.items:
        return "Ingen punkter er ændret"
    verb = "er ændret"
    whole = formats.counted(changes.item_count, "punkt", "punkter")
    return f"{len(changes.items)} af {whole} {verb}"


def page_words(pages: PageChanges) -> str:
    """Say which pages to look at, and whether any number moved."""
    found = [
        *_counted(pages.changed, pages.changed_span, "er ændret", "er ændret"),
        *_counted(pages.new, pages.new_span, "er ny", "er nye"),
        *_counted(pages.gone, pages.gone_span, "er udgået", "er udgået"),
    ]
    if not found:
        return f"Alle {pages.same} sider er som før."
    first = found[0].partition(" ")
    verb = "side" if first[0] == "1" else "sider"
    found[0] = f"{first[0]} {verb} {first[2]}"
    if pages.same:
        found.append(f"{pages.same} er som før")
    moved = "Nogle numre er flyttet." if pages.moved else "Ingen numre er flyttet."
    return f"{', '.join(found)}. {moved}"


def _counted(labels: tuple[str, ...], span: str, one: str, many: str) -> list[str]:
    if not labels:
        return []
    verb = one if len(labels) == 1 else many
    return [f"{len(labels)} {verb} ({formats.page(span)})"]


def file_words(change: FileChange) -> tuple[str, ...]:
    """Say what differs between a file and the one that took its place."""
    return tuple(
        sentence
        for sentence in (_pages(change), _looks(change), *_text(change))
        if sentence
    )


def _pages(change: FileChange) -> str:
    old, new = change.old_pages, change.new_pages
    if old == new:
        return ""
    before = formats.counted(old, "side", "sider")
    return f"Filen havde {before} og har nu {formats.number(new)}."


def _looks(change: FileChange) -> str:
    return {
        "same": "Siderne ser ud som før.",
        "other": "Nogle sider ser anderledes ud.",
        "": "Om siderne ser ud som før, er ikke undersøgt.",
    }[change.looks]


def _text(change: FileChange) -> tuple[str, ...]:
    count = len(change.unread)
    both = min(change.old_pages, change.new_pages)
    unread = ""
    if count:
        pages = formats.counted(count, "side", "sider")
        verb = "er et billede" if count == 1 else "er billeder"
        unread = f"{pages} {verb} uden tekst, der kan sammenlignes."
    if change.are_rearranged:
        return ("Teksten læses i en anden rækkefølge, men er den samme.", unread)
    if change.pages:
        amount = formats.counted(len(change.pages), "side", "sider")
        return (f"Teksten er ændret på {amount}.", unread)
    return ("Teksten er som før.", unread) if count < both else (unread,)


def plain_text(lines: Iterable[MarkedLine]) -> tuple[MarkedLine, ...]:
    """Give lines as they stand, without their marks: what is whole new needs none."""
    return tuple(
        MarkedLine(line.kind, (Run("same", "".join(run.text for run in line.runs)),), line.depth)
        for line in lines
    )  # fmt: skip


def checksum_words(name: str) -> str:
    """Give the first half of a SHA-256, in groups of four, as people compare it."""
    half = name[: len(name) // 2]
    return " ".join(half[at : at + 4] for at in range(0, len(half), 4))
