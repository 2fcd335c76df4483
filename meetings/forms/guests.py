"""Who else was at a meeting: a form a guest, empty ones for more, and who came before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from meetings.models import Guest
from meetings.services.guests import Told

if TYPE_CHECKING:
    from collections.abc import Sequence

    from meetings.minutes.value import Written
    from meetings.models import Meeting

EMPTY = 3
SUGGESTED = 12
# So many rows of earlier meetings are looked through.
_LOOKED_AT = 100


class GuestForm(forms.Form):
    """One row: a name, and as what or from where; ``seen`` is what stood at first."""

    name = forms.CharField(label="Navn", max_length=120, required=False)
    role = forms.CharField(
        label="Rolle eller organisation", max_length=120, required=False
    )
    seen_name = forms.CharField(widget=forms.HiddenInput, required=False)
    seen_role = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, row: Guest | None, at: str, **kwargs: Any) -> None:
        self.row = row
        self.theirs = ""
        own = {"name": row.name, "role": row.role} if row else {}
        seen = {f"seen_{name}": value for name, value in own.items()}
        kwargs["prefix"] = f"gaest-{at}"
        kwargs["initial"] = own | seen
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        """A role is somebody's."""
        own = super().clean() or self.cleaned_data
        if own.get("role") and not own.get("name") and self.row is None:
            self.add_error("name", "Skriv navnet.")
        return own

    @property
    def told(self) -> Told:
        """What the user says; of a valid form."""
        name = self.cleaned_data["name"]
        return Told(name, self.cleaned_data["role"] if name else "")

    @property
    def was(self) -> Told:
        """What stood when the page was opened; of a valid form."""
        return Told(self.cleaned_data["seen_name"], self.cleaned_data["seen_role"])


class AgainForm(forms.Form):
    """Guests of earlier meetings that came again."""

    again = forms.MultipleChoiceField(
        label="Var også med på et tidligere møde",
        widget=forms.CheckboxSelectMultiple,
        required=False,
        error_messages={"invalid_choice": "Vælg fra listen."},
    )

    def __init__(self, *args: Any, rows: Sequence[Guest], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = {str(row.pk): row for row in rows}
        field: Any = self.fields["again"]
        field.choices = [(pk, row.words) for pk, row in self.rows.items()]

    @property
    def told(self) -> list[Told]:
        """Whom the user chose; of a valid form."""
        chosen = (self.rows[pk] for pk in self.cleaned_data["again"])
        return [Told(row.name, row.role) for row in chosen]


def guest_forms(data: Any, own: Written) -> tuple[GuestForm, ...]:
    """Give a form a guest, with what was posted of guests that are gone, and empty ones."""
    known = {row.pk: row for row in own.guests}
    forms_of = [GuestForm(data, row=row, at=str(pk)) for pk, row in known.items()]
    gone = sorted(_posted(data or {}) - known.keys())
    forms_of += [GuestForm(data, row=Guest(pk=pk), at=str(pk)) for pk in gone]
    empty = (GuestForm(data, row=None, at=f"ny-{n}") for n in range(1, EMPTY + 1))
    return (*forms_of, *empty)


def _posted(data: Any) -> set[int]:
    """Give the guests that a post is of, by name of a field: "gaest-12-name"."""
    pks = (name.split("-")[1] for name in data if name.startswith("gaest-"))
    return {int(pk[:9]) for pk in pks if pk.isascii() and pk.isdecimal()}


def earlier_guests(meeting: Meeting, guests: Sequence[Guest]) -> tuple[Guest, ...]:
    """Give who was at meetings of this kind before and is not here: one query."""
    rows = Guest.objects.filter(
        meeting__council=meeting.council_id, meeting__kind=meeting.kind
    ).exclude(meeting=meeting.pk)
    seen = {row.words for row in guests}
    found = []
    for row in rows.order_by("-meeting__held_on", "pk")[:_LOOKED_AT]:
        if row.words not in seen:
            seen.add(row.words)
            found.append(row)
    return tuple(found[:SUGGESTED])
