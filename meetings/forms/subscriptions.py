"""Forms of news by mail."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

if TYPE_CHECKING:
    from accounts.models import Council
    from meetings.models import Subscription


class SubscribeForm(forms.Form):
    """An address, and what it is told of."""

    email = forms.EmailField(
        label="E-mail",
        max_length=200,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": "Skriv din e-mail.",
            "invalid": "Skriv en e-mail, for eksempel navn@kommune.dk.",
        },
    )
    about = forms.ChoiceField(
        label="Hvad vil du have nyt om?",
        widget=forms.RadioSelect,
        error_messages={
            "required": "Vælg, hvad du vil have nyt om.",
            "invalid_choice": "Vælg noget på listen.",
        },
    )

    def __init__(
        self, *args: Any, choices: tuple[tuple[str, str], ...], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        own: Any = self.fields["about"]
        own.choices = choices
        own.initial = choices[0][0] if choices else None


class FollowForm(forms.Form):
    """What somebody who is signed in is told of."""

    councils = forms.TypedMultipleChoiceField(
        label="Alle møder i", coerce=int, required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    meetings = forms.TypedMultipleChoiceField(
        label="Enkelte møder", coerce=int, required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    def __init__(
        self,
        *args: Any,
        councils: tuple[Council, ...],
        rows: list[Subscription],
        asked: tuple[tuple[int, str], ...] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        own: Any = self.fields
        own["councils"].choices = [(row.pk, row.name) for row in councils]
        own["councils"].initial = [r.council_id for r in rows if r.meeting_id is None]
        single = {row.meeting.pk: row.meeting.name for row in rows if row.meeting}
        single |= dict(asked)
        if single:
            own["meetings"].choices = list(single.items())
            own["meetings"].initial = list(single)
        else:
            del own["meetings"]
