"""Catalogues and their themes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Max

from core.errors import RuleViolationError
from core.history import act
from core.keys import new_key
from proposals.models import Catalogue, Theme

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


def theme_for(catalogue: Catalogue, *, theme: int | None, new_theme: str) -> Theme:
    """Give the chosen theme, or a new last one; the catalogue is locked.

    Raises:
        RuleViolationError: neither is given, or the theme is of another catalogue.
    """
    if new_theme:
        last = catalogue.themes.aggregate(last=Max("number"))["last"] or 0
        taken = set(catalogue.themes.values_list("key", flat=True))
        row = Theme(
            catalogue=catalogue,
            key=new_key(new_theme, taken),
            number=last + 1,
            title=new_theme,
        )
        row.full_clean()
        row.save()
        return row
    chosen = catalogue.themes.filter(pk=theme).first() if theme else None
    if chosen is None:
        raise RuleViolationError("Vælg et tema, eller skriv et nyt.")
    return chosen
