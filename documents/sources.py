"""The registry of sources: what can be turned into a document, and how.

A source is one function ``options → Document`` with a key, a Danish name and a small
form for its options. Each domain app registers its own in ``AppConfig.ready``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from django import forms

    from documents.tree import Document


@dataclass(frozen=True, slots=True)
class SourceOfDocuments:
    """One registered source.

    Attributes:
        key: stored with each appendix: ``proposals.catalogue``.
        name: Danish, as the secretariat chooses it from a list.
        made_of: Danish, what it is formed from, given its document: "18 forslag".
        form: form class for its options; ``form(council=…)``; cleaned data are plain.
        build: options → document.
    """

    key: str
    name: str
    form: type[forms.Form]
    build: Callable[[Mapping[str, Any]], Document]
    made_of: Callable[[Document], str]


_registry: dict[str, SourceOfDocuments] = {}


def register(source: SourceOfDocuments) -> None:
    """Add a source; a key twice is an error of the programmer."""
    if source.key in _registry:
        msg = f"two sources are called {source.key!r}"
        raise ValueError(msg)
    _registry[source.key] = source


def source(key: str) -> SourceOfDocuments:
    """Give the source called ``key``.

    Raises:
        KeyError: no app registered it.
    """
    return _registry[key]


def all_sources() -> tuple[SourceOfDocuments, ...]:
    """Give every source, by name."""
    return tuple(sorted(_registry.values(), key=lambda entry: entry.name))
