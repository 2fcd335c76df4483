"""What was received about items of a written hearing: who registers it, and as what.

Minutes know nothing of questions or positions. Whoever receives answers about items
registers one function.

Source: docs/rules.md R-55.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

    type Finder = Callable[[Collection[int]], Mapping[int, Iterable["Reply"]]]


@dataclass(frozen=True, slots=True)
class Reply:
    """What was asked about one item, and what came in.

    Attributes:
        asked: the question.
        is_open: it may still be answered: minutes wait for it.
        url: where its editors see to it.
        given: who answered, and what was said, in the order of names.
        silent: who did not; that is no answer.
    """

    asked: str
    is_open: bool
    url: str
    given: tuple[tuple[str, str], ...]
    silent: tuple[str, ...]


_registry: list[Finder] = []


def register(find: Finder) -> None:
    """Let something be received about items.

    Args:
        find: pks of items → what was asked about each; at most one query.
    """
    if find not in _registry:
        _registry.append(find)


def replies_to(items: Collection[int]) -> dict[int, tuple[Reply, ...]]:
    """Give what was received about items: a query for each who registered."""
    found: dict[int, list[Reply]] = defaultdict(list)
    for find in _registry:
        for pk, replies in find(items).items():
            found[pk] += replies
    return {pk: tuple(each) for pk, each in found.items()}
