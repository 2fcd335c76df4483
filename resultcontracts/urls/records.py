"""Addresses for the editors of contracts: making, editing, carrying on."""

from __future__ import annotations

from django.urls import path, register_converter

from resultcontracts.parts import PARTS
from resultcontracts.views import parts, records


class PartWord:
    """The word of a kind of row in an address."""

    regex = "|".join(sorted(PARTS, key=len, reverse=True))

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(PartWord, "part")

_OWN = "resultatkontrakt/<slug:contract>/rediger/"
urlpatterns = [
    path("resultatkontrakt/ny/", records.contract_new, name="contract-new"),
    path(_OWN, records.structure, name="structure"),
    path(f"{_OWN}kontrakt/", records.contract_edit, name="contract-edit"),
    path(f"{_OWN}naeste/", records.contract_next, name="contract-next"),
    path(f"{_OWN}<part:part>/ny/", parts.part_new, name="part-new"),
    path(f"{_OWN}<part:part>/<int:pk>/", parts.part_structure, name="part"),
    path(f"{_OWN}<part:part>/<int:pk>/ret/", parts.part_edit, name="part-edit"),
    path(f"{_OWN}<part:part>/<int:pk>/slet/", parts.part_removal, name="part-removal"),
]
