"""An item's appendices: take in files, form them of data, edit, move, remove, put back."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from core.errors import RuleViolationError
from core.history import act
from core.keys import new_key
from core.order import moved, renumber
from core.versions import Saved, save_merged
from documents.intake import suggest
from documents.sources import source as source_called
from documents.uploads import receive
from meetings.choices import AppendixKind
from meetings.models import AgendaItem, Appendix, Meeting
from meetings.services.closed import refuse_to_close_appendix
from meetings.services.life import refuse_if_locked
from meetings.services.numbers import number_late, refuse_if_sent
from meetings.services.staleness import defer_refresh
from meetings.sources import refuse_unread

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from accounts.models import User


def add_file(item_pk: int, *, path: Path, name: str, by: User) -> Appendix:
    """Take in a file and attach it last to an item, titled as it seems to be called.

    Args:
        path: where the upload lies; it is read by a child process only.
        name: what its owner called it.

    Raises:
        RefusedFileError: it cannot be used; nothing is saved.
    """
    file = receive(path, name)
    title = suggest(name, file.facts) or PurePath(file.name).stem
    values = {"kind": AppendixKind.UPLOADED, "file": file, "title": title[:250]}
    return attach(item_pk, values, by)


def add_generated(
    item_pk: int, *, source: str, options: Mapping[str, Any], title: str, by: User
) -> Appendix:
    """Attach an appendix that is formed from records, last to an item.

    Args:
        source: key of a registered source.
        options: plain values for it, as its form gave them.

    Raises:
        KeyError: there is no such source.
        RuleViolationError: minutes that more would read than may.
    """
    item = AgendaItem.objects.select_related("section__meeting").get(pk=item_pk)
    if not item.is_closed:
        refuse_unread(source, options, item.section.meeting)
    values = {
        "kind": AppendixKind.GENERATED,
        "source": source_called(source).key,
        "options": dict(options),
        "title": title,
    }
    return attach(item_pk, values, by)


def edit_appendix(pk: int, *, version: int, by: User, **values: Any) -> Saved[Appendix]:
    """Save what is said of an appendix, merged with what others saved since.

    Args:
        version: the one the user opened.
        values: the fields that were sent.

    Raises:
        ConflictError: somebody changed the same field to another value.
        ValidationError: the title is missing.
    """
    before = _appendix(pk)
    with act(f"rettede {_named(before)}", by):
        refuse_if_locked(_meeting_of(before))
        appendix = Appendix.checkout(pk)
        refuse_to_close_appendix(appendix, values)
        started_at = appendix.version
        saved = save_merged(appendix, values, version=version, by=by)
        if appendix.version != started_at:
            defer_refresh(_meeting_of(before))
        return saved


def replace_file(pk: int, *, path: Path, name: str, by: User) -> Appendix:
    """Let another file stand in an appendix's place; its title and texts stay.

    Raises:
        RefusedFileError: it cannot be used; the old file stays.
        Appendix.DoesNotExist: there is no uploaded appendix of that pk.
    """
    before = _appendix(pk)
    if before.is_generated:
        raise Appendix.DoesNotExist
    file = receive(path, name)
    with act(f"erstattede filen i {_named(before)}", by):
        refuse_if_locked(_meeting_of(before))
        appendix = Appendix.checkout(pk)
        appendix.file = file
        appendix.touch(by)
        appendix.full_clean()
        appendix.save()
        defer_refresh(_meeting_of(before))
        return appendix


def put_file_back(pk: int, *, file_pk: int, by: User) -> Appendix:
    """Undo a replacement: an earlier file of the same appendix stands again.

    Raises:
        Appendix.DoesNotExist: the file never stood in that appendix.
    """
    before = _appendix(pk)
    with act(f"fortrød, at filen i {_named(before)} blev erstattet", by):
        refuse_if_locked(_meeting_of(before))
        appendix = Appendix.checkout(pk)
        events: Any = appendix.events  # type: ignore[attr-defined]
        if not events.filter(file=file_pk).exists():
            raise Appendix.DoesNotExist
        appendix.file_id = file_pk
        appendix.touch(by)
        appendix.save()
        defer_refresh(_meeting_of(before))
        return appendix


def edit_options(
    pk: int, *, version: int, options: Mapping[str, Any], by: User
) -> Saved[Appendix]:
    """Choose anew what a generated appendix is formed of; its title and texts stay.

    Args:
        version: the one the user opened.
        options: plain values for its source, as the source's form gave them.

    Raises:
        ConflictError: somebody chose something else meanwhile.
        Appendix.DoesNotExist: there is no generated appendix of that pk.
        RuleViolationError: minutes that more would read than may.
    """
    before = _appendix(pk)
    if not before.source:
        raise Appendix.DoesNotExist
    with act(f"valgte andre data til {_named(before)}", by):
        refuse_if_locked(_meeting_of(before))
        if not before.closed:
            refuse_unread(before.source, options, before.item.section.meeting)
        appendix = Appendix.checkout(pk)
        started_at = appendix.version
        values = {"options": dict(options)}
        saved = save_merged(appendix, values, version=version, by=by)
        if appendix.version != started_at:
            defer_refresh(_meeting_of(before))
        return saved


def put_options_back(pk: int, *, version: int, by: User) -> Appendix:
    """Undo a choice of data: the appendix is formed as it was in an earlier version.

    Raises:
        Appendix.DoesNotExist: it has no such version, or is not generated.
    """
    before = _appendix(pk)
    events: Any = before.events  # type: ignore[attr-defined]
    then = events.filter(version=version).order_by("-pgh_id").first()
    if then is None or not before.source:
        raise Appendix.DoesNotExist
    with act(f"fortrød, at der blev valgt andre data til {_named(before)}", by):
        refuse_if_locked(_meeting_of(before))
        appendix = Appendix.checkout(pk)
        appendix.options = then.options
        appendix.touch(by)
        appendix.save()
        defer_refresh(_meeting_of(before))
        return appendix


def move_appendix(pk: int, *, to: int, by: User) -> Appendix:
    """Move an appendix to a place in its item, from 1; outside is the nearest end."""
    before = _appendix(pk)
    with act(f"flyttede {before.label}", by):
        _lock_above(before)
        appendix = Appendix.checkout(pk)
        refuse_if_sent(appendix, before.label, "Bilaget bliver stående.")
        if appendix.position is not None:
            renumber(moved(_standing(appendix.item_id), appendix, to))
            _settle(appendix, _meeting_of(before))
        return appendix


def remove_appendix(pk: int, *, by: User) -> Appendix:
    """Take an appendix out; it can be put back where it stood."""
    before = _appendix(pk)
    with act(f"fjernede {before.label}", by):
        _lock_above(before)
        appendix = Appendix.checkout(pk)
        refuse_if_sent(appendix, before.label, "Træk bilaget tilbage i stedet.")
        if appendix.position is not None:
            appendix.removed_position, appendix.position = appendix.position, None
            appendix.given_number = ""
            appendix.touch(by)
            appendix.save()
            renumber(_standing(appendix.item_id))
            _settle(appendix, _meeting_of(before))
        return appendix


def withdraw_appendix(pk: int, *, by: User) -> Appendix:
    """Take a sent appendix out of the next version; its number and pages stay listed.

    Raises:
        RuleViolationError: it was never sent; then it can be removed.
    """
    before = _appendix(pk)
    with act(f"trak {before.label} tilbage", by):
        appendix = _locked(before)
        if appendix.sent_in is None:
            raise RuleViolationError(
                f"{before.label} er ikke sendt. Fjern det i stedet."
            )
        return _set_withdrawn(appendix, _meeting_of(before), by, is_withdrawn=True)


def reinstate_appendix(pk: int, *, by: User) -> Appendix:
    """Let a withdrawn appendix stand again, with the number and pages it had."""
    before = _appendix(pk)
    with act(f"lod {before.label} gælde igen", by):
        appendix = _locked(before)
        return _set_withdrawn(appendix, _meeting_of(before), by, is_withdrawn=False)


def restore_appendix(pk: int, *, by: User) -> Appendix:
    """Put a removed appendix back where it stood."""
    before = _appendix(pk)
    with act(f"fortrød, at {before.label} blev fjernet", by):
        _lock_above(before)
        appendix = Appendix.checkout(pk)
        if appendix.position is None:
            to = appendix.removed_position or 1
            appendix.position = len(_standing(appendix.item_id)) + 1
            appendix.removed_position = None
            appendix.touch(by)
            appendix.save()
            renumber(moved(_standing(appendix.item_id), appendix, to))
            _settle(appendix, _meeting_of(before))
        return appendix


def attach(item_pk: int, values: Mapping[str, Any], who: User) -> Appendix:
    """Put an appendix last into an item; part of a service that says of what kind."""
    item = AgendaItem.objects.select_related("section").get(pk=item_pk)
    with act(f"tilføjede et bilag til punkt {item.number}", who):
        Meeting.checkout(item.section.meeting_id)
        refuse_if_locked(item.section.meeting_id)
        AgendaItem.checkout(item_pk)
        rows = Appendix.objects.filter(item=item_pk)
        appendix = Appendix(
            item=item,
            key=new_key(str(values["title"]), set(rows.values_list("key", flat=True))),
            position=len(_standing(item_pk)) + 1,
            changed_by=str(who),
            **values,
        )
        appendix.full_clean()
        appendix.save()
        _settle(appendix, item.section.meeting_id)
        return appendix


def _set_withdrawn(
    appendix: Appendix, meeting_pk: int, by: User, *, is_withdrawn: bool
) -> Appendix:
    if appendix.is_withdrawn != is_withdrawn:
        appendix.is_withdrawn = is_withdrawn
        appendix.touch(by)
        appendix.save()
        defer_refresh(meeting_pk)
    return appendix


def _settle(appendix: Appendix, meeting_pk: int) -> None:
    """Number what is new in a sent meeting, and have the packet looked at."""
    number_late(meeting_pk)
    appendix.refresh_from_db(fields=["position", "given_number"])
    defer_refresh(meeting_pk)


def _appendix(pk: int) -> Appendix:
    return Appendix.objects.select_related("item__section").get(pk=pk)


def _named(appendix: Appendix) -> str:
    """Give what the history calls it: a removed one's number is another's by now."""
    item = appendix.item
    if item.position is None:
        return f"bilaget ”{appendix.title}” i det fjernede punkt ”{item.heading}”"
    if appendix.position is None:
        return f"det fjernede bilag ”{appendix.title}” i punkt {item.number}"
    return appendix.label


def _meeting_of(appendix: Appendix) -> int:
    return appendix.item.section.meeting_id


def _lock_above(appendix: Appendix) -> None:
    """Lock the meeting, which must be open, then the item: always in this order."""
    Meeting.checkout(_meeting_of(appendix))
    refuse_if_locked(_meeting_of(appendix))
    AgendaItem.checkout(appendix.item_id)


def _locked(before: Appendix) -> Appendix:
    _lock_above(before)
    return Appendix.checkout(before.pk)


def _standing(item_pk: int) -> list[Appendix]:
    rows = Appendix.objects.filter(item=item_pk, position__isnull=False)
    return list(rows.order_by("position", "pk"))
