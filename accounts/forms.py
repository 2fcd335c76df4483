"""Forms of users and sign-in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.forms import LoginForm as AllauthLoginForm
from django import forms

from accounts.choices import Role
from accounts.models import Membership, Municipality, Organisation

if TYPE_CHECKING:
    from accounts.models import Council


class LoginForm(AllauthLoginForm):
    """Sign in with e-mail and password, in Danish."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = "E-mail"
        self.fields["password"].label = "Adgangskode"
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
        self.fields["password"].help_text = ""


class SeatForm(forms.Form):
    """What a user is called, and what the user is in one council."""

    name = forms.CharField(
        label="Navn",
        max_length=120,
        help_text="Det, andre ser. Ofte en funktion, for eksempel Sekretariatet.",
        error_messages={"required": "Skriv brugerens navn."},
    )
    role = forms.TypedChoiceField(
        label="Rolle",
        choices=Role.choices,
        coerce=Role,
        widget=forms.RadioSelect,
        error_messages={"required": "Vælg en rolle."},
    )
    municipality = forms.ModelChoiceField(
        Municipality.objects.none(),
        label="Kommune",
        required=False,
        empty_label="Ingen",
        help_text="En kommunaldirektør skal have en.",
        error_messages={"invalid_choice": "Vælg en kommune fra listen."},
    )
    organisation = forms.ModelChoiceField(
        Organisation.objects.all(),
        label="Organisation",
        required=False,
        empty_label="Ingen",
        help_text="En indberetter skal have en.",
        error_messages={"invalid_choice": "Vælg en organisation fra listen."},
    )

    def __init__(self, *args: Any, council: Council, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = Municipality.objects.filter(council=council)
        field = self.fields["municipality"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 -- for the checker
        field.queryset = own

    def clean(self) -> dict[str, Any]:
        """Ask for the place that the role speaks for."""
        cleaned = super().clean() or {}
        if cleaned.get("role") == Role.DIRECTOR and not cleaned.get("municipality"):
            self.add_error("municipality", "En kommunaldirektør skal have en kommune.")
        if cleaned.get("role") == Role.REPORTER and not cleaned.get("organisation"):
            self.add_error("organisation", "En indberetter skal have en organisation.")
        return cleaned

    @classmethod
    def of(cls, seat: Membership) -> dict[str, object]:
        """Give a seat as the form's first values."""
        return {
            "name": seat.user.name,
            "role": seat.role,
            "municipality": seat.municipality,
            "organisation": seat.organisation,
        }


class NewUserForm(SeatForm):
    """A user who has no seat in the council yet."""

    email = forms.EmailField(
        label="E-mail",
        help_text="Brugeren logger ind med den.",
        error_messages={
            "required": "Skriv brugerens e-mail.",
            "invalid": "Skriv en e-mail, for eksempel navn@kommune.dk.",
        },
    )
    field_order = ("name", "email", "role", "municipality", "organisation")

    def __init__(self, *args: Any, council: Council, **kwargs: Any) -> None:
        super().__init__(*args, council=council, **kwargs)
        self.council = council

    def clean_email(self) -> str:
        """Refuse somebody who sits in the council already."""
        email = str(self.cleaned_data["email"]).casefold()
        seats = Membership.objects.filter(council=self.council, user__email=email)
        if seats.exists():
            raise forms.ValidationError("Brugeren har allerede en rolle i dette KKR.")
        return email
