"""What is chosen of a catalogue to be printed.

The cleaned data are plain and short: what was not chosen is left out, so that the whole
catalogue is stored as its id alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final, cast

from django import forms
from django.core.exceptions import ValidationError

from proposals.choices import CatalogueKind
from proposals.cuts import CHOSEN, OVERVIEW, Field
from proposals.models import Catalogue
from proposals.picking import (
    A_PAGE,
    FewSelect,
    PickBoxes,
    RecordsField,
    keys_of,
    unknown_in,
)
from proposals.queries.choices import catalogues_with_cuts, own_municipalities

if TYPE_CHECKING:
    from accounts.models import Council

_LABELS: Final = {
    Field.OVERVIEW: "Oversigten forrest",
    Field.FIGURES: "Tal",
    Field.LAWS: "Regler og belæg",
    Field.ATTENTIONS: "Opmærksomhedspunkter",
    Field.TITLES: "Andre titler",
    Field.ACTORS: "Ordninger, aktører og målgrupper",
    Field.REFERENCES: "Henvisninger",
    Field.GROUPS: "Kommunerne i hver gruppe",
    Field.POSITIONS: "Kommunens holdninger",
}
NONE_CHOSEN: Final = "Vælg mindst ét på listen."
_NO_NUMBER: Final = "Nr. {} findes ikke i kataloget. Vælg blandt dem på listen."
_ANOTHER: Final = "Udtrækket findes ikke i det katalog, du har valgt. Vælg et andet."


class _FewChoices(forms.MultipleChoiceField):
    """Check boxes; none is a choice too."""

    def __init__(self, label: str, *names: Field, **kwargs: Any) -> None:
        super().__init__(
            label=label,
            required=False,
            choices=[(str(name), _LABELS[name]) for name in names],
            widget=forms.CheckboxSelectMultiple,
            **kwargs,
        )


class WhichCatalogue(forms.Form):
    """Which of a council's catalogues, of one kind or any; the cleaned value is its id."""

    kind: ClassVar[CatalogueKind | None] = None

    catalogue = forms.TypedChoiceField(
        label="Katalog", coerce=int, error_messages={"required": "Vælg et katalog."}
    )

    def __init__(self, *args: Any, council: Council, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Catalogue.objects.filter(council=council)
        if self.kind is not None:
            rows = rows.filter(kind=self.kind)
        field = cast("forms.TypedChoiceField", self.fields["catalogue"])
        field.choices = [(row.pk, row.title) for row in rows]
        if rows and (self.kind is None or len(rows) == 1):
            field.initial = rows[0].pk


class CatalogueOptions(forms.Form):
    """Which of a council's catalogues, which cut of it, and with what."""

    kind: ClassVar[CatalogueKind]

    catalogue = forms.TypedChoiceField(
        label="Katalog", coerce=int, error_messages={"required": "Vælg et katalog."}
    )
    cut = forms.ChoiceField(
        label="Udtræk",
        required=False,
        widget=FewSelect,
        error_messages={"invalid_choice": "Vælg et udtræk på listen."},
    )
    records = RecordsField(
        label="De valgte",
        required=False,
        help_text="Gælder kun udtrækket ”De valgte”.",
        widget=PickBoxes,
        error_messages={"invalid_choice": "Vælg blandt dem på listen."},
    )

    def __init__(self, *args: Any, council: Council, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._cuts = catalogues_with_cuts(council, self.kind)
        field = cast("forms.TypedChoiceField", self.fields["catalogue"])
        field.choices = [(each.pk, each.title) for each in self._cuts]
        if len(self._cuts) == 1:
            field.initial = self._cuts[0].pk
        cut = cast("forms.ChoiceField", self.fields["cut"])
        cut.choices = [
            ("", "Hele kataloget"),
            (OVERVIEW, "Kun oversigten"),
            (CHOSEN, "De valgte"),
            *self._grouped(),
        ]
        self._picks = cast("forms.MultipleChoiceField", self.fields["records"])
        self._picks.choices = [pair for each in self._cuts for pair in each.records]
        if len(self._cuts) == 1:
            self._name_by_numbers(cut)

    def _name_by_numbers(self, cut: forms.ChoiceField) -> None:
        """Let records be named by number, and show many a page at a time."""
        [own] = self._cuts
        boxes = cast("PickBoxes", self._picks.widget)
        boxes.by_number = own.by_number
        if len(own.records) > A_PAGE:
            # The form of an appendix, which has a prefix, is posted, not an address.
            boxes.turn_pages(is_posted=self.prefix is not None)
            cast("FewSelect", cut.widget).prefixes = ("proposal:", "unit:")
            cut.help_text = "Et enkelt vælges på listen under ”De valgte”."

    @property
    def numbers(self) -> dict[str, int]:
        """The number of each record that can be chosen: "proposal:styring" → 7."""
        by_number = ((n, key) for own in self._cuts for n, key in own.by_number.items())
        return {key: number for number, key in by_number}

    @property
    def asks_more(self) -> bool:
        """A page of a list in it was turned: it is shown again, and nothing is done."""
        # What was sent is read when the form is judged.
        is_read = self.is_bound and self.errors is not None
        return is_read and cast("PickBoxes", self._picks.widget).is_turned

    @property
    def is_unfinished(self) -> bool:
        """Some are to be picked, a page was turned for that, and none is picked yet."""
        found = self.cleaned_data if self.is_valid() else {}
        return (
            self.asks_more and found.get("cut") == CHOSEN and not found.get("records")
        )

    def _grouped(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """Give themes and records under headings; a catalogue's own where there are more."""
        is_one = len(self._cuts) == 1
        return [
            (name if is_one else f"{each.title}: {name.lower()}", list(choices))
            for each in self._cuts
            for name, choices in each.groups
            if choices
        ]

    def clean(self) -> dict[str, Any]:
        """Leave out what was not chosen; refuse the cut of another catalogue.

        Raises:
            ValidationError: the chosen catalogue has no such theme or record, or some
                are to be printed and none is picked.
        """
        found = super().clean() or self.cleaned_data
        own = next((c for c in self._cuts if c.pk == found.get("catalogue")), None)
        cut = found.get("cut")
        named = found.get("records") or []
        by_number = own.by_number if own else {}
        picked = keys_of(named, by_number)
        gone = unknown_in(named, by_number)
        if cut != CHOSEN:
            found.pop("records", None)
            if own is not None and cut and cut != OVERVIEW and cut not in own.cuts:
                self.add_error("cut", ValidationError(_ANOTHER))
        elif not picked and self.asks_more:
            found.pop("records", None)
        elif not picked and "records" not in self.errors:
            cast("PickBoxes", self._picks.widget).is_opened = True
            self.add_error("records", ValidationError(NONE_CHOSEN))
        elif gone and own is not None:
            self.add_error("records", ValidationError(_NO_NUMBER.format(gone)))
        elif own is not None and not own.cuts.issuperset(picked):
            self.add_error("records", ValidationError(_ANOTHER))
        else:
            order = [key for key, _ in own.records] if own else []
            found["records"] = [key for key in order if key in picked]
        return {name: value for name, value in found.items() if value}


class SimplificationOptions(CatalogueOptions):
    """Which cut of a catalogue of proposals."""

    kind = CatalogueKind.SIMPLIFICATION

    without = _FewChoices(
        "Udelad", Field.OVERVIEW, Field.FIGURES, Field.LAWS, Field.ATTENTIONS,
        Field.TITLES, help_text="Det står i udtrækket, hvad der er udeladt.",
    )  # fmt: skip
    also = _FewChoices("Tag også med", Field.ACTORS, Field.REFERENCES)


class CooperationOptions(CatalogueOptions):
    """Which cut of a catalogue of units."""

    kind = CatalogueKind.COOPERATION

    without = _FewChoices(
        "Udelad", Field.OVERVIEW, Field.FIGURES, Field.ATTENTIONS, Field.REFERENCES,
        help_text="Det står i udtrækket, hvad der er udeladt.",
    )  # fmt: skip
    also = _FewChoices("Tag også med", Field.ACTORS, Field.GROUPS)


class MunicipalOptions(forms.Form):
    """Which municipality, and with what besides; the cleaned value is its code."""

    municipality = forms.TypedChoiceField(
        label="Kommune", coerce=int, error_messages={"required": "Vælg en kommune."}
    )
    also = _FewChoices("Tag også med", Field.POSITIONS)

    def __init__(self, *args: Any, council: Council, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("forms.TypedChoiceField", self.fields["municipality"])
        found = own_municipalities(council)
        field.choices = [("", "Vælg en kommune"), *found] if found else []

    def clean(self) -> dict[str, Any]:
        """Leave out what was not chosen."""
        found = super().clean() or self.cleaned_data
        return {name: value for name, value in found.items() if value}
