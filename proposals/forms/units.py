"""Forms of a co-operation unit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from core.forms import VersionedForm
from proposals.choices import Scope
from proposals.forms.fields import NewForm, NumberField, OneLine, numbered
from proposals.forms.referring import ReferringRich, ReferringText
from proposals.models import CooperationUnit
from proposals.models.bounds import BODY

if TYPE_CHECKING:
    from proposals.models import Catalogue


class UnitChoice(forms.ModelChoiceField[CooperationUnit]):
    """A unit by number and title."""

    def label_from_instance(self, obj: Any) -> str:
        return numbered(obj)


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
    summary = ReferringRich(
        label="Hvad handler forslaget om?", max_length=BODY, required=False
    )

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
    summary = ReferringRich(
        label="Hvad handler forslaget om?", max_length=BODY, required=False
    )
    scope = forms.ChoiceField(label="Omfang", choices=Scope, widget=forms.RadioSelect)
    scope_text = ReferringText(
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
    groups_of = UnitChoice(
        label="Bruger samme grupper som",
        queryset=CooperationUnit.objects.none(),
        required=False,
        empty_label="Enhedens egne grupper",
    )
    criterion = ReferringText(label="Kriterium", max_length=200, required=False)
    moves_from = ReferringText(label="Flyttes fra", max_length=200, required=False)
    stays = ReferringText(label="Bliver i kommunen", max_length=300, required=False)
    tasks_intro = ReferringText(
        label="Opgavernes indledning", max_length=200, required=False
    )

    def __init__(self, *args: Any, record: CooperationUnit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.update({name: getattr(record, name) for name in self.fields})
        groups_of: Any = self.fields["groups_of"]
        others = CooperationUnit.objects.filter(catalogue=record.catalogue_id).present()
        groups_of.queryset = others.filter(groups_of__isnull=True).exclude(pk=record.pk)

    def clean(self) -> dict[str, Any]:
        least, most = self.cleaned_data.get("least"), self.cleaned_data.get("most")
        if least and most and least > most:
            self.add_error("most", "Højst kan ikke være mindre end mindst.")
        return self.cleaned_data
