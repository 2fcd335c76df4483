"""What the municipalities think, as a source of documents: of which catalogue and themes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django import forms

from core.formats import counted
from documents import sources
from documents.sources import SourceOfDocuments
from documents.tree import Table, walk
from proposals import positions_document
from proposals.models import Catalogue, Theme
from proposals.options import WhichCatalogue

if TYPE_CHECKING:
    from collections.abc import Mapping

    from accounts.models import Council
    from documents.tree import Document


def register() -> None:
    """Register what the municipalities think of a catalogue."""
    sources.register(
        SourceOfDocuments(
            key="proposals.positions",
            name="Kommunernes holdninger",
            form=PositionsOptions,
            build=positions,
            made_of=_made_of_positions,
        )
    )


class PositionsOptions(WhichCatalogue):
    """Which catalogue the municipalities answered on, and which of its themes."""

    themes = forms.TypedMultipleChoiceField(
        label="Temaer",
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Vælg ingen for at tage alle med. Gælder kun forslag.",
        error_messages={"invalid_choice": "Vælg blandt temaerne på listen."},
    )

    def __init__(self, *args: Any, council: Council, **kwargs: Any) -> None:
        super().__init__(*args, council=council, **kwargs)
        rows = Theme.objects.filter(catalogue__council=council)
        field = cast("forms.TypedMultipleChoiceField", self.fields["themes"])
        field.choices = [(row.pk, str(row)) for row in rows]


def positions(options: Mapping[str, Any]) -> Document:
    """Give what the municipalities think of a catalogue; 6 queries at most.

    Args:
        options: ``catalogue``, the id of one; ``themes``, ids, none for all.

    Raises:
        Catalogue.DoesNotExist: there is no such catalogue.
    """
    catalogue = Catalogue.objects.get(pk=options["catalogue"])
    return positions_document.document(catalogue, options.get("themes") or ())


def _made_of_positions(document: Document) -> str:
    sections = (section for _, section in walk(document))
    blocks = (block for section in sections for block in section.blocks)
    tables = [block for block in blocks if isinstance(block, Table)]
    first = next(iter(tables), None)
    rows = sum(len(group.rows) for group in first.groups) if first else 0
    places = len(tables[1].groups[0].rows) if len(tables) > 1 else 0
    return f"{rows} × {counted(places, 'kommune', 'kommuner', 'ingen kommuner')}"
