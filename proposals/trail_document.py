"""What came of the proposals since a day, as a document: 4 queries at most, then pure.

Source: docs/rules.md R-86.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from django.db.models import Prefetch

from core.formats import counted, listed, long_date
from documents.tree import (
    Column,
    Document,
    Group,
    Note,
    Row,
    Section,
    Table,
    Words,
)
from proposals.choices import Status
from proposals.facts import small
from proposals.models import Proposal, Step
from proposals.overview import theme_title
from proposals.queries.choices import of_themes
from proposals.trail import NO_STATUS, UNDATED, since

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from datetime import date

    from documents.tree import Inline
    from proposals.models import Catalogue, Theme

STATUS: Final = "Status"
"""The label of the section that says how far each proposal is; sent ones are found by it."""
KIND: Final = "trail"
NEW: Final = (
    Column("Nr.", width=10, tone="quiet"),
    Column("Forslag", names_row=True),
    Column("Skridt", width=34, tone="strong"),
    Column("Dato", width=34),
    Column("Hvem, hvor og kilde", width=50),
)
NOW: Final = (
    Column("Nr.", width=10, tone="quiet"),
    Column("Forslag", names_row=True),
    Column("Status", width=40, tone="strong"),
    Column("Dato", width=40),
)
STATUS_CELL, DAY_CELL = 2, 3
HOW: Final = (
    "Status er det nyeste skridt. Skridt fra og med dagen er regnet med. Et skridt uden "
    "dato står efter dem, der var skrevet, da det blev skrevet."
)


@dataclass(frozen=True)
class Since:
    """From which day on, and what it is called: "KKR-møde 22. november 2023"."""

    day: date
    name: str


@dataclass(frozen=True)
class _Way:
    """A proposal with its steps in order."""

    row: Proposal
    steps: tuple[Step, ...] = field(repr=False)
    new: tuple[Step, ...] = field(repr=False)

    @cached_property
    def newest(self) -> Step | None:
        return self.steps[-1] if self.steps else None


def document(catalogue: Catalogue, start: Since, themes: Collection[int]) -> Document:
    """Give the steps since a day, and how far each proposal is now.

    Args:
        themes: ids of the ones it is about; none is all.
    """
    ways = _ways(catalogue, start.day, themes)
    key = f"{KIND}:{catalogue.key}"
    # Only the document's own key is another, as with every cut.
    cut = of_themes(themes)
    title, whole = f"Vejen efter KKR siden {start.name}{cut.words}", f"{key}{cut.key}"
    nothing = f"Intet nyt siden {start.name}."
    new = [way for way in ways if way.new]
    if not ways:
        return Document(whole, title, "Ingen forslag.")
    return Document(
        key=whole,
        title=title,
        lead=_lead(new) or nothing,
        blocks=(_new(key, new),) if new else (),
        sections=(_now(key, ways),),
    )


def steps_in(printed: Document) -> int:
    """Count the new steps that a document tells of."""
    # Documents that were made earlier have them in a section of their own.
    sections = (section for section in printed.sections if section.label != STATUS)
    blocks = (*printed.blocks, *(block for each in sections for block in each.blocks))
    tables = (block for block in blocks if isinstance(block, Table))
    return sum(len(group.rows) for table in tables for group in table.groups)


def _ways(catalogue: Catalogue, day: date, themes: Collection[int]) -> tuple[_Way, ...]:
    steps = Step.objects.all().in_order().select_related("meeting")
    rows = Proposal.objects.filter(catalogue=catalogue).present()
    if themes:
        rows = rows.filter(theme__in=themes)
    found = (
        rows.select_related("theme")
        .prefetch_related(Prefetch("steps", steps))
        .order_by("theme__number", "number", "pk")
    )
    own: Any = ((row, tuple(row.steps.all())) for row in found)
    return tuple(_Way(row, each, since(each, day)) for row, each in own)


def _lead(new: Sequence[_Way]) -> str:
    if not new:
        return ""
    steps = counted(sum(len(way.new) for way in new), "nyt skridt", "nye skridt")
    return f"{steps} for {counted(len(new), 'forslag', 'forslag')}."


def _new(key: str, new: Sequence[_Way]) -> Table:
    own = f"{key}/new"
    groups = _groups(own, new, _step_rows)
    return Table(f"{own}/table", "Nye skridt efter tema", NEW, groups)


def _now(key: str, ways: Sequence[_Way]) -> Section:
    own = f"{key}/now"
    table = Table(
        f"{own}/table", "Status efter tema", NOW, _groups(own, ways, _status_rows)
    )
    return Section(
        key=own,
        title="Hvor forslagene er",
        label=STATUS,
        lead=_tally(ways),
        look="long-record",
        blocks=(table, Note(f"{own}/note", (Words(HOW),), is_wide=True)),
    )


def _tally(ways: Iterable[_Way]) -> str:
    """Give "4 indmeldt af KKR, 2 idé og 1 uden status." in the order of the statuses."""
    found = Counter(way.newest.status if way.newest else "" for way in ways)
    parts = [f"{found[each]} {small(each.label)}" for each in Status if found[each]]
    if found[""]:
        parts.append(f"{found['']} uden status")
    return f"{listed(parts)}."


def _groups(key: str, ways: Iterable[_Way], rows: Any) -> tuple[Group, ...]:
    def theme_of(way: _Way) -> Theme:
        return way.row.theme

    return tuple(
        Group(
            f"{key}/theme:{theme.key}",
            theme_title(theme),
            tuple(row for way in own for row in rows(key, way)),
        )
        for theme, own in groupby(ways, key=theme_of)
    )


def _status_rows(key: str, way: _Way) -> tuple[Row, ...]:
    newest = way.newest
    said = (str(newest), _day(newest)) if newest else (NO_STATUS, "")
    return (Row(f"{key}/proposal:{way.row.key}", (*_named(way), *_cells(*said))),)


def _step_rows(key: str, way: _Way) -> tuple[Row, ...]:
    own = f"{key}/proposal:{way.row.key}"
    return tuple(
        Row(
            f"{own}/step:{step.key}",
            (*_named(way), *_cells(str(step), _day(step), _told(step))),
        )
        for step in way.new
    )


def _named(way: _Way) -> tuple[tuple[Inline, ...], ...]:
    return _cells(str(way.row.number), way.row.title)


def _cells(*texts: str) -> tuple[tuple[Inline, ...], ...]:
    return tuple((Words(text),) if text else () for text in texts)


def _day(step: Step) -> str:
    return long_date(step.taken_on) if step.taken_on else UNDATED


def _told(step: Step) -> str:
    """Give who, where, the source and the note: "KL. Kilde: punkt 4 (www.kl.dk)."."""
    who = ", ".join(filter(None, (step.who, step.place)))
    meeting = step.meeting.name if step.meeting else ""
    source = ", ".join(filter(None, (meeting, step.source)))
    if step.url:
        host = urlsplit(step.url).netloc
        source = f"{source} ({host})" if source else host
    parts = (who, f"Kilde: {source}" if source else "", step.note)
    return " ".join(f"{part.rstrip('.')}." for part in parts if part)
