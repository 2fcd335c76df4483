"""Form controls of the portal that Django lacks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.forms.widgets import Script

from core import richtext

if TYPE_CHECKING:
    from collections.abc import Mapping

HTML, PLAIN = "html", "plain"


class LineWidget(forms.Textarea):
    """A box for one line of text that may be long: it grows, so that all can be read."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        own = {
            "rows": "1",
            "cols": False,
            "class": "form-input--line",
            "data-line": True,
        }
        super().__init__(own | (attrs or {}))


class LineField(forms.CharField):
    """One line of text, such as a title; lines that were typed or pasted become one."""

    widget = LineWidget

    def to_python(self, value: Any) -> Any:
        """Join the lines with spaces; ``max_length`` counts what comes out."""
        text = super().to_python(value)
        if not isinstance(text, str):
            return text
        lines = (line.strip() for line in text.splitlines())
        return " ".join(line for line in lines if line) or self.empty_value


class RadioField(forms.TypedChoiceField):
    """A choice by radios: what the browser did not send is no change."""

    widget = forms.RadioSelect

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Tell whether another choice was sent."""
        return data is not None and super().has_changed(initial, data)


class YesNoField(RadioField):
    """A claim as two radios: half a form, which sends neither, changes nothing."""

    def __init__(self, *, yes: str, no: str, **kwargs: Any) -> None:
        super().__init__(
            choices=[(str(False), no), (str(True), yes)],
            # A row gives the claim itself where a form gives its word.
            coerce=lambda claim: str(claim) == str(True),
            empty_value="",
            required=False,
            **kwargs,
        )


class RichTextWidget(forms.Textarea):
    """An editor for rich text; without JavaScript a text box with plain text.

    Three fields are posted: ``name`` (plain text), ``name_html`` (the markup the page
    was drawn from, or, with JavaScript, the edited markup) and ``name_format``, which
    tells which of the two counts. Plain text that was not touched keeps its markup.
    The value this widget gives is always sanitised HTML.
    """

    template_name = "django/forms/widgets/rich_text.html"

    class Media:
        js = (Script("build/editor.js", defer=True),)

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"rows": "5", **(attrs or {})})

    def format_value(self, value: str | None) -> str:
        """Give the plain text that the text box shows."""
        return richtext.to_plain(value or "")

    def get_context(
        self, name: str, value: Any, attrs: dict[str, Any] | None
    ) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["html"] = richtext.sanitise(value or "")
        return context

    def value_from_datadict(
        self, data: Mapping[str, Any], files: Any, name: str
    ) -> str | None:
        """Give the posted text as sanitised HTML; None when the field was not sent."""
        del files
        return posted_html(data, name)

    def value_omitted_from_data(
        self, data: Mapping[str, Any], files: Any, name: str
    ) -> bool:
        del files
        return name not in data and f"{name}_html" not in data

    def use_required_attribute(self, initial: Any) -> bool:
        """Never: the browser cannot judge an editor, the server does."""
        del initial
        return False


class RichTextField(forms.CharField):
    """Sanitised rich text; ``max_length`` counts letters of the plain reading."""

    widget = RichTextWidget

    def run_validators(self, value: str) -> None:
        """Judge the words, not the markup around them."""
        super().run_validators(richtext.to_plain(value))

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Leave the browser's own length limit out: it would count markup."""
        del widget
        return {}


def posted_html(data: Mapping[str, Any], name: str) -> str | None:
    """Read one rich text out of posted data.

    Args:
        data: the posted fields.
        name: the field's name, with the form's prefix.

    Returns:
        Sanitised HTML, or None when nothing of that name was posted.
    """
    text, html = data.get(name), data.get(f"{name}_html")
    if text is None and html is None:
        return None
    if data.get(f"{name}_format") == HTML:
        return richtext.sanitise(html or "")
    return richtext.merge_plain(html or "", text or "")
