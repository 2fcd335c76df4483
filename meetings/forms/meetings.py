"""Forms of a meeting itself: when, where, of which kind, and its days."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from core import formats
from core.dates import DAY_ERROR, SHORT, DayField
from core.forms import VersionedModelForm
from meetings.choices import MAX_SECTIONS, MeetingKind
from meetings.days.deadlines import LABELS, counted
from meetings.forms.agenda import HourField
from meetings.models import Meeting, Section

if TYPE_CHECKING:
    from datetime import date

    from accounts.models import Council

MOMENTS = ("%d.%m.%Y kl. %H.%M", "%d.%m.%Y %H.%M", "%d.%m.%Y %H:%M", "%d.%m.%Y")
# The box that says that a day shall have one more meeting.
AGAIN = "igen"


class MomentField(forms.DateTimeField):
    """A day and a clock time: "15.11.2023 kl. 12.00"; the day alone is its beginning."""

    def __init__(self, **kwargs: Any) -> None:
        attrs = {**SHORT, "placeholder": "dd.mm.åååå kl. tt.mm"}
        super().__init__(
            input_formats=MOMENTS,
            widget=forms.DateTimeInput(format=MOMENTS[0], attrs=attrs),
            error_messages={
                "invalid": "Skriv dag og klokkeslæt, fx 15.11.2023 kl. 12.00."
            },
            **kwargs,
        )


class MeetingForm(VersionedModelForm[Meeting]):
    """When and where a meeting is held."""

    held_on = DayField(
        label="Dato",
        error_messages={**DAY_ERROR, "required": "Skriv mødets dato."},
    )
    starts_at = HourField(label="Begynder kl.")
    ends_at = HourField(label="Slutter kl.")

    kind = forms.ChoiceField(label="Mødetype", choices=MeetingKind, required=False)
    drafts_on = DayField(label=LABELS["drafts"], required=False)
    approval_on = DayField(label=LABELS["approval"], required=False)
    sending_on = DayField(label=LABELS["sending"], required=False)
    public_at = MomentField(
        label="Offentliggøres for alle",
        required=False,
        help_text="Tom: når det sendes. Medlemmer og direktører læser det, når det sendes.",
    )

    class Meta:
        model = Meeting
        fields = (
            "kind", "held_on", "starts_at", "ends_at", "place", "drafts_on",
            "approval_on", "sending_on", "public_at",
        )  # fmt: skip

    def __init__(self, *args: Any, council: Council, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.council = council
        self.asks_again = False
        if self.instance.pk is not None:
            for name, day in counted(self.instance).items():
                words = f"Tom: {formats.weekday_date(day)}, talt tilbage fra mødet."
                self.fields[f"{name}_on"].help_text = words

    @property
    def deadlines(self) -> tuple[forms.BoundField, ...]:
        """The three deadlines, in order; none on a new meeting."""
        names = ("drafts_on", "approval_on", "sending_on", "public_at")
        return tuple(self[name] for name in names if name in self.fields)

    def clean_kind(self) -> str:
        """Keep the kind it has where the browser sent none."""
        return self.cleaned_data["kind"] or self.instance.kind

    def clean(self) -> dict[str, Any]:
        """Ask before a day gets a second meeting; hours run forwards."""
        super().clean()
        own = self.cleaned_data
        begins, ends = own.get("starts_at"), own.get("ends_at")
        if begins and ends and ends <= begins:
            self.add_error("ends_at", "Mødet skal slutte, efter at det er begyndt.")
        day = own.get("held_on")
        for name in ("drafts_on", "approval_on", "sending_on"):
            if day and own.get(name) and own[name] > day:
                self.add_error(name, "Fristen skal ligge før mødet.")
        if day and self._has_another(day):
            self.asks_again = True
            if self.data.get(AGAIN) != "ja":
                words = f"Der er allerede et møde den {formats.long_date(day)}."
                self.add_error(
                    "held_on", f"{words} Sæt kryds, hvis der skal være et møde mere."
                )
        return own

    def _has_another(self, day: date) -> bool:
        """Whether the day is new to this meeting and has one already."""
        rows = Meeting.objects.present().filter(council=self.council, held_on=day)
        is_new = self.initial.get("held_on") != day
        return is_new and rows.exclude(pk=self.instance.pk).exists()


class NewMeetingForm(MeetingForm):
    """A new meeting, with the sections of its agenda; its deadlines are counted back."""

    drafts_on = approval_on = sending_on = public_at = None  # type: ignore[assignment]

    class Meta(MeetingForm.Meta):
        fields = ("kind", "held_on", "starts_at", "ends_at", "place")  # type: ignore[assignment]

    sections = forms.CharField(
        label="Dagsordenens afsnit",
        initial="Formalia\nSager\nOrienteringer\nEventuelt",
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Ét afsnit pr. linje, i rækkefølge. De får numrene 1, 2, 3 …",
        error_messages={"required": "Skriv mindst ét afsnit."},
    )

    def clean_sections(self) -> tuple[str, ...]:
        lines = str(self.cleaned_data["sections"]).splitlines()
        titles = tuple(" ".join(line.split()) for line in lines if line.strip())
        longest = Section._meta.get_field("title").max_length or 0  # noqa: SLF001
        if any(len(title) > longest for title in titles):
            raise forms.ValidationError(f"Et afsnit kan højst fylde {longest} tegn.")
        if len(titles) > MAX_SECTIONS:
            raise forms.ValidationError(f"Skriv højst {MAX_SECTIONS} afsnit.")
        return titles
