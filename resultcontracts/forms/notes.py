"""The form of a note."""

from __future__ import annotations

from typing import Any

from django import forms


class NoteForm(forms.Form):
    """What a reader writes about a goal."""

    text = forms.CharField(
        label="Din note",
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={
            "required": "Skriv noten, eller slet den.",
            "max_length": "Noten er for lang. Skriv højst 4.000 tegn.",
        },
    )
    is_shared = forms.BooleanField(label="Del med kommunen", required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, municipality: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if municipality:
            words = f"Alle fra {municipality} kan så læse den. Ingen andre."
            self.fields["is_shared"].help_text = words
        else:
            del self.fields["is_shared"]
