"""Taking down what was sent: at once, everywhere, and with a reason for everybody.

Source: docs/rules.md R-43.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from core import search
from core.errors import RuleViolationError
from core.formats import NBSP
from core.history import act
from core.search import indexing
from meetings.agenda import Agenda
from meetings.editions.withdrawn import withdrawal_rows, withdrawn
from meetings.models import Appendix, Meeting, Publication, Withdrawal
from meetings.search import scope_of
from meetings.services.life import begin_version
from meetings.services.notes import forget_beneath
from meetings.services.packets import ask_for_packet
from meetings.services.staleness import defer_refresh

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from accounts.models import User

REPLACED: Final = "Noget, der blev taget ned, er rettet eller ude."
"""Why there is a next version, where nobody has said otherwise."""


@dataclass(frozen=True, slots=True)
class Removable:
    """Something that was sent and can be taken down.

    Attributes:
        what: as a form says it: "bilag:2-1-bilag-3", "punkt:2-1", "version:2".
        version: the newest that holds it.
    """

    what: str
    name: str
    title: str
    place: str
    version: int
    item_key: str = ""
    appendix_key: str = ""

    @property
    def label(self) -> str:
        """What it is, in a list to choose from."""
        return f"{self.name}: {self.title}" if self.title else self.name


def removables(meeting_pk: int) -> tuple[Removable, ...]:
    """Give what was sent of a meeting and is not taken down yet: two queries.

    Appendices first, then items, then whole versions; as each was sent last.
    """
    closed = tuple(map(withdrawn, withdrawal_rows(meeting_pk)))
    sent = Publication.objects.filter(meeting=meeting_pk).order_by("number")
    found: dict[str, Removable] = {}
    versions = []
    for number, plain in sent.values_list("number", "agenda"):
        found |= {each.what: each for each in _parts(Agenda.from_json(plain), number)}
        name = f"Version{NBSP}{number}"
        versions.append(Removable(f"version:{number}", name, "", "", number))
    latest = versions[-1].version if versions else 0
    every = (*sorted(found.values(), key=lambda each: each.what), *versions)
    return tuple(
        each
        for each in every
        if not any(_is_same(w, each) and w.holds_for(each.version) for w in closed)
        and latest
    )


def _is_same(one: Withdrawal | object, other: Removable) -> bool:
    own = (getattr(one, "item_key", ""), getattr(one, "appendix_key", ""))
    return own == (other.item_key, other.appendix_key)


def _parts(agenda: Agenda, number: int) -> Iterator[Removable]:
    for item in agenda.items:
        if item.is_hidden:
            continue
        for bilag in item.appendices:
            if not (bilag.is_withdrawn or bilag.is_hidden):
                yield Removable(
                    f"bilag:{bilag.slug}", bilag.label, bilag.title, bilag.slug,
                    number, item.key, bilag.key,
                )  # fmt: skip
        yield Removable(
            f"punkt:{item.slug}", f"Punkt {item.number}", item.heading, item.slug,
            number, item.key,
        )  # fmt: skip


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
    in the same transaction; a job looks through the rest.

    Args:
        what: as :func:`removables` calls it.
        title: what stood there, in words that everybody may read; "" for its title.
        found_at: when it was noticed.

    Raises:
        RuleViolationError: it was not sent, or is taken down already.
    """
    known = {each.what: each for each in removables(meeting_pk)}
    name = known[what].name if what in known else "noget"
    with act(f"tog {name} ned", by):
        meeting = Meeting.checkout(meeting_pk)
        own = {each.what: each for each in removables(meeting_pk)}.get(what)
        if own is None:
            raise RuleViolationError("Det er allerede taget ned, eller ikke sendt.")
        row = Withdrawal.objects.create(
            meeting=meeting,
            item_key=own.item_key,
            appendix_key=own.appendix_key,
            place=own.place,
            version=own.version,
            name=own.name,
            title=title.strip() or own.title or "Dagsorden og bilag",
            reason=reason.strip(),
            found_at=found_at,
            by=str(by),
        )
        meeting.touch(by)
        meeting.save()
        indexing.take_out(_indexed(row))
        forget_beneath(row)
        search.changed(scope_of(meeting_pk))
        defer_refresh(meeting_pk)
        return row


def refuse_again(meeting_pk: int, agenda: Agenda) -> None:
    """Keep what is taken down from being sent once more as it was.

    Raises:
        RuleViolationError: something of the agenda is that very thing.
    """
    for row in Withdrawal.objects.filter(meeting=meeting_pk).exclude(item_key=""):
        sent = Publication.objects.get(meeting=meeting_pk, number=row.version)
        was, now = (
            _said(each, row) for each in (Agenda.from_json(sent.agenda), agenda)
        )
        if was is not None and was == now:
            raise RuleViolationError(
                f"{row.name} er taget ned og er ikke rettet siden. "
                "Ret det, eller lad det udgå, før du sender."
            )


def _said(agenda: Agenda, row: Withdrawal) -> object:
    """Give what an agenda says where something is taken down; None where it is out."""
    item = next((each for each in agenda.items if each.key == row.item_key), None)
    if item is None or not row.is_appendix:
        return item and (item.title, item.summary, item.texts)
    own = (b for b in item.appendices if b.key == row.appendix_key)
    standing = (b for b in own if not b.is_withdrawn)
    return next(((b.title, b.summary, b.digest) for b in standing), None)


def _indexed(row: Withdrawal) -> tuple[str, ...]:
    """Give what the index calls the copies that are taken down, and what begins so."""
    if row.is_version:
        return (f"{row.meeting_id}@{row.version}",)
    numbers = range(1, row.version + 1)
    place = row.place if row.is_appendix else row.place.replace("-", ".")
    return tuple(f"{row.meeting_id}@{number}/{place}" for number in numbers)


def replace_without(pk: int, *, by: User) -> Withdrawal:
    """Begin the meeting's next version without what was taken down.

    An appendix is left out, under the words that everybody reads of it, and the packet is
    built. An item's texts are the secretariat's to write anew.

    Raises:
        RuleViolationError: the meeting cannot have another version.
    """
    row = Withdrawal.objects.select_related("meeting").get(pk=pk)
    with act(f"begyndte en version uden {row.name}", by):
        words = row.meeting.revision_reason or REPLACED
        begin_version(row.meeting_id, reason=words, by=by)
        rows = Appendix.objects.filter(
            item__section__meeting=row.meeting_id, item__key=row.item_key,
            key=row.appendix_key,
        )  # fmt: skip
        for found in rows if row.is_appendix else ():
            bilag = Appendix.checkout(found.pk)
            bilag.is_withdrawn, bilag.title, bilag.summary = True, row.title, ""
            bilag.touch(by)
            bilag.save()
            defer_refresh(row.meeting_id)
            ask_for_packet(row.meeting_id, by=by)
        return row
