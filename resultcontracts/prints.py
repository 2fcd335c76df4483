"""What is printed of a contract without a meeting: a draft, and marked as one.

Source: docs/rules.md R-139.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings

from core import clock
from core.formats import long_date
from core.jobs import app, waiting
from documents.prints import Order, printed
from documents.sources import source
from resultcontracts.queries.papers import chosen_contract
from resultcontracts.sources import registry
from resultcontracts.sources.leading import led

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.jobs import Waiting
    from documents.models import CachedPiece
    from documents.tree import Document

WORDS: Final = {
    "kontrakt": registry.AGREEMENT,
    "rapport": registry.REPORT,
    "oversigt": registry.SUMMARY,
    "maal": registry.GOAL,
    "kommune": registry.MUNICIPAL,
    "modsigelser": registry.CONTRADICTIONS,
}
"""What stands for each source in an address."""
DRAFT: Final = "Udkast"


@dataclass(frozen=True, slots=True)
class PrintState:
    """How far a print is: the print, once it is made, and the job that makes it."""

    row: CachedPiece | None
    queue: Waiting

    @property
    def is_waited_for(self) -> bool:
        """A job for it is there, and not done."""
        return self.row is None and self.queue.since is not None


def order_for(document: Document, home: str, *, council: str, day: date) -> Order:
    """Say how a document is printed: with the day, and that it is a draft.

    Args:
        home: address of the contract's page: its figures lead there.
    """
    foot = f"{DRAFT}, {long_date(day)}. Ikke sendt til noget møde."
    whole = led(document, home, settings.PORTAL_ADDRESS)
    return Order(whole, left=council, words=f"{DRAFT}, side", foot=foot)


def order_of(key: str, options: Mapping[str, Any], *, council: str, day: str) -> Order:
    """Form what was chosen as it stands now.

    Raises:
        LookupError: what was chosen is no more.
        Contract.DoesNotExist: likewise.
    """
    made = source(key).build(options)
    home = chosen_contract(options["contract"]).get_absolute_url()
    return order_for(made, home, council=council, day=date.fromisoformat(day))


def state_of(order: Order) -> PrintState:
    """Tell how far a print is: two queries; the queue first, for it may end meanwhile."""
    digest = order.digest
    queue = waiting((_lock(digest),))
    return PrintState(printed(digest), queue)


def ask(order: Order, key: str, options: Mapping[str, Any], *, council: str) -> None:
    """Have an order printed, unless somebody waits for it already."""
    digest = order.digest
    if waiting((_lock(digest),)).since is not None:
        return
    task = app.configure_task("resultcontracts.print", lock=_lock(digest))
    day = clock.today().isoformat()
    task.defer(source=key, options=dict(options), council=council, day=day)


def _lock(digest: str) -> str:
    return f"print-{digest[:32]}"
