"""The minutes of a meeting as a source of appendices: another meeting approves them.

They are formed of the paper that was sent for approval last, never of what is written now.

Source: docs/rules.md R-54.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.db.models import Exists

from core.errors import RuleViolationError
from core.formats import counted
from documents import codec
from documents.sources import SourceOfDocuments, register
from meetings.models import Meeting, Minutes
from meetings.models.taken import closing_minutes
from meetings.names import MINUTES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from accounts.models import Council
    from documents.tree import Document

__all__ = ["MINUTES", "MinutesOptions", "minutes_of", "refuse_unread", "register_all"]


class MinutesOptions(forms.Form):
    """Of which of the council's meetings; the cleaned value is its id."""

    meeting = forms.TypedChoiceField(
        label="Møde",
        coerce=int,
        error_messages={"required": "Vælg et møde."},
        help_text="Møder, hvis referat er sendt til godkendelse.",
    )

    def __init__(self, *args: Any, council: Council, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Meeting.objects.present().filter(council=council, minutes__isnull=False)
        field = cast("forms.TypedChoiceField", self.fields["meeting"])
        found = rows.distinct().order_by("-held_on", "-pk")
        field.choices = [(row.pk, row.name) for row in found]
        field.initial = field.choices[0][0] if field.choices else None


def register_all() -> None:
    """Register the minutes."""
    register(
        SourceOfDocuments(
            key=MINUTES,
            name="Referat af et møde",
            form=MinutesOptions,
            build=minutes_of,
            made_of=lambda document: counted(
                len(document.sections), "punkt", "punkter", "ingen punkter"
            ),
        )
    )


def minutes_of(options: Mapping[str, Any]) -> Document:
    """Give a meeting's minutes as they were sent for approval last: one query.

    Args:
        options: ``meeting``, the id of one.

    Raises:
        LookupError: they were never sent for approval.
    """
    latest = _latest(options)
    if latest is None or _is_down(latest):
        raise LookupError(options)
    return cast("Document", codec.loads(latest.paper.document))


def refuse_unread(source: str, options: Mapping[str, Any], into: Meeting) -> None:
    """Stop minutes from being an open appendix where more read than may read them.

    Args:
        source: the appendix's; any other than minutes is let through.
        into: the meeting that the appendix is of.

    Raises:
        RuleViolationError: they were not sent for approval, or are not for all readers.
    """
    if source != MINUTES:
        return
    latest = _latest(options)
    if latest is None:
        raise RuleViolationError(
            "Referatet er ikke sendt til godkendelse endnu. Send det først; det er det, "
            "der bliver bilag."
        )
    if _is_down(latest):
        raise RuleViolationError(
            "Referatet, eller noget i det, er taget ned. Ret det, og send det til "
            "godkendelse igen."
        )
    own = latest.meeting
    if own.council_id != into.council_id:
        raise RuleViolationError("Vælg et af jeres egne møder.")
    if not own.is_read_where(into):
        raise RuleViolationError(
            f"{own.name} er ikke åbent for alle, der må læse {into.name}. Referatet kan "
            "kun være bilag til et lukket punkt eller til et møde, som de samme læser."
        )


def _latest(options: Mapping[str, Any]) -> Minutes | None:
    rows = Minutes.objects.filter(meeting=options["meeting"])
    rows = rows.annotate(is_down=Exists(closing_minutes()))
    return rows.select_related("paper", "meeting").order_by("-number").first()


def _is_down(row: Minutes) -> bool:
    """Whether it, or something that it holds, is taken down."""
    annotated: Any = row
    return bool(annotated.is_down)
