"""Tables of proposals with what is counted of them, as the catalogue prints them. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Final

from core.formats import counted, unbroken
from documents.tree import (
    Column,
    Group,
    Note,
    PageOf,
    Reference,
    Row,
    Section,
    Table,
    Words,
)
from proposals.choices import PointKind
from proposals.facts import ATTENTION, count
from proposals.titles import differ

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from proposals.models import Catalogue, Point, Proposal, Theme

COLUMNS: Final = (
    Column("Nr.", width=10, tone="quiet"),
    Column("Forslag", names_row=True),
    Column("Gevinster", "right", 18),
    Column("Risici", "right", 16),
    Column(ATTENTION, "right", 25),
    Column("Bilagets side", "right", 17, tone="strong"),
)


@dataclass(frozen=True)
class Counted:
    """A proposal with what is counted of it."""

    row: Proposal
    points: tuple[Point, ...] = field(repr=False)

    @property
    def key(self) -> str:
        return f"proposal:{self.row.key}"

    def count(self, kind: str) -> int:
        return sum(point.kind == kind for point in self.points)

    @cached_property
    def counts(self) -> tuple[int, int, int]:
        """Gains, risks, attention points."""
        return (
            self.count(PointKind.GAIN),
            self.count(PointKind.RISK),
            self.count(PointKind.ATTENTION),
        )


type Themes = Sequence[tuple[Theme, tuple[Counted, ...]]]


def overview(catalogue: Catalogue, themes: Themes) -> Section:
    """Give the list of all titles by theme, with sums and what is to be said of them."""
    everything = [proposal for _, proposals in themes for proposal in proposals]
    key = f"overview:{catalogue.key}"
    groups = tuple(
        Group(
            f"{key}/theme:{theme.key}",
            theme_title(theme),
            tuple(row_of(key, proposal) for proposal in proposals),
        )
        for theme, proposals in themes
    )
    title = f"Oversigt over de {counted(len(everything), 'forslag', 'forslag')}"
    table = Table(
        key=f"{key}/table",
        caption=title,
        columns=COLUMNS,
        groups=groups,
        total=_total(key, everything),
    )
    notes = _differing(everything) + _holes(everything)
    note = Note(
        f"{key}/note",
        (Words(" ".join(("Titlerne er forslagenes egne.", *notes))),),
        is_wide=True,
    )
    return Section(key=key, title=title, look="plain", blocks=(table, note))


def row_of(table: str, proposal: Counted) -> Row:
    """Give a proposal as a row; ``table`` is the key of what holds the row."""
    key = f"{table}/{proposal.key}"
    gains, risks, attentions = proposal.counts
    return Row(
        key,
        (
            (Words(str(proposal.row.number)),),
            (Reference(proposal.key, proposal.row.title),),
            count(f"{key}/gains", gains),
            count(f"{key}/risks", risks),
            count(f"{key}/attentions", attentions),
            (PageOf(proposal.key),),
        ),
    )


def _total(table: str, proposals: Sequence[Counted]) -> Row:
    key = f"{table}/total"
    gains, risks, attentions = sums(proposals)
    return Row(
        key,
        (
            (),
            (Words(counted(len(proposals), "forslag", "forslag")),),
            count(f"{key}/gains", gains),
            count(f"{key}/risks", risks),
            count(f"{key}/attentions", attentions),
            (),
        ),
    )


def sums(proposals: Iterable[Counted]) -> tuple[int, int, int]:
    """Give all their gains, risks and attention points."""
    gains, risks, attentions = zip(*(each.counts for each in proposals), strict=True)
    return sum(gains), sum(risks), sum(attentions)


def _holes(proposals: Sequence[Counted]) -> tuple[str, ...]:
    """Say how many proposals the sum of attention points is of, where some have none."""
    filled = [each for each in proposals if each.counts[2]]
    if len(filled) == len(proposals):
        return ()
    total = sum(each.counts[2] for each in filled)
    return (
        f"Opmærksomhedspunkter: {total} i de {len(filled)} forslag, "
        "hvor feltet er udfyldt.",
    )


def _differing(proposals: Sequence[Counted]) -> tuple[str, ...]:
    """Say how many titles are worded otherwise in the first other place they stand in."""
    first = [next(iter(each.row.readings.all()), None) for each in proposals]
    pairs = [
        (reading, each.row.title)
        for reading, each in zip(first, proposals, strict=True)
        if reading is not None
    ]
    places = {reading.place for reading, _ in pairs}
    differing = sum(differ(reading.text, own) for reading, own in pairs)
    if not differing or len(places) != 1:
        return ()
    return (
        f"{differing} af dem er formuleret anderledes i kildens oversigt "
        f"({unbroken(places.pop())}); "
        "forskellen står under hvert forslag.",
    )


def theme_title(theme: Theme) -> str:
    """Give "Tema 2. Mødet med borgere"."""
    return f"Tema {theme.number}. {theme.title}"
