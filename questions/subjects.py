"""What questions are about: the registry of things that other apps hold.

This app knows nothing of meetings or proposals. An app that has something to ask about
registers one function; a question keeps the thing's key, ``meetings.agendaitem:12``, and
asks the function for words and address each time it is shown.

Source: docs/rules.md R-63.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Q

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping
    from datetime import date

    from django.db.models import QuerySet

    from accounts.models import Membership

    type Finder = Callable[[Collection[int], Membership], Mapping[int, "Subject"]]
    type Hidden = Callable[[int | None], QuerySet[Any, Any]]

_DIGITS = 18


@dataclass(frozen=True, slots=True)
class Subject:
    """One thing that a question is about, as somebody sees it now.

    Attributes:
        words: in a sentence: "punkt 2.3, KKR-møde 22. november 2023".
        url: where this reader may read it; "" where nothing is to be read yet.
        due_on: the day that somebody outside waits for an answer, if there is one.
        hint: what is known of it, for whoever writes the question.
        warning: why not everybody who is asked may know of it; "" where all may.
    """

    words: str
    url: str = ""
    due_on: date | None = None
    hint: str = ""
    warning: str = ""


_registry: dict[str, Finder] = {}
_hidden: dict[str, Hidden] = {}


def register(kind: str, find: Finder, hidden: Hidden | None = None) -> None:
    """Let things of a kind be asked about; a kind twice is an error of the programmer.

    Args:
        kind: a model's label, "meetings.agendaitem".
        find: pks and a seat → those of the seat's council, each as the seat sees it;
            at most one query.
        hidden: a user's pk → a query of the keys of those that this user may not read.
    """
    if kind in _registry:
        msg = f"{kind!r} is registered already"
        raise ValueError(msg)
    _registry[kind] = find
    if hidden is not None:
        _hidden[kind] = hidden


def readable_by(user_pk: int | None, field: str) -> Q:
    """Give the condition that what a question is about may be read by a user.

    Only of what an app hides: a question about nothing, or about what is open, is not
    kept from anybody.

    Args:
        field: the way to the question's ``subject_key``.
    """
    found = Q()
    for hidden in _hidden.values():
        found &= ~Q(**{f"{field}__in": hidden(user_pk)})
    return found


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
