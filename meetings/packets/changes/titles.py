"""Files from outside that still show a title which was changed. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from core import formats
from meetings.packets.changes.pages import label_at

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from meetings.agenda import AgendaItem
    from meetings.editions.edition import Edition, Part
    from meetings.packets.changes.files import Known
    from meetings.packets.changes.items import RecordChanges

# A shorter title is found by chance.
SHORTEST: Final = 12


def old_titles_elsewhere(
    records: Iterable[RecordChanges], item: AgendaItem, edition: Edition, known: Known
) -> tuple[str, ...]:
    """Say which files from outside still show titles that the records had before.

    Returns:
        One sentence, or none: "Bilag 1 (s. 21) er en fil, der kommer udefra. …".
    """
    titles = [_letters(title) for title in _old_titles(records)]
    titles = [title for title in titles if len(title) >= SHORTEST]
    if not titles:
        return ()
    found = [
        f"{_name(part, item)} ({formats.page(label_at(part, page))})"
        for part in edition.parts
        for page in _first_page(part, titles, known)
    ]
    if not found:
        return ()
    those = "en fil" if len(found) == 1 else "filer"
    they = "Den" if len(found) == 1 else "De"
    end = "den gamle titel" if len(titles) == 1 else "gamle titler"
    return (
        f"{formats.listed(found)} er {those}, der kommer udefra. {they} viser stadig {end}.",
    )


def _old_titles(records: Iterable[RecordChanges]) -> Iterator[str]:
    for record in records:
        for edit in record.edits:
            is_title = edit.name == "Titel" and edit.state == "changed"
            if record.kind == "section" and is_title:
                runs = (run for line in edit.lines for run in line.runs)
                yield "".join(run.text for run in runs if run.mark != "added")


def _first_page(part: Part, titles: list[str], known: Known) -> Iterator[int]:
    """Give the first page, from 0, on which any of the titles stands; at most one."""
    texts = known.texts.get(part.appendix.file, ()) if part.appendix.file else ()
    for at, text in enumerate(texts[: part.own_pages]):
        letters = _letters(text)
        if any(title in letters for title in titles):
            yield at
            return


def _name(part: Part, item: AgendaItem) -> str:
    is_beside = part.item.key == item.key
    return f"Bilag {part.appendix.number}" if is_beside else part.appendix.label


def _letters(text: str) -> str:
    """Keep letters and digits alone: lines and hyphens break anywhere in a PDF."""
    return "".join(char for char in text.casefold() if char.isalnum())
