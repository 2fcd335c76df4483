"""Taking down what was sent: at once, everywhere, and with a reason for everybody.

Source: docs/rules.md R-43, R-48, R-49.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from core import search
from core.errors import RuleViolationError
from core.history import act
from core.search import indexing
from meetings.agenda import Agenda
from meetings.closed.parting import closed_view
from meetings.closed.volumes import stored
from meetings.editions.removable import removables, whole_agendas
from meetings.models import Appendix, Lifting, Meeting, Withdrawal
from meetings.search import scope_of
from meetings.services.closed import refuse_closed_names
from meetings.services.life import begin_version, version_sent
from meetings.services.notes import forget_beneath
from meetings.services.packets import ask_for_packet
from meetings.services.staleness import defer_refresh
from meetings.services.writing import forget_minutes, note_proposed, note_written

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from django.db.models import QuerySet

    from accounts.models import User
    from meetings.agenda import AgendaAppendix
    from meetings.models import Packet

_AS_SENT: Final = (
    "item_key", "appendix_key", "place", "version", "name", "is_closed", "is_minutes",
)  # fmt: skip
REPLACED: Final = "Noget, der blev taget ned, er rettet eller ude."
"""Why there is a next version, where nobody has said otherwise."""


def withdraw(
    meeting_pk: int,
    *,
    what: str,
    title: str,
    reason: str,
    found_at: datetime,
    by: User,
) -> Withdrawal:
    """Take down something that was sent: nobody reads it from this moment on.

    The bytes stay, for the secretariat alone. What can be found by a search is taken out
    in the same transaction; a job looks through the rest. Packets that were built before
    are stale from now on.

    Args:
        what: as ``meetings.editions.removable.removables`` calls it.
        title: what stood there, in words that its readers may read; "" for its title.
        found_at: when it was noticed.

    Raises:
        RuleViolationError: it was not sent, is taken down already, or everybody would
            read the title of something closed.
    """
    known = {each.what: each for each in removables(meeting_pk)}
    name = known[what].name if what in known else "noget"
    with act(f"tog {name} ned", by):
        meeting = Meeting.checkout(meeting_pk)
        own = {each.what: each for each in removables(meeting_pk)}.get(what)
        if own is None:
            raise RuleViolationError("Det er allerede taget ned, eller ikke sendt.")
        if not own.is_closed:
            refuse_closed_names(meeting_pk, f"{title} {reason}")
        row = Withdrawal(
            meeting=meeting,
            title=title.strip() or own.title,
            reason=reason.strip(),
            found_at=found_at,
            by=str(by),
            **{name: getattr(own, name) for name in _AS_SENT},
        )
        row.save()
        _note(meeting, row, by)
        return row


def _note(meeting: Meeting, row: Withdrawal, by: User) -> None:
    """Let everything forget it that was made of it."""
    indexing.take_out(_indexed(row))
    forget_beneath(row)
    _look_anew(meeting, row, by)


def _look_anew(meeting: Meeting, row: Withdrawal, by: User) -> None:
    """Let everything that is made of the meeting be made anew."""
    meeting.taken += not row.is_minutes
    meeting.touch(by)
    meeting.save()
    search.changed(scope_of(meeting.pk))
    defer_refresh(meeting.pk)
    if meeting.minutes.exists():
        note_written(meeting.pk)
        note_proposed(meeting.pk)
        forget_minutes(meeting.pk)


def lift(pk: int, *, reason: str, by: User) -> Lifting:
    """Put up again what was taken down by mistake: it is read as it was sent.

    What was taken down stays in the history, and in the list that the secretariat reads.
    An appendix that is out of the begun version for it stands there again as it was sent.

    Raises:
        RuleViolationError: there is no reason, or it is up already.

    Source: docs/rules.md R-74.
    """
    row = Withdrawal.everything.select_related("lifting").get(pk=pk)
    with act(f"viste {row.name} igen", by):
        meeting = Meeting.checkout(row.meeting_id)
        if Lifting.objects.filter(withdrawal=row).exists():
            raise RuleViolationError("Det vises allerede igen.")
        if not reason.strip():
            raise RuleViolationError("Skriv, hvorfor det vises igen.")
        made = Lifting.objects.create(withdrawal=row, reason=reason.strip(), by=str(by))
        if meeting.is_revising and row.is_appendix:
            _stand_again(row, by)
        _look_anew(meeting, row, by)
        return made


def _stand_again(row: Withdrawal, by: User) -> None:
    """Undo what :func:`replace_without` did, unless a version was sent without it."""
    newest = max(whole_agendas(row.meeting_id).items())
    was = _standing(newest[1], row)
    if was is None or newest[0] > row.version:
        return
    for found in _rows_of(row).filter(is_withdrawn=True, title=row.title):
        bilag = Appendix.checkout(found.pk)
        bilag.is_withdrawn, bilag.title, bilag.summary = False, was.title, was.summary
        bilag.touch(by)
        bilag.save()


def _rows_of(row: Withdrawal) -> QuerySet[Appendix]:
    """Give the appendix as the agenda has it now."""
    own = Appendix.objects.filter(item__section__meeting=row.meeting_id)
    return own.filter(item__key=row.item_key, key=row.appendix_key)


def refuse_again(packet: Packet) -> None:
    """Keep what is taken down from being sent once more as it was.

    Raises:
        RuleViolationError: something of the packet is that very thing, or bears its
            title.
    """
    rows = Withdrawal.objects.filter(meeting=packet.meeting_id, is_minutes=False)
    if not rows:
        return
    kept = stored(packet.closed)
    now = Agenda.from_json(kept.agenda if kept else packet.contents)
    sent = whole_agendas(packet.meeting_id)
    for row in rows:
        held = (a for n, a in sent.items() if _holds(row, n))
        if _is_again(row, tuple(held), now):
            raise RuleViolationError(
                f"{row.name} er taget ned og er ikke rettet siden. "
                "Ret det, eller lad det udgå, før du sender."
            )


def _holds(row: Withdrawal, number: int) -> bool:
    return number == row.version if row.is_version else number <= row.version


def _is_again(row: Withdrawal, held: tuple[Agenda, ...], now: Agenda) -> bool:
    if row.is_version:
        seen = closed_view if row.is_closed else _itself
        return any(_all(seen(each)) == _all(seen(now)) for each in held)
    before = {_said(each, row) for each in held} - {None}
    if _said(now, row) in before:
        return True
    titles = {title for each in held for title in _titles(each, row, is_out=None)}
    return not titles.isdisjoint(set(_titles(now, row, is_out=True)) - {row.title})


def _itself(agenda: Agenda) -> Agenda:
    return agenda


def _all(agenda: Agenda) -> object:
    """Give all that an agenda says, without what depends on when it was read."""
    return replace(agenda, taken=0, sending_day="")


def _said(agenda: Agenda, row: Withdrawal) -> object:
    """Give what an agenda says where something is taken down; None where it is out."""
    item = next((each for each in agenda.items if each.key == row.item_key), None)
    if item is None or not row.is_appendix:
        return item and (item.title, item.summary, item.texts)
    found = _standing(agenda, row)
    return found and (found.title, found.summary, found.digest)


def _standing(agenda: Agenda, row: Withdrawal) -> AgendaAppendix | None:
    """Give the appendix that is taken down as an agenda has it; None where it is out."""
    own = (each for each in agenda.items if each.key == row.item_key)
    rows = (b for item in own for b in item.appendices if b.key == row.appendix_key)
    return next((b for b in rows if not b.is_withdrawn), None)


def _titles(agenda: Agenda, row: Withdrawal, *, is_out: bool | None) -> Iterable[str]:
    """Give an appendix's title in an agenda; where ``is_out``, only if it is out."""
    for item in agenda.items:
        for bilag in item.appendices:
            is_own = (item.key, bilag.key) == (row.item_key, row.appendix_key)
            if is_own and is_out in {None, bilag.is_withdrawn}:
                yield bilag.title


def _indexed(row: Withdrawal) -> tuple[str, ...]:
    """Give what the index calls the copies that are taken down, and what begins so."""
    if row.is_version:
        return (f"{row.meeting_id}@{row.version}",)
    numbers = range(1, row.version + 1)
    if not row.item_key:
        return tuple(f"{row.meeting_id}@{number}" for number in numbers)
    place = row.place if row.is_appendix else row.place.replace("-", ".")
    return tuple(f"{row.meeting_id}@{number}/{place}" for number in numbers)


def replace_without(pk: int, *, by: User) -> Withdrawal:
    """Begin the meeting's next version without what was taken down.

    An appendix is left out, under the words that everybody reads of it, and the packet is
    built. So it is where a later version stands already: only its files show what was
    taken down. Else the texts are the secretariat's to write anew.

    Raises:
        RuleViolationError: the meeting cannot have another version, it stands in the
            minutes, or it is up again.
    """
    row = Withdrawal.everything.get(pk=pk)
    with act(f"begyndte en version uden {row.name}", by):
        meeting = Meeting.checkout(row.meeting_id)
        if Lifting.objects.filter(withdrawal=row).exists():
            raise RuleViolationError("Det vises igen.")
        if row.is_minutes:
            raise RuleViolationError(
                "Tag godkendelsen af referatet tilbage, ret det, og få det godkendt igen."
            )
        words = meeting.revision_reason or REPLACED
        begin_version(row.meeting_id, reason=words, by=by)
        for found in _rows_of(row) if row.is_appendix else ():
            bilag = Appendix.checkout(found.pk)
            bilag.is_withdrawn, bilag.title, bilag.summary = True, row.title, ""
            bilag.touch(by)
            bilag.save()
            defer_refresh(row.meeting_id)
            ask_for_packet(row.meeting_id, by=by)
        if row.is_version and row.version < version_sent(row.meeting_id):
            ask_for_packet(row.meeting_id, by=by)
        return row
