"""The demo's meeting of 22 November 2023, from the fixtures."""

from __future__ import annotations

import tempfile
from datetime import date, time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from core import richtext
from documents.uploads import receive
from fixtures.make_uploads import make_uploads
from kkr.fixture_data import read
from meetings.choices import MeetingState
from meetings.models import AgendaItem, Appendix, Meeting, Section

if TYPE_CHECKING:
    from accounts.models import Council
    from documents.models import ForeignFile

ITEM_FIELDS = (
    "key", "kind", "action", "addressee", "reply_deadline", "responsible", "title",
    "summary", "recommendation", "case", "economy", "process",
)  # fmt: skip
ITEM_TEXTS = ("summary", "recommendation", "case", "economy", "process")
APPENDIX_FIELDS = (
    "key", "kind", "title", "title_in_source", "sender", "dated", "own_name",
    "status", "status_text", "summary",
)  # fmt: skip


LAST: Final = date(2023, 2, 8)
"""The meeting before: of it the portal knows the day alone."""


def load_last_meeting(council: Council) -> Meeting:
    """Load the meeting that was held before the portal was there."""
    return Meeting.objects.create(
        council=council,
        slug=LAST.isoformat(),
        held_on=LAST,
        state=MeetingState.CLOSED,
        example_note="Mødet er valgt til eksemplet; det står ikke i kilden.",
    )


def load_meeting(council: Council, catalogues: dict[str, int]) -> Meeting:
    """Load the meeting with its six rows and ten appendices.

    Args:
        council: KKR Sjælland.
        catalogues: key → pk of the catalogues that appendices are formed of.
    """
    rows = read("meeting-2023-11-22")
    meeting = Meeting.objects.create(
        council=council,
        slug=rows["slug"],
        held_on=date.fromisoformat(rows["held_on"]),
        starts_at=time.fromisoformat(rows["starts_at"]),
        ends_at=time.fromisoformat(rows["ends_at"]),
        example_note=rows["example_note"],
    )
    section = Section.objects.create(meeting=meeting, **rows["section"])
    with tempfile.TemporaryDirectory() as folder:
        make_uploads(Path(folder))
        for row in rows["items"]:
            fields = {name: row.get(name, "") for name in ITEM_FIELDS}
            if "reply_on" in row:
                fields["reply_on"] = date.fromisoformat(row["reply_on"])
            fields |= {name: richtext.sanitise(fields[name]) for name in ITEM_TEXTS}
            item = AgendaItem.objects.create(
                section=section, position=row["number"], **fields
            )
            for position, entry in enumerate(row["appendices"], 1):
                _appendix(item, position, entry, Path(folder), catalogues)
    return meeting


def _appendix(
    item: AgendaItem, position: int, row: Any, folder: Path, catalogues: dict[str, int]
) -> None:
    is_generated = row["kind"] == "generated"
    Appendix.objects.create(
        item=item,
        position=position,
        file=None if is_generated else _file(folder / row["upload"]),
        source=row.get("source", ""),
        options={"catalogue": catalogues[row["catalogue"]]} if is_generated else {},
        **{name: row.get(name, "") for name in APPENDIX_FIELDS},
    )


def _file(path: Path) -> ForeignFile:
    return receive(path, path.name)
