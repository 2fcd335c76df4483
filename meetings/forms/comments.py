"""Forms of comments, of asking for a read-through, and of a reader's remarks."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from django import forms

from accounts.choices import Role
from accounts.models import Membership
from core import clock
from core.dates import DAY_ERROR, DayField
from meetings.comments.fields import FIELDS
from meetings.models.comment import MOST_LETTERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from accounts.models import Council
    from meetings.agenda import AgendaItem
    from meetings.models import Appendix

APPENDIX: Final = "bilag-"
# Days a read-through is asked for, unless somebody says otherwise.
READ_WITHIN: Final = timedelta(days=3)
TOO_LONG: Final = f"Skriv højst {MOST_LETTERS} tegn."


def words_field(label: str, *, rows: int, error: str = "") -> forms.CharField:
    """A box for a comment; without ``error`` it may be empty."""
    return forms.CharField(
        label=label,
        max_length=MOST_LETTERS,
        required=bool(error),
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": error, "max_length": TOO_LONG},
    )


class CommentForm(forms.Form):
    """A new comment: what it is about, whom it asks, and its words."""

    text = words_field("Kommentar", rows=3, error="Skriv kommentaren.")
    about = forms.ChoiceField(label="Om", required=False)
    asked = forms.TypedChoiceField(
        label="Spørg en kollega", required=False, coerce=int, empty_value=None
    )

    def __init__(
        self,
        data: Any = None,
        *,
        appendices: Sequence[Appendix],
        colleagues: Iterable[tuple[int, str]],
        is_of_item: bool = True,
    ) -> None:
        super().__init__(data, auto_id="id_kommentar_%s")
        about, asked = self._choices("about"), self._choices("asked")
        own = [
            (f"{APPENDIX}{row.pk}", f"{row.number}: {row.title}") for row in appendices
        ]
        about.choices = [("", "Hele punktet"), *FIELDS.items(), *own]
        asked.choices = [("", "Ingen bestemt"), *colleagues]
        if not is_of_item:
            del self.fields["about"]

    def _choices(self, name: str) -> Any:
        return self.fields[name]

    @property
    def values(self) -> dict[str, Any]:
        """What the service writes: its keywords, without the meeting and the item."""
        about = self.cleaned_data.get("about", "")
        is_bilag = about.startswith(APPENDIX)
        return {
            "text": self.cleaned_data["text"],
            "field": "" if is_bilag else about,
            "appendix_pk": int(about.removeprefix(APPENDIX)) if is_bilag else None,
            "asked_pk": self.cleaned_data["asked"],
        }


class AnswerForm(forms.Form):
    """An answer to a comment."""

    text = words_field("Svar", rows=2, error="Skriv svaret.")

    def __init__(self, data: Any = None, *, of: int) -> None:
        super().__init__(data, auto_id=f"id_svar_{of}_%s")


class ReadersForm(forms.Form):
    """Who is asked to read a draft, and until when."""

    readers = forms.TypedMultipleChoiceField(
        label="Hvem skal læse?",
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Vælg mindst én.",
            "invalid_choice": "Vælg personer på listen.",
        },
    )
    due_on = DayField(
        label="Læst senest", error_messages={**DAY_ERROR, "required": "Skriv en dato."}
    )
    note = forms.CharField(
        label="Besked",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Står i mailen og øverst på siden, fx hvad de især skal se efter.",
        error_messages={"max_length": "Skriv højst 300 tegn."},
    )

    def __init__(self, data: Any = None, *, council: Council) -> None:
        super().__init__(data, initial={"due_on": clock.today() + READ_WITHIN})
        own: Any = self.fields["readers"]
        own.choices = [(seat.user_id, _called(seat)) for seat in seats(council)]


def seats(council: Council) -> tuple[Membership, ...]:
    """Give who may be asked: the council's own people, by name; one query."""
    rows = Membership.objects.filter(council=council, user__is_active=True)
    rows = rows.exclude(role=Role.ADMINISTRATOR)
    return tuple(
        rows.select_related("user", "municipality", "organisation").order_by(
            "user__name", "pk"
        )
    )


def _called(seat: Membership) -> str:
    """Give "Solrød (kommunaldirektør, Solrød Kommune)"."""
    role = seat.get_role_display().lower()
    place = seat.municipality or seat.organisation
    said = f"{role}, {place}" if place else role
    return str(seat.user) if said == str(seat.user).lower() else f"{seat.user} ({said})"


class RemarksForm(forms.Form):
    """What a reader would change: a box an item, and one for the whole agenda."""

    whole = words_field("Bemærkning til hele dagsordenen", rows=3)

    def __init__(self, data: Any = None, *, items: Iterable[AgendaItem]) -> None:
        super().__init__(data)
        self.keys = {f"punkt-{item.key}": item.key for item in items}
        for item in items:
            label = f"Bemærkning til punkt {item.number}"
            self.fields[f"punkt-{item.key}"] = words_field(label, rows=2)

    def box(self, item: AgendaItem) -> forms.BoundField:
        """Give the box of one item."""
        return self[f"punkt-{item.key}"]

    @property
    def remarks(self) -> Iterator[tuple[str, str]]:
        """Give what was written: the item's key, "" for the whole agenda, and the words."""
        for name, text in self.cleaned_data.items():
            if text:
                yield self.keys.get(name, ""), text
