"""Internal comments: written, answered, solved, opened again.

Each act brings the findings about comments up to date in its own transaction; nothing
that is printed depends on them.

Source: docs/rules.md R-46.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from accounts.models import Membership
from core import clock
from core.errors import RuleViolationError
from core.history import act
from meetings.comments.fields import FIELDS, text_of, text_of_appendix
from meetings.models import AgendaItem, Appendix, Comment
from meetings.models.meeting import EDITORS
from meetings.services.findings import note_people
from meetings.services.life import refuse_if_locked

if TYPE_CHECKING:
    from accounts.models import User


def write_comment(  # noqa: PLR0913 -- one keyword a thing it is tied to
    meeting_pk: int,
    *,
    text: str,
    item_pk: int | None = None,
    field: str = "",
    appendix_pk: int | None = None,
    asked_pk: int | None = None,
    by: User,
) -> Comment:
    """Write a comment.

    Args:
        item_pk: the item it is about; None for the whole agenda.
        field: of the item, one of ``FIELDS``; "" for all of it.
        appendix_pk: of the item, in place of a field.
        asked_pk: the colleague who is to answer it.

    Raises:
        LockedError: the meeting is sent.
        RuleViolationError: what it is about is gone, or the colleague is none.
        ValidationError: there is no text, or too much.
    """
    with act("skrev en kommentar", by):
        refuse_if_locked(meeting_pk)
        comment = Comment(meeting_id=meeting_pk, text=text.strip(), field=field)
        if item_pk is not None:
            _tie(comment, item_pk, appendix_pk)
        if asked_pk is not None:
            _ask(comment, asked_pk)
        return _written(comment, by)


def answer_comment(pk: int, *, text: str, by: User) -> Comment:
    """Answer a comment; one that was solved waits again.

    Raises:
        LockedError: the meeting is sent.
        ValidationError: there is no text, or too much.
    """
    with act("svarede på en kommentar", by):
        parent = _thread(pk)
        if parent.is_solved:
            _set_solved(parent, by, is_solved=False)
        answer = Comment(
            meeting_id=parent.meeting_id,
            item_id=parent.item_id,
            appendix_id=parent.appendix_id,
            parent=parent,
            text=text.strip(),
        )
        return _written(answer, by)


def solve_comment(pk: int, *, by: User) -> Comment:
    """Note that a comment is done with.

    Raises:
        LockedError: the meeting is sent.
    """
    with act("løste en kommentar", by):
        return _set_solved(_thread(pk), by, is_solved=True)


def reopen_comment(pk: int, *, by: User) -> Comment:
    """Let a solved comment wait again.

    Raises:
        LockedError: the meeting is sent.
    """
    with act("åbnede en kommentar igen", by):
        return _set_solved(_thread(pk), by, is_solved=False)


def _thread(pk: int) -> Comment:
    """Lock the comment that a thread begins with, its meeting first."""
    refuse_if_locked(Comment.objects.get(pk=pk, parent=None).meeting_id)
    return Comment.checkout(pk)


def _tie(comment: Comment, item_pk: int, appendix_pk: int | None) -> None:
    """Tie a comment to an item, and keep the text that it is about."""
    items = AgendaItem.objects.present().filter(section__meeting=comment.meeting_id)
    item = items.filter(pk=item_pk).first()
    if item is None or (comment.field and comment.field not in FIELDS):
        raise RuleViolationError("Punktet er fjernet fra dagsordenen imens.")
    comment.item = item
    comment.before = text_of(item, comment.field)
    if appendix_pk is None:
        return
    rows = Appendix.objects.select_related("file").filter(position__isnull=False)
    appendix = rows.filter(item=item, pk=appendix_pk).first()
    if appendix is None:
        raise RuleViolationError("Bilaget er fjernet imens.")
    comment.appendix, comment.field = appendix, ""
    comment.before = text_of_appendix(appendix)


def _ask(comment: Comment, asked_pk: int) -> None:
    seats = Membership.objects.filter(
        user=asked_pk,
        user__is_active=True,
        role__in=EDITORS,
        council__meetings=comment.meeting_id,
    )
    seat = seats.select_related("user").first()
    if seat is None:
        raise RuleViolationError("Vælg en kollega fra sekretariatet.")
    comment.asked, comment.asked_name = seat.user, str(seat.user)


def _written(comment: Comment, by: User) -> Comment:
    comment.author, comment.author_name = by, str(by)
    comment.changed_by = str(by)
    comment.full_clean()
    comment.save()
    note_people(comment.meeting_id)
    return comment


def _set_solved(comment: Comment, by: User, *, is_solved: bool) -> Comment:
    """Write it, unless somebody has done so already."""
    if comment.is_solved != is_solved:
        comment.is_solved = is_solved
        comment.solved_by = str(by) if is_solved else ""
        comment.solved_at = clock.now() if is_solved else None
        comment.touch(by)
        comment.save()
        note_people(comment.meeting_id)
    return comment
