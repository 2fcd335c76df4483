"""Result contracts as sources: which contract is chosen, and what it gives.

Source: docs/rules.md R-139.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from core.formats import counted
from documents.sources import SourceOfDocuments, register
from documents.tree import Table, walk
from resultcontracts.queries.papers import chosen_contract
from resultcontracts.sources import documents, municipal
from resultcontracts.sources.goals import CHARTS
from resultcontracts.sources.options import (
    ContradictionOptions,
    DayOptions,
    GoalOptions,
    MunicipalOptions,
    ReportOptions,
    WhichContract,
    read_day,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from documents.tree import Block, Document

    type Options = Mapping[str, Any]

APP: Final = "resultcontracts."
AGREEMENT, REPORT, SUMMARY, GOAL, MUNICIPAL, CONTRADICTIONS = (
    f"{APP}{name}"
    for name in ("contract", "report", "summary", "goal", "municipal", "contradictions")
)


def register_all() -> None:
    """Register all that a contract can be printed as."""
    for key, name, form, build, made_of in (
        (AGREEMENT, "Resultatkontrakt", WhichContract, agreement, _goals),
        (REPORT, "Resultatkontrakt, afrapportering", ReportOptions, report, _goals),
        (SUMMARY, "Resultatkontrakt, målene på én gang", DayOptions, summary, _rows),
        (GOAL, "Resultatkontrakt, ét mål", GoalOptions, goal, _goals),
        (MUNICIPAL, "Resultatkontrakt for én kommune", MunicipalOptions,
         of_municipality, _own),
        (CONTRADICTIONS, "Resultatkontrakt, modsigelser", ContradictionOptions,
         contradictions, _found),
    ):  # fmt: skip
        register(SourceOfDocuments(key, name, form, build, made_of))


def agreement(options: Options) -> Document:
    """Give a contract as it was agreed."""
    return documents.agreement(chosen_contract(options["contract"]))


def report(options: Options) -> Document:
    """Give the whole report on a contract."""
    contract = chosen_contract(options["contract"])
    return documents.report(contract, _day(options), options.get("without") or ())


def summary(options: Options) -> Document:
    """Give all goals of a contract on a page."""
    return documents.summary(chosen_contract(options["contract"]), _day(options))


def goal(options: Options) -> Document:
    """Give one goal of a contract."""
    contract = chosen_contract(options["contract"])
    without = options.get("without") or ()
    return documents.one_goal(contract, options["goal"], _day(options), without)


def of_municipality(options: Options) -> Document:
    """Give what a contract says of one municipality."""
    contract = chosen_contract(options["contract"])
    has_charts = CHARTS not in (options.get("without") or ())
    return municipal.document(
        contract, int(options["municipality"]), has_charts=has_charts
    )


def contradictions(options: Options) -> Document:
    """Give what does not agree in a contract and its papers."""
    contract = chosen_contract(options["contract"])
    with_answered = bool(options.get("which"))
    return documents.contradictions(
        contract, _day(options), with_answered=with_answered
    )


def _day(options: Options) -> Any:
    return read_day(options.get("day"))


def _goals(document: Document) -> str:
    amount = sum(each.key.startswith("goal:") for _, each in walk(document))
    return counted(amount, "mål", "mål", "ingen mål")


def _rows(document: Document) -> str:
    tables = (block for block in _blocks(document) if isinstance(block, Table))
    amount = sum(len(group.rows) for table in tables for group in table.groups)
    return counted(amount, "mål", "mål", "ingen mål")


def _blocks(document: Document) -> Iterator[Block]:
    for _, section in walk(document):
        yield from section.blocks


def _own(document: Document) -> str:
    amount = sum(isinstance(block, Table) for block in _blocks(document))
    return counted(amount, "opgørelse", "opgørelser", "intet om kommunen")


def _found(document: Document) -> str:
    amount = sum(1 for _ in _blocks(document))
    return counted(amount, "modsigelse", "modsigelser", "ingen modsigelser")
