"""Forms of a question: what is asked, of whom, and until when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.core.validators import validate_email

from accounts.models import Municipality, Organisation
from core import clock
from core.dates import DayField
from core.forms import VersionedModelForm
from core.widgets import LineField
from questions.models import Question
from questions.models.question import MAX_OPTIONS, OPTION_LENGTH
from questions.services.questions import PAST, Asked

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from accounts.models import Council
    from questions.models import Recipient

MAX_OTHERS = 40
_NAME_LENGTH = 120


class QuestionForm(VersionedModelForm[Question]):
    """What is asked."""

    due_on = DayField(
        label="Svarfrist",
        required=False,
        help_text="Må være tom. Så minder portalen ingen om at svare af sig selv.",
    )

    class Meta:
        model = Question
        fields = ("text", "note", "options", "due_on")
        field_classes: ClassVar[dict[str, type[forms.Field]]] = {"text": LineField}
        labels: ClassVar[dict[str, str]] = {
            "text": "Spørgsmål",
            "note": "Forklaring",
            "options": "Svarmuligheder",
        }
        help_texts: ClassVar[dict[str, str]] = {
            "text": "Én sætning. Den er også emnet i mailen.",
            "note": "Det, der er godt at vide, før man svarer. Må være tom.",
            "options": "En på hver linje. Er der ingen, svares der med fri tekst.",
        }
        widgets: ClassVar[dict[str, forms.Widget]] = {
            "note": forms.Textarea(attrs={"rows": 3}),
            "options": forms.Textarea(attrs={"rows": 4}),
        }
        error_messages: ClassVar[dict[str, dict[str, str]]] = {
            "text": {"required": "Skriv spørgsmålet."}
        }

    def clean_options(self) -> str:
        """One a line, each once; two at least, or none."""
        lines = [
            " ".join(line.split()) for line in _lines(self.cleaned_data["options"])
        ]
        if len(lines) == 1:
            raise forms.ValidationError("Skriv mindst to svarmuligheder, eller ingen.")
        if len(lines) > MAX_OPTIONS:
            words = f"Skriv højst {MAX_OPTIONS} svarmuligheder."
            raise forms.ValidationError(words)
        if any(len(line) > OPTION_LENGTH for line in lines):
            words = f"En svarmulighed må højst være {OPTION_LENGTH} tegn."
            raise forms.ValidationError(words)
        if len({line.casefold() for line in lines}) < len(lines):
            raise forms.ValidationError("To svarmuligheder er ens.")
        return "\n".join(lines)

    def clean_due_on(self) -> date | None:
        """A day to come, or none."""
        day: date | None = self.cleaned_data["due_on"]
        if day and day < clock.today():
            raise forms.ValidationError(PAST)
        return day


class AskedForm(forms.Form):
    """Who is asked; all municipalities are, until one says otherwise."""

    municipalities = forms.ModelMultipleChoiceField(
        Municipality.objects.none(),
        label="Kommuner",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Vælg blandt kommunerne på listen."},
    )
    organisations = forms.ModelMultipleChoiceField(
        Organisation.objects.all(),
        label="Organisationer",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Vælg blandt organisationerne på listen."},
    )
    others = forms.CharField(
        label="Andre",
        required=False,
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=(
            "En på hver linje, gerne med e-mail: Kulturministeriet <kum@eksempel.dk>. "
            "De svarer på mailen, og I skriver svaret ind."
        ),
    )

    def __init__(
        self, *args: Any, council: Council, question: Question | None, **kwargs: Any
    ) -> None:
        own = council.municipalities.all()
        kwargs["initial"] = _initial(question) if question else {"municipalities": own}
        super().__init__(*args, **kwargs)
        places: Any = self.fields["municipalities"]
        places.queryset = own
        places.label_from_instance = lambda row: row.name

    def clean_others(self) -> tuple[tuple[str, str], ...]:
        """Give pairs of name and e-mail, each name once."""
        found = dict(_pair(line) for line in _lines(self.cleaned_data["others"]))
        if len(found) > MAX_OTHERS:
            raise forms.ValidationError(f"Skriv højst {MAX_OTHERS}.")
        return tuple(found.items())

    def clean(self) -> dict[str, Any]:
        """Somebody is asked, and nobody under a name that another has."""
        own = super().clean() or self.cleaned_data
        if self.errors:
            return own
        places = {row.name for kind in ("municipalities", "organisations")
                  for row in own[kind]}  # fmt: skip
        twice = [name for name, _ in own["others"] if name in places]
        if twice:
            self.add_error("others", f"{twice[0]} er valgt ovenfor.")
        elif not places and not own["others"]:
            self.add_error("municipalities", "Vælg mindst én, der skal spørges.")
        return own

    @property
    def asked(self) -> Asked:
        """Who is asked, of a valid form."""
        own = self.cleaned_data
        return Asked(
            tuple(own["municipalities"]), tuple(own["organisations"]), own["others"]
        )


class ExtensionForm(forms.Form):
    """More time, for all or for one."""

    recipient_pk = forms.TypedChoiceField(
        label="Hvem får mere tid?", required=False, coerce=int, empty_value=None
    )
    to = DayField(
        label="Ny svarfrist",
        error_messages={
            "required": "Skriv den nye frist.",
            "invalid": "Skriv datoen som dag, måned og år, fx 22.11.2023.",
        },
    )
    reason = forms.CharField(
        label="Hvorfor?",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Det står i mailen til dem, der ikke har svaret.",
        error_messages={"required": "Skriv hvorfor."},
    )

    def __init__(self, *args: Any, question: Question, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = question.recipients.values_list("pk", "name")
        choices: Any = self.fields["recipient_pk"]
        choices.choices = [("", "Alle"), *rows]


class MoreForm(AskedForm):
    """Who is asked besides those who were."""

    def __init__(
        self, *args: Any, council: Council, question: Question, **kwargs: Any
    ) -> None:
        super().__init__(*args, council=council, question=None, **kwargs)
        self.initial = {}
        rows = question.recipients
        asked = {
            name: rows.filter(**{f"{name}__isnull": False}).values(name)
            for name in ("municipality", "organisation")
        }
        for name, field in (("municipality", "municipalities"),
                            ("organisation", "organisations")):  # fmt: skip
            own: Any = self.fields[field]
            own.queryset = own.queryset.exclude(pk__in=asked[name])

    def clean(self) -> dict[str, Any]:
        """Of a list that is empty, and so not shown, it is said at the names."""
        own = super().clean()
        for name in ("municipalities", "organisations"):
            rows: Any = self.fields[name]
            if name in self.errors and not rows.queryset.exists():
                found = self.errors.pop(name)
                self.add_error("others", found.as_data())
        return own


class AddressForm(forms.Form):
    """Another address for somebody who is asked under a name alone."""

    recipient_pk = forms.TypedChoiceField(
        label="Hvem?",
        coerce=int,
        error_messages={"required": "Vælg hvem.", "invalid_choice": "Vælg på listen."},
    )
    email = forms.EmailField(
        label="Ny e-mail",
        error_messages={
            "required": "Skriv adressen.",
            "invalid": "Skriv den som navn@eksempel.dk.",
        },
    )

    def __init__(self, *args: Any, rows: Iterable[Recipient], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: Any = self.fields["recipient_pk"]
        named = [
            (row.pk, f"{row.name} ({row.email or 'uden adresse'})") for row in rows
        ]
        choices.choices = [("", "Vælg"), *named]


class CallBackForm(forms.Form):
    """Why a question is taken back."""

    reason = forms.CharField(
        label="Hvorfor?",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Det står i mailen til alle, der er spurgt.",
        error_messages={"required": "Skriv hvorfor."},
    )


class ReopenForm(forms.Form):
    """Until when a closed question is open again, and why."""

    to = DayField(
        label="Ny svarfrist",
        required=False,
        error_messages={"invalid": "Skriv datoen som dag, måned og år, fx 22.11.2023."},
    )
    reason = forms.CharField(
        label="Hvorfor?",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Det står i mailen til dem, der ikke har svaret.",
        error_messages={"required": "Skriv hvorfor."},
    )

    def __init__(self, *args: Any, question: Question, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if question.due_on is None:
            del self.fields["to"]


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _pair(line: str) -> tuple[str, str]:
    """Read "Navn <adresse>", or a name alone.

    Raises:
        ValidationError: the address is none, or there is no name.
    """
    name, has_email, rest = line.partition("<")
    name, email = " ".join(name.split()), rest.rstrip("> ").strip()
    if not name or len(name) > _NAME_LENGTH:
        raise forms.ValidationError(f"Skriv et navn, højst {_NAME_LENGTH} tegn: {line}")
    if has_email:
        try:
            validate_email(email)
        except forms.ValidationError as error:
            words = f"”{email}” er ikke en e-mail. Skriv den som navn@eksempel.dk."
            raise forms.ValidationError(words) from error
    return name, email


def _initial(question: Question) -> dict[str, Any]:
    rows = list(question.recipients.all())
    others = [
        f"{row.name} <{row.email}>" if row.email else row.name
        for row in rows
        if not row.municipality_id and not row.organisation_id
    ]
    return {
        "municipalities": [r.municipality_id for r in rows if r.municipality_id],
        "organisations": [r.organisation_id for r in rows if r.organisation_id],
        "others": "\n".join(others),
    }
