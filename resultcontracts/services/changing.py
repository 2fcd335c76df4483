"""An act that changes what is printed of a contract, or what is told before it is sent.

Source: docs/rules.md R-16.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from core.history import act
from meetings.services import staleness
from resultcontracts.models import Contract

if TYPE_CHECKING:
    from collections.abc import Iterator

_FROM: Final = {
    "contract": "pk",
    "goal": "goals",
    "measure": "goals__measures",
    "measurement": "goals__measures__measurements",
    "claim": "claims",
    "answer": "answers",
    "question": "rounds__questions",
}


@contextmanager
def changing(verb: str, by: Any, **row: int) -> Iterator[None]:
    """Run the block as one act, and have the council's documents worked out after it.

    Args:
        row: of which row: ``contract=``, ``goal=``, ``measure=``, ``measurement=``,
            ``claim=``, ``answer=`` or ``question=`` and its pk.
    """
    ((kind, pk),) = row.items()
    with act(verb, by):
        found = Contract.objects.filter(**{_FROM[kind]: pk})
        council = found.values_list("council_id", flat=True).first()
        yield
        if council is not None:
            staleness.defer_refresh_council(council)
