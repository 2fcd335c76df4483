"""Forms of points, and of what units share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from core.forms import VersionedForm
from proposals.forms.fields import NewForm, OneLine, enter_at, numbered
from proposals.forms.referring import Inserting, ReferringText
from proposals.words import WORDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet

    from proposals.choices import PointKind
    from proposals.models import CooperationUnit, Point, SharedPoint


class PointForm(Inserting, VersionedForm):
    """One point. A gain of a unit says who gains; a shared point has only its ending."""

    text = ReferringText(
        max_length=600,
        help_text=(
            "Én sætning uden punktum. Henvis til et forslag med knappen, så tallet "
            "følger med, hvis forslaget får nyt nummer."
        ),
    )
    beneficiary = forms.CharField(
        label="Modtager",
        max_length=80,
        error_messages={"required": "Skriv, hvem der får gevinsten."},
    )

    def __init__(
        self,
        *args: Any,
        kind: PointKind,
        beneficiaries: Sequence[str] | None = None,
        point: Point | None = None,
        **kwargs: Any,
    ) -> None:
        """Make the form.

        Args:
            beneficiaries: those that the catalogue has; None: nobody gains by the point.
            point: what is edited; None for a new one.
        """
        super().__init__(*args, **kwargs)
        words = WORDS[kind]
        text = self.fields["text"]
        text.error_messages["required"] = words.empty_error
        text.label = words.a_new
        enter_at(self, "text")
        if point is not None:
            text.label = f"{words.label} {point.position}"
            self.initial.update({"text": point.text, "version": point.version})
            self.initial.setdefault("beneficiary", point.beneficiary)
            self._of_shared(point)
        self.suggestions = tuple(beneficiaries or ())
        if beneficiaries is None:
            del self.fields["beneficiary"]
        else:
            suggest(self.fields["beneficiary"], self.suggestions)

    def _of_shared(self, point: Point) -> None:
        if point.shared is not None and not point.has_own_wording:
            text = self.fields["text"]
            text.required = False
            text.label = f"Slutning på opmærksomhedspunkt {point.position}"
            text.help_text = f"Står efter ”{point.shared.stem}”. Må være tom."


class GainForm(VersionedForm):
    """Who gains by a point of a unit that becomes a gain, or somebody else's gain."""

    beneficiary = OneLine(
        label="Hvem får gevinsten?",
        max_length=80,
        error_messages={"required": "Skriv, hvem der får gevinsten."},
    )

    def __init__(
        self, *args: Any, point: Point, beneficiaries: Sequence[str], **kwargs: Any
    ) -> None:
        """Make the form.

        Args:
            beneficiaries: those that the catalogue has.
        """
        kwargs.setdefault("auto_id", f"point-{point.pk}-%s")
        super().__init__(*args, **kwargs)
        self.initial["version"] = point.version
        own = point.beneficiary
        self.suggestions = tuple(name for name in beneficiaries if name != own)
        enter_at(self, "beneficiary")
        suggest(self.fields["beneficiary"], self.suggestions)


def suggest(field: forms.Field, names: Sequence[str]) -> None:
    """Let a field offer names that are used already."""
    field.widget.attrs["list"] = "beneficiaries"
    if names:
        listed = " · ".join(names)
        field.help_text = f"Vælg en, der er brugt før, eller skriv en ny: {listed}"


class OwnWordingForm(Inserting, VersionedForm):
    """A unit's own wording of a shared point."""

    text = ReferringText(
        label="Enhedens egen ordlyd",
        max_length=600,
        error_messages={"required": "Skriv enhedens egen ordlyd."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        enter_at(self, "text")


class UnitsForm(NewForm):
    """Which units a shared point is added to; the cleaned values are their ids."""

    units = forms.TypedMultipleChoiceField(
        label="Enheder",
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Vælg mindst én enhed."},
    )

    def __init__(
        self, *args: Any, units: QuerySet[CooperationUnit], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["units"]
        rows = units.filter(number__isnull=False).order_by("number")
        field.choices = [(row.pk, numbered(row)) for row in rows]


class NewSharedPointForm(UnitsForm):
    """A new attention point that units share."""

    name = forms.CharField(
        label="Navn",
        max_length=80,
        help_text="Til oversigten, fx Tæt dialog. Trykkes ikke.",
        error_messages={"required": "Skriv et navn."},
    )
    stem = ReferringText(
        label="Fælles begyndelse",
        max_length=300,
        help_text="Hver enhed kan føje sin egen slutning til.",
        error_messages={"required": "Skriv det, som enhederne er fælles om."},
    )

    field_order = ("name", "stem", "units")


class BeneficiaryForm(NewForm):
    """Another name for those who gain."""

    new = forms.CharField(
        label="Modtager",
        max_length=80,
        error_messages={"required": "Skriv, hvem der får gevinsterne."},
    )


class SharedPointForm(Inserting, VersionedForm):
    """What the units of a catalogue share."""

    into = "stem"

    name = forms.CharField(label="Navn", max_length=80)
    stem = ReferringText(
        label="Fælles begyndelse",
        max_length=300,
        error_messages={"required": "Skriv det, som enhederne er fælles om."},
    )

    @classmethod
    def of(cls, shared: SharedPoint, data: Any = None) -> SharedPointForm:
        """The form with what is saved."""
        own = {"name": shared.name, "stem": shared.stem, "version": shared.version}
        return cls(data, initial=own)
