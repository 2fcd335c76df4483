"""What something on which the sources do not agree can belong to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from proposals.models import Catalogue, CooperationUnit, Proposal
from proposals.queries.source_notes import REPORT

if TYPE_CHECKING:
    from accounts.models import Membership
    from proposals.models import Record

    type Choice = tuple[str, str, Record | Catalogue | None]

WHOLE: Final = "rapport"


def owner_choices(seat: Membership) -> tuple[tuple[str, tuple[Choice, ...]], ...]:
    """Give what may be chosen, group by group: a word, its label, the row. Three queries."""
    catalogues = Catalogue.objects.filter(council=seat.council_id).order_by("pk")
    whole: list[Choice] = [(WHOLE, REPORT, None)]
    whole += [(f"katalog-{row.pk}", row.title, row) for row in catalogues]
    return (
        ("Det hele", tuple(whole)),
        ("Forenkling", _records(seat, Proposal)),
        ("Samdrift", _records(seat, CooperationUnit)),
    )


def _records(seat: Membership, model: Any) -> tuple[Choice, ...]:
    rows = model.objects.visible_to(seat).present().order_by("number", "pk")
    return tuple(
        (f"{row.word}-{row.number}", f"{row.number}. {row.title}", row) for row in rows
    )
