"""The catalogues as sources of documents: which one is chosen, and what it gives."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django import forms

from core.formats import counted
from documents.sources import SourceOfDocuments, register
from proposals import cooperation, simplification
from proposals.choices import CatalogueKind
from proposals.models import Catalogue

if TYPE_CHECKING:
    from collections.abc import Mapping

    from accounts.models import Council
    from documents.tree import Document, Section


class CatalogueOptions(forms.Form):
    """Which of a council's catalogues; the cleaned value is its id."""

    kind: CatalogueKind

    catalogue = forms.TypedChoiceField(
        label="Katalog", coerce=int, error_messages={"required": "Vælg et katalog."}
    )

    def __init__(self, *args: Any, council: Council, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Catalogue.objects.filter(council=council, kind=self.kind)
        field = cast("forms.TypedChoiceField", self.fields["catalogue"])
        field.choices = [(row.pk, row.title) for row in rows]
        if len(rows) == 1:
            field.initial = rows[0].pk


class SimplificationOptions(CatalogueOptions):
    """Which catalogue of proposals."""

    kind = CatalogueKind.SIMPLIFICATION


class CooperationOptions(CatalogueOptions):
    """Which catalogue of units."""

    kind = CatalogueKind.COOPERATION


def register_all() -> None:
    """Register both catalogues."""
    register(
        SourceOfDocuments(
            key="proposals.simplification",
            name="Forenklingskatalog",
            form=SimplificationOptions,
            build=simplification_catalogue,
            made_of=lambda document: _amount(
                document, "proposal", "forslag", "forslag"
            ),
        )
    )
    register(
        SourceOfDocuments(
            key="proposals.cooperation",
            name="Samdriftskatalog",
            form=CooperationOptions,
            build=cooperation_catalogue,
            made_of=lambda document: _amount(
                document, "unit", "samdriftsenhed", "samdriftsenheder"
            ),
        )
    )


def simplification_catalogue(options: Mapping[str, Any]) -> Document:
    """Give a catalogue of proposals; 8 queries.

    Args:
        options: ``catalogue``, the id of one.

    Raises:
        Catalogue.DoesNotExist: there is no such catalogue of proposals.
    """
    return simplification.document(_chosen(options, CatalogueKind.SIMPLIFICATION))


def cooperation_catalogue(options: Mapping[str, Any]) -> Document:
    """Give a catalogue of units; 5 queries. Options and errors as above."""
    return cooperation.document(_chosen(options, CatalogueKind.COOPERATION))


def _chosen(options: Mapping[str, Any], kind: CatalogueKind) -> Catalogue:
    return Catalogue.objects.get(pk=options["catalogue"], kind=kind)


def _amount(document: Document, kind: str, one: str, many: str) -> str:
    def below(sections: tuple[Section, ...]) -> int:
        return sum(
            section.key.startswith(f"{kind}:") + below(section.sections)
            for section in sections
        )

    return counted(below(document.sections), one, many)
