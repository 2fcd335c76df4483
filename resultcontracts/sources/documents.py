"""The documents that a contract gives: a question or two each, then pure.

Source: docs/rules.md R-139.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from core.formats import counted, long_date
from documents.tree import Document, Note, Section, Words
from resultcontracts.contradictions.naming import by_kind
from resultcontracts.queries.contracts import contract_rows
from resultcontracts.queries.papers import whole
from resultcontracts.sources import findings, goals, overview, tables
from resultcontracts.sources.cells import points_of
from resultcontracts.sources.goals import ANSWERS, MEASURES, Report, all_points

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from datetime import date

    from documents.tree import Block
    from resultcontracts.models import Contract
    from resultcontracts.queries.contracts import ContractRows
    from resultcontracts.queries.contradictions import Answered

HOW: Final = (
    "Status er regnet af måltallene og de godkendte resultater; hvor intet tal kan "
    "afgøre det, er det vurderet. Et tal, der mangler, tæller hverken som nået eller "
    "som ikke nået."
)
NONE_FOUND: Final = "Ingen modsigelser fundet."
ALL_ANSWERED: Final = "Alle modsigelser er besvaret."


def agreement(contract: Contract) -> Document:
    """Give the contract as it was agreed: goals and measures, no results. One query."""
    found = whole(contract)
    read, told = found.read, found.around
    amount = sum(len(goal.measures) for goal in read.goals)
    lead = (
        f"{counted(len(read.goals), 'mål', 'mål')} med "
        f"{counted(amount, 'målepunkt', 'målepunkter')}. {contract.parties}."
    )
    blocks = _notes(f"contract:{contract.key}", contract.framework, contract.summary)
    sections = tuple(goals.agreed(goal, told, read) for goal in read.goals)
    return Document(_key(contract), contract.title, lead, blocks, sections)


def report(contract: Contract, day: date | None, without: Collection[str]) -> Document:
    """Give the whole report: all goals, what does not agree, all measures. One query."""
    own = _report(contract, day, without)
    key, title = f"{_key(contract)}/report", f"{contract.title}, afrapportering"
    sections = [goals.section(goal, own) for goal in own.read.goals]
    if ANSWERS not in own.without:
        sections += _across(key, own.found)
    if MEASURES not in own.without and own.points:
        sections.append(_measures(key, own))
    return Document(
        key, title, overview.tally(own.read), _cover(key, own.read, day, linked=True),
        tuple(sections),
    )  # fmt: skip


def summary(contract: Contract, day: date | None) -> Document:
    """Give all goals on a page. Two queries."""
    read = contract_rows(contract, day)
    key = f"{_key(contract)}/summary"
    amount = len(read.goals)
    title = f"{contract.title}: {f'de {amount} mål' if amount > 1 else 'målet'}"
    blocks = _cover(key, read, day, linked=False)
    own = Section(
        f"{key}/page",
        title,
        lead=overview.tally(read),
        look="plain",
        compact=True,
        blocks=blocks,
    )
    return Document(key, title, sections=(own,))


def one_goal(
    contract: Contract, goal_key: str, day: date | None, without: Collection[str]
) -> Document:
    """Give one goal by itself, as it is printed in the whole. One query.

    Raises:
        LookupError: the contract has no such goal any more.
    """
    own = _report(contract, day, without)
    for goal in own.read.goals:
        if goal.row.key == goal_key:
            key = f"{_key(contract)}/goal:{goal_key}"
            title = f"{contract.title}, mål\N{NO-BREAK SPACE}{goal.number}"
            # Its running head names it already.
            section = replace(goals.section(goal, own), running="")
            return Document(key, title, sections=(section,))
    raise LookupError(goal_key)


def contradictions(
    contract: Contract, day: date | None, *, with_answered: bool
) -> Document:
    """Give what does not agree, kind by kind: what nobody answered, or all. One query."""
    found = whole(contract, day).findings
    rows = tuple(each for each in found if with_answered or each.is_open)
    key = f"{_key(contract)}/contradictions"
    title = f"Modsigelser i {contract.title}"
    return Document(
        key,
        title,
        _answered(found),
        sections=tuple(_kinds(key, rows, with_answered=with_answered)),
    )


def _key(contract: Contract) -> str:
    return f"contract:{contract.key}"


def _report(contract: Contract, day: date | None, without: Collection[str]) -> Report:
    found = whole(contract, day)
    return Report(
        found.read,
        found.findings if ANSWERS not in without else (),
        found.around,
        all_points(found.read),
        has_day=day is not None,
        without=frozenset(without),
    )


def _cover(
    key: str, read: ContractRows, day: date | None, *, linked: bool
) -> tuple[Block, ...]:
    table = overview.table(key, read, is_linked=linked)
    said = f"Som det stod den {long_date(day)}. {HOW}" if day else HOW
    return (table, *_notes(key, said))


def _notes(key: str, *texts: str) -> tuple[Note, ...]:
    told = enumerate(filter(None, texts), 1)
    return tuple(
        Note(f"{key}/note:{at}", (Words(text),), is_wide=True) for at, text in told
    )


def _across(key: str, found: tuple[Answered, ...]) -> Iterator[Section]:
    """Give what does not agree and is about more than one goal, or about none."""
    rows = findings.across(findings.standing(found))
    if rows:
        own = f"{key}/across"
        title = "Modsigelser på tværs af mål"
        blocks = tuple(findings.paragraph(own, each) for each in rows)
        yield Section(own, title, running=title, look="plain", blocks=blocks)


def _measures(key: str, own: Report) -> Section:
    rows = [
        (f"Mål {goal.number}. {goal.row.title}", points_of(goal, own.read))
        for goal in own.read.goals
    ]
    under, amount = f"{key}/all", len(own.points)
    title = f"Alle {amount} målepunkter" if amount > 1 else "Målepunktet"
    table = tables.of_all(under, title, rows)
    return Section(
        under, title, running="Alle målepunkter", look="plain", blocks=(table,)
    )


def _answered(found: tuple[Answered, ...]) -> str:
    rows = findings.standing(found)
    if not rows:
        return NONE_FOUND
    waiting = sum(each.is_open for each in rows)
    if not waiting:
        return ALL_ANSWERED
    return (
        f"{waiting} af {counted(len(rows), 'modsigelse', 'modsigelser')} mangler svar."
    )


def _kinds(
    key: str, rows: tuple[Answered, ...], *, with_answered: bool
) -> Iterator[Section]:
    for kind, own in by_kind((each.finding, each) for each in findings.standing(rows)):
        if own:
            yield _group(f"{key}/kind:{kind}", kind.label, own)
    rejected = tuple(each for each in rows if each.is_rejected)
    if with_answered and rejected:
        yield _group(f"{key}/rejected", "Afvist", rejected)


def _group(key: str, title: str, rows: tuple[Answered, ...]) -> Section:
    blocks = tuple(findings.paragraph(key, each) for each in rows)
    return Section(key, title, look="plain", blocks=blocks)
