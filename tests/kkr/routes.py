"""Every address of the portal, with something that fits its parts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import URLPattern, get_resolver, reverse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

SAMPLES: dict[str, Any] = {
    "slug": "2023-11-22",
    "contract": "resultatkontrakt-2021",
    "part": "maal",
    "finding": "verdict-1",
    "goal": 1,
    "measure": "maalepunkt-1-1",
    "number": 1,
    "bilag": "2-1-bilag-1",
    "page": 2,
    "pk": 1,
    "of": "forslag",
    "code": 800,
    "key": "1",
    "uidb36": "1",
    "token": "forfalsket",
    "kind": "tekst",
    "place": "greve",
    "name": "kort.png",
}
# Where a name means something else than in most addresses.
SPECIAL: dict[str, dict[str, Any]] = {
    "drafts:text": {"pk": "7e57ab1e-0000-4000-8000-000000000001"},
    "drafts:discard": {"pk": "7e57ab1e-0000-4000-8000-000000000001"},
    "meetings:sealed-file": {"pk": 1, "version": 1},
    "proposals:shared-point": {"key": "styring"},
    "proposals:point-new": {"slug": "gevinst"},
    "proposals:history-version": {"version": 1},
    "proposals:removed-history": {"key": "forslag-9"},
    "proposals:removed-version": {"key": "forslag-9", "version": 1},
    "questions:answer": {"pk": 1, "recipient": 1},
}


@dataclass(frozen=True, slots=True)
class Route:
    """One address: its name, an example of it, and the view behind."""

    name: str
    url: str
    view: Callable[..., Any]

    @property
    def is_public(self) -> bool:
        """It is looked at without signing in."""
        return not getattr(self.view, "login_required", True)


def all_routes(special: Mapping[str, Mapping[str, Any]] = SPECIAL) -> tuple[Route, ...]:
    """Give every route of the project, each once.

    Args:
        special: a route's name → what its parts are, where that is no sample.
    """
    return tuple(_walk(get_resolver().url_patterns, "", special))


def _walk(
    patterns: list[Any], space: str, special: Mapping[str, Mapping[str, Any]]
) -> Iterator[Route]:
    for entry in patterns:
        if isinstance(entry, URLPattern):
            name = f"{space}{entry.name}"
            names = entry.pattern.regex.groupindex
            parts = _fitting(name, names, special.get(name, {}))
            yield Route(name, reverse(name, kwargs=parts), entry.callback)
        else:
            below = f"{space}{entry.namespace}:" if entry.namespace else space
            yield from _walk(entry.url_patterns, below, special)


def _fitting(name: str, names: Any, special: Mapping[str, Any]) -> dict[str, Any]:
    item = {"number": "2-1"} if name.startswith("meetings:") else {}
    samples = {**SAMPLES, **item, **special}
    return {key: samples[key] for key in names}
