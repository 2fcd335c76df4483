"""What the pages of a record's history show: changes, a comparison, what comes back."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any, Final

from core import formats
from core.conflict_page import group_reading
from core.marked import marked_html
from core.wordmarks import Line, MarkedLine, compared
from proposals.choices import PointKind
from proposals.revisions.parts import BY_SLUG, label_of
from proposals.revisions.snapshot import ORDER, differing
from proposals.words import WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.utils.safestring import SafeString

    from proposals.revisions.reading import History, Told, Version
    from proposals.revisions.snapshot import Entry, Snapshot

# Given to a record by its catalogue, and not taken back with its texts.
KEPT: Final = frozenset(("number",))


@dataclass(frozen=True, slots=True)
class Change:
    """One key that differs.

    Attributes:
        html: both versions in one text, with marks; safe as it stands.
        note: a sentence beside it, or "".
        old, new: the same, each version for itself.
        since: where it was changed.
    """

    key: str
    label: str
    html: SafeString
    note: str
    old: SafeString
    new: SafeString
    since: tuple[int, ...] = ()

    @property
    def since_words(self) -> str:
        """Give "version 2 og 4"."""
        return f"version{formats.NBSP}{formats.listed([str(n) for n in self.since])}"


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One version in the list.

    Attributes:
        told: who made it, and what else was written while it held.
        begun: of the first version, what it was made with.
    """

    version: Version
    told: tuple[Told, ...]
    changes: tuple[Change, ...]
    begun: str
    is_current: bool

    @property
    def number(self) -> int:
        """The version's."""
        return self.version.number


@dataclass(frozen=True, slots=True)
class Group:
    """What a list of versions can be narrowed to, and how many versions touch it."""

    name: str
    heading: str
    count: int


@dataclass(frozen=True, slots=True)
class Return:
    """One key of what would be taken back: as it is now, and as it would be."""

    key: str
    label: str
    now: SafeString
    after: SafeString


@dataclass(frozen=True, slots=True)
class WholeRow:
    """One key of a version that is shown whole; ``comes_back``: it is another today."""

    key: str
    label: str
    html: SafeString
    comes_back: bool


@dataclass(frozen=True, slots=True)
class Whole:
    """What is alike in a version that is shown whole."""

    heading: str
    rows: tuple[WholeRow, ...]
    is_many: bool

    @property
    def comes_back(self) -> bool:
        """Something of it is another today."""
        return any(row.comes_back for row in self.rows)


@dataclass(frozen=True, slots=True)
class Gone:
    """A point that was removed: its words, and when it stood last."""

    pk: int
    label: str
    text: str
    by: str
    at: Any


def whole(history: History, version: Version) -> tuple[Whole, ...]:
    """Give all that a version holds, group by group; what is empty is left out."""
    back = set(coming_back(history.current.snapshot, version.snapshot))
    groups: dict[str, list[WholeRow]] = {}
    headings: dict[str, str] = {}
    for entry in version.snapshot.entries(history.names(version)):
        headings[entry.group] = entry.heading
        row = WholeRow(entry.key, entry.label, _plain(entry), entry.key in back)
        groups.setdefault(entry.group, []).append(row)
    return tuple(
        Whole(headings[name], tuple(rows), is_many=not rows[0].key.endswith(name))
        for name, rows in groups.items()
    )


def changes_of(
    history: History, before: Version, after: Version, keys: Iterable[str]
) -> tuple[Change, ...]:
    """Give keys that differ between two versions, in words."""
    found = (_change(history, before, after, key) for key in keys)
    return tuple(change for change in found if change is not None)


def compared_versions(
    history: History, one: Version, other: Version
) -> tuple[Change, ...]:
    """Give all in which two versions differ, and where each was changed."""
    low, high = sorted((one.number, other.number))
    between = [v for v in history.versions if low < v.number <= high]
    keys = differing(one.snapshot, other.snapshot)
    found = []
    for change in changes_of(history, one, other, keys):
        since = tuple(v.number for v in between if change.key in v.touched)
        found.append(
            Change(
                change.key,
                change.label,
                change.html,
                change.note,
                change.old,
                change.new,
                since,
            )
        )
    return tuple(found)


def same_in_both(
    history: History, one: Version, other: Version, changes: Sequence[Change]
) -> list[str]:
    """Give what two versions have alike, in lower case, without repetitions."""
    changed = {change.key for change in changes}
    entries = (*one.snapshot.entries(history.names(one)),)
    there = set(other.snapshot.all_keys())
    alike = (e for e in entries if e.key not in changed and e.key in there)
    return list(dict.fromkeys(entry.label.lower() for entry in alike))


def returning(
    history: History, then: Version, only: Sequence[str] = ()
) -> tuple[Return, ...]:
    """Give what taking a version back would change; ``only`` are the keys to look at."""
    now = history.current
    found = []
    for key in coming_back(now.snapshot, then.snapshot, only):
        old, new = (v.snapshot.entry(key, history.names(v)) for v in (now, then))
        shown = new or old
        if shown is None:
            continue
        found.append(Return(key, shown.label, _plain(old), _plain(new)))
    return tuple(found)


def coming_back(
    now: Snapshot, then: Snapshot, only: Sequence[str] = ()
) -> tuple[str, ...]:
    """Give the keys that taking a version back would change.

    A record's number is its catalogue's; what other units share is theirs, too: what
    differs in their words alone does not come back.
    """
    keys = differing(now, then, frozenset(only) if only else None)
    return tuple(
        key for key in keys if key not in KEPT and not _only_stem(now, then, key)
    )


def row_of(
    history: History,
    version: Version,
    told: tuple[Told, ...],
    only: str,
) -> VersionRow:
    """Give one version as the list shows it; ``only``: a group or a key, or all: ""."""
    before = history.before(version)
    keys = [
        key for key in version.touched if not only or _is_in(key, only, version, before)
    ]
    return VersionRow(
        version,
        told,
        changes_of(history, before, version, keys) if before else (),
        "" if before else begun_words(history, version),
        version is history.current,
    )


def groups_of(history: History) -> tuple[Group, ...]:
    """Give what the list can be narrowed to, as the record is read; 0 is said."""
    counts: Counter[str] = Counter()
    headings: dict[str, str] = {}
    for version in reversed(history.versions):
        before = history.before(version)
        groups = {}
        for key in version.touched:
            found = _group(key, version, before)
            if found:
                groups[found[0]] = found[1]
        counts.update(groups.keys())
        headings |= {name: own for name, own in groups.items() if name not in headings}
    now = history.current
    order: dict[str, str] = {}
    for entry in now.snapshot.entries(history.names(now)):
        order.setdefault(entry.group, entry.heading)
    return tuple(
        Group(name, heading, counts[name])
        for name, heading in (order | headings).items()
    )


def touching(history: History, only: str) -> list[Version]:
    """Give the versions of a list, the newest first; ``only``: a group or a key, or all."""
    return [
        version
        for version in reversed(history.versions)
        if not only
        or (version.is_first and _began_with(version, only))
        or any(
            _is_in(key, only, version, history.before(version))
            for key in version.touched
        )
    ]


def gone_points(history: History) -> tuple[Gone, ...]:
    """Give the points that stood once and stand no more, the latest first."""
    table = BY_SLUG["point"]
    standing = history.current.snapshot.rows["point"]
    found: dict[int, Gone] = {}
    for version in history.versions:
        before = history.before(version)
        if before is None:
            continue
        for key in version.touched:
            if not key.startswith("point-"):
                continue
            pk = int(key.removeprefix("point-"))
            if pk in version.snapshot.rows["point"] or pk in standing:
                continue
            entry = before.snapshot.entry(key, history.names(before))
            if entry is not None:
                text = " ".join(
                    table.lines(
                        before.snapshot.rows["point"][pk], history.names(before)
                    )
                )
                found.pop(pk, None)
                found[pk] = Gone(pk, entry.label, text, version.changed_by, version.at)
    return tuple(reversed(found.values()))


def begun_words(history: History, version: Version) -> str:
    """Say what the first version was made with: "titel, ideen, 3 gevinster, 2 tal"."""
    groups: dict[str, list[Entry]] = {}
    for entry in version.snapshot.entries(history.names(version)):
        groups.setdefault(entry.group, []).append(entry)
    words = [_counted(name, own) for name, own in groups.items()]
    return formats.listed(words)


def _counted(group: str, own: Sequence[Entry]) -> str:
    """Give "titel", "3 gevinster", "lov eller regel"."""
    heading = own[0].heading.lower()
    if group in WORDS:
        words = WORDS[PointKind(group)]
        return formats.counted(len(own), words.one, words.many)
    is_one = own[0].key.endswith(group)
    return heading if is_one else formats.counted(len(own), heading, heading)


def _began_with(version: Version, only: str) -> bool:
    every = list(version.snapshot.all_keys())
    return any(key == only or _name(key, version.snapshot) == only for key in every)


def _name(key: str, snapshot: Snapshot) -> str:
    """Give the group of a key in a version; "" where it stands in none."""
    slug, mark, rest = key.partition("-")
    if not mark:
        return key
    table = BY_SLUG.get(slug)
    if table is None or table.is_list or slug == ORDER:
        return rest
    event = snapshot.rows.get(slug, {}).get(int(rest))
    return table.group(event) if event is not None else ""


def _group(
    key: str, version: Version, before: Version | None
) -> tuple[str, str] | None:
    """Give a changed key's group and its heading."""
    name = _name(key, version.snapshot) or (
        _name(key, before.snapshot) if before else ""
    )
    if not name:
        return None
    slug, mark, rest = key.partition("-")
    if not mark:
        field: Any = version.snapshot.model._meta.get_field(key)  # noqa: SLF001
        return name, label_of(field)
    table = BY_SLUG.get(slug) or next(t for t in BY_SLUG.values() if rest in t.orders)
    return name, table.heading_of(name)


def _is_in(key: str, only: str, version: Version, before: Version | None) -> bool:
    if key == only:
        return True
    found = _group(key, version, before)
    return found is not None and found[0] == only


def _change(
    history: History, before: Version, after: Version, key: str
) -> Change | None:
    old = before.snapshot.entry(key, history.names(before))
    new = after.snapshot.entry(key, history.names(after))
    shown = new or old
    if shown is None:
        return None
    if key.startswith(f"{ORDER}-"):
        return _order(before, after, key, shown, _plain(old), _plain(new))
    base, now = (entry.lines if entry else () for entry in (old, new))
    reading = group_reading(base, now)
    note = reading.note
    if old and new and old.group != new.group:
        note = f"Flyttet fra {old.heading.lower()} til {new.heading.lower()}"
    if not (old and new):
        note = "Tilføjet" if new else "Slettet"
    left, right = _sides(base, now)
    return Change(key, shown.label, reading.html, note, left, right)


def _order(
    before: Version,
    after: Version,
    key: str,
    shown: Entry,
    old: SafeString,
    new: SafeString,
) -> Change:
    """Say what was moved: "”…” er flyttet fra nr. 3 til nr. 2"."""
    was, now = before.snapshot.value(key), after.snapshot.value(key)
    both = set(was) & set(now)
    first, then = ([pk for pk in own if pk in both] for own in (was, now))
    blocks = SequenceMatcher(a=first, b=then, autojunk=False).get_matching_blocks()
    stayed = {pk for block in blocks for pk in then[block.b : block.b + block.size]}
    texts = dict(zip(now, shown.lines, strict=True))
    told = [
        f"”{texts[pk].text}” er flyttet fra nr.{formats.NBSP}{was.index(pk) + 1} "
        f"til nr.{formats.NBSP}{now.index(pk) + 1}."
        for pk in then
        if pk not in stayed
    ]
    return Change(key, shown.label, _paragraphs(told), "", old, new)


def _only_stem(now: Snapshot, then: Snapshot, key: str) -> bool:
    """Whether a point differs only in what other units share."""
    if not key.startswith("point-"):
        return False
    old, new = now.value(key), then.value(key)
    return old is not None and new is not None and old[:-1] == new[:-1]


def _plain(entry: Entry | None) -> SafeString:
    lines = entry.lines if entry else ()
    return marked_html(compared(lines, lines))


def _sides(base: Sequence[Any], now: Sequence[Any]) -> tuple[SafeString, SafeString]:
    """Give a comparison's two sides: what went is marked in one, what came in the other."""
    marked = compared(base, now)
    return _without(marked, "added"), _without(marked, "removed")


def _without(lines: Sequence[MarkedLine], mark: str) -> SafeString:
    kept = (
        MarkedLine(line.kind, tuple(r for r in line.runs if r.mark != mark), line.depth)
        for line in lines
    )
    return marked_html([line for line in kept if line.runs])


def _paragraphs(sentences: Iterable[str]) -> SafeString:
    lines = [Line("text", sentence) for sentence in sentences]
    return marked_html(compared(lines, lines))
