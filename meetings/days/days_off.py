"""The days on which Danish offices are closed. Pure.

Source: docs/rules.md R-28.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from typing import Final

# Days from Easter Sunday: Maundy Thursday, Good Friday, Easter Sunday and Monday,
# Ascension Day and the day after it, Whit Sunday and Monday.
FROM_EASTER: Final = (-3, -2, 0, 1, 39, 40, 49, 50)
PRAYER_DAY, LAST_PRAYER_DAY = 26, 2023
"""Great Prayer Day was the fourth Friday after Easter; it was abolished in 2024."""
# New Year, 1 May, Constitution Day, Christmas and New Year's Eve.
EVERY_YEAR: Final = ((1, 1), (5, 1), (6, 5), (12, 24), (12, 25), (12, 26), (12, 31))


def easter(year: int) -> date:
    """Give Easter Sunday, by the Gregorian computus.

    Args:
        year: 1583 or later.
    """
    century, golden = year // 100, year % 19
    leap, moon = century - century // 4, (8 * century + 13) // 25
    epact = (leap - moon + 19 * golden + 15) % 30
    epact -= (epact // 28) * (
        1 - (epact // 28) * (29 // (epact + 1)) * ((21 - golden) // 11)
    )
    weekday = (year + year // 4 + epact + 2 - leap) % 7
    past = epact - weekday
    month = 3 + (past + 40) // 44
    return date(year, month, past + 28 - 31 * (month // 4))


@lru_cache(maxsize=32)
def days_off(year: int) -> frozenset[date]:
    """Give the days of a year on which offices are closed, whatever the weekday."""
    sunday = easter(year)
    after = [*FROM_EASTER, *([PRAYER_DAY] if year <= LAST_PRAYER_DAY else [])]
    moving = (sunday + timedelta(days=days) for days in after)
    return frozenset({*moving, *(date(year, m, d) for m, d in EVERY_YEAR)})
