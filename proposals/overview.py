"""Tables of proposals with what is counted of them, as the catalogue prints them. Pure."""

from __future__ import annotations

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
from proposals.facts import ATTENTION, count
from proposals.titles import differ

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from proposals.models import Catalogue, Theme
    from proposals.queries.printed import PrintedProposal

COLUMNS: Final = (
    Column("Nr.", width=10, tone="quiet"),
    Column("Forslag", names_row=True),
    Column("Gevinster", "right", 18),
    Column("Risici", "right", 16),
    Column(ATTENTION, "right", 25),
)
PAGE: Final = Column("Bilagets side", "right", 17, tone="strong")


type Themes = Sequence[tuple[Theme, tuple[PrintedProposal, ...]]]


def overview(
    catalogue: Catalogue, themes: Themes, *, has_pages: bool = True
) -> Section:
    """Give the list of all titles by theme, with sums and what is to be said of them.

    Args:
        has_pages: the proposals follow in the same document, and it tells where.
    """
    everything = [proposal for _, proposals in themes for proposal in proposals]
    key = f"overview:{catalogue.key}"
    groups = tuple(
        Group(
            f"{key}/theme:{theme.key}",
            theme_title(theme),
            tuple(row_of(key, each, has_pages=has_pages) for each in proposals),
        )
        for theme, proposals in themes
    )
    title = f"Oversigt over de {counted(len(everything), 'forslag', 'forslag')}"
    table = Table(
        key=f"{key}/table",
        caption=title,
        columns=columns(has_pages=has_pages),
        groups=groups,
        total=_total(key, everything, has_pages=has_pages),
    )
    notes = _differing(everything) + _holes(everything)
    note = Note(
        f"{key}/note",
        (Words(" ".join(("Titlerne er forslagenes egne.", *notes))),),
        is_wide=True,
    )
    return Section(key=key, title=title, look="plain", blocks=(table, note))


def columns(*, has_pages: bool = True) -> tuple[Column, ...]:
    """Give the columns of a table of proposals."""
    return (*COLUMNS, PAGE) if has_pages else COLUMNS


def row_of(table: str, proposal: PrintedProposal, *, has_pages: bool = True) -> Row:
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
            *(((PageOf(proposal.key),),) if has_pages else ()),
        ),
    )


def _total(table: str, proposals: Sequence[PrintedProposal], *, has_pages: bool) -> Row:
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
            *(((),) if has_pages else ()),
        ),
    )


def sums(proposals: Iterable[PrintedProposal]) -> tuple[int, int, int]:
    """Give all their gains, risks and attention points."""
    gains, risks, attentions = zip(*(each.counts for each in proposals), strict=True)
    return sum(gains), sum(risks), sum(attentions)


def _holes(proposals: Sequence[PrintedProposal]) -> tuple[str, ...]:
    """Say how many proposals the sum of attention points is of, where some have none."""
    filled = [each for each in proposals if each.counts[2]]
    if len(filled) == len(proposals):
        return ()
    total = sum(each.counts[2] for each in filled)
    return (
        f"Opmærksomhedspunkter: {total} i de {len(filled)} forslag, "
        "hvor feltet er udfyldt.",
    )


def _differing(proposals: Sequence[PrintedProposal]) -> tuple[str, ...]:
    """Say how many titles are worded otherwise in the first other place they stand in."""
    first = [
        next((one for one in each.readings if not one.is_short), None)
        for each in proposals
    ]
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
