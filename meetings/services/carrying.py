"""Taking an appendix that was not sent yet to another item of the same meeting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from core.errors import RuleViolationError
from core.history import act
from core.keys import new_key
from core.order import renumber
from meetings.models import AgendaItem, Appendix, Comment, Meeting
from meetings.services.life import refuse_if_locked
from meetings.services.numbers import number_late, refuse_if_sent
from meetings.services.staleness import defer_refresh
from meetings.sources import refuse_unread

if TYPE_CHECKING:
    from accounts.models import User


def carry_appendix(pk: int, *, to: int, by: User) -> Appendix:
    """Let an appendix stand last in another item, with its texts, file and comments.

    Its ``item`` is that one, with section and meeting loaded.

    Args:
        to: pk of the item.

    Raises:
        RuleViolationError: it was sent or is removed, that item is no other one of the
            same agenda, or minutes would be read there by more than may.
        LockedError: the meeting is sent.
    """
    before = Appendix.objects.select_related("item__section").get(pk=pk)
    with act(f"flyttede {before.label} til et andet punkt", by):
        meeting = Meeting.checkout(before.item.section.meeting_id)
        refuse_if_locked(meeting.pk)
        target = _other_item(before, to)
        for item_pk in sorted({before.item_id, target.pk}):
            AgendaItem.checkout(item_pk)
        appendix = Appendix.checkout(pk)
        refuse_if_sent(appendix, before.label, "Bilaget bliver stående.")
        if appendix.position is None or appendix.item_id != before.item_id:
            raise RuleViolationError("Bilaget står der ikke mere. Se, hvor det er nu.")
        if appendix.source and not target.is_closed:
            refuse_unread(appendix.source, appendix.options, meeting)
        _put(appendix, target, by)
        number_late(meeting.pk)
        appendix.refresh_from_db(fields=["position", "given_number"])
        defer_refresh(meeting.pk)
        return appendix


def _other_item(appendix: Appendix, to: int) -> AgendaItem:
    """Give the item it goes to: another one that stands on the same agenda."""
    own = AgendaItem.objects.present().filter(
        section__meeting=appendix.item.section.meeting_id
    )
    own = own.select_related("section__meeting")
    found = own.exclude(pk=appendix.item_id).filter(pk=to).first()
    if found is None:
        raise RuleViolationError("Vælg et andet af mødets punkter.")
    return found


def _put(appendix: Appendix, target: AgendaItem, by: User) -> None:
    """Put it last there; where it stood the others close up."""
    left = appendix.item_id
    taken = set(target.appendices.values_list("key", flat=True))
    if appendix.key in taken:
        appendix.key = new_key(appendix.title, taken)
    appendix.item, appendix.given_number = target, ""
    appendix.position = len(_standing(target.pk)) + 1
    appendix.touch(by)
    appendix.full_clean()
    appendix.save()
    renumber(_standing(left))
    about = Q(appendix=appendix) | Q(parent__appendix=appendix)
    Comment.objects.filter(about).update(item=target)


def _standing(item_pk: int) -> list[Appendix]:
    rows = Appendix.objects.filter(item=item_pk, position__isnull=False)
    return list(rows.order_by("position", "pk"))
