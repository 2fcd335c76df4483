"""Forms of a co-operation unit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from core.forms import VersionedForm
from core.widgets import RichTextField
from proposals.choices import Scope
from proposals.forms.fields import NewForm, NumberField, OneLine

if TYPE_CHECKING:
    from proposals.models import Catalogue, CooperationUnit


class NewUnitForm(NewForm):
    """A new unit; it gets the next number."""

    title = OneLine(
        label="Titel",
        max_length=200,
        error_messages={"required": "Skriv enhedens titel."},
    )
    scope = forms.ChoiceField(
        label="Omfang",
        choices=Scope,
        widget=forms.RadioSelect,
        error_messages={"required": "Vælg, hvem enheden er for."},
    )
    summary = RichTextField(label="Hvad handler forslaget om?", required=False)

    def __init__(self, *args: Any, catalogue: Catalogue, **kwargs: Any) -> None:
        """Make the form; no field of it depends on the catalogue."""
        del catalogue
        super().__init__(*args, **kwargs)


class UnitForm(VersionedForm):
    """The plain fields of a unit."""

    number = NumberField()
    title = OneLine(
        label="Titel",
        max_length=200,
        error_messages={"required": "Skriv enhedens titel."},
    )
    other_title = OneLine(
        label="Titel i hovedrapporten", max_length=200, required=False
    )
    summary = RichTextField(label="Hvad handler forslaget om?", required=False)
    scope = forms.ChoiceField(label="Omfang", choices=Scope, widget=forms.RadioSelect)
    scope_text = forms.CharField(
        label="Omfang med ord",
        max_length=200,
        required=False,
        help_text="Som i kilden, fx 3-5 kommuner pr. enhed.",
    )
    least = forms.IntegerField(
        label="Mindst antal kommuner", min_value=1, max_value=99, required=False,
        help_text="Tomt: antal ikke oplyst.",
    )  # fmt: skip
    most = forms.IntegerField(
        label="Højst antal kommuner", min_value=1, max_value=99, required=False,
        help_text="Tomt: antal ikke oplyst.",
    )  # fmt: skip
    criterion = forms.CharField(label="Kriterium", max_length=200, required=False)
    moves_from = forms.CharField(label="Flyttes fra", max_length=200, required=False)
    stays = forms.CharField(label="Bliver i kommunen", max_length=300, required=False)
    tasks_intro = forms.CharField(
        label="Opgavernes indledning", max_length=200, required=False
    )

    def __init__(self, *args: Any, record: CooperationUnit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.update({name: getattr(record, name) for name in self.fields})

    def clean(self) -> dict[str, Any]:
        least, most = self.cleaned_data.get("least"), self.cleaned_data.get("most")
        if least and most and least > most:
            self.add_error("most", "Højst kan ikke være mindre end mindst.")
        return self.cleaned_data
