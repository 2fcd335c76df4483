"""Forms of a written appendix: how it begins, and one form for each kind of block."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final

from django import forms
from django.core.validators import URLValidator

from core.figures import read_figure
from core.forms import VersionedModelForm
from core.widgets import LineField, RichTextField
from documents.intake import looks_like_a_file_name
from meetings.choices import BlockKind, DocumentStatus, Language
from meetings.models import WrittenBlock
from meetings.models.written import MISSING

if TYPE_CHECKING:
    from collections.abc import Mapping

SHORT: Final = {"class": "form-input--short"}
LINES: Final[dict[str, type[forms.Field]]] = dict.fromkeys(
    ("heading", "unit", "source"), LineField
)
BAD_NUMBER: Final = (
    "Skriv tallet som fx 1.753, 2,5 eller 4-5; forbehold og enhed for sig."
)


class WrittenForm(forms.Form):
    """A new appendix that is written here: only a title is needed to begin."""

    title = LineField(
        label="Bilagets titel",
        max_length=250,
        error_messages={"required": "Skriv bilagets titel."},
    )
    sender = LineField(label="Afsender", max_length=200, required=False)
    status = forms.ChoiceField(
        label="Status", choices=DocumentStatus.choices, required=False
    )
    language = forms.ChoiceField(
        label="Sprog", choices=Language.choices[1:], initial=Language.DANISH
    )

    def clean_title(self) -> str:
        """Refuse the name of a file."""
        title: str = self.cleaned_data["title"]
        if looks_like_a_file_name(title):
            message = f"”{title}” er et filnavn. Skriv, hvad bilaget hedder."
            raise forms.ValidationError(message)
        return title


class BlockForm(VersionedModelForm[WrittenBlock]):
    """What all blocks have in common: what is typed is judged as Danish sentences."""

    class Meta:
        model = WrittenBlock
        fields: tuple[str, ...] = ("heading",)
        field_classes = LINES


class TextForm(BlockForm):
    """A text under a heading; the first one may do without."""

    text = RichTextField(
        label="Tekst",
        error_messages={"required": "Skriv teksten, eller fjern afsnittet."},
    )

    class Meta(BlockForm.Meta):
        fields = ("heading", "text")
        help_texts: ClassVar[dict[str, str]] = {
            "heading": "Tom: teksten står uden overskrift, fx som indledning."
        }


class FigureForm(BlockForm):
    """A key figure: what it is of, its number or why there is none, and where from."""

    together: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "number": ("number", "missing")
    }

    heading = LineField(
        label="Hvad er det tallet på?",
        max_length=200,
        error_messages={"required": "Skriv, hvad det er tallet på."},
        help_text="Fx Praktikpladser på læreruddannelsen.",
    )
    missing = forms.ChoiceField(
        label="Eller hvorfor det mangler",
        choices=[("", "Tallet står her"), *MISSING],
        required=False,
    )
    source_url = forms.URLField(
        label="Kildens adresse",
        required=False,
        max_length=300,
        assume_scheme="https",
        validators=[URLValidator(schemes=["http", "https"])],
        error_messages={"invalid": "Skriv hele adressen, fx https://www.dst.dk/."},
    )

    class Meta(BlockForm.Meta):
        fields = (
            "heading", "number", "missing", "qualifier", "unit", "year", "source",
            "source_url",
        )  # fmt: skip
        help_texts: ClassVar[dict[str, str]] = {
            "number": "1.753, 2,5 eller 4-5.",
            "qualifier": "Fx ca. eller godt.",
            "unit": "Fx pct. eller pladser.",
            "year": "Fx 2022 eller 2021-2023.",
        }

    def clean_number(self) -> str:
        """Read the number: what cannot be read cannot be compared or drawn."""
        number: str = self.cleaned_data["number"].strip()
        read = read_figure(number)
        if number and (read["low"] is None or read["qualifier"]):
            raise forms.ValidationError(BAD_NUMBER)
        return number

    def clean(self) -> dict[str, Any]:
        """Ask for a number or the word for why there is none: never both, never neither."""
        own = super().clean() or self.cleaned_data
        number, missing = own.get("number"), own.get("missing")
        if "number" in self.errors or "missing" in self.errors:
            return own
        if number and missing:
            self.add_error("missing", "Tallet står der. Slet det, hvis det mangler.")
        if not number and not missing:
            self.add_error("number", "Skriv tallet, eller vælg, hvorfor det mangler.")
        return own


class PictureForm(BlockForm):
    """What is said of a picture; what it shows in words is required."""

    alternative = forms.CharField(
        label="Billedet i ord",
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Læses op for den, der ikke kan se billedet. Skriv, hvad det viser.",
        error_messages={"required": "Skriv, hvad billedet viser."},
    )

    class Meta(BlockForm.Meta):
        fields = ("heading", "alternative", "caption")
        help_texts: ClassVar[dict[str, str]] = {
            "heading": "Tom: billedet hører til teksten over det.",
            "caption": "Står under billedet.",
        }


class NewPictureForm(PictureForm):
    """A picture with its words."""

    picture = forms.FileField(
        label="Billede",
        error_messages={
            "required": "Vælg et billede.",
            "empty": "Filen er tom. Vælg billedet igen.",
            "missing": "Vælg et billede.",
        },
        help_text="PNG eller JPEG, højst 20 MB. Sted og kamera tages ud.",
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg"}),
    )
    field_order = ("picture", "heading", "alternative", "caption")


class ChartForm(BlockForm):
    """A chart of the key figures right above it; it is born with its sentence."""

    sentence = forms.CharField(
        label="Hvad viser diagrammet?",
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="En sætning, der siger det vigtigste. Den står under diagrammet.",
        error_messages={"required": "Skriv en sætning om, hvad diagrammet viser."},
    )

    class Meta(BlockForm.Meta):
        fields = ("heading", "sentence")


FORMS: Final[dict[str, type[BlockForm]]] = {
    BlockKind.TEXT: TextForm,
    BlockKind.FIGURE: FigureForm,
    BlockKind.PICTURE: PictureForm,
    BlockKind.CHART: ChartForm,
}
NEW_FORMS: Final[dict[str, type[BlockForm]]] = {
    **FORMS,
    BlockKind.PICTURE: NewPictureForm,
}
# The word for a kind in addresses.
SLUGS: Final[dict[str, BlockKind]] = {
    "tekst": BlockKind.TEXT,
    "noegletal": BlockKind.FIGURE,
    "billede": BlockKind.PICTURE,
    "diagram": BlockKind.CHART,
}
