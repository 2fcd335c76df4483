"""A written appendix as a Document: every block under its own key, in reading order.

Key figures that stand in a row become one table. A chart draws the table right above it.

Source: docs/rules.md R-34, R-36.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

from core import formats
from core.figures import read_figure
from documents.charts import Bar, bars
from documents.tree import (
    Chart,
    Column,
    Document,
    Group,
    Missing,
    Picture,
    RichText,
    Row,
    Source,
    Table,
    Value,
    Words,
)
from meetings.choices import BlockKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from documents.tree import Block
    from meetings.models import Appendix, WrittenBlock

PREFIX: Final = "written"
LABEL: Final = "Nøgletal"
FEWEST_BARS: Final = 2
# What stands for a picture that nobody has described yet; it keeps a meeting from being sent.
UNDESCRIBED: Final = "Billedet er ikke beskrevet."
_COLUMNS: Final = (
    Column("Nøgletal", names_row=True),
    Column("Kilde", width=44, tone="quiet"),
    Column("Tal", align="right", width=28),
)


def document_of(appendix: Appendix, blocks: Sequence[WrittenBlock]) -> Document:
    """Form a written appendix; no query.

    Args:
        blocks: those that stand, in reading order.
    """
    key = key_of(appendix)
    said = (f"Fra {appendix.sender}" if appendix.sender else "", appendix.dated)
    return Document(
        key=key,
        title=appendix.title,
        lead=", ".join(part for part in said if part),
        blocks=tuple(_blocks(key, blocks)),
        language=appendix.language or "da",
    )


def key_of(appendix: Appendix) -> str:
    """Give the key of its Document; those of its blocks begin with it."""
    return f"{PREFIX}:{appendix.key}"


def made_of(blocks: Sequence[WrittenBlock]) -> str:
    """Say what an appendix holds: "3 tekster og 2 nøgletal"."""
    counts = dict.fromkeys(BlockKind, 0)
    for block in blocks:
        counts[BlockKind(block.kind)] += 1
    words = {
        BlockKind.TEXT: ("tekst", "tekster"),
        BlockKind.FIGURE: ("nøgletal", "nøgletal"),
        BlockKind.PICTURE: ("billede", "billeder"),
        BlockKind.CHART: ("diagram", "diagrammer"),
    }
    named = [formats.counted(n, *words[kind]) for kind, n in counts.items() if n]
    return formats.listed(named) if named else "ingen tekst endnu"


def _blocks(key: str, blocks: Sequence[WrittenBlock]) -> Iterator[Block]:
    above: list[WrittenBlock] = []
    for kind, run in groupby(blocks, key=lambda block: BlockKind(block.kind)):
        rows = list(run)
        if kind is BlockKind.FIGURE:
            yield _table(key, rows)
            above = rows
            continue
        for row in rows:
            if kind is not BlockKind.CHART:
                yield _text(key, row) if kind is BlockKind.TEXT else _picture(key, row)
            elif not why_no_chart(above):
                yield _chart(key, row, above)
        if kind is not BlockKind.CHART:
            above = []


def _text(key: str, row: WrittenBlock) -> RichText:
    return RichText(f"{key}/{row.key}", row.heading, row.text)


def _picture(key: str, row: WrittenBlock) -> Picture:
    return Picture(
        key=f"{key}/{row.key}",
        label=row.heading,
        file=row.file,
        format="png" if row.file_format == "png" else "jpeg",
        width=row.width,
        height=row.height,
        alternative=row.alternative or UNDESCRIBED,
        caption=row.caption,
    )


def _table(key: str, rows: Sequence[WrittenBlock]) -> Table:
    return Table(
        key=f"{key}/{rows[0].key}/tal",
        caption=LABEL,
        label=LABEL,
        columns=_COLUMNS,
        groups=(Group(f"{key}/{rows[0].key}/gruppe", "", tuple(
            _row(f"{key}/{row.key}", row) for row in rows)),),
    )  # fmt: skip


def _row(key: str, row: WrittenBlock) -> Row:
    value = value_of(row, f"{key}/value")
    source = value.source.name if value.source else ""
    return Row(key, ((Words(row.heading),), (Words(source),), (value,)))


def value_of(row: WrittenBlock, key: str) -> Value:
    """Give a key figure as a figure: its number, or the word for why it is missing."""
    named = ", ".join(part for part in (row.source, row.year) if part)
    source = Source(named, row.source_url) if named else None
    if row.missing:
        return Value(key, missing=Missing(row.missing), unit=row.unit, source=source)
    read = read_figure(row.number)
    printed = f"{row.qualifier}{formats.NBSP}{row.number}".strip(f" {formats.NBSP}")
    return Value(
        key=key,
        printed=printed,
        low=read["low"],
        high=read["high"],
        unit=row.unit,
        qualifier=row.qualifier,
        source=source,
    )


def why_no_chart(figures: Sequence[WrittenBlock]) -> str:
    """Say why a chart cannot be drawn of the figures above it; "" where it can."""
    if not figures:
        return "Diagrammet skal stå lige under de nøgletal, det tegner."
    drawn = [value_of(row, "") for row in figures]
    numbers = [value for value in drawn if value.missing is None]
    if any(value.low is None for value in numbers):
        return "Et af nøgletallene ovenfor kan ikke læses som et tal."
    if len(numbers) < FEWEST_BARS:
        return "Der skal stå mindst to tal lige over diagrammet."
    if len({value.unit for value in numbers}) > 1:
        return "Nøgletallene ovenfor har ikke samme enhed."
    return ""


def _chart(key: str, row: WrittenBlock, figures: Sequence[WrittenBlock]) -> Chart:
    values = [value_of(figure, "") for figure in figures]
    names = [figure.heading for figure in figures]
    drawn = tuple(
        Bar(name, value.text.replace(formats.NBSP, " "), value.low, value.high)
        for name, value in zip(names, values, strict=True)
    )
    return Chart(
        key=f"{key}/{row.key}",
        label=row.heading,
        sentence=row.sentence,
        alternative=f"Søjlediagram: {formats.listed(names)}. Tallene står i tabellen "
        "ovenfor.",
        svg=bars(drawn),
    )
