"""Forms that save over a version: what the user opened, sent, and chose."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Final, Literal, cast

from django import forms

from core.models import Versioned

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from django.http import QueryDict

type Side = Literal["theirs", "mine", "own"]

# What the conflict page adds to the fields: ``<field>__choice``, ``<field>__own``.
MARK: Final = "__"
SEEN: Final = "version__seen"
OPEN: Final = "felt__open"
BACK: Final = "felt__back"
SIDES: Final[tuple[Side, ...]] = ("theirs", "mine", "own")


@dataclass(frozen=True, slots=True)
class FieldGroup:
    """Fields that are one thing to the user and are chosen together; usually one.

    Attributes:
        name: of the first field.
        fields: names, at least one; also fields of the model.
    """

    name: str
    label: str
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What the user answered in one group of the conflict page.

    Attributes:
        side: the chosen text; ``None`` while nothing is chosen.
        own: field → cleaned value of the text they wrote; empty if it is not valid.
        raw: field → the same as it was typed.
        errors: Danish sentences about it; they count only when ``own`` is chosen.
    """

    side: Side | None
    own: Mapping[str, Any]
    raw: Mapping[str, Any]
    errors: tuple[str, ...]


class VersionedForm(forms.Form):
    """A form that remembers which version of the row the user opened.

    Its fields are named as the model's. Fields that only make sense together are named
    in ``together``: first field → all of them.
    """

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    together: ClassVar[Mapping[str, tuple[str, ...]]] = {}
    # Set by core.drafts.offering.offer for a form that keeps drafts.
    draft: Any = None

    def clean_version(self) -> int:
        """An absent version counts as the oldest: then more is asked, never less."""
        return int(self.cleaned_data["version"] or 0)

    @property
    def values(self) -> dict[str, Any]:
        """What the service writes: its keywords, without the version.

        A field that was not sent is not written: half a form empties nothing.
        """
        return {
            name: value
            for name, value in self.cleaned_data.items()
            if name != "version" and not self._is_missing(name)
        }

    def _is_missing(self, name: str) -> bool:
        """Whether the browser sent nothing for a field, not even that it is empty."""
        field = self.fields.get(name)
        return field is not None and field.widget.value_omitted_from_data(
            cast("Any", self.data), cast("Any", self.files), self.add_prefix(name)
        )

    @property
    def groups(self) -> tuple[FieldGroup, ...]:
        """What the user sees as one field each, in the form's order."""
        seconds = {name for names in self.together.values() for name in names[1:]}
        return tuple(
            FieldGroup(name, str(self[name].label), self.together.get(name, (name,)))
            for name, field in self.fields.items()
            if name not in seconds and not field.widget.is_hidden
        )

    @property
    def seen_version(self) -> int | None:
        """The other person's version on the conflict page; None on an ordinary save."""
        text = str(self.data.get(SEEN, ""))
        return int(text) if text.isdecimal() and len(text) < 10 else None  # noqa: PLR2004

    @property
    def asked_open(self) -> str:
        """The group whose "Ret" was pressed on the conflict page, or ""."""
        return str(self.data.get(OPEN, ""))

    @property
    def goes_back(self) -> bool:
        """The user left the conflict page to write on in the form."""
        return BACK in self.data

    def answers(self) -> dict[str, Answer]:
        """Give the answers from the conflict page: group name → answer."""
        return {
            group.name: self._answer(group)
            for group in self.groups
            if any(f"{name}{MARK}own" in self.data for name in group.fields)
            or f"{group.name}{MARK}choice" in self.data
        }

    def hidden_data(self) -> tuple[tuple[str, str], ...]:
        """Give what was sent, as (name, value), to be sent again unseen."""
        data = cast("QueryDict", self.data)
        return tuple(
            (name, str(value))
            for name, values in data.lists()
            for value in values
            if MARK not in name and name != "csrfmiddlewaretoken"
        )

    def _answer(self, group: FieldGroup) -> Answer:
        side = self.data.get(f"{group.name}{MARK}choice")
        own: dict[str, Any] = {}
        raw: dict[str, Any] = {}
        errors: list[str] = []
        for name in group.fields:
            field = self.fields[name]
            raw[name] = field.widget.value_from_datadict(
                cast("Any", self.data), cast("Any", self.files), f"{name}{MARK}own"
            )
            try:
                own[name] = field.clean(raw[name])
            except forms.ValidationError as error:
                errors += error.messages
        chosen = cast("Side", side) if side in SIDES else None
        return Answer(chosen, own, raw, tuple(errors))


class VersionedModelForm[M: Versioned](VersionedForm, forms.ModelForm[M]):
    """The same, filled from a row; without a version while the row does not exist."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            del self.fields["version"]
        else:
            self.initial["version"] = self.instance.version

    def keep_unsent(self, own: dict[str, Any], names: Iterable[str]) -> None:
        """Give fields that the browser did not send the row's own values; call in ``clean``.

        Radios have no empty value: what was not sent would else read as a change.
        """
        for name in names:
            if name in self.fields and self._is_missing(name):
                own[name] = getattr(self.instance, name)
