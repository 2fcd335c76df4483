"""The page of a municipality as a PDF: made once, found again by what it says.

Source: docs/rules.md R-150.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.formats import long_date
from core.jobs import app, waiting
from documents.prints import Order, printed

if TYPE_CHECKING:
    from core.jobs import Waiting
    from documents.models import CachedPiece
    from meetings.municipality.page import MunicipalPage


@dataclass(frozen=True, slots=True)
class PrintState:
    """How far a print is: the print, once it is made, and the job that makes it."""

    row: CachedPiece | None
    queue: Waiting

    @property
    def is_waited_for(self) -> bool:
        """A job for it is there, and not done."""
        return self.row is None and self.queue.since is not None


def order_of(page: MunicipalPage) -> Order:
    """Say how the page is printed: with the day, for it is true of that day only."""
    day = long_date(page.asked.today)
    return Order(
        page.document,
        left=page.asked.seat.council.name,
        words="side",
        foot=f"Udskrevet af KKR-portalen, som det var {day}.",
    )


def state_of(order: Order) -> PrintState:
    """Tell how far a print is: two queries; the queue first, for it may end meanwhile."""
    queue = waiting((_lock(order),))
    return PrintState(printed(order.digest), queue)


def ask(page: MunicipalPage) -> None:
    """Have the page printed, unless somebody waits for it already."""
    lock = _lock(order_of(page))
    if waiting((lock,)).since is not None:
        return
    task = app.configure_task("meetings.print_municipality", lock=lock)
    task.defer(
        seat=page.asked.seat.pk,
        slug=page.slug,
        shows_all=page.choice.shows_all,
        sort=page.choice.sort,
    )


def _lock(order: Order) -> str:
    return f"print-{order.digest[:32]}"
