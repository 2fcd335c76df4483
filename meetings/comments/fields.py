"""What a comment may be about, and the text that stands there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from core import formats
from core.wordmarks import lines_of, plain_lines

if TYPE_CHECKING:
    from core.wordmarks import Line
    from meetings.models import AgendaItem, Appendix

# Field of the item's form → what it is called there; of a question its word in lists.
FIELDS: Final = {
    "title": "Titel",
    "kind": "Type",
    "action": "Ønsket handling",
    "addressee": "Svaret sendes til",
    "reply_deadline": "Svarfrist",
    "responsible": "Ansvarlig",
    "contact": "Kontakt",
    "summary": "Resumé",
    "recommendation": "Indstilling",
    "case": "Sagsfremstilling",
    "economy": "Økonomi",
    "process": "Videre proces",
}
RICH: Final = frozenset({"summary", "recommendation", "case", "economy", "process"})
# Where a field's control is another than its name.
_ANCHORS: Final = {"reply_deadline": "reply_deadline_0"}


def text_of(item: AgendaItem, field: str) -> str:
    """Give what stands in a field, as people read it; rich text as markup."""
    if field == "kind":
        return str(item.get_kind_display()) if item.kind else ""
    if field == "action":
        return str(item.get_action_display()) if item.action else ""
    if field == "reply_deadline":
        on = item.reply_on
        return formats.long_date(on) if on else str(item.get_reply_deadline_display())
    return str(getattr(item, field)) if field in FIELDS else ""


def text_of_appendix(row: Appendix) -> str:
    """Give what we say of an appendix, a line each, and which file it is."""
    own = (row.title, row.sender, row.dated, row.own_name, row.status_text, row.summary)
    file = row.file.name if row.file else row.made_of
    return "\n".join(text for text in (*own, file) if text)


def lines(field: str, text: str) -> tuple[Line, ...]:
    """Read a text as lines that can be compared."""
    return lines_of(text) if field in RICH else plain_lines(text)


def anchor(field: str) -> str:
    """Give the id of a field's control on the item's page."""
    return f"id_{_ANCHORS.get(field, field)}"
