"""Forms of groups of municipalities, visions, and what the sources do not agree on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from core.forms import FieldGroup, VersionedForm
from proposals.forms.fields import NewForm, NumberField, OneLine, enter_at

if TYPE_CHECKING:
    from proposals.models import SourceNote, Vision
    from proposals.queries.clusters import GroupRow, Groups

OWN = "own"
CHOOSE = "Vælg en læsning, eller skriv de ord, der skal gælde."


class Members(forms.CheckboxSelectMultiple):
    """Check boxes of municipalities; those of another group cannot be chosen."""

    taken: dict[str, str] = {}  # noqa: RUF012 -- set by the form on its own copy

    def create_option(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option: dict[str, Any] = super().create_option(*args, **kwargs)
        if group := self.taken.get(str(option["value"])):
            option["attrs"]["disabled"] = True
            option["label"] = f"{option['label']} ({group})"
        return option


class Rows(forms.TypedMultipleChoiceField):
    """Rows by their ids."""

    def __init__(self, **kwargs: Any) -> None:
        said = {"invalid_choice": "Vælg blandt dem på listen."}
        super().__init__(coerce=int, required=False, error_messages=said, **kwargs)


class Began(Rows):
    """What a form began with; what was deleted since is left out, and nothing is refused."""

    widget = forms.MultipleHiddenInput

    def to_python(self, value: Any) -> list[str]:
        """Give the ids that there still are."""
        return [each for each in super().to_python(value) if self.valid_value(each)]


class ClusterForm(VersionedForm):
    """A group's name and who is in it; ``base`` is who was when the form was opened."""

    name = OneLine(
        label="Gruppens navn",
        max_length=80,
        error_messages={"required": "Skriv gruppens navn."},
    )
    members = Rows(label="Kommuner", widget=Members)
    base = Began()

    def __init__(
        self, *args: Any, groups: Groups, row: GroupRow | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        own = [place.pk for place in row.places] if row else []
        name = row.name if row else ""
        self.initial.update({"members": own, "base": own, "name": name})
        members: Any = self.fields["members"]
        members.choices = [(place.pk, place.name) for place in groups.every]
        members.help_text = (
            f"Kataloget siger {groups.bounds} kommuner. " if groups.bounds else ""
        ) + "En kommune kan højst være i én gruppe."
        base: Any = self.fields["base"]
        base.choices = members.choices
        members.widget.taken = {
            str(place.pk): place.group
            for place in groups.every
            if place.group and place.pk not in own
        }
        if row is None:
            del self.fields["version"]
        enter_at(self, "name")

    @property
    def groups(self) -> tuple[FieldGroup, ...]:
        """Only the name can collide; who is in a group is merged as a set."""
        return (FieldGroup("name", "Gruppens navn", ("name",)),)


class PlacingForm(NewForm):
    """Into which group each municipality goes that is in none."""

    def __init__(self, *args: Any, groups: Groups, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "Ikke placeret"), *((row.pk, row.name) for row in groups.rows)]
        for place in groups.unplaced:
            self.fields[f"m{place.pk}"] = forms.TypedChoiceField(
                label=place.name,
                choices=choices,
                coerce=int,
                empty_value=None,
                required=False,
            )

    def clean(self) -> None:
        """Somebody is placed, or that is said."""
        super().clean()
        if not self.errors and not self.places:
            raise forms.ValidationError("Vælg en gruppe, eller fortryd.")

    @property
    def places(self) -> dict[int, int]:
        """Municipality → group, of those that were placed."""
        return {
            int(name.removeprefix("m")): group
            for name, group in self.cleaned_data.items()
            if group
        }


class NewVisionForm(NewForm):
    """A new vision; it gets the next number."""

    title = OneLine(
        label="Titel",
        max_length=200,
        error_messages={"required": "Skriv visionens titel."},
    )
    other_title = OneLine(
        label="Titel et andet sted",
        max_length=200,
        required=False,
        help_text="Som den står dér, hvis den er en anden.",
    )
    other_place = forms.CharField(
        label="Hvor", max_length=120, required=False, help_text="Fx 2.1 Bilag 4."
    )


class VisionForm(VersionedForm):
    """A vision's number and titles."""

    number = NumberField()
    title = OneLine(
        label="Titel",
        max_length=200,
        error_messages={"required": "Skriv visionens titel."},
    )
    other_title = OneLine(label="Titel et andet sted", max_length=200, required=False)
    other_place = forms.CharField(
        label="Hvor", max_length=120, required=False, help_text="Fx 2.1 Bilag 4."
    )

    @classmethod
    def of(cls, vision: Vision, data: Any = None) -> VisionForm:
        """The form with what is saved."""
        names = ("number", "title", "other_title", "other_place", "version")
        return cls(data, initial={name: getattr(vision, name) for name in names})


class ServedForm(NewForm):
    """Which visions a record serves; ``base`` is what it served when the form was opened."""

    visions = Rows(label="Visioner", widget=forms.CheckboxSelectMultiple)
    base = Began()

    def __init__(self, *args: Any, choices: Any, own: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("visions", "base"):
            field: Any = self.fields[name]
            field.choices = choices
        self.initial.update({"visions": own, "base": own})


class ReadingForm(forms.Form):
    """Which of the readings holds; nothing is chosen beforehand."""

    choice = forms.ChoiceField(
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE}
    )
    own = OneLine(label="Andre ord", max_length=300, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, note: SourceNote, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.readings = note.readings
        choice: Any = self.fields["choice"]
        choice.choices = [
            *((str(place), "") for place in range(len(note.readings))),
            (OWN, ""),
        ]

    def clean(self) -> dict[str, Any]:
        is_own = self.cleaned_data.get("choice") == OWN
        if is_own and not self.cleaned_data.get("own") and "own" not in self.errors:
            self.add_error("own", "Skriv de ord, der skal gælde.")
        return self.cleaned_data

    @property
    def words(self) -> str:
        """The words that were chosen."""
        choice = self.cleaned_data["choice"]
        if choice == OWN:
            return str(self.cleaned_data["own"])
        return str(self.readings[int(choice)]["text"])


class ChosenWordsForm(VersionedForm):
    """The words that shall hold."""

    chosen = OneLine(
        label="Valgte ord",
        max_length=300,
        error_messages={"required": "Skriv de ord, der skal gælde."},
    )
