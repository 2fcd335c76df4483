"""Whether somebody has tried too often, and when they may try again.

allauth counts the tries and does not say when its count runs out; this reads the same
count.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from allauth.core.internal import ratelimit
from django.core.cache import cache
from django.utils import timezone

from core import formats

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from django.http import HttpRequest

APP = "allauth.account"
OWN = "portal"


def may_ask(request: HttpRequest, action: str, rate: str) -> bool:
    """Count one more try; whether there were few enough of them.

    Args:
        action: what is tried; each has its own count.
        rate: as allauth writes it, "60/m/ip".
    """
    config = {action: rate}
    used = ratelimit.consume(
        request, app=OWN, action=action, config=config, limit_get=True
    )
    return used is not None


def open_again(request: HttpRequest, tries: Mapping[str, str]) -> datetime | None:
    """Give the whole minute from which all of these may be tried again.

    Args:
        tries: allauth's name of what is tried → the key it counts by beside the
            address of the network; "" where there is none.

    Returns:
        In the portal's time zone; None where nothing is used up.
    """
    ends = [end for action, key in tries.items() for end in _ends(request, action, key)]
    if not ends:
        return None
    moment = timezone.localtime(datetime.fromtimestamp(max(ends), UTC))
    whole = moment.replace(second=0, microsecond=0)
    return whole if whole == moment else whole + timedelta(minutes=1)


def wait_words(moment: datetime) -> str:
    """Say it: "Vent til 9.41, og prøv igen."."""
    return f"Vent til {formats.bare_time(moment)}, og prøv igen."


def _ends(request: HttpRequest, action: str, key: str) -> Iterator[float]:
    """Give when each limit that is used up lets the next one through; epoch seconds."""
    for rate in ratelimit.get_rates(app=APP, action=action):
        if rate.per == "user" or (rate.per == "key" and not key):
            continue
        name = ratelimit.get_cache_key(
            request, app=APP, action=action, rate=rate, key=key
        )
        latest_first: list[float] = cache.get(name) or []
        if len(latest_first) >= rate.amount:
            yield latest_first[rate.amount - 1] + rate.duration
