"""Acts: one transaction, with the person and the verb on every history event."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import pghistory
from django.db import transaction

from core import clock

if TYPE_CHECKING:
    from collections.abc import Iterator

_is_open: Final = ContextVar("an act is open", default=False)


@dataclass(frozen=True, slots=True)
class Portal:
    """Who does what nobody did by hand."""

    pk: None = None

    def __str__(self) -> str:
        return "Portalen"


@contextmanager
def act(verb: str, by: Any) -> Iterator[None]:
    """Run the block in one transaction whose events carry who did what, and when.

    Inside another act it is part of that one, and the outer verb stands: pghistory
    would put the inner one on all that the outer has written.

    Args:
        verb: Danish, past tense, for the list of changes: "rettede punkt 2.3".
        by: the user; ``str(by)`` is what the list of changes shows.
    """
    if _is_open.get():
        with transaction.atomic():
            yield
        return
    token = _is_open.set(True)
    try:
        at = clock.now().isoformat()
        told = pghistory.context(user=by.pk, who=str(by), verb=verb, at=at)
        with transaction.atomic(), told:
            yield
    finally:
        _is_open.reset(token)
