"""Errors that a service raises and a view answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from core.merge import FieldMerge
    from core.models import Versioned


class RuleViolationError(Exception):
    """A rule of the house forbids the act; the text is a Danish sentence for the user."""


class ChangedMeanwhileError(RuleViolationError):
    """Somebody changed what a user wants away, since the user read it.

    Attributes:
        by: who did, by name.
    """

    def __init__(self, by: str) -> None:
        self.by = by or "en anden"
        super().__init__(f"Det er rettet af {self.by} imens og er ikke slettet.")


class SeveralError(Http404):
    """An address fits several things: the reader is asked which.

    Attributes:
        asked: the question, "Der er 2 kontrakter for 2021. Hvilken?".
        ways: what can be meant, each with its address.
    """

    def __init__(self, asked: str, ways: Sequence[tuple[str, str]]) -> None:
        super().__init__(asked)
        self.asked = asked
        self.ways = ways


class ConflictError(Exception):
    """Two people changed the same field to different values.

    Attributes:
        current: the row as somebody else saved it.
        fields: one merge a field, conflicts included.
        since: the version the user had opened.
    """

    def __init__(
        self, current: Versioned, fields: Mapping[str, FieldMerge], since: int
    ) -> None:
        super().__init__("two people changed the same field")
        self.current = current
        self.fields = fields
        self.since = since
