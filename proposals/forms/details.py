"""Forms of figures, names, references and dependencies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError

from core.figures import is_too_large
from core.forms import VersionedForm
from proposals.choices import DependencyKind, FigureTopic, TermKind
from proposals.forms.fields import NewForm, OneLine, enter_at, numbered
from proposals.forms.referring import Inserting, ReferringText
from proposals.models import CooperationUnit, Proposal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from proposals.models import Figure

TOO_LARGE = "Tallet kan højst have 11 cifre før kommaet."


def refuse_too_large(printed: str) -> None:
    """Refuse a figure whose number cannot be kept."""
    if is_too_large(printed):
        raise ValidationError(TOO_LARGE)


class FigureForm(Inserting, VersionedForm):
    """A figure as it is printed; the numbers are read from it."""

    into = "what"

    printed = forms.CharField(
        label="Tal",
        max_length=40,
        help_text="Som det skal trykkes, fx 13, 3-5 eller godt 73.000.",
        validators=[refuse_too_large],
        error_messages={"required": "Skriv tallet."},
    )
    measure = forms.CharField(
        label="Enhed", max_length=60, required=False, help_text="Fx uger eller pct."
    )
    what = ReferringText(
        label="Hvad",
        max_length=250,
        error_messages={"required": "Skriv, hvad tallet er."},
    )
    year = forms.IntegerField(
        label="År",
        min_value=1900,
        max_value=2200,
        required=False,
        error_messages={
            "invalid": "Skriv et årstal med fire cifre, eller lad feltet være tomt.",
            "min_value": "Skriv et årstal med fire cifre, eller lad feltet være tomt.",
            "max_value": "Skriv et årstal med fire cifre, eller lad feltet være tomt.",
        },
    )
    source = OneLine(
        label="Kilde",
        max_length=200,
        required=False,
        help_text="Hvor tallet er fra, fx Danmarks Statistik, 2022. Tomt: kataloget.",
    )
    source_url = forms.URLField(
        label="Kildens adresse",
        max_length=500,
        required=False,
        assume_scheme="https",
        help_text="Begynder med https://. Må være tom.",
        error_messages={"invalid": "Skriv en adresse, der begynder med https://."},
    )
    topic = forms.ChoiceField(
        label="Handler om",
        choices=FigureTopic,
        initial=FigureTopic.GENERAL,
        required=False,
    )
    is_derived = forms.BooleanField(
        label="Udledt: talt eller regnet af os, ikke trykt i kilden", required=False
    )

    def __init__(self, *args: Any, figure: Figure | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        enter_at(self, "printed")
        if figure is not None:
            names = (
                "printed", "measure", "what", "topic", "source", "source_url",
                "is_derived", "version",
            )  # fmt: skip
            self.initial.update({name: getattr(figure, name) for name in names})
            self.initial["year"] = figure.year or None

    def clean_topic(self) -> str:
        """What was not chosen is neither financing nor staffing."""
        return self.cleaned_data["topic"] or FigureTopic.GENERAL

    def clean_year(self) -> int:
        """An absent year is 0."""
        return self.cleaned_data["year"] or 0

    def clean_source_url(self) -> str:
        """A page that a browser opens, and nothing else."""
        url: str = self.cleaned_data["source_url"]
        if url and not url.startswith(("https://", "http://")):
            raise ValidationError("Skriv en adresse, der begynder med https://.")
        return url

    def clean(self) -> dict[str, Any]:
        own = self.cleaned_data
        if own.get("source_url") and not own.get("source") and "source" in own:
            self.add_error("source", "Skriv, hvad adressen hedder, eller slet den.")
        return own


class TermsForm(forms.Form):
    """Names by kind, one a line. ``<kind>_base`` is what the form began with."""

    def __init__(
        self, *args: Any, kinds: Iterable[tuple[TermKind, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kinds = tuple(kind for kind, _ in kinds)
        for kind, label in kinds:
            self.fields[kind.value] = forms.CharField(
                label=label,
                required=False,
                widget=forms.Textarea(attrs={"rows": 3}),
                help_text="Ét navn pr. linje." if kind == self.kinds[0] else "",
            )
            self.fields[f"{kind}_base"] = forms.CharField(
                required=False, widget=forms.HiddenInput
            )
        enter_at(self, self.kinds[0].value)

    @staticmethod
    def initial_of(names: dict[str, tuple[str, ...]]) -> dict[str, str]:
        """Give the values that the form begins with."""
        lines = {kind: "\n".join(own) for kind, own in names.items()}
        return lines | {f"{kind}_base": text for kind, text in lines.items()}

    def clean(self) -> dict[str, Any]:
        for kind in self.kinds:
            if any(len(line) > 200 for line in self.lines(kind)):  # noqa: PLR2004
                self.add_error(kind.value, "Et navn kan højst fylde 200 tegn.")
        return self.cleaned_data

    def lines(self, kind: str) -> tuple[str, ...]:
        """The lines of one field."""
        return tuple(str(self.cleaned_data.get(kind, "")).splitlines())

    @property
    def terms(self) -> dict[str, tuple[str, ...]]:
        """Kind → names, as the user sends them."""
        return {kind.value: self.lines(kind) for kind in self.kinds}

    @property
    def base(self) -> dict[str, tuple[str, ...]]:
        """Kind → names, as the form began."""
        return {kind.value: self.lines(f"{kind}_base") for kind in self.kinds}


class ReferenceForm(VersionedForm):
    """A reference from one proposal to another; without a version while it is new."""

    to = forms.ModelChoiceField(
        label="Henviser til",
        queryset=Proposal.objects.none(),
        empty_label="Vælg",
        error_messages={"required": "Vælg det forslag, der henvises til."},
    )
    wording = ReferringText(
        label="Ordlyd",
        max_length=200,
        help_text="Som henvisningen står i teksten, fx jf. forslag 3.",
        error_messages={"required": "Skriv henvisningens ordlyd."},
    )

    def __init__(self, *args: Any, record: Proposal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        to: Any = self.fields["to"]
        own = Proposal.objects.filter(catalogue=record.catalogue_id).present()
        to.queryset = own.exclude(pk=record.pk).order_by("number")
        to.label_from_instance = numbered
        enter_at(self, "to")


class DependencyForm(NewForm):
    """How a unit leans on another."""

    to = forms.ModelChoiceField(
        label="Bygger på",
        queryset=CooperationUnit.objects.none(),
        empty_label="Vælg",
        error_messages={"required": "Vælg den enhed, der bygges på."},
    )
    kind = forms.ChoiceField(label="Hvordan", choices=DependencyKind)
    text = ReferringText(
        label="Ordlyd",
        max_length=200,
        help_text="Som sammenhængen står i kilden, fx samme enhed som forslag 1.",
        error_messages={"required": "Skriv sammenhængens ordlyd."},
    )

    def __init__(self, *args: Any, record: CooperationUnit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        to: Any = self.fields["to"]
        own = CooperationUnit.objects.filter(catalogue=record.catalogue_id).present()
        taken = record.dependencies.values("to")
        to.queryset = own.exclude(pk=record.pk).exclude(pk__in=taken).order_by("number")
        to.label_from_instance = numbered
        enter_at(self, "to")
