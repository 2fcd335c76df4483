"""What each field of a form is against the saved row: changed, as it was, or empty."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Collection

    from django import forms

    from core.models import Versioned

CHANGED: Final = "Ændret af dig"
SAME: Final = "Uændret"
EMPTY: Final = "Ikke udfyldt"


@dataclass(frozen=True, slots=True)
class FieldState:
    """How one field stands; ``field.saved_state`` once :func:`note_states` was called.

    Attributes:
        words: what stands at its label; "" for nothing.
        is_changed: what stands in the form is another than what is saved.
        is_wanted: it says so where it is empty.
    """

    words: str
    is_changed: bool = False
    is_wanted: bool = False

    @property
    def is_empty(self) -> bool:
        """It is said that nothing stands in it."""
        return self.words == EMPTY


def note_states(
    form: forms.BaseForm,
    row: Versioned,
    *,
    wanted: Collection[str],
    besides: Collection[str] = (),
) -> None:
    """Give each visible field its ``saved_state``; no query.

    On an untouched form only empty fields say something. Fields that are one thing to
    people (``form.together``) change together.

    Args:
        form: bound, or filled with a draft, or as it was opened.
        row: as it is saved; not the form's own instance where that is bound.
        wanted: the fields that say so where they are empty.
        besides: fields that say nothing.
    """
    changed = {
        name
        for name, field in form.fields.items()
        if name not in besides and _is_changed(form, row, name, field)
    }
    together: Any = getattr(form, "together", {})
    changed |= {first for first, names in together.items() if changed & {*names}}
    for bound in form.visible_fields():
        if bound.name in besides:
            continue
        own: Any = bound
        is_empty = bound.name in wanted and not bound.value()
        words = SAME if changed else ""
        words = CHANGED if bound.name in changed else EMPTY if is_empty else words
        own.saved_state = FieldState(words, bound.name in changed, bound.name in wanted)


def _is_changed(
    form: forms.BaseForm, row: Versioned, name: str, field: forms.Field
) -> bool:
    if field.widget.is_hidden or not hasattr(row, name):
        return False
    bound = form[name]
    now = bound.data if form.is_bound else bound.value()
    return field.has_changed(getattr(row, name), now)
