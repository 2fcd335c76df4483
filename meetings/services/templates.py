"""Items to begin from: saved of an item, removed and put back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from core.history import act
from meetings.choices import ClosedTo
from meetings.models import AgendaItem, ItemTemplate

if TYPE_CHECKING:
    from accounts.models import User

FIELDS: Final = (
    "title", "kind", "action", "contact", "summary", "recommendation", "case",
    "economy", "process",
)  # fmt: skip
"""What an item and a template share."""
CLOSED: Final = ("is_closed", "closed_reason", "closed_to")
"""What a template keeps of a closed item besides."""


def save_as_template(item_pk: int, *, name: str, by: User) -> ItemTemplate:
    """Keep an item's type, requested action and texts as a template of its council.

    Of a closed item it is kept that it is closed. Who was chosen to read it is not: a new
    item from it is the secretariat's alone, until somebody chooses.

    Raises:
        ValidationError: the name is missing, or taken.
    """
    item = AgendaItem.objects.select_related("section__meeting").get(pk=item_pk)
    with act(f"gemte skabelonen ”{name}”", by):
        template = ItemTemplate(
            council_id=item.section.meeting.council_id,
            name=name,
            changed_by=str(by),
            **{field: getattr(item, field) for field in FIELDS},
            **_closed(item),
        )
        template.full_clean()
        template.save()
        return template


def _closed(item: AgendaItem) -> dict[str, Any]:
    if not item.is_closed:
        return {}
    is_default = item.closed_to == ClosedTo.COUNCIL
    return {
        "is_closed": True,
        "closed_reason": item.closed_reason,
        "closed_to": ClosedTo.COUNCIL if is_default else ClosedTo.SECRETARIAT,
    }


def closed_values(template: ItemTemplate | None) -> dict[str, Any]:
    """Give what closes a new item that begins with a template; of an open one nothing."""
    if template is None or not template.is_closed:
        return {}
    return {name: getattr(template, name) for name in CLOSED}


def remove_template(pk: int, *, by: User) -> ItemTemplate:
    """Take a template away; items that were made from it stay as they are."""
    return _set_removed(pk, by, is_removed=True)


def restore_template(pk: int, *, by: User) -> ItemTemplate:
    """Put a removed template back.

    Raises:
        ValidationError: another one has its name by now.
    """
    return _set_removed(pk, by, is_removed=False)


def _set_removed(pk: int, by: User, *, is_removed: bool) -> ItemTemplate:
    verb = "fjernede en skabelon" if is_removed else "satte en skabelon ind igen"
    with act(verb, by):
        template = ItemTemplate.checkout(pk)
        if template.is_removed != is_removed:
            template.is_removed = is_removed
            template.touch(by)
            template.full_clean()
            template.save()
        return template
