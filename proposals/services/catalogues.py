"""Catalogues: a council has one of each kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.history import act
from core.keys import new_key
from proposals.models import Catalogue

if TYPE_CHECKING:
    from accounts.models import Council, User
    from proposals.choices import CatalogueKind


def create_catalogue(council: Council, *, kind: CatalogueKind, by: User) -> Catalogue:
    """Give a council its catalogue of a kind; an existing one is given back."""
    own = Catalogue.objects.filter(council=council)
    if there := own.filter(kind=kind).first():
        return there
    title = str(kind.label)
    with act(f"oprettede {title}", by):
        taken = set(own.values_list("key", flat=True))
        row = Catalogue(
            council=council, kind=kind, key=new_key(title, taken), title=title
        )
        row.changed_by = str(by)
        row.full_clean()
        row.save()
        return row
