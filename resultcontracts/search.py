"""What of result contracts can be found: each contract and each goal as it is today.

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
    from collections.abc import Iterable, Iterator

# A figure in a report's prose: "[[3.1]]".
_FIGURE: Final = re.compile(r"\[\[([^\]]*)\]\]")


def register() -> None:
    """Let contracts and their goals be found."""
    search.register("kontrakt", "Resultatkontrakter", contracts)
    search.register("maal", "Mål", goals)


def contracts(scope: str | None) -> Iterator[Entry]:
    """Give the contracts of one council, or of all."""
    for contract in _contracts(scope):
        texts = (
            ("Parter", contract.parties),
            ("Rammeaftale", contract.framework),
            ("Om kontrakten", contract.summary),
        )
        yield Entry(
            key=f"{contract.council.slug}/{contract.key}",
            dated=timezone.localdate(contract.changed_at),
            url=contract.get_absolute_url(),
            title=contract.title,
            label="Resultatkontrakt",
            remark=contract.house.name,
            passages=tuple(Passage(*each) for each in texts if each[1]),
            **_common(contract),
        )


def goals(scope: str | None) -> Iterator[Entry]:
    """Give the goals of one council, or of all."""
    for contract in _contracts(scope):
        for goal in _goals(contract):
            own = _entry(contract, goal)
            yield own
            if goal.report:
                yield _report(contract, goal, own)


def _contracts(scope: str | None) -> Iterable[Contract]:
    rows = Contract.objects.select_related("council", "house").order_by("pk")
    if scope is None:
        return rows
    number = scope.removeprefix(RECORDS)
    return rows.none() if number == scope else rows.filter(council=int(number))


def _common(contract: Contract) -> dict[str, Any]:
    """Give where it is found, and by whom: a draft by its editors alone."""
    council = contract.council.slug
    is_draft = contract.state == ContractState.DRAFT
    return {
        "scope": records_of(contract.council_id),
        "audience": editors_of(council) if is_draft else contracts_of(council),
        "council": council,
        "year": contract.year,
    }


def _goals(contract: Contract) -> Any:
    measures = Measure.objects.order_by("position", "pk")
    return Goal.objects.filter(contract=contract).prefetch_related(
        Prefetch("measures", queryset=measures)
    )


def _entry(contract: Contract, goal: Any) -> Entry:
    return Entry(
        key=f"{contract.council.slug}/{contract.key}/{goal.key}",
        dated=timezone.localdate(goal.changed_at),
        url=reverse("resultcontracts:goal", args=[contract.slug, goal.number]),
        title=goal.title,
        label=f"Mål {goal.number}",
        remark=contract.title,
        passages=tuple(_passages(goal)),
        **_common(contract),
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
