"""The catalogues as sources of documents: which one is chosen, and what it gives."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.formats import counted
from documents.sources import SourceOfDocuments, register
from proposals import cooperation, own_cut, simplification
from proposals.choices import CatalogueKind
from proposals.cuts import Field, cut_of
from proposals.models import Catalogue
from proposals.options import (
    CooperationOptions,
    MunicipalOptions,
    SimplificationOptions,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from documents.tree import Document, Section


def register_all() -> None:
    """Register both catalogues, and a municipality's own cut of them."""
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
    register(
        SourceOfDocuments(
            key="proposals.municipal",
            name="Forslag og samdrift for én kommune",
            form=MunicipalOptions,
            build=municipal_cut,
            made_of=own_cut.made_of,
        )
    )


def simplification_catalogue(options: Mapping[str, Any]) -> Document:
    """Give a catalogue of proposals, or a cut of it; 3 queries.

    Args:
        options: ``catalogue``, the id of one; the rest as ``proposals.cuts`` reads it.

    Raises:
        Catalogue.DoesNotExist: there is no such catalogue of proposals.
        LookupError: it has no such theme or proposal any more.
    """
    own = _chosen(options, CatalogueKind.SIMPLIFICATION)
    return simplification.document(own, cut_of(options))


def cooperation_catalogue(options: Mapping[str, Any]) -> Document:
    """Give a catalogue of units, or a cut of it; 2 queries. Options and errors as above."""
    own = _chosen(options, CatalogueKind.COOPERATION)
    return cooperation.document(own, cut_of(options))


def municipal_cut(options: Mapping[str, Any]) -> Document:
    """Give what both catalogues say of one municipality.

    Args:
        options: ``municipality``, the code of one; ``also``, as ``proposals.cuts`` names
            it: its positions, or nothing.

    Raises:
        LookupError: there is no such municipality.
    """
    return own_cut.document(
        int(options["municipality"]),
        has_positions=Field.POSITIONS in (options.get("also") or ()),
    )


def _chosen(options: Mapping[str, Any], kind: CatalogueKind) -> Catalogue:
    return Catalogue.objects.get(pk=options["catalogue"], kind=kind)


def _amount(document: Document, kind: str, one: str, many: str) -> str:
    def below(sections: tuple[Section, ...]) -> int:
        return sum(
            section.key.startswith(f"{kind}:") + below(section.sections)
            for section in sections
        )

    return counted(below(document.sections), one, many)
