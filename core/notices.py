"""Messages to the user after a write, some with one step back.

A message is text in Danish. What may be undone is an ordinary form: an address and
hidden fields, carried in the message's ``extra_tags`` as JSON, because the session
keeps strings only.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Self

from django.contrib import messages

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest


@dataclass(frozen=True, slots=True)
class Undo:
    """One step back: a POST to ``url`` with ``fields``, under the words ``label``."""

    url: str
    label: str = "Fortryd"
    fields: Mapping[str, str] = field(default_factory=dict)

    def write(self) -> str:
        """Give the text that ``read`` understands."""
        return json.dumps([self.url, self.label, dict(self.fields)])

    @classmethod
    def read(cls, text: str) -> Self | None:
        """Give the undo that ``write`` wrote; None if the text is something else."""
        if not text.startswith("["):
            return None
        url, label, fields = json.loads(text)
        return cls(url, label, fields)


def say(request: HttpRequest, text: str, *, undo: Undo | None = None) -> None:
    """Tell the user what was done, and how to take it back.

    Args:
        text: one or two Danish sentences.
        undo: the step back, shown as a button beside the text.
    """
    messages.success(request, text, extra_tags=undo.write() if undo else "")


def warn(request: HttpRequest, text: str) -> None:
    """Tell the user what was refused or what to mind."""
    messages.warning(request, text)
