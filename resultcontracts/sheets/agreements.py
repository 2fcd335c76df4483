"""The sheets of local agreements and of their budgets.

They belong to the contract's house and council, not to one of its goals.

Source: docs/rules.md R-147, R-164.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from core.sheets.back.columns import fixed, one_line, yes_or_no
from core.sheets.back.kinds import Kind
from resultcontracts.models import BudgetLine, LocalAgreement
from resultcontracts.sheets.cells import BELONGS, a_day, called, number, number_of
from resultcontracts.sheets.pages import page_of_part

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from core.sheets.back.columns import Column
    from resultcontracts.sheets.loading import Loaded

WHOLE_YEAR: Final = 100
BELOW: Final = "Skriv beløbet uden minus."
TOO_MUCH: Final = "Der kan højst være gået 100 pct. af året."


def _agreements(loaded: Loaded) -> Iterator[tuple[str, str, Any, Any]]:
    for row in loaded.agreements:
        page = page_of_part(loaded.contract, "aftale", row.pk)
        yield f"{loaded.prefix}aftale:{row.pk}", called(row), page, row


def _posts(loaded: Loaded) -> Iterator[tuple[str, str, Any, Any]]:
    for above in loaded.agreements:
        page = page_of_part(loaded.contract, "aftale", above.pk)
        for row in loaded.posts.get(above.pk, ()):
            name = f"{called(above)}, {row.name}"
            yield f"{loaded.prefix}budgetpost:{row.pk}", name, page, row


def _told(values: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    yield from _below_zero(values, "amount", "part_of_year")
    part = number_of(values.get("part_of_year", ""))
    if part is not None and part > WHOLE_YEAR:
        yield "part_of_year", TOO_MUCH


def _spent(values: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    yield from _below_zero(values, "budget", "spent")


def _below_zero(values: Mapping[str, str], *names: str) -> Iterator[tuple[str, str]]:
    for name in names:
        value = number_of(values.get(name, ""))
        if value is not None and value < 0:
            yield name, BELOW


def _belongs(key: str, name: str, of: Any) -> Column:
    return fixed(key, name, of, BELONGS, width=30, tells_new=True, is_needed=True)


AGREEMENTS: Final = Kind(
    "agreements",
    "Lokale aftaler",
    (
        _belongs("municipality", "Kommune", lambda row: row.municipality.name),
        one_line(LocalAgreement, "title", "Aftale", width=40, is_needed=True),
        one_line(LocalAgreement, "period_name", "Løber", width=30, is_needed=True),
        a_day("ends_on", "Slutter"),
        number("amount", "Beløb i alt, kr.", places=2),
        one_line(LocalAgreement, "spent_name", "Forbrug i"),
        number("part_of_year", "Del af året, pct.", places=1),
        one_line(LocalAgreement, "source", "Kilde", width=30),
        one_line(LocalAgreement, "told", "Hvad kilden siger", width=40),
        one_line(LocalAgreement, "extended", "Forlænget"),
        one_line(LocalAgreement, "evaluation", "Evaluering", width=30),
    ),
    _agreements,
    check=_told,
)
BUDGET: Final = Kind(
    "budget",
    "Budgetposter",
    (
        _belongs("agreement", "Lokal aftale", lambda row: called(row.agreement)),
        one_line(BudgetLine, "name", "Post", width=30, is_needed=True),
        number("budget", "Årets budget, kr.", places=2),
        number("spent", "Brugt, kr.", places=2),
        yes_or_no("is_total", "I alt"),
    ),
    _posts,
    check=_spent,
)
