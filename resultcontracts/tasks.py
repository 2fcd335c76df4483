"""Jobs of the result contracts app. Each is safe to repeat."""

from __future__ import annotations

from typing import Any

from core.jobs import THREE_ATTEMPTS, app
from documents.prints import print_now
from resultcontracts.prints import order_of


@app.task(name="resultcontracts.print", retry=THREE_ATTEMPTS)
def print_chosen(
    *, source: str, options: dict[str, Any], council: str, day: str
) -> None:
    """Print what somebody chose of a contract, as it stands now."""
    print_now(order_of(source, options, council=council, day=day))
