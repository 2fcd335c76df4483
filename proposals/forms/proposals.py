"""Forms of a proposal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.http import QueryDict

from core.forms import VersionedForm
from proposals.forms.fields import (
    NewForm,
    NumberField,
    OneLine,
    ThemeChoice,
    ThemeTitle,
    enter_at,
)
from proposals.forms.referring import Inserting, ReferringRich
from proposals.models import Proposal, Theme
from proposals.models.bounds import BODY

if TYPE_CHECKING:
    from proposals.models import Catalogue


class IdeaForm(Inserting, VersionedForm):
    """The idea of a proposal."""

    into = "idea"

    idea = ReferringRich(label="Ideen", max_length=BODY, required=False)


class NewProposalForm(NewForm):
    """A new proposal; it gets the next number."""

    theme = ThemeChoice(
        label="Tema", queryset=Theme.objects.none(), required=False, empty_label="Vælg"
    )
    new_theme = forms.CharField(
        label="Nyt tema",
        max_length=120,
        required=False,
        help_text="Kun hvis forslaget ikke hører til et af temaerne.",
    )
    title = OneLine(
        label="Titel",
        max_length=250,
        error_messages={"required": "Skriv forslagets titel."},
    )
    idea = ReferringRich(label="Ideen", max_length=BODY, required=False)

    def __init__(self, *args: Any, catalogue: Catalogue, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        themes: Any = self.fields["theme"]
        themes.queryset = catalogue.themes.all()

    def clean_new_theme(self) -> str:
        title = " ".join(str(self.cleaned_data["new_theme"]).split())
        themes: Any = self.fields["theme"]
        there = themes.queryset.filter(title__iexact=title).first() if title else None
        if there is not None:
            raise forms.ValidationError(f"Temaet findes. Vælg ”{there}” under Tema.")
        return title

    def clean(self) -> dict[str, Any]:
        own = self.cleaned_data
        if "new_theme" in self.errors:
            return own
        if not own.get("theme") and not own.get("new_theme"):
            self.add_error("theme", "Vælg et tema, eller skriv et nyt.")
        if own.get("theme") and own.get("new_theme"):
            self.add_error(
                "new_theme", "Vælg et tema, eller skriv et nyt, ikke begge dele."
            )
        return own

    @property
    def values(self) -> dict[str, Any]:
        """The service's keywords."""
        own = dict(self.cleaned_data)
        theme = own.pop("theme")
        return own | {"theme": theme.pk if theme else None}


class NewThemeForm(ThemeTitle, NewForm):
    """A new theme; it gets the next number."""

    def __init__(self, *args: Any, catalogue: Catalogue, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.others = catalogue.themes.all()


class ThemeForm(ThemeTitle, VersionedForm):
    """Number and title of a theme."""

    number = NumberField()
    field_order = ("number", "title")

    @classmethod
    def of(cls, theme: Theme, data: Any = None) -> ThemeForm:
        """The form with what is saved."""
        names = ("number", "title", "version")
        form = cls(data, initial={name: getattr(theme, name) for name in names})
        own = Theme.objects.filter(catalogue=theme.catalogue_id)
        form.others = own.exclude(pk=theme.pk)
        return form


class ProposalForm(VersionedForm):
    """Number, theme and title of a proposal."""

    number = NumberField()
    theme = ThemeChoice(
        label="Tema",
        queryset=Theme.objects.none(),
        empty_label=None,
        error_messages={"required": "Vælg et tema."},
    )
    title = OneLine(
        label="Titel",
        max_length=250,
        error_messages={"required": "Skriv forslagets titel."},
    )
    short_title = OneLine(
        label="Kort titel",
        max_length=80,
        required=False,
        help_text="Til lister og diagrammer med lidt plads. Må være tom.",
    )

    def __init__(self, *args: Any, record: Proposal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = ("number", "theme", "title", "short_title", "version")
        self.initial.update({name: getattr(record, name) for name in names})
        themes: Any = self.fields["theme"]
        themes.queryset = record.catalogue.themes.all()


class TitleForm(VersionedForm):
    """Which of two titles stands in overview and body; nothing is chosen beforehand."""

    choice = forms.ChoiceField(
        choices=[("overview", ""), ("body", ""), ("own", "")],
        error_messages={
            "required": "Vælg en titel, eller skriv en ny.",
            "invalid_choice": "Vælg en titel, eller skriv en ny.",
        },
    )
    own = OneLine(label="Ny titel", max_length=250, required=False)

    def clean(self) -> dict[str, Any]:
        if self.cleaned_data.get("choice") == "own" and not self.cleaned_data.get(
            "own"
        ):
            self.add_error("own", "Skriv den nye titel.")
        return self.cleaned_data


class ChosenTitleForm(VersionedForm):
    """The title that shall stand in overview and body."""

    title = OneLine(
        label="Titel",
        max_length=250,
        error_messages={"required": "Skriv forslagets titel."},
    )

    @classmethod
    def of(cls, title: str, version: int) -> ChosenTitleForm:
        """The form as if the title had been typed."""
        data = QueryDict(mutable=True)
        data.update({"title": title, "version": str(version)})
        return cls(data)


class TitleReadingForm(NewForm):
    """How a title reads in another place."""

    text = OneLine(
        label="Titlen, som den står",
        max_length=250,
        error_messages={"required": "Skriv titlen, som den står."},
    )
    place = OneLine(
        label="Kilde og sted",
        max_length=120,
        help_text="Fx 2.1 Bilag 4, side 65.",
        error_messages={"required": "Skriv, hvor titlen står."},
    )
    is_short = forms.BooleanField(label="Det er den korte titel", required=False)
    is_overview = forms.BooleanField(
        label="Stedet er katalogets egen oversigt", required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        enter_at(self, "text")

    def clean(self) -> dict[str, Any]:
        """The overview has whole titles."""
        own = self.cleaned_data
        if own.get("is_short") and own.get("is_overview"):
            self.add_error("is_overview", "Oversigten har ikke korte titler.")
        return own
