"""The minutes of a meeting as a source of appendices: another meeting approves them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast

from django import forms

from core.formats import counted
from documents.sources import SourceOfDocuments, register
from meetings.minutes.document import minutes_document
from meetings.minutes.value import written
from meetings.models import Meeting

if TYPE_CHECKING:
    from collections.abc import Mapping

    from accounts.models import Council
    from documents.tree import Document

MINUTES: Final = "meetings.minutes"


class MinutesOptions(forms.Form):
    """Of which of the council's sent meetings; the cleaned value is its id."""

    meeting = forms.TypedChoiceField(
        label="Møde", coerce=int, error_messages={"required": "Vælg et møde."}
    )

    def __init__(self, *args: Any, council: Council, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Meeting.objects.present().filter(
            council=council, publications__isnull=False
        )
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
    """Give a meeting's minutes as they are written; four queries.

    Args:
        options: ``meeting``, the id of one.

    Raises:
        Meeting.DoesNotExist: there is no such meeting, or it was never sent.
    """
    meeting = Meeting.objects.select_related("council").get(pk=options["meeting"])
    own = written(meeting)
    if own is None:
        raise Meeting.DoesNotExist
    return minutes_document(own)
