"""What is wrong with a contract that a meeting prints: asked before it is sent.

Source: docs/rules.md R-140.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse

from core.formats import counted
from meetings.checking.known import Finding, register_check, register_editor
from resultcontracts.queries.checked import checked
from resultcontracts.queries.prose import flagged
from resultcontracts.sources import registry
from resultcontracts.sources.goals import ANSWERS, PROSE
from resultcontracts.sources.options import read_day

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from resultcontracts.queries.checked import Checked
    from resultcontracts.queries.contracts import ContractRows


def register() -> None:
    """Have a contract asked wherever a meeting prints it."""
    for source in (registry.REPORT, registry.GOAL):
        register_check(source, of_report)
    register_check(registry.CONTRADICTIONS, of_contradictions)
    register_check(registry.SUMMARY, of_summary)
    register_editor("goal", _goal)
    register_editor("contract", _contract)


def of_report(options: Mapping[str, Any]) -> tuple[Finding, ...]:
    """Give unanswered contradictions, figures that wait, and numbers typed by hand.

    One query, as of each of these.
    """
    own, goal = _read(options), options.get("goal", "")
    without = options.get("without") or ()
    found = [*_waiting(own, goal)]
    if ANSWERS not in without:
        found += _unanswered(own, goal)
    if PROSE not in without:
        found += _typed(own.read, goal)
    return tuple(found)


def of_summary(options: Mapping[str, Any]) -> tuple[Finding, ...]:
    """Give figures that wait."""
    return tuple(_waiting(_read(options), ""))


def of_contradictions(options: Mapping[str, Any]) -> tuple[Finding, ...]:
    """Give contradictions without an answer."""
    return tuple(_unanswered(_read(options), ""))


def _read(options: Mapping[str, Any]) -> Checked:
    return checked(options["contract"], read_day(options.get("day")))


def _unanswered(own: Checked, goal: str) -> Iterator[Finding]:
    from resultcontracts.contradictions.naming import goals_of  # noqa: PLC0415

    read, found = own.read, own.open_findings
    if goal:
        number = next((g.number for g in read.goals if g.row.key == goal), 0)
        found = tuple(each for each in found if goals_of(each.finding) == {number})
    if found:
        amount = counted(len(found), "modsigelse", "modsigelser")
        text = f"{amount} er ikke besvaret. Det trykkes som ”ikke besvaret”."
        url = reverse("resultcontracts:contradictions", args=[read.contract.slug])
        yield Finding("partial", text, url, "Skriv svar")


def _waiting(own: Checked, goal: str) -> Iterator[Finding]:
    """Tell of figures that nobody approved: the document does not have them."""
    labels = own.waiting(goal)
    if labels:
        amount = counted(len(labels), "målepunkt", "målepunkter")
        text = f"{amount} har tal, der ikke er godkendt: {', '.join(labels)}."
        url = own.read.contract.get_absolute_url()
        yield Finding("partial", f"{text} De er ikke med.", url, "Se målene")


def _typed(read: ContractRows, goal: str) -> Iterator[Finding]:
    for each in flagged(read):
        if goal and each.goal.row.key != goal:
            continue
        name = f"Mål {each.goal.number}"
        text = f"Rapportens ord har tal, der ikke er i kontrakten: {each.said}."
        args = [read.contract.slug, each.goal.number]
        url = reverse("resultcontracts:goal-report", args=args)
        yield Finding("partial", text, url, "Ret rapportens ord", section=name)


def _goal(key: str, label: str, node: str, document: str) -> tuple[str, str] | None:
    """Give the page of a goal in the contract that its document is of."""
    del key, node
    number = label.rpartition(" ")[2]
    contract = _contract_of(document)
    if not contract or not number.isdecimal():
        return None
    url = reverse("resultcontracts:goal", args=[contract, int(number)])
    return url, f"Se mål\N{NO-BREAK SPACE}{number}"


def _contract(key: str, label: str, node: str, document: str) -> tuple[str, str] | None:
    """Give what does not agree, or the contract: what no one goal has."""
    del label, node
    contract = _contract_of(document)
    if not contract:
        return None
    if "/contradictions" in key:
        url = reverse("resultcontracts:contradictions", args=[contract])
        return url, "Se modsigelserne"
    return reverse("resultcontracts:contract", args=[contract]), "Se kontrakten"


def _contract_of(document: str) -> str:
    """Give the key of the contract that a document is of: "contract:2021/report"."""
    kind, _, rest = document.partition(":")
    return rest.partition("/")[0] if kind == "contract" else ""
