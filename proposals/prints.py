"""What is printed of the catalogues without a meeting: a draft, and marked as one.

Source: docs/rules.md R-104.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from core import clock
from core.formats import long_date
from core.jobs import app, waiting
from documents.prints import Order, printed
from documents.sources import all_sources, source
from proposals.cuts import cut_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.jobs import Waiting
    from documents.models import CachedPiece
    from documents.sources import SourceOfDocuments
    from documents.tree import Document

APP: Final = "proposals."
DRAFT: Final = "Udkast"


@dataclass(frozen=True, slots=True)
class PrintState:
    """How far a print is.

    Attributes:
        row: the print, once it is made.
        queue: the job that makes it.
        is_fitted: it is one record, to be set on one page if that can be read.
    """

    row: CachedPiece | None
    queue: Waiting
    is_fitted: bool

    @property
    def is_waited_for(self) -> bool:
        """A job for it is there, and not done."""
        return self.row is None and self.queue.since is not None

    @property
    def takes_more(self) -> bool:
        """It was to be one page, and would have to be set too small for that."""
        return self.is_fitted and self.row is not None and self.row.page_count > 1


def sources() -> tuple[SourceOfDocuments, ...]:
    """Give the sources that print the catalogues, by name."""
    return tuple(each for each in all_sources() if each.key.startswith(APP))


def order_for(
    document: Document, options: Mapping[str, Any], *, council: str, day: date
) -> Order:
    """Say how a document is printed: with the day, and that it is a draft."""
    return Order(
        document,
        left=council,
        words=f"{DRAFT}, side",
        foot=f"{DRAFT}, {long_date(day)}. Ikke sendt til noget møde.",
        is_fitted=cut_of(options).is_of_record,
    )


def order_of(key: str, options: Mapping[str, Any], *, council: str, day: str) -> Order:
    """Form what was chosen as it stands now.

    Raises:
        LookupError: the source, or what was chosen for it, is no more.
    """
    made = source(key).build(options)
    return order_for(made, options, council=council, day=date.fromisoformat(day))


def state_of(order: Order) -> PrintState:
    """Tell how far a print is: two queries.

    The queue is asked first: a job that ends meanwhile has made it.
    """
    digest = order.digest
    queue = waiting((_lock(digest),))
    return PrintState(printed(digest), queue, order.is_fitted)


def ask(order: Order, key: str, options: Mapping[str, Any], *, council: str) -> None:
    """Have an order printed, unless somebody waits for it already."""
    digest = order.digest
    if waiting((_lock(digest),)).since is not None:
        return
    task = app.configure_task("proposals.print_cut", lock=_lock(digest))
    day = clock.today().isoformat()
    task.defer(source=key, options=dict(options), council=council, day=day)


def _lock(digest: str) -> str:
    return f"print-{digest[:32]}"
