"""Forms and readings of the council's people: members, and who approves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms

from core import clock, formats
from core.dates import DayField
from core.forms import VersionedModelForm
from meetings.choices import ApprovalAnswer, MemberRole
from meetings.models import Member

if TYPE_CHECKING:
    from accounts.models import Council

ASKED_FOR = timedelta(days=7)
REMARKS = {"rows": 4}


class MemberForm(VersionedModelForm[Member]):
    """Somebody who sits in a council."""

    role = forms.ChoiceField(
        label="Rolle", choices=MemberRole, initial=MemberRole.MEMBER
    )
    starts_on = DayField(label="Medlem fra", required=False)
    ends_on = DayField(label="Medlem til", required=False)

    class Meta:
        model = Member
        fields = (
            "name", "role", "municipality", "substitute_for", "email", "starts_on",
            "ends_on",
        )  # fmt: skip
        error_messages: ClassVar[dict[str, dict[str, str]]] = {
            "name": {"required": "Skriv navnet."}
        }

    def __init__(self, *args: Any, council: Council, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.council = council
        own: Any = self.fields["municipality"]
        own.queryset = council.municipalities.all()
        own.empty_label = "Ingen kommune"
        others: Any = self.fields["substitute_for"]
        rows = Member.objects.filter(council=council).exclude(role="substitute")
        others.queryset = rows.exclude(pk=self.instance.pk)
        others.empty_label = "Ingen"
        others.help_text = "Kun for en suppleant."

    def clean(self) -> dict[str, Any]:
        """A term runs forwards; only a substitute stands in for somebody."""
        own = super().clean() or self.cleaned_data
        begins, ends = own.get("starts_on"), own.get("ends_on")
        if begins and ends and ends < begins:
            self.add_error("ends_on", "Perioden skal slutte, efter at den er begyndt.")
        if own.get("substitute_for") and own.get("role") != MemberRole.SUBSTITUTE:
            words = "Kun en suppleant er stedfortræder for en anden."
            self.add_error("substitute_for", words)
        return own


@dataclass(frozen=True, slots=True)
class PastChange:
    """One act in a row's history."""

    what: str
    who: str
    at: datetime


def history_of(member: Member) -> tuple[PastChange, ...]:
    """Give what was done with a member, the latest first: one query."""
    events: Any = member.events  # type: ignore[attr-defined]
    rows = events.select_related("pgh_context").order_by("-pgh_id")[:50]
    told = (row.pgh_context.metadata for row in rows if row.pgh_context)
    return tuple(
        PastChange(
            f"{data['verb'][:1].upper()}{data['verb'][1:]}",
            data["who"],
            datetime.fromisoformat(data["at"]),
        )
        for data in told
        if "verb" in data
    )


class AskForm(forms.Form):
    """Whom to ask, and until when the link may be used."""

    prefix = "spoerg"

    name = forms.CharField(
        label="Hvem godkender?",
        max_length=120,
        error_messages={"required": "Skriv, hvem der godkender."},
    )
    expires_on = DayField(
        label="Svar senest", error_messages={"required": "Skriv en dato."}
    )

    def __init__(self, *args: Any, council: Council, **kwargs: Any) -> None:
        known = approvers(council)
        first = {"name": known[0][0] if known else ""}
        kwargs["initial"] = first | {"expires_on": clock.today() + ASKED_FOR}
        super().__init__(*args, **kwargs)
        if known:
            said = formats.listed([f"{name} ({role})" for name, role in known])
            self.fields["name"].help_text = f"I registeret: {said}."


class AnswerForm(forms.Form):
    """What the chairman or a deputy says of an agenda."""

    answer = forms.ChoiceField(
        label="Svar",
        widget=forms.RadioSelect,
        choices=[
            (ApprovalAnswer.APPROVED.value, "Godkend dagsordenen"),
            (ApprovalAnswer.RETURNED.value, "Send den tilbage med bemærkninger"),
        ],
        error_messages={"required": "Vælg, om du godkender."},
    )
    remarks = forms.CharField(
        label="Bemærkninger",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs=REMARKS),
    )

    @property
    def is_approved(self) -> bool:
        """The answer that was given; of a valid form."""
        return bool(self.cleaned_data["answer"] == ApprovalAnswer.APPROVED)

    def clean(self) -> dict[str, Any]:
        """What is sent back says why."""
        own = super().clean() or self.cleaned_data
        if own.get("answer") == ApprovalAnswer.RETURNED and not own.get("remarks"):
            self.add_error("remarks", "Skriv, hvad der skal ændres.")
        return own


class RecordForm(AnswerForm):
    """The same, written down by the secretariat."""

    prefix = "skriv"

    name = forms.CharField(
        label="Hvem svarede?",
        max_length=120,
        error_messages={"required": "Skriv, hvem der svarede."},
    )
    how = forms.CharField(
        label="Hvornår og hvordan?",
        max_length=200,
        help_text="Fx: På telefon 7. november kl. 10.",
        error_messages={"required": "Skriv, hvornår og hvordan der blev svaret."},
    )
    field_order = ("name", "how", "answer", "remarks")

    def __init__(self, *args: Any, council: Council, **kwargs: Any) -> None:
        known = approvers(council)
        kwargs["initial"] = {"name": known[0][0] if known else ""}
        super().__init__(*args, **kwargs)
        choices: Any = self.fields["answer"]
        choices.choices = ApprovalAnswer.choices


def approvers(council: Council) -> tuple[tuple[str, str], ...]:
    """Give the council's chairman and deputies of today, name and role: one query."""
    rows = Member.objects.filter(
        council=council, role__in=(MemberRole.CHAIR, MemberRole.DEPUTY)
    )
    sitting = rows.sitting(clock.today()).order_by("role", "name")
    return tuple((row.name, row.get_role_display().lower()) for row in sitting)
