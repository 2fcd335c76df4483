"""What came of the proposals as a source of documents: since when, and of which themes."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms

from core import clock
from core.dates import DayField
from core.formats import counted, long_date
from documents import sources
from documents.sources import SourceOfDocuments
from meetings.models import Meeting
from proposals import trail_document
from proposals.choices import CatalogueKind
from proposals.models import Catalogue, Theme
from proposals.options import WhichCatalogue
from proposals.trail import day_of
from proposals.trail_document import Since

if TYPE_CHECKING:
    from collections.abc import Mapping

    from accounts.models import Council
    from documents.tree import Document


def register() -> None:
    """Register what came of the proposals."""
    sources.register(
        SourceOfDocuments(
            key="proposals.trail",
            name="Vejen efter KKR",
            form=TrailOptions,
            build=trail,
            made_of=lambda document: counted(
                trail_document.steps_in(document),
                "nyt skridt",
                "nye skridt",
                "ingen nye skridt",
            ),
        )
    )


class TrailOptions(WhichCatalogue):
    """Since when, and about which themes; the cleaned values are ids and an ISO day."""

    kind = CatalogueKind.SIMPLIFICATION

    meeting = forms.TypedChoiceField(
        label="Siden mødet",
        coerce=int,
        required=False,
        empty_value=None,
        error_messages={"invalid_choice": "Vælg et møde fra listen."},
        help_text="Mødets egen dag er regnet med.",
    )
    since = DayField(label="Eller siden datoen", required=False)
    themes = forms.TypedMultipleChoiceField(
        label="Temaer",
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Vælg temaer fra listen."},
        help_text="Ingen valgt: alle temaer.",
    )

    def __init__(self, *args: Any, council: Council, **kwargs: Any) -> None:
        super().__init__(*args, council=council, **kwargs)
        meetings = Meeting.objects.present().not_off().filter(council=council)
        held = meetings.filter(held_on__lt=clock.today()).order_by("-held_on", "-pk")
        meeting, themes = self._choices("meeting"), self._choices("themes")
        meeting.choices = [("", "En dato"), *((row.pk, row.name) for row in held)]
        rows = Theme.objects.filter(catalogue__council=council)
        own = rows.filter(catalogue__kind=self.kind).order_by("number", "pk")
        themes.choices = [(row.pk, str(row)) for row in own]
        if held and not self.initial:
            meeting.initial = held[0].pk
        elif not self.initial:
            self.fields["since"].initial = clock.today().replace(month=1, day=1)
        if self.initial.get("since"):
            self.initial = {**self.initial, "since": day_of(self.initial["since"])}

    def _choices(self, name: str) -> Any:
        return self.fields[name]

    def clean(self) -> dict[str, Any]:
        own = self.cleaned_data
        day = own.get("since")
        if own.get("meeting") and day:
            self.add_error(
                "since", "Vælg et møde, eller skriv en dato, ikke begge dele."
            )
        elif not own.get("meeting") and not day and "since" not in self.errors:
            self.add_error("since", "Vælg et møde, eller skriv en dato.")
        own["since"] = day.isoformat() if day else ""
        return own


def trail(options: Mapping[str, Any]) -> Document:
    """Give what came of a catalogue's proposals since a day or a meeting; 5 queries at most.

    Args:
        options: ``catalogue``, the id of one; ``meeting``, the id of one, or ``since``, a
            day; ``themes``, ids.

    Raises:
        Catalogue.DoesNotExist, Meeting.DoesNotExist: there is no such one any more.
    """
    catalogue = Catalogue.objects.get(
        pk=options["catalogue"], kind=CatalogueKind.SIMPLIFICATION
    )
    since = options.get("since")
    day = since if isinstance(since, date) else day_of(since)
    if day is None:
        rows = Meeting.objects.present().filter(council=catalogue.council_id)
        meeting = rows.get(pk=options["meeting"])
        start = Since(meeting.held_on, meeting.name)
    else:
        start = Since(day, f"den {long_date(day)}")
    return trail_document.document(catalogue, start, options.get("themes") or ())
