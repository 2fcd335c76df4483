"""Forms of what the sources do not agree on: what it is about, and each reading.

Source: docs/rules.md R-108.
"""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING, Any, Final

from django import forms

from core.forms import VersionedForm
from proposals.choices import NoteKind
from proposals.forms.fields import OneLine, enter_at

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from proposals.models import SourceNote

    type Reading = dict[str, Any]

MOST: Final = 12
"""Readings of one note."""
BLANK: Final = 2
BOTH: Final = "Skriv både stedet og det, der står dér, for hver kilde."
NO_LINES: Final = "Skriv, hvad mindst to kilder siger, eller vælg ”Mangler i en kilde”."
_PLACE, _TEXT, _OURS = "_sted", "_tekst", "_egen"


class ReadingsWidget(forms.Widget):
    """A row a source: its place, what it says, and whether that is a remark of ours."""

    template_name = "proposals/widgets/readings.html"
    use_fieldset = True

    def get_context(
        self, name: str, value: Any, attrs: dict[str, Any] | None
    ) -> dict[str, Any]:
        """Give the rows there are, and some to fill in."""
        context: dict[str, Any] = super().get_context(name, value, attrs)
        rows = [*(value or ()), *({} for _ in range(BLANK))][:MOST]
        while len(rows) < BLANK + 1:
            rows.append({})
        context["widget"]["rows"] = list(enumerate(rows, 1))
        return context

    def value_from_datadict(
        self, data: Mapping[str, Any], files: Any, name: str
    ) -> list[Reading]:
        """Give the rows in which something is written."""
        del files
        places, texts, ours = (
            _list(data, name + end) for end in (_PLACE, _TEXT, _OURS)
        )
        found = []
        for number, (place, text) in enumerate(
            zip_longest(places, texts, fillvalue=""), 1
        ):
            row: Reading = {"place": place.strip(), "text": text.strip()}
            if str(number) in ours:
                row["remark"] = True
            if row["place"] or row["text"]:
                found.append(row)
        return found

    def value_omitted_from_data(
        self, data: Mapping[str, Any], files: Any, name: str
    ) -> bool:
        del files
        return name + _PLACE not in data

    def id_for_label(self, id_: str) -> str:
        del id_
        return ""


class ReadingsField(forms.Field):
    """Readings as ``SourceNote`` keeps them: mappings with ``place`` and ``text``."""

    widget = ReadingsWidget

    def clean(self, value: Any) -> list[Reading]:
        """Each row has a place and a text, neither longer than can be kept."""
        rows: list[Reading] = list(value or ())
        if len(rows) > MOST:
            raise forms.ValidationError(f"Skriv højst {MOST} kilder.")
        if any(not (row["place"] and row["text"]) for row in rows):
            raise forms.ValidationError(BOTH)
        for row in rows:
            forms.CharField(max_length=120).clean(row["place"])
            forms.CharField(max_length=300).clean(row["text"])
        return rows

    @staticmethod
    def said(value: Sequence[Reading]) -> str:
        """Give the readings in words, a line each."""
        return "\n".join(f"{row['place']}: {row['text']}" for row in value)


class NoteForm(VersionedForm):
    """What the sources do not agree on, in its own words."""

    about = OneLine(
        label="Hvad er kilderne uens om?",
        max_length=200,
        help_text="Kort, fx Hvem der samles.",
        error_messages={"required": "Skriv, hvad kilderne er uens om."},
    )
    kind = forms.ChoiceField(
        label="Uens i",
        choices=[("", "Vælg"), *NoteKind.choices],
        error_messages={
            "required": "Vælg, hvad de er uens i.",
            "invalid_choice": "Vælg fra listen.",
        },
    )
    readings = ReadingsField(
        label="Hvad hver kilde siger",
        required=False,
        help_text="Skriv det, som det står. Tomme rækker gemmes ikke.",
    )

    def __init__(
        self, *args: Any, note: SourceNote | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if note is None:
            del self.fields["version"]
        else:
            names = ("about", "kind", "readings", "version")
            self.initial.update({name: getattr(note, name) for name in names})
        enter_at(self, "about")

    def clean(self) -> dict[str, Any]:
        """Sources that do not agree are two, or one that lacks something."""
        own = self.cleaned_data
        readings = own.get("readings")
        least = 1 if own.get("kind") == NoteKind.MISSING else 2
        if readings is not None and len(readings) < least:
            self.add_error("readings", NO_LINES)
        return own


class NewNoteForm(NoteForm):
    """The same, and what it belongs to.

    Attributes:
        owners: choice → the proposal, unit or catalogue; None for the report as a whole.
    """

    of = forms.ChoiceField(
        label="Hvor hører det til?",
        error_messages={
            "required": "Vælg, hvor det hører til.",
            "invalid_choice": "Vælg fra listen.",
        },
    )

    field_order = ("of", "about", "kind", "readings")

    def __init__(
        self, *args: Any, groups: Sequence[tuple[str, Any]], **kwargs: Any
    ) -> None:
        """Make the form.

        Args:
            groups: of choices: a heading, and triples (choice, label, row).
        """
        super().__init__(*args, **kwargs)
        self.owners = {key: row for _, rows in groups for key, _, row in rows}
        of: Any = self.fields["of"]
        of.choices = [
            ("", "Vælg"),
            *(
                (name, [(key, label) for key, label, _ in rows])
                for name, rows in groups
            ),
        ]

    @property
    def values(self) -> dict[str, Any]:
        """The service's keywords; what it belongs to as a row."""
        own = super().values
        return {**own, "of": self.owners[own["of"]]}


def _list(data: Mapping[str, Any], name: str) -> list[str]:
    found = getattr(data, "getlist", lambda key: [data[key]] if key in data else [])
    return [str(each) for each in found(name)]
