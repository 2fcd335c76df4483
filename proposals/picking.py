"""Picking some of many records in a form: a page of boxes at a time, narrowed by a word.

What is picked on other pages goes along in the form itself, so that nothing is lost
without a script; all of it stands in the address, shortly.

Source: docs/rules.md R-97.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator

from proposals.lists.picked import in_words, numbers_in, spans_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

A_PAGE: Final = 50
_LONGEST_WORD: Final = 200


class RecordsField(forms.MultipleChoiceField):
    """Records by their keys, or by numbers as an address has them: "7", "9-24".

    The form makes keys of the numbers, once it knows of which catalogue.
    """

    def validate(self, value: list[str]) -> None:
        """Refuse what is neither a choice nor a number.

        Raises:
            ValidationError: something is neither.
        """
        if self.required and not value:
            raise ValidationError(self.error_messages["required"], code="required")
        for each in value:
            if not numbers_in([each]) and not self.valid_value(each):
                raise ValidationError(
                    self.error_messages["invalid_choice"],
                    code="invalid_choice",
                    params={"value": each},
                )


class PickBoxes(forms.CheckboxSelectMultiple):
    """Check boxes behind a line that opens them; open where one of them is chosen.

    Attributes:
        by_number: the value of each number, where numbers are known.
        is_paged: a page of them is shown, and what is picked elsewhere goes along.
        is_posted: its form is posted; else what is picked stands in the address.
        is_turned: another page of them was asked for, or something to be found.
    """

    template_name = "proposals/widgets/folded.html"
    is_opened = False
    is_paged = False
    is_posted = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by_number: Mapping[int, str] = {}
        self._side, self._find = "", ""

    @property
    def is_turned(self) -> bool:
        return self.is_paged and bool(self._side)

    def turn_pages(self, *, is_posted: bool = False) -> None:
        """Show a page of the boxes from now on."""
        self.is_paged, self.is_posted = True, is_posted
        self.template_name = "proposals/widgets/picker.html"

    def format_value(self, value: Any) -> list[str]:
        """Give the values of what is picked, also of what is named by its number."""
        named: list[str] = super().format_value(value)
        return [*keys_of(named, self.by_number)]

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """Take what is picked, and which page of them is wanted."""
        self._side = data.get(f"{name}_side", "")
        self._find = data.get(f"{name}_find", "").strip()[:_LONGEST_WORD]
        return super().value_from_datadict(data, files, name)

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """Say whether the boxes are seen at once, and which."""
        if not self.is_paged:
            context: dict[str, Any] = super().get_context(name, value, attrs)
            context["is_open"] = self.is_opened or bool(value)
            return context
        context = forms.Widget.get_context(self, name, value, attrs)
        return context | self._paged(set(context["widget"]["value"]))

    def _paged(self, picked: set[str]) -> dict[str, Any]:
        find = self._find.casefold()
        labels = {key: label for key, label in self.choices if isinstance(label, str)}
        fits = [
            (number, labels[key], key in picked)
            for number, key in self.by_number.items()
            if find in labels[key].casefold() or find == str(number)
        ]
        page = Paginator(fits, A_PAGE).get_page(self._side)
        here = {number for number, _, _ in page.object_list}
        every = {number for number, key in self.by_number.items() if key in picked}
        return {
            "find": self._find,
            "page": page,
            "picked": len(every),
            "picked_words": in_words(every),
            "elsewhere": spans_of(every - here),
            "is_open": self.is_opened or bool(picked or self._side),
            "is_posted": self.is_posted,
            "is_turned": self.is_turned,
        }


class FewSelect(forms.Select):
    """A list of choices under headings, without those of ``is_left_out`` but the chosen."""

    prefixes: tuple[str, ...] = ()

    def optgroups(self, name: str, value: list[str], attrs: Any = None) -> Any:
        """Give the groups of what is offered."""
        groups = super().optgroups(name, value, attrs)
        kept = []
        for heading, options, index in groups:
            own = [
                option
                for option in options
                if option["selected"]
                or not str(option["value"]).startswith(self.prefixes or ("\0",))
            ]
            if own:
                kept.append((heading, own, index))
        return kept


def keys_of(values: Iterable[str], by_number: Mapping[int, str]) -> dict[str, None]:
    """Give the keys of what is named by key or by number, each once."""
    found: dict[str, None] = {}
    for value in values:
        numbers = numbers_in([value])
        if not numbers:
            found[value] = None
        found.update((by_number[n], None) for n in numbers if n in by_number)
    return found


def unknown_in(values: Iterable[str], by_number: Mapping[int, str]) -> str:
    """Give in words the numbers that no record has; "" for none."""
    return in_words(n for n in numbers_in(values) if n not in by_number)
