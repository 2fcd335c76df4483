"""What a unit lacks, as the top of its page says it. No query."""

from __future__ import annotations

from typing import TYPE_CHECKING

from proposals.facts import untold_topics

if TYPE_CHECKING:
    from collections.abc import Iterable

    from proposals.queries.records import RecordPage
    from proposals.queries.source_notes import NoteRow

type Lack = tuple[str, str, str, str]


def told_topics(page: RecordPage) -> frozenset[str]:
    """The topics that a record has figures on."""
    return frozenset(str(figure.topic) for figure in page.figures)


def lacks_of(page: RecordPage, notes: Iterable[NoteRow]) -> tuple[Lack, ...]:
    """Give what is missing or not agreed on: (tone, spoken word, text, address)."""
    groups = page.groups
    rows: list[Lack] = []
    if groups is not None:
        texts = (groups.missing, *groups.warnings)
        rows += [("partial", "Advarsel", text, "#groups") for text in texts if text]
    rows += [
        ("partial", "Advarsel", f"Uens i kilderne: {row.about}", f"#{row.dom_id}")
        for row in notes
        if row.is_open
    ]
    if untold := untold_topics(page.figures):
        rows.append(("waiting", "Mangler", f"{untold} er ikke oplyst", "#means"))
    return tuple(rows)
