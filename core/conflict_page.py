"""The conflict page's contents: three texts side by side, and what was merged."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils import timezone

from core import clock, formats
from core.forms import BACK, MARK, OPEN, SEEN
from core.marked import marked_html
from core.merge import Origin
from core.notices import Merged
from core.versions import event_at, fields_at, fields_of
from core.widgets import RichTextField
from core.wordmarks import Line, compared, lines_of, plain_lines

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from django import forms
    from django.utils.safestring import SafeString

    from core.forms import FieldGroup, VersionedForm
    from core.models import Versioned
    from core.settle import Settled
    from core.versions import Saved
    from core.wordmarks import MarkedLine

EMPTY = "Ikke udfyldt"
# How users begin that are called by what they do.
FUNCTIONS = ("sekretariat", "administrator", "kommunaldirektør", "direktør", "formand")


@dataclass(frozen=True, slots=True)
class Place:
    """What a conflict is about.

    Attributes:
        name: "punkt 2.3", as it stands in "I har begge rettet i punkt 2.3".
        url: where the form posts.
        trail: crumbs, pairs of address and label.
    """

    name: str
    url: str
    trail: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """One text of a group as the page shows it; ``html`` is "" where it is empty."""

    html: SafeString
    is_new: bool
    note: str


@dataclass(frozen=True, slots=True)
class Control:
    """A field for the common text."""

    label: str
    id: str
    html: SafeString


@dataclass(frozen=True, slots=True)
class OpenGroup:
    """A group with a choice to make.

    Attributes:
        errors: Danish, what is missing here; shown once saving was refused.
        same_words: only the formatting differs.
    """

    name: str
    label: str
    base: Reading
    theirs: Reading
    mine: Reading
    own: tuple[Control, ...]
    side: str
    errors: tuple[str, ...]
    same_words: bool
    is_settled: bool


@dataclass(frozen=True, slots=True)
class MergedGroup:
    """A group that is merged; ``by`` is who changed it."""

    name: str
    label: str
    reading: Reading
    by: str


def conflict_context(
    form: VersionedForm,
    current: Versioned,
    version: int,
    settled: Sequence[Settled],
    place: Place,
) -> dict[str, Any]:
    """Give what ``components/conflict.html`` shows.

    Args:
        current: the row as somebody else saved it.
        version: the one the user had opened.
    """
    base = event_at(current, version)
    open_groups = [_open(form, one) for one in settled if one.is_open]
    quiet = [one for one in settled if not one.is_open]
    changed = [one for one in quiet if one.merge.origin is not Origin.NOBODY]
    return {
        "place": place,
        "version": version,
        "current": current,
        "their_name": current.changed_by or "En anden",
        "theirs": possessive(current.changed_by),
        "base_when": moment_words(base.changed_at) if base else "",
        "their_when": moment_words(current.changed_at),
        "my_when": moment_words(clock.now()),
        "next_version": current.version + 1,
        "open_groups": open_groups,
        "waiting": [group.label for group in open_groups if not group.is_settled],
        "merged": [_merged(form, one, current) for one in changed],
        "unchanged": [
            one.group.label for one in quiet if one.merge.origin is Origin.NOBODY
        ],
        "hidden_data": form.hidden_data(),
        "names": {"seen": SEEN, "open": OPEN, "back": BACK},
        "media": form.media,
    }


def merged_readings(
    form: VersionedForm, saved: Saved[Any], version: int
) -> tuple[Merged, ...]:
    """Give what somebody else had changed and a save kept, marked: one query.

    Args:
        version: the one the user had opened.
    """
    groups = [g for g in form.groups if set(g.fields) & set(saved.merged)]
    before = fields_at(saved.row, version, [n for g in groups for n in g.fields])
    found = []
    for group in groups:
        base, now = (
            _lines(form, group, tuple(values[name] for name in group.fields))
            for values in (before, fields_of(saved.row, group.fields))
        )
        reading = _reading(base, now, only_changes=True)
        found.append(Merged(group.label, str(reading.html), reading.note))
    return tuple(found)


def group_lines(form: VersionedForm, group: FieldGroup, row: object) -> list[Line]:
    """Read what a row, or an event of its history, holds in a group, as lines of words."""
    values = tuple(getattr(row, name) for name in group.fields)
    return _lines(form, group, values)


def group_reading(
    base: Sequence[Line], after: Sequence[Line], *, only_changes: bool = True
) -> Reading:
    """Mark one text of a group against another, as the conflict page does."""
    return _reading(base, after, only_changes=only_changes)


def moment_words(moment: datetime) -> str:
    """Give "kl. 9.21" for today, "i går kl. 15.40" and so on for other days."""
    local = timezone.localtime(moment)
    if local.date() == clock.today():
        return formats.clock_time(local)
    return formats.when(local, now=clock.now())


def possessive(name: str) -> str:
    """Give "sekretariatschefens", "Lars’"; "en andens" where nobody is named."""
    if not name:
        return "en andens"
    name = inside(name)
    return f"{name}’" if name.casefold().endswith(("s", "x", "z")) else f"{name}s"


def inside(name: str) -> str:
    """Give a name as it stands inside a sentence: what names a function is no name."""
    is_function = name.casefold().startswith(FUNCTIONS) and " " not in name
    return name[:1].lower() + name[1:] if is_function else name


def _open(form: VersionedForm, one: Settled) -> OpenGroup:
    group, answer = one.group, one.answer
    base, theirs, mine = (
        _lines(form, group, side)
        for side in (one.merge.base, one.merge.theirs, one.merge.mine)
    )
    raw = (
        answer.raw
        if answer
        else dict(zip(group.fields, _all(one.merge.mine), strict=True))
    )
    errors = () if one.is_settled else (_ask(group, one),)
    return OpenGroup(
        name=group.name,
        label=group.label,
        base=_reading(base, base),
        theirs=_reading(base, theirs),
        mine=_reading(base, mine),
        own=tuple(_control(form, group, name, raw[name]) for name in group.fields),
        side=(answer.side or "") if answer else "",
        errors=errors,
        same_words=theirs == mine,
        is_settled=one.is_settled,
    )


def _ask(group: FieldGroup, one: Settled) -> str:
    if one.answer and one.answer.side == "own" and one.answer.errors:
        return " ".join(one.answer.errors)
    return f"Vælg en tekst til {group.label}, eller skriv en fælles."


def _control(form: VersionedForm, group: FieldGroup, name: str, value: Any) -> Control:
    field = form.fields[name]
    name_of = f"{name}{MARK}own"
    attrs = {"id": f"id_{name_of}"}
    html = field.widget.render(name_of, field.prepare_value(value), attrs)
    label = "Fælles tekst" if len(group.fields) == 1 else str(form[name].label)
    return Control(label, attrs["id"], html)


def _merged(form: VersionedForm, one: Settled, current: Versioned) -> MergedGroup:
    base = _lines(form, one.group, one.merge.base)
    after = _lines(form, one.group, one.merge.value)
    by = {
        Origin.MINE: "Dig",
        Origin.THEIRS: current.changed_by or "En anden",
        Origin.BOTH_ALIKE: "Jer begge, ens",
    }
    reading = _reading(base, after, only_changes=True)
    return MergedGroup(one.group.name, one.group.label, reading, by[one.merge.origin])


def _reading(
    base: Sequence[Line], after: Sequence[Line], *, only_changes: bool = False
) -> Reading:
    """Mark ``after`` against ``base``; a wholly new text has no marks, but is said."""
    if base and after:
        marked = compared(base, after)
        shown = [line for line in marked if line.is_changed] if only_changes else marked
        note = _count_words(marked) if only_changes else ""
        return Reading(marked_html(shown or marked), is_new=False, note=note)
    if after:
        html = marked_html(compared(after, after))
        return Reading(html, is_new=True, note="Før: ikke udfyldt")
    if base:
        html = marked_html(compared(base, ()))
        return Reading(html, is_new=False, note="Nu: ikke udfyldt")
    return Reading(marked_html(()), is_new=False, note="")


def _count_words(lines: Sequence[MarkedLine]) -> str:
    """Say how much of a long text is shown: "1 af 3 afsnit er ændret"."""
    changed = sum(line.is_changed for line in lines)
    if not changed:
        return "Kun formateringen er ændret"
    if changed == len(lines):
        return ""
    return f"{changed} af {len(lines)} afsnit er ændret"


def _lines(form: VersionedForm, group: FieldGroup, values: object) -> list[Line]:
    """Read a group's values as lines of words; several fields make one line."""
    fields = [form.fields[name] for name in group.fields]
    pairs = list(zip(fields, _all(values), strict=True))
    if len(pairs) > 1:
        words = ", ".join(text for field, v in pairs if (text := _text(field, v)))
        return list(plain_lines(words))
    field, value = pairs[0]
    if isinstance(field, RichTextField):
        return list(lines_of(_shown(field, value or "")))
    return list(plain_lines(_text(field, value)))


def _all(values: object) -> tuple[Any, ...]:
    return values if isinstance(values, tuple) else (values,)


def _shown(field: forms.Field, value: str) -> str:
    """Give a text as its field prints it, where it keeps it otherwise."""
    shown = getattr(field, "shown_value", None)
    return shown(value) if shown else value


def _text(field: forms.Field, value: Any) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, str):
        value = _shown(field, value)
    if isinstance(value, bool):
        return "Ja" if value else "Nej"
    if isinstance(value, date):
        return formats.long_date(value)
    choices = getattr(field, "choices", None)
    is_row = isinstance(value, models.Model)
    if isinstance(value, list) and not hasattr(field, "said"):
        return ", ".join(_text(field, one) for one in value)
    if choices is not None and not is_row:
        return str(dict(_flat(choices)).get(value, value))
    return str(getattr(field, "said", str)(value))


def _flat(choices: Any) -> list[tuple[Any, Any]]:
    """Give choices without their groups."""
    found: list[tuple[Any, Any]] = []
    for value, label in choices:
        found += label if isinstance(label, list | tuple) else [(value, label)]
    return found
