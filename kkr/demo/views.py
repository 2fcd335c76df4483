"""The demo's saved views: what the secretariat of the example looks at often."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from accounts.models import Membership
from proposals.choices import CatalogueKind
from proposals.services.saved_views import create_view

if TYPE_CHECKING:
    from accounts.models import Council

WHOSE: Final = "sekretariat@kkr.example"
VIEWS: Final = (
    ("Til samtale med KL", "status=droeftes-med-kl"),
    ("Kræver lovændring", "status=kraever-lovaendring"),
)


def load_views(council: Council) -> None:
    """Let the secretariat share two views of the proposals."""
    seat = Membership.objects.select_related("council", "user").get(
        council=council, user__email=WHOSE
    )
    for name, query in VIEWS:
        create_view(
            seat,
            kind=CatalogueKind.SIMPLIFICATION,
            query=query,
            name=name,
            is_shared=True,
            by=seat.user,
        )
