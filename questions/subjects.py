"""What questions are about: the registry of things that other apps hold.

This app knows nothing of meetings or proposals. An app that has something to ask about
registers one function; a question keeps the thing's key, ``meetings.agendaitem:12``, and
asks the function for words and address each time it is shown.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping
    from datetime import date

    from accounts.models import Membership

    type Finder = Callable[[Collection[int], Membership], Mapping[int, "Subject"]]

_DIGITS = 18


@dataclass(frozen=True, slots=True)
class Subject:
    """One thing that a question is about, as somebody sees it now.

    Attributes:
        words: in a sentence: "punkt 2.3, KKR-møde 22. november 2023".
        url: where this reader may read it; "" where nothing is to be read yet.
        due_on: the day that somebody outside waits for an answer, if there is one.
        hint: what is known of it, for whoever writes the question.
    """

    words: str
    url: str = ""
    due_on: date | None = None
    hint: str = ""


_registry: dict[str, Finder] = {}


def register(kind: str, find: Finder) -> None:
    """Let things of a kind be asked about; a kind twice is an error of the programmer.

    Args:
        kind: a model's label, "meetings.agendaitem".
        find: pks and a seat → those of the seat's council, each as the seat sees it;
            at most one query.
    """
    if kind in _registry:
        msg = f"{kind!r} is registered already"
        raise ValueError(msg)
    _registry[kind] = find


def find(keys: Iterable[str], seat: Membership) -> dict[str, Subject]:
    """Give what keys are about, as somebody in this seat sees it: a query a kind."""
    by_kind: dict[str, set[int]] = defaultdict(set)
    for key in keys:
        kind, _, pk = key.partition(":")
        if kind in _registry and pk.isdecimal() and len(pk) <= _DIGITS:
            by_kind[kind].add(int(pk))
    return {
        f"{kind}:{pk}": subject
        for kind, pks in by_kind.items()
        for pk, subject in _registry[kind](pks, seat).items()
    }
