"""Forms and readings of the council's people: members, and who approves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms

from core import clock
from core.dates import DayField
from core.forms import VersionedModelForm
from meetings.choices import ApprovalAnswer, Body, MemberRole
from meetings.models import Member
from meetings.services.approval import Asked

if TYPE_CHECKING:
    from collections.abc import Sequence

    from accounts.models import Council
    from meetings.models import Meeting

ASKED_FOR = timedelta(days=7)
APPROVES_AS = (
    (MemberRole.CHAIR.value, "Formand"),
    (MemberRole.DEPUTY.value, "Næstformand eller anden stedfortræder"),
)
REMARKS = {"rows": 4}


class MemberForm(VersionedModelForm[Member]):
    """A seat in one of a council's bodies."""

    body = forms.ChoiceField(label="Sidder i", choices=Body, initial=Body.KKR)
    role = forms.ChoiceField(
        label="Rolle", choices=MemberRole, initial=MemberRole.MEMBER
    )
    starts_on = DayField(label="Medlem fra", required=False)
    ends_on = DayField(label="Medlem til", required=False)

    class Meta:
        model = Member
        fields = (
            "body", "name", "role", "municipality", "substitute_for", "email",
            "starts_on", "ends_on",
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
        others.help_text = "Kun for en suppleant, og for en, der sidder samme sted."

    def clean(self) -> dict[str, Any]:
        """A term runs forwards; only a substitute stands in, and for one of the body."""
        own = super().clean() or self.cleaned_data
        begins, ends = own.get("starts_on"), own.get("ends_on")
        if begins and ends and ends < begins:
            self.add_error("ends_on", "Perioden skal slutte, efter at den er begyndt.")
        if own.get("substitute_for") and own.get("role") != MemberRole.SUBSTITUTE:
            words = "Kun en suppleant er stedfortræder for en anden."
            self.add_error("substitute_for", words)
        elif own.get("substitute_for") and own["substitute_for"].body != own["body"]:
            words = "Vælg en, der sidder samme sted som suppleanten."
            self.add_error("substitute_for", words)
        return own


def said(member: Member) -> str:
    """Give a member as they are chosen: "Jens Hansen, formand, jens@greve.dk"."""
    role = member.get_role_display().lower()
    return f"{member.name}, {role}, {member.email or 'ingen mail'}"


class RoleField(forms.ChoiceField):
    """As what somebody approves; the chairman where nobody has said."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=APPROVES_AS, required=False, **kwargs)

    def clean(self, value: Any) -> Any:
        return super().clean(value) or MemberRole.CHAIR.value


def begun(data: Any, council: Council) -> dict[str, Any]:
    """Give what a new seat begins with: ``organ``, and ``som`` for who has another seat.

    One query where somebody is named, else none.
    """
    organ, pk = data.get("organ", ""), data.get("som", "")
    found: dict[str, Any] = {"body": organ} if organ in Body.values else {}
    if pk.isascii() and pk.isdecimal():
        row = Member.objects.filter(council=council, pk=int(pk[:9])).first()
        names = ("name", "municipality", "email")
        found |= {name: getattr(row, name) for name in names} if row else {}
    return found


def seats_of(member: Member) -> tuple[tuple[Member, ...], tuple[Body, ...]]:
    """Give a member's seats in other bodies, by name, and the bodies without: one query."""
    rows = Member.objects.filter(council=member.council_id, name=member.name)
    others = tuple(rows.exclude(body=member.body).order_by("body", "pk"))
    held = {member.body, *(row.body for row in others)}
    return others, tuple(body for body in Body if body not in held)


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
    """Whom to ask, where the link is mailed to, and until when it may be used."""

    prefix = "spoerg"

    member = forms.ModelChoiceField(
        label="Hvem godkender?",
        queryset=Member.objects.none(),
        empty_label=None,
        required=False,
    )
    name = forms.CharField(
        label="Navn",
        max_length=120,
        required=False,
    )
    role = RoleField(label="Godkender som")
    email = forms.EmailField(
        label="Mail",
        required=False,
        error_messages={"invalid": "Skriv en adresse som navn@kommune.dk."},
    )
    expires_on = DayField(
        label="Svar senest", error_messages={"required": "Skriv en dato."}
    )

    def __init__(self, *args: Any, known: Sequence[Member], **kwargs: Any) -> None:
        first = {"member": known[0].pk} if known else {}
        kwargs["initial"] = first | {"expires_on": clock.today() + ASKED_FOR}
        super().__init__(*args, **kwargs)
        self.known = {member.pk: member for member in known}
        words = "Uden adresse sendes ingen mail; så kopierer du linket."
        if known:
            own: Any = self.fields["member"]
            own.queryset = Member.objects.filter(pk__in=self.known)
            own.choices = [(member.pk, said(member)) for member in known]
            words = f"Er feltet tomt, bruges adressen i registeret. {words}"
        else:
            del self.fields["member"]
        self.fields["email"].help_text = words

    @property
    def is_another(self) -> bool:
        """Somebody is written who is not in the register, or must be."""
        return not self.known or bool(self.errors.get("name") or self["name"].value())

    def clean(self) -> dict[str, Any]:
        """Somebody is asked: whoever is written goes before whoever is chosen."""
        own = super().clean() or self.cleaned_data
        if not own.get("name") and not own.get("member"):
            self.add_error("name", "Skriv, hvem der godkender.")
        return own

    @property
    def who(self) -> Asked:
        """Whom to ask; of a valid form."""
        own = self.cleaned_data
        if own["name"]:
            return Asked(own["name"], own["role"], own["email"])
        member: Member = own["member"]
        return Asked(member.name, member.role, own["email"] or member.email)


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
    role = RoleField(label="Som")
    field_order = ("name", "role", "how", "answer", "remarks")

    def __init__(self, *args: Any, known: Sequence[Member], **kwargs: Any) -> None:
        if known:
            kwargs["initial"] = {"name": known[0].name, "role": known[0].role}
        super().__init__(*args, **kwargs)
        choices: Any = self.fields["answer"]
        choices.choices = ApprovalAnswer.choices


def approvers(meeting: Meeting) -> tuple[Member, ...]:
    """Give chairman and deputies of today who may approve it, the chairman first.

    One query. They are of the body that the meeting is of.
    """
    rows = Member.objects.filter(
        council=meeting.council_id,
        body=Body.of(meeting.kind),
        role__in=(MemberRole.CHAIR, MemberRole.DEPUTY),
    )
    return tuple(rows.sitting(clock.today()).order_by("role", "name"))
