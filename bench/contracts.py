"""Result contracts: 10 of 60 measures, 98 municipalities and 10 years; then ten times it.

    script/bench --contracts

They are invented by this script and stored nowhere. It ends by itself, within minutes.
"""

from __future__ import annotations

import sys
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from accounts.models import Council
    from bench.pages import Time

CONTRACTS: Final = 10
TIMES: Final = 10
GOALS: Final = 12
MEASURES: Final = 5
YEARS: Final = 10
MUNICIPALITIES: Final = 98
FIRST_YEAR: Final = 2000
# Danish codes end below 900, and those of the tenfold copies below this.
FIRST_CODE: Final = 5000
MOST_ROWS: Final = 5000
TABLE: Final = "resultcontracts_municipalresult"
ROUNDS: Final = 10
WHO: Final = "hovedstaden@kkr.example"
PAGES: Final = {
    "dashboard": "/resultatkontrakt/kontrakt-0/",
    "dashboard, those reached": "/resultatkontrakt/kontrakt-0/?status=naaet",
    "goal": "/resultatkontrakt/kontrakt-0/maal/1/",
    "contradictions": "/resultatkontrakt/kontrakt-0/modsigelser/",
    "what to print": "/resultatkontrakt/kontrakt-0/udskriv/",
    "figures as CSV": "/resultatkontrakt/kontrakt-0/tal.csv",
    "contracts beside each other": "/resultatkontrakt/",
    "the second page of them": "/resultatkontrakt/?side=2",
}
"""What a page is called → its address."""


def grow(council: Council, numbers: range) -> None:
    """Give a council contracts, one a year and house, with all that hangs on them."""
    from accounts.models import Organisation  # noqa: PLC0415 -- settings must be ready
    from resultcontracts.models import Contract, GoalKind  # noqa: PLC0415

    for number in numbers:
        house, _ = Organisation.objects.get_or_create(
            slug=f"hus-{number // YEARS}",
            defaults={"name": f"Prøvehus {number // YEARS}"},
        )
        contract = Contract.objects.create(
            council=council,
            house=house,
            key=f"kontrakt-{number}",
            year=FIRST_YEAR + number % YEARS,
            title=f"Prøvekontrakt {number}",
            parties="Prøvehus og KKR",
            state="in_force",
        )
        kind = GoalKind.objects.create(
            contract=contract, key="lokalt", name="lokalt", plural="lokale", position=1
        )
        _fill(contract, kind)


def _fill(contract: Any, kind: Any) -> None:
    from accounts.models import User  # noqa: PLC0415 -- settings must be ready
    from resultcontracts.models import (  # noqa: PLC0415
        Goal,
        Measure,
        Measurement,
        TargetRevision,
    )

    goals = Goal.objects.bulk_create(
        Goal(
            contract=contract, kind=kind, key=f"goal-{number}", number=number,
            title=f"Prøvemål {number} om virksomhedernes vækst", reported="reached",
        )
        for number in range(1, GOALS + 1)
    )  # fmt: skip
    measures = Measure.objects.bulk_create(
        Measure(
            goal=goal, key=f"maalepunkt-{goal.number}-{place}", position=place,
            label=f"{goal.number}.{place}", name=f"Andel tilfredse {goal.number}-{place}",
            kind="share", unit="pct.", phrase="{} pct. er tilfredse",
            due_name=str(contract.year), due_on=date(contract.year, 12, 31),
        )
        for goal in goals
        for place in range(1, MEASURES + 1)
    )  # fmt: skip
    TargetRevision.objects.bulk_create(
        TargetRevision(
            measure=row, operator="at_least", low=Decimal(80), high=Decimal(80)
        )
        for row in measures
    )
    approver = User.objects.get(email=WHO)
    Measurement.objects.bulk_create(
        _results(measures, contract.year, approver), batch_size=MOST_ROWS
    )


def _results(measures: list[Any], year: int, approver: Any) -> Iterator[Any]:
    from core import clock  # noqa: PLC0415 -- settings must be ready
    from resultcontracts.models import Measurement  # noqa: PLC0415

    for place, row in enumerate(measures):
        for back in range(YEARS):
            value = Decimal(70 + (place * 7 + back) % 25)
            yield Measurement(
                measure=row, low=value, high=value, state="approved",
                period_name=str(year - back), period_end=date(year - back, 12, 31),
                entered_by="Sekretariatet", source="Brugerundersøgelsen",
                approved_at=clock.now(), approved_by=approver,
            )  # fmt: skip


def of_municipalities(council: Council) -> None:
    """Give every measure a number a municipality; no history is kept of these."""
    from django.db import connection  # noqa: PLC0415 -- settings must be ready

    from accounts.models import Municipality  # noqa: PLC0415

    there = Municipality.objects.filter(council=council).count()
    for at in range(there, MUNICIPALITIES):
        Municipality.objects.create(
            code=FIRST_CODE + at, name=f"Prøvekommune {at}", council=council,
            population=1000 * at + 1000,
        )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {TABLE} DISABLE TRIGGER USER")
        cursor.execute(
            "INSERT INTO resultcontracts_municipalresult (version, changed_at, changed_by,"
            " measure_id, municipality_id, value, qualifier, unit, period_name, source,"
            " note) SELECT 1, now(), '', m.id, k.id, 50, '', 'pct.', '2021', '', ''"
            " FROM resultcontracts_measure m CROSS JOIN accounts_municipality k"
            " WHERE k.council_id = %s ON CONFLICT DO NOTHING",
            [council.pk],
        )
        cursor.execute(f"ALTER TABLE {TABLE} ENABLE TRIGGER USER")


def measure(say: Callable[[str], None]) -> str:
    """Measure in the bench's own database; give the tables."""
    from accounts.models import Council  # noqa: PLC0415 -- settings must be ready
    from bench import pages, place  # noqa: PLC0415

    asked = [pages.Address(name, path, WHO) for name, path in PAGES.items()]
    with place.demo():
        council = Council.objects.get(slug="hovedstaden")
        found: list[list[Time]] = []
        for until in (CONTRACTS, CONTRACTS * TIMES):
            say(f"Inventing {until} contracts")
            grow(council, range(until // TIMES if found else 0, until))
            of_municipalities(council)
            place.settle()
            say("Opening their pages")
            found.append(pages.times(asked, ROUNDS))
    return table(*found)


def table(once: list[Time], tenfold: list[Time]) -> str:
    """Give the figures in Markdown."""
    head = (
        f"| {CONTRACTS} contracts of {GOALS * MEASURES} measures, {YEARS} years, "
        f"{MUNICIPALITIES} municipalities | server time | against an empty view | queries "
        "| with ten times the contracts |\n| --- | --- | --- | --- | --- |\n"
    )
    return head + "".join(
        f"| {now.address.name} | {now.milliseconds:.1f} ms | {now.ratio:.1f} × | "
        f"{now.queries} | {then.ratio / now.ratio:.2f} × |\n"
        for now, then in zip(once, tenfold, strict=True)
    )


def main() -> None:
    """Measure and print."""
    from bench.__main__ import say, start  # noqa: PLC0415 -- starts the printers first

    start()
    sys.stdout.write(measure(say))


if __name__ == "__main__":
    main()
