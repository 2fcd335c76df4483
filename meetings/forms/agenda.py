"""Forms of meetings, items and appendices; a form's fields are its service's keywords."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms

from core.dates import SHORT, DayField
from core.forms import VersionedModelForm
from core.widgets import LineField, RadioField, RichTextField, YesNoField
from documents.intake import looks_like_a_file_name, suggest
from documents.sources import all_sources
from meetings.choices import (
    Action,
    Body,
    ClosedTo,
    DocumentStatus,
    ItemKind,
    Language,
    ReplyDeadline,
    in_sentence,
)
from meetings.forms.readers import council_choices
from meetings.models import AgendaItem, Appendix, Section

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from accounts.models import Council

# Days are the kernel's; whoever knew them from here still finds them.
__all__ = [
    "CARD",
    "LINES",
    "SHORT",
    "AppendixForm",
    "DayField",
    "HourField",
    "ItemCardForm",
    "ItemForm",
    "NewItemForm",
    "SectionForm",
    "SourceChoice",
    "SourceForm",
    "asks_more",
    "options_form",
    "source_choices",
    "turned_source",
]
HOUR_ERROR = {"invalid": "Skriv klokkeslættet som fx 13.00."}
HOURS = ("%H.%M", "%H:%M", "%H")
TEXTS = ("summary", "recommendation", "case", "economy", "process")
# What says who reads an item.
CLOSED = ("is_closed", "closed_reason", "closed_to", "closed_readers")
# Texts of one line that may be too long for a narrow screen.
LINES: dict[str, type[forms.Field]] = dict.fromkeys(
    ("title", "sender", "own_name", "status_text"), LineField
)
# Which of an item's forms was sent: the card's, with two fields, or the whole.
CARD = "kort"


class HourField(forms.TimeField):
    """A clock time, with a point between hours and minutes."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            input_formats=HOURS,
            widget=forms.TimeInput(format="%H.%M", attrs=SHORT),
            error_messages=HOUR_ERROR,
            required=False,
            **kwargs,
        )


class SectionForm(VersionedModelForm[Section]):
    """A section's title."""

    class Meta:
        model = Section
        fields = ("title",)
        field_classes = LINES
        labels: ClassVar[dict[str, str]] = {"title": "Afsnittets titel"}
        error_messages: ClassVar[dict[str, dict[str, str]]] = {
            "title": {"required": "Skriv afsnittets titel."}
        }


class ItemForm(VersionedModelForm[AgendaItem]):
    """A whole item; everything may be missing in a draft."""

    together: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "reply_deadline": ("reply_deadline", "reply_on"),
        "closed_to": ("closed_to", "closed_readers"),
    }

    kind = forms.ChoiceField(
        label="Type", choices=[("", "Ikke valgt"), *ItemKind.choices], required=False
    )
    action = forms.ChoiceField(
        label="Hvad skal KKR gøre?",
        choices=[
            ("", "Ikke valgt"),
            *((c.value, c.label.capitalize()) for c in Action),
        ],
        required=False,
    )
    reply_deadline = forms.ChoiceField(
        label="Svarfrist",
        choices=[
            (ReplyDeadline.DATED.value, "Dato"),
            (ReplyDeadline.NOT_STATED.value, ReplyDeadline.NOT_STATED.label),
            ("", ReplyDeadline.UNKNOWN.label),
        ],
        widget=forms.RadioSelect,
        required=False,
    )
    reply_on = DayField(label="Svarfristens dato", required=False)
    contact = LineField(
        label="Kontakt",
        max_length=200,
        required=False,
        help_text="Navn og e-mail eller telefon. Trykkes på dagsordenen.",
    )
    summary = RichTextField(
        label="Resumé",
        required=False,
        help_text="To til tre linjer. Vises på den offentlige side.",
    )
    recommendation = RichTextField(label="Indstilling", required=False)
    case = RichTextField(label="Sagsfremstilling", required=False)
    economy = RichTextField(label="Økonomi", required=False)
    process = RichTextField(label="Videre proces", required=False)
    is_closed = YesNoField(
        label="Skal punktet behandles for lukkede døre?",
        yes="Ja, punktet er lukket",
        no="Nej, punktet er åbent",
    )
    closed_to = RadioField(
        label="Hvem må læse det lukkede?",
        choices=ClosedTo.choices,
        required=False,
    )
    closed_readers = forms.MultipleChoiceField(
        label="Læsere",
        widget=forms.CheckboxSelectMultiple,
        required=False,
        error_messages={"invalid_choice": "Vælg læserne fra listen."},
    )

    class Meta:
        model = AgendaItem
        fields = (
            "title", "kind", "action", "addressee", "reply_deadline", "reply_on",
            "responsible", "contact", "summary", "recommendation", "case", "economy",
            "process",
            "is_closed", "closed_reason", "closed_to", "closed_readers",
        )  # fmt: skip
        field_classes = LINES
        labels: ClassVar[dict[str, str]] = {"closed_reason": "Hvorfor er det lukket?"}
        help_texts: ClassVar[dict[str, str]] = {
            "closed_reason": "Lovgrundlaget med almindelige ord. Vises ikke offentligt.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["addressee"].label = "Svaret sendes til"
        self.fields["action"].label = f"Hvad skal {in_sentence(self._body())} gøre?"
        if "version" not in self.fields:
            for name in CLOSED:
                del self.fields[name]
        else:
            readers: Any = self.fields["closed_readers"]
            council = self.instance.section.meeting.council_id
            readers.choices = partial(council_choices, council)

    def _body(self) -> str:
        """Give who meets where the item is; of one that is nowhere yet "KKR"."""
        meeting = self.instance.section.meeting if self.instance.section_id else None
        return meeting.body if meeting else str(Body.KKR.label)

    @property
    def texts(self) -> tuple[forms.BoundField, ...]:
        """The five texts, in reading order."""
        return tuple(self[name] for name in TEXTS)

    def clean(self) -> dict[str, Any]:
        """Keep a date only where it counts; a dated deadline needs one."""
        own = super().clean() or self.cleaned_data
        self.keep_unsent(own, CLOSED)
        self._clean_readers(own)
        if "reply_on" in self.errors:
            return own
        if own.get("reply_deadline") != ReplyDeadline.DATED:
            own["reply_on"] = None
        elif own.get("reply_on") is None:
            self.add_error(
                "reply_on", "Skriv datoen, eller vælg ”Ikke angivet i brevet”."
            )
        return own

    def _is_missing(self, name: str) -> bool:
        """Boxes that are not ticked send nothing: their radios tell whether they were sent."""
        return super()._is_missing("closed_to" if name == "closed_readers" else name)

    def _clean_readers(self, own: dict[str, Any]) -> None:
        """Keep persons only where they count; choosing readers needs at least one."""
        if "closed_to" not in self.fields or self._is_missing("closed_to"):
            return
        if own.get("closed_to") != ClosedTo.CHOSEN:
            own["closed_readers"] = []
        elif own.get("closed_readers"):
            own["closed_readers"] = sorted(own["closed_readers"])
        elif "closed_readers" not in self.errors:
            words = "Vælg mindst én læser, eller vælg ”Kun sekretariatet”."
            self.add_error("closed_readers", words)


class ItemCardForm(VersionedModelForm[AgendaItem]):
    """Title and case text, edited in the meeting's card; several may be open at once."""

    case = RichTextField(label="Sagsfremstilling", required=False)

    class Meta:
        model = AgendaItem
        fields = ("title", "case")
        field_classes = LINES

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is not None:
            self.auto_id = f"id_{self.instance.pk}_%s"


class NewItemForm(ItemForm):
    """A new item, and the section it is put in."""

    section = forms.ModelChoiceField(
        label="Afsnit", queryset=Section.objects.none(), empty_label=None
    )
    # The template that it began with: a closed one closes the item.
    template = forms.IntegerField(
        required=False, min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, sections: Iterable[Section], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own: Any = self.fields["section"]
        rows = list(sections)
        own.queryset = Section.objects.filter(pk__in=[row.pk for row in rows])
        body = in_sentence(rows[0].meeting.body) if rows else str(Body.KKR.label)
        self.fields["action"].label = f"Hvad skal {body} gøre?"

    field_order = ("section", "title")


class AppendixForm(VersionedModelForm[Appendix]):
    """What is said of an appendix, wherever it comes from."""

    is_publishable = YesNoField(
        label="Må bilaget offentliggøres?",
        yes="Ja",
        no="Nej, kun de valgte må læse det",
    )
    is_confidential = YesNoField(label="Er bilaget fortroligt?", yes="Ja", no="Nej")
    status = forms.ChoiceField(
        label="Status", choices=DocumentStatus.choices, required=False
    )
    language = forms.ChoiceField(
        label="Sprog", choices=Language.choices, required=False
    )

    summary = forms.CharField(
        label="Resumé",
        required=False,
        max_length=1500,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Læses op i stedet for filen, hvor filen ikke selv kan læses op.",
    )

    class Meta:
        model = Appendix
        fields = (
            "title", "sender", "dated", "own_name", "status", "status_text", "language",
            "summary", "is_publishable", "is_confidential",
        )  # fmt: skip
        field_classes = LINES
        error_messages: ClassVar[dict[str, dict[str, str]]] = {
            "title": {"required": "Skriv bilagets titel."}
        }
        help_texts: ClassVar[dict[str, str]] = {
            "dated": "Som den står på dokumentet, fx 22. september 2023.",
            "own_name": "Det, dokumentet kalder sig selv, hvis det ikke er bilagets titel.",
            "status_text": "Det, der ellers er at sige, fx Version 3. "
            "Begynd med ”Modsigelse:”, hvis punktet siger noget andet.",
        }

    def clean(self) -> dict[str, Any]:
        """Let half a form close and open nothing."""
        own = super().clean() or self.cleaned_data
        self.keep_unsent(own, ("is_publishable", "is_confidential"))
        return own

    def clean_title(self) -> str:
        """Refuse the name of a file; a better title is suggested, if there is one."""
        title: str = self.cleaned_data["title"]
        file = self.instance.file
        if self.instance.source or not looks_like_a_file_name(title):
            return title
        better = suggest(file.name, file.facts) if file else ""
        told = f", fx ”{better}”." if better else "."
        raise forms.ValidationError(
            f"”{title}” er et filnavn. Skriv, hvad bilaget hedder{told}"
        )


class SourceForm(forms.Form):
    """Which source an appendix is formed of, and its title."""

    source = forms.ChoiceField(
        label="Hvad skal bilaget dannes af?",
        widget=forms.RadioSelect,
        error_messages={"required": "Vælg, hvad bilaget skal dannes af."},
    )
    title = LineField(
        label="Bilagets titel",
        max_length=250,
        required=False,
        help_text="Tom: bilaget hedder som det, det dannes af.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: Any = self.fields["source"]
        choices.choices = [(entry.key, entry.name) for entry in all_sources()]


def options_form(appendix: Appendix, council: Council, data: Any) -> forms.Form | None:
    """Give the form of what a generated appendix is formed of, as it is chosen now.

    Args:
        data: what was posted, or None.

    Returns:
        None for a file, and where the source is no more or has nothing to choose.
    """
    entry = next((own for own in all_sources() if own.key == appendix.source), None)
    if entry is None:
        return None
    make: Any = entry.form
    form: forms.Form = make(
        data or None, council=council, initial=appendix.options, prefix="valg"
    )
    return form if form.fields else None


@dataclass(frozen=True, slots=True)
class SourceChoice:
    """One source that can be chosen, with the form of its options."""

    key: str
    name: str
    options: forms.Form
    is_chosen: bool

    @property
    def is_empty(self) -> bool:
        """The council has nothing yet that it could be formed of."""
        fields: Any = self.options.fields.values()
        return any(
            field.required and not list(getattr(field, "choices", ("anything",)))
            for field in fields
        )


def asks_more(form: forms.Form) -> bool:
    """Whether a page of a list in a form of options was turned: nothing is done then.

    A source with such a list says so by a property of its form.
    """
    return bool(getattr(form, "asks_more", False))


def turned_source(data: Any) -> str:
    """Give the source in whose options a page was turned, chosen or not; "" for none."""
    names = tuple(name for name in data if name.endswith("_side"))
    prefixes = {entry.key: _prefix(entry.key) for entry in all_sources()}
    turned = (
        k for k, p in prefixes.items() if any(n.startswith(f"{p}-") for n in names)
    )
    return next(turned, "")


def _prefix(source: str) -> str:
    """What the names of a source's options begin with."""
    return source.replace(".", "-")


def source_choices(
    council: Council, data: Any, chosen: str
) -> tuple[SourceChoice, ...]:
    """Give each source with its options.

    Args:
        data: what was posted, or None; only the chosen source's form is bound to it.
    """
    found = []
    for entry in all_sources():
        make: Any = entry.form
        is_chosen = entry.key == chosen
        own = data if is_chosen else None
        options = make(own, council=council, prefix=_prefix(entry.key))
        found.append(SourceChoice(entry.key, entry.name, options, is_chosen))
    return tuple(found)
