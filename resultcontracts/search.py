"""What of result contracts can be found: each goal as it is today.

Those who read contracts find those in force; drafts, and the words of a report that is
being written, are for the secretariat.

Source: docs/rules.md R-124.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Prefetch
from django.urls import reverse
from django.utils import timezone

from accounts.audiences import RECORDS, contracts_of, editors_of, records_of
from core import search
from core.search import Entry, Passage
from resultcontracts.choices import ContractState
from resultcontracts.models import Contract, Goal, Measure

if TYPE_CHECKING:
    from collections.abc import Iterator

# A figure in a report's prose: "[[3.1]]".
_FIGURE: Final = re.compile(r"\[\[([^\]]*)\]\]")


def register() -> None:
    """Let the goals be found."""
    search.register("maal", "Mål", goals)


def goals(scope: str | None) -> Iterator[Entry]:
    """Give the goals of one council, or of all."""
    rows = Contract.objects.select_related("council", "house").order_by("pk")
    if scope is not None:
        number = scope.removeprefix(RECORDS)
        if number == scope:
            return
        rows = rows.filter(council=int(number))
    for contract in rows:
        for goal in _goals(contract):
            own = _entry(contract, goal)
            yield own
            if goal.report:
                yield _report(contract, goal, own)


def _goals(contract: Contract) -> Any:
    measures = Measure.objects.order_by("position", "pk")
    return Goal.objects.filter(contract=contract).prefetch_related(
        Prefetch("measures", queryset=measures)
    )


def _entry(contract: Contract, goal: Any) -> Entry:
    council = contract.council.slug
    is_draft = contract.state == ContractState.DRAFT
    return Entry(
        key=f"{council}/{contract.key}/{goal.key}",
        scope=records_of(contract.council_id),
        audience=editors_of(council) if is_draft else contracts_of(council),
        council=council,
        dated=timezone.localdate(goal.changed_at),
        year=contract.year,
        url=reverse("resultcontracts:goal", args=[contract.slug, goal.number]),
        title=goal.title,
        label=f"Mål {goal.number}",
        remark=contract.title,
        passages=tuple(_passages(goal)),
    )


def _report(contract: Contract, goal: Any, own: Entry) -> Entry:
    """Give a report's own words: they are their editors' until they are printed."""
    url = reverse("resultcontracts:goal-report", args=[contract.slug, goal.number])
    return replace(
        own,
        key=f"{own.key}/report",
        audience=editors_of(contract.council.slug),
        url=url,
        label=f"Rapportens ord, mål {goal.number}",
        passages=(Passage("Rapporten", _FIGURE.sub(r"\1", goal.report)),),
    )


def _passages(goal: Any) -> Iterator[Passage]:
    fields = (
        ("Formål", goal.purpose),
        ("Mål", goal.text),
        ("Metode", goal.method),
        ("Afrapportering", goal.reporting),
        ("Målepunkter", ". ".join(f"{m.label} {m.name}" for m in goal.measures.all())),
    )
    for name, text in fields:
        if text:
            yield Passage(name, _FIGURE.sub(r"\1", text))
