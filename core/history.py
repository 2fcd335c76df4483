"""Acts: one transaction, with the person and the verb on every history event."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pghistory
from django.db import transaction

from core import clock

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def act(verb: str, by: Any) -> Iterator[None]:
    """Run the block in one transaction whose events carry who did what, and when.

    Args:
        verb: Danish, past tense, for the list of changes: "rettede punkt 2.3".
        by: the user; ``str(by)`` is what the list of changes shows.
    """
    with (
        transaction.atomic(),
        pghistory.context(
            user=by.pk, who=str(by), verb=verb, at=clock.now().isoformat()
        ),
    ):
        yield
