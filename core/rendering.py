"""How forms are drawn: with the project's templates, and with the focus on the flaw."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.renderers import TemplatesSetting


class FocusedField(forms.BoundField):
    """A field that has the focus when it is the first one the server refused.

    It is an attribute, so the browser goes there without a script too. What is wrong
    with the form as a whole stands above the fields, and has the focus before them.
    """

    def build_widget_attrs(
        self, attrs: dict[str, Any], widget: forms.Widget | None = None
    ) -> dict[str, Any]:
        """Add ``autofocus`` where the reader is to begin."""
        own = super().build_widget_attrs(attrs, widget)
        if self.name == first_flaw(self.form):
            own["autofocus"] = True
        return own


class PortalRenderer(TemplatesSetting):
    """Django's templates from ``TEMPLATES``, and our own bound fields."""

    bound_field_class = FocusedField


def first_flaw(form: forms.BaseForm) -> str:
    """Give the name of the first visible field that was refused.

    "" where none was, or where the form as a whole was refused.
    """
    if not form.errors or form.non_field_errors():
        return ""
    names = (field.name for field in form.visible_fields() if field.errors)
    return next(names, "")
