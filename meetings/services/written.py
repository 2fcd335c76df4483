"""Appendices written in the portal: begun, filled block by block, or read from Word."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from django.core.files.base import ContentFile

from core.history import act
from core.keys import new_key
from core.order import moved, renumber
from core.richtext import sanitise
from core.versions import Saved, save_merged
from documents.intake import safe_name, suggest
from documents.storage import keep, keep_path
from documents.uploads import receive_picture, receive_word
from meetings.choices import AppendixKind, BlockKind
from meetings.models import AgendaItem, Appendix, Meeting, WordOriginal, WrittenBlock
from meetings.services.appendices import attach
from meetings.services.life import refuse_if_locked
from meetings.services.staleness import defer_refresh

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from accounts.models import User
    from documents.intake.office import WordPart


def add_written(item_pk: int, *, title: str, by: User, **values: Any) -> Appendix:
    """Attach an empty appendix that is written here, last to an item.

    Args:
        values: what else is said of it: sender, date, status, language.
    """
    own = {"kind": AppendixKind.WRITTEN, "title": title, "language": "da", **values}
    return attach(item_pk, own, by)


def add_word(item_pk: int, *, path: Path, name: str, by: User) -> Appendix:
    """Make a written appendix of a Word file, last in an item; the file itself is kept.

    Args:
        path: where the upload lies; it is read by a child process only.
        name: what its owner called it.

    Raises:
        RefusedFileError: it cannot be used; nothing is saved.
    """
    word = receive_word(path, name)
    shown = safe_name(name)
    parts = [_of_word(part) for part in word.parts]
    title = word.title or suggest(shown, {}) or PurePath(shown).stem
    with act("lavede et bilag af en Word-fil", by):
        made = add_written(item_pk, title=title[:250], by=by)
        for position, (kind, values) in enumerate(parts, 1):
            _new_block(made, kind, position, values, by).save()
        WordOriginal.objects.create(
            appendix=made,
            file=keep_path(path),
            name=shown,
            size=path.stat().st_size,
            notes=list(word.notes),
        )
        return made


def _of_word(part: WordPart) -> tuple[BlockKind, dict[str, Any]]:
    if part.kind == "text":
        return BlockKind.TEXT, {"heading": part.heading, "text": sanitise(part.html)}
    return BlockKind.PICTURE, {
        "heading": part.heading,
        "alternative": part.alternative,
        "file": keep(ContentFile(part.data)),
        "file_format": part.format,
        "width": part.width,
        "height": part.height,
    }


def add_block(
    appendix_pk: int,
    *,
    kind: str,
    by: User,
    path: Path | None = None,
    after: int | None = None,
    **values: Any,
) -> WrittenBlock:
    """Put a block into a written appendix, last or right below another.

    Args:
        path: where the upload of a picture lies.
        after: the position that it comes below; 0 puts it first.

    Raises:
        RefusedFileError: the picture cannot be used.
        ValidationError: something it needs is missing.
        Appendix.DoesNotExist: there is no written appendix of that pk.
    """
    if path is not None:
        values |= _kept_picture(path)
    before = _written(appendix_pk)
    with act(f"skrev i {before.label}", by):
        _lock(before)
        standing = _standing(appendix_pk)
        block = _new_block(before, kind, len(standing) + 1, values, by)
        block.save()
        if after is not None and after < len(standing):
            renumber(moved([*standing, block], block, after + 1))
        _note(before, by)
        return block


def edit_block(
    pk: int, *, version: int, by: User, **values: Any
) -> Saved[WrittenBlock]:
    """Save a block, merged with what others saved since.

    Args:
        version: the one the user opened.

    Raises:
        ConflictError: somebody changed the same field to another value.
        ValidationError: something it needs is missing.
    """
    before = _block(pk)
    with act(f"rettede i {before.appendix.label}", by):
        _lock(before.appendix)
        block = WrittenBlock.checkout(pk)
        started_at = block.version
        saved = save_merged(block, values, version=version, by=by)
        if block.version != started_at:
            _note(before.appendix, by)
        return saved


def move_block(pk: int, *, to: int, by: User) -> WrittenBlock:
    """Move a block to a place in its appendix, from 1; outside is the nearest end."""
    before = _block(pk)
    with act(f"flyttede et afsnit i {before.appendix.label}", by):
        _lock(before.appendix)
        block = WrittenBlock.checkout(pk)
        if block.position is not None:
            renumber(moved(_standing(block.appendix_id), block, to))
            block.refresh_from_db(fields=["position"])
            _note(before.appendix, by)
        return block


def remove_block(pk: int, *, by: User) -> WrittenBlock:
    """Take a block out; it can be put back where it stood."""
    before = _block(pk)
    with act(f"fjernede et afsnit i {before.appendix.label}", by):
        _lock(before.appendix)
        block = WrittenBlock.checkout(pk)
        if block.position is not None:
            block.removed_position, block.position = block.position, None
            block.touch(by)
            block.save()
            renumber(_standing(block.appendix_id))
            _note(before.appendix, by)
        return block


def restore_block(pk: int, *, by: User) -> WrittenBlock:
    """Put a removed block back where it stood."""
    before = _block(pk)
    with act(f"fortrød, at et afsnit i {before.appendix.label} blev fjernet", by):
        _lock(before.appendix)
        block = WrittenBlock.checkout(pk)
        if block.position is None:
            to = block.removed_position or 1
            standing = _standing(block.appendix_id)
            block.position, block.removed_position = len(standing) + 1, None
            block.touch(by)
            block.save()
            renumber(moved([*standing, block], block, to))
            block.refresh_from_db(fields=["position"])
            _note(before.appendix, by)
        return block


def put_block_back(pk: int, *, version: int, by: User) -> WrittenBlock:
    """Undo an edit: a block reads again as it did in an earlier version.

    Raises:
        WrittenBlock.DoesNotExist: it has no such version.
    """
    before = _block(pk)
    events: Any = before.events  # type: ignore[attr-defined]
    then = events.filter(version=version).order_by("-pgh_id").first()
    if then is None:
        raise WrittenBlock.DoesNotExist
    with act(f"fortrød en rettelse i {before.appendix.label}", by):
        _lock(before.appendix)
        block = WrittenBlock.checkout(pk)
        for name in SAID:
            setattr(block, name, getattr(then, name))
        block.touch(by)
        block.save()
        _note(before.appendix, by)
        return block


SAID = (
    "heading", "text", "number", "missing", "unit", "qualifier", "year", "source",
    "source_url", "alternative", "caption", "sentence",
)  # fmt: skip
"""What people write in a block."""

PICTURE = ("kind", "file", "file_format", "width", "height")


def copy_blocks(row: Appendix, to: Appendix, who: str) -> None:
    """Let a copied appendix say the same, and have the same Word file; part of a copy."""
    for block in row.blocks.present():
        WrittenBlock.objects.create(
            appendix=to,
            key=block.key,
            position=block.position,
            changed_by=who,
            **{name: getattr(block, name) for name in (*SAID, *PICTURE)},
        )
    for word in WordOriginal.objects.filter(appendix=row):
        WordOriginal.objects.create(
            appendix=to,
            file=word.file,
            name=word.name,
            size=word.size,
            notes=word.notes,
        )


def _new_block(
    appendix: Appendix, kind: str, position: int, values: Mapping[str, Any], by: User
) -> WrittenBlock:
    taken = set(appendix.blocks.values_list("key", flat=True))
    words = str(values.get("heading") or BlockKind(kind).label)
    block = WrittenBlock(
        appendix=appendix,
        key=new_key(words, taken),
        position=position,
        kind=kind,
        changed_by=str(by),
        **values,
    )
    block.full_clean()
    return block


def _kept_picture(path: Path) -> dict[str, Any]:
    taken = receive_picture(path)
    return {
        "file": keep(ContentFile(taken.data)),
        "file_format": taken.format,
        "width": taken.width,
        "height": taken.height,
    }


def _block(pk: int) -> WrittenBlock:
    rows = WrittenBlock.objects.select_related("appendix__item__section")
    return rows.get(pk=pk)


def _written(pk: int) -> Appendix:
    rows = Appendix.objects.filter(kind=AppendixKind.WRITTEN)
    return rows.select_related("item__section").get(pk=pk)


def _lock(appendix: Appendix) -> None:
    """Lock from above: the meeting, which must be open, the item, then the appendix."""
    meeting = appendix.item.section.meeting_id
    Meeting.checkout(meeting)
    refuse_if_locked(meeting)
    AgendaItem.checkout(appendix.item_id)
    Appendix.checkout(appendix.pk)


def _note(appendix: Appendix, by: User) -> None:
    """Raise the appendix's own version, and have the packet looked at."""
    row = Appendix.objects.get(pk=appendix.pk)
    row.touch(by)
    row.save()
    defer_refresh(appendix.item.section.meeting_id)


def _standing(appendix_pk: int) -> list[WrittenBlock]:
    return list(WrittenBlock.objects.filter(appendix=appendix_pk).present())
