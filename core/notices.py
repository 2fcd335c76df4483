"""Messages to the user after a write, some with one step back, some with what was merged.

A message is text in Danish. What may be undone is an ordinary form: an address and
hidden fields. Both are carried in the message's ``extra_tags`` as JSON, because the
session keeps strings only.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Self, cast

from django.contrib import messages

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from django.http import HttpRequest


@dataclass(frozen=True, slots=True)
class Undo:
    """One step back: a POST to ``url`` with ``fields``, under the words ``label``."""

    url: str
    label: str = "Fortryd"
    fields: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, text: str) -> Self | None:
        """Give what a message's ``extra_tags`` say can be undone, if anything."""
        carried = _carried(text)
        return cls(*carried["undo"]) if carried.get("undo") else None


@dataclass(frozen=True, slots=True)
class Merged:
    """One field that somebody else had changed and that was kept.

    Attributes:
        html: what changed in it, marked; safe as it stands.
        note: a sentence beside it, or "".
    """

    label: str
    html: str
    note: str


def merged_of(text: str) -> tuple[Merged, ...]:
    """Give what a message's ``extra_tags`` say was merged."""
    return tuple(Merged(*one) for one in _carried(text).get("merged", ()))


def note_merged(request: HttpRequest, merged: Iterable[Merged]) -> None:
    """Let the next :func:`say` of this request show what was merged."""
    cast("Any", request).merged = tuple(merged)


def say(request: HttpRequest, text: str, *, undo: Undo | None = None) -> None:
    """Tell the user what was done, and how to take it back.

    Args:
        text: one or two Danish sentences.
        undo: the step back, shown as a button beside the text.
    """
    own: dict[str, Any] = {}
    if undo is not None:
        own["undo"] = [undo.url, undo.label, dict(undo.fields)]
    if merged := getattr(request, "merged", ()):
        own["merged"] = [[one.label, one.html, one.note] for one in merged]
    messages.success(request, text, extra_tags=json.dumps(own) if own else "")


def _carried(text: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(text) if text.startswith("{") else {}
    return found


def warn(request: HttpRequest, text: str) -> None:
    """Tell the user what was refused or what to mind."""
    messages.warning(request, text)
