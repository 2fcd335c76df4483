"""Asking every check of every document."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING, Final

from core.formats import counted, listed
from documents.checks.catalogue import CHECKS
from documents.checks.values import sealed
from documents.intake import cpr

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from documents.checks.values import Check, Flaw, Subject

_MOST_QUOTED: Final = 3
_MOST_PAGES: Final = 6


def run(subjects: Sequence[Subject], *, only: Collection[str] = ()) -> tuple[Flaw, ...]:
    """Give what is found: each check of each document, then those that look across.

    A flaw comes once, however often its words stand at one place. What a check gathers
    is one flaw for each foreign file.

    Args:
        only: keys of the checks that are asked; all of them where none is named.
    """
    found: list[Flaw] = []
    asked = [check for check in CHECKS if not only or check.key in only]
    for subject in subjects:
        for check in asked:
            if check.tone(subject) and not check.looks_across:
                found += _told(check, (subject,), check.find((subject,)))
    for check in asked:
        if check.looks_across:
            found += _told(check, subjects, check.find(subjects))
    told = (_without_numbers(flaw) for flaw in found)
    return tuple({flaw.fingerprint: flaw for flaw in told}.values())


def _without_numbers(flaw: Flaw) -> Flaw:
    """Hide a cpr number that stands beside what another check quotes."""
    if not cpr.count(f"{flaw.sentence} {flaw.quote}"):
        return flaw
    hidden = replace(
        flaw, sentence=cpr.masked(flaw.sentence), quote=cpr.masked(flaw.quote)
    )
    return sealed(hidden, flaw.seal, flaw.quote)


def _told(
    check: Check, subjects: Iterable[Subject], found: Iterable[Flaw]
) -> Iterator[Flaw]:
    """Leave out what is not asked of its subject, and gather where the check does."""
    by_key = {subject.key: subject for subject in subjects}
    kept = [flaw for flaw in found if check.tone(by_key[flaw.subject])]
    for key, group in groupby(kept, key=lambda flaw: flaw.subject):
        flaws = list({flaw.fingerprint: flaw for flaw in group}.values())
        if check.gathered and by_key[key].is_foreign and len(flaws) > 1:
            yield _gathered(check, flaws)
        else:
            yield from flaws


def _gathered(check: Check, flaws: Sequence[Flaw]) -> Flaw:
    quotes = list(dict.fromkeys(flaw.quote for flaw in flaws))
    quote = ", ".join(f"”{each}”" for each in quotes[:_MOST_QUOTED])
    if len(quotes) > _MOST_QUOTED:
        quote += f" og {len(quotes) - _MOST_QUOTED} mere"
    pages = list(dict.fromkeys(str(flaw.page) for flaw in flaws if flaw.page))
    shown = pages[:_MOST_PAGES]
    if len(pages) > _MOST_PAGES:
        shown.append(counted(len(pages) - _MOST_PAGES, "side mere", "sider mere"))
    one = replace(
        flaws[0],
        where=f"side {listed(shown)}" if pages else flaws[0].where,
        sentence=check.gathered.format(count=len(flaws)),
        quote=quote,
    )
    return sealed(one, *(f"{flaw.key} {flaw.quote}" for flaw in flaws))
