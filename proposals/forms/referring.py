"""Fields whose text may refer to records: written "[forenkling 9]", kept by key.

Beside the text a form posts what its references stood for when it was drawn, so that a
number that changes meanwhile leads nobody astray.

Source: docs/rules.md R-77.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final, cast

from django.core.exceptions import ValidationError

from core.widgets import LineWidget, RichTextField, RichTextWidget
from proposals import references
from proposals.forms.fields import OneLine
from proposals.references import NO_NAMES, Name, Names

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django import forms
    from django.http import QueryDict

REFS: Final = "_refs"
# What the control that inserts a reference posts: the button, and what is chosen.
INSERT, CHOSEN = "indsaet", "henvisning"
CATALOGUES: Final = (("proposal", "Forenklinger"), ("unit", "Samdrift"))


class _Referring:
    """A widget that also posts what its references stand for."""

    shown: dict[str, str]

    def get_context(
        self, name: str, value: Any, attrs: dict[str, Any] | None
    ) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)  # type: ignore[misc]
        context["widget"]["inner"] = super().template_name  # type: ignore[misc]
        context["widget"]["refs"] = json.dumps(self.shown, ensure_ascii=False)
        return context

    def value_from_datadict(
        self, data: Mapping[str, Any], files: Any, name: str
    ) -> Any:
        """Give the posted text, its references as they were when the form was drawn."""
        value = super().value_from_datadict(data, files, name)  # type: ignore[misc]
        if not isinstance(value, str):
            return value
        return references.kept(value, _read(str(data.get(name + REFS, ""))))

    def __deepcopy__(self, memo: dict[int, Any]) -> Any:
        """Begin anew in each form: what one showed is nothing to the next."""
        found = super().__deepcopy__(memo)  # type: ignore[misc]
        found.shown = {}
        return found


class ReferringLine(_Referring, LineWidget):
    """A line of text with references."""

    template_name = "proposals/widgets/referring.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.shown = {}


class ReferringRichText(_Referring, RichTextWidget):
    """Rich text with references."""

    template_name = "proposals/widgets/referring.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.shown = {}


class _ReferringField:
    """A field that reads and shows references; ``names`` are set by :func:`refer`."""

    names: Names = NO_NAMES
    widget: Any

    def prepare_value(self, value: Any) -> Any:
        """Give the text as a person reads it; the widget posts what it stood for."""
        if not isinstance(value, str) or references.BEGINS not in value:
            return value
        for token in references.tokens_in(value):
            self.widget.shown[references.written(token, self.names)] = token
        return references.written(value, self.names)

    def clean(self, value: Any) -> Any:
        """Keep references by key.

        Raises:
            ValidationError: one leads nowhere.
        """
        known: dict[str, str] = {}
        if isinstance(value, str):
            tokens = references.tokens_in(value)
            known = {references.written(each, self.names): each for each in tokens}
            value = references.written(value, self.names)
        # What is measured is what was written, not the keys.
        text = references.kept(super().clean(value), known)  # type: ignore[misc]
        found, wrong = references.stored(text, self.names)
        if wrong:
            raise ValidationError(
                [
                    f"”{each}” findes ikke. Vælg en henvisning, eller slet den."
                    for each in dict.fromkeys(wrong)
                ]
            )
        return found

    def shown_value(self, value: str) -> str:
        """Give a saved text as it is printed, for whoever compares two."""
        return references.plain(value, self.names)


class ReferringText(_ReferringField, OneLine):
    """A sentence that may refer to records."""

    widget = ReferringLine


class ReferringRich(_ReferringField, RichTextField):
    """Rich text that may refer to records."""

    widget = ReferringRichText


def refer(form: forms.BaseForm, names: Names) -> None:
    """Let a form's texts refer to these records; call it before the form is used."""
    for field in form.fields.values():
        if isinstance(field, _ReferringField):
            field.names = names
            help_text = str(field.help_text)
            field.help_text = references.plain(help_text, names)
    cast("Any", form).names = names


class Inserting:
    """A form with a control that inserts a reference in its main text.

    Without JavaScript the form comes back with it at the end of the text; nothing is
    saved, and nothing is judged.

    Attributes:
        into: the field.
    """

    into = "text"
    names: Names = NO_NAMES
    data: Any
    fields: Any
    is_bound: bool

    @property
    def insert_id(self) -> str:
        """The DOM id of the control, of its own where several forms are open."""
        return f"{cast('Any', self)[self.into].id_for_label}-henvisning"

    @property
    def choices(self) -> tuple[tuple[str, tuple[Name, ...]], ...]:
        """What may be inserted, by catalogue."""
        found = ((label, self.names.present(owner)) for owner, label in CATALOGUES)
        return tuple((label, names) for label, names in found if names)

    @property
    def inserts(self) -> bool:
        """The button was pressed."""
        return self.is_bound and INSERT in self.data

    @property
    def refs(self) -> str:
        """What the references of the text stand for, where it is sent on unseen."""
        shown = self.fields[self.into].widget.shown
        return json.dumps(shown, ensure_ascii=False)

    @property
    def goes_back(self) -> bool:
        """The user writes on in the form."""
        return self.inserts or bool(getattr(super(), "goes_back", False))

    def insert(self) -> None:
        """Put the chosen reference at the end of the text, as it was sent."""
        cast("Any", self)._errors = {}  # noqa: SLF001 -- nothing is judged yet
        name = self.names.by_token.get(str(self.data.get(CHOSEN, "")))
        if name is None:
            return
        data = cast("QueryDict", self.data).copy()
        is_rich = isinstance(self.fields[self.into], RichTextField)
        if is_rich and data.get(f"{self.into}_format") == "html":
            data[f"{self.into}_html"] = _appended(
                data.get(f"{self.into}_html", ""), name.written
            )
        else:
            text = data.get(self.into, "").rstrip()
            data[self.into] = f"{text} {name.written}".strip()
        known = _read(data.get(self.into + REFS, ""))
        known[name.written] = name.token
        data[self.into + REFS] = json.dumps(known, ensure_ascii=False)
        self.data = data


def _appended(html: str, written: str) -> str:
    """Put words at the end of the last paragraph."""
    if html.endswith("</p>"):
        return f"{html.removesuffix('</p>')} {written}</p>"
    return f"{html}<p>{written}</p>"


def _read(text: str) -> dict[str, str]:
    """Read what a form posted of its references; what is no such thing is nothing."""
    try:
        found = json.loads(text or "{}")
    except ValueError:
        return {}
    if not isinstance(found, dict):
        return {}
    return {str(written): str(token) for written, token in found.items()}
