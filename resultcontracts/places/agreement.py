"""A municipality's own agreement with the house: what is spent of its budget. Pure.

Source: docs/rules.md R-151.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.formats import long_date
from documents.tree import (
    Column,
    Group,
    Missing,
    Paragraph,
    Row,
    Section,
    Table,
    Value,
    Words,
)
from meetings.municipality.values import Change, Part
from resultcontracts.charts.budget import Gone, Post, budget
from resultcontracts.places import words
from resultcontracts.standing.numbers import spelt

if TYPE_CHECKING:
    from fractions import Fraction

    from documents.tree import Block, Inline
    from meetings.municipality.values import Asked
    from resultcontracts.charts.figure import Figure
    from resultcontracts.queries.of_place import Agreement, BudgetPost


def part_of(asked: Asked, own: Agreement) -> Part:
    """Give the section of an agreement: what is spent, what is told, what is missing."""
    key = f"municipality:{asked.place.code}/agreement:{own.key}"
    figure = _figure(key, own)
    total = next((_share(line) for line in own.lines if line.is_total), None)
    blocks: list[Block] = []
    if figure is not None:
        blocks.append(figure.paper)
    if own.lines:
        blocks.append(_table(f"{key}/posts", own))
    blocks.append(Paragraph(f"{key}/told", "", (tuple(_told(key, own)),)))
    section = Section(
        key=key,
        title=words.spent_heading(own, total),
        lead=f"{words.agreement_lead(asked.name, own)}.",
        look="entry",
        blocks=tuple(blocks),
    )
    return Part(
        section,
        pictures={figure.key: figure} if figure else {},
        folded=frozenset({f"{key}/posts"}) if figure else frozenset(),
        kept=frozenset({f"{key}/posts"}),
    )


def change_of(asked: Asked, own: Agreement) -> Change | None:
    """Tell that an agreement ended since the last meeting."""
    end = own.ends_on
    if end is None or end >= asked.today:
        return None
    if asked.since is not None and end < asked.since:
        return None
    return Change("Udløbet", f"{own.title}: aftalen løb til {long_date(end)}.")


def _share(line: BudgetPost) -> Fraction | None:
    if line.spent is None or not line.budget:
        return None
    return line.spent * 100 / line.budget


def _figure(key: str, own: Agreement) -> Figure | None:
    """Draw it where the year, a sum and its posts are known."""
    known = [
        Post(line.name, line.budget, line.spent)
        for line in sorted(own.lines, key=lambda line: line.is_total)
        if line.budget is not None
    ]
    gone = own.part_of_year
    has_sum = any(line.is_total and line.budget for line in own.lines)
    if gone is None or not known or not has_sum:
        return None
    time = f" Forbrug {own.spent_name}." if own.spent_name else ""
    source = f"Kilde: {own.source}.{time}" if own.source else time.strip()
    return budget(f"{key}/chart", known, Gone.of(gone), "", source)


def _table(key: str, own: Agreement) -> Table:
    columns = (
        Column("Post", names_row=True),
        Column("Årets budget, kr.", "right", 36),
        Column("Brugt, kr.", "right", 36),
        Column("Brugt, pct.", "right", 26),
    )
    rows = [
        Row(f"{key}/{at}", _cells(f"{key}/{at}", line))
        for at, line in enumerate(own.lines, 1)
    ]
    total = next(
        (row for row, line in zip(rows, own.lines, strict=True) if line.is_total), None
    )
    plain = tuple(row for row in rows if row is not total)
    caption = "Budget og forbrug"
    return Table(key, caption, columns, (Group(f"{key}/rows", "", plain),), total)


def _cells(key: str, line: BudgetPost) -> tuple[tuple[Inline, ...], ...]:
    share = Post(line.name, line.budget, line.spent).text if line.budget else ""
    return (
        (Words(line.name),),
        _kroner(f"{key}/budget", line.budget),
        _kroner(f"{key}/spent", line.spent),
        _or_missing(f"{key}/share", share),
    )


def _kroner(key: str, value: Fraction | None) -> tuple[Inline, ...]:
    return _or_missing(key, "" if value is None else spelt(value))


def _or_missing(key: str, text: str) -> tuple[Inline, ...]:
    if not text or text == words.NOT_GIVEN:
        return (Value(key, missing=Missing.NOT_GIVEN),)
    return (Words(text),)


def _told(key: str, own: Agreement) -> list[Inline]:
    found: list[Inline] = []
    if own.told:
        found.append(Words(f"Kilden siger: {own.told.rstrip('.')}. "))
    if own.extended:
        found.append(Words(f"Forlænget: {own.extended.rstrip('.')}. "))
    else:
        missing = Value(f"{key}/extended", missing=Missing.NOT_GIVEN)
        found += [Words("Om aftalen er forlænget, er "), missing, Words(". ")]
    found.append(Words("Evaluering: "))
    if own.evaluation:
        found.append(Words(f"{own.evaluation.rstrip('.')}."))
    else:
        missing = Value(f"{key}/evaluation", missing=Missing.NOT_FILLED)
        found += [missing, Words(".")]
    return found
