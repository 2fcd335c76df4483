"""What a goal is measured by, and what is to be reached."""

from __future__ import annotations

from typing import Any

import pghistory
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from core.models import Versioned
from meetings.models import Meeting
from resultcontracts.choices import ActivityKind, MeasureKind, Operator, TargetRule
from resultcontracts.models.goal import Goal

DIGITS, PLACES = 16, 4
"""Of a number: digits in all, and after the comma."""


@pghistory.track()
class Measure(Versioned):
    """One thing that is measured or judged.

    ``question`` is what the reporter is asked. ``measured_by`` is who measures where that
    is not who answers. ``is_asked_for``: the agreement names the council as receiver, so
    it can be called for. ``phrase`` is the result in the goal's sentence, with {} for the number. ``remark`` is
    said beside it, a sentence without a full stop. ``due_name`` and ``due_on`` are the
    time it is for: a year, a quarter, a day. A total that stands beside its segments does
    not count. ``sums`` are the labels of measures of the contract that it is the sum of.

    Source: docs/rules.md R-115, R-117.
    """

    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="measures")
    key = models.SlugField("nøgle", max_length=80, editable=False)
    label = models.CharField("nummer", max_length=8)
    position = models.PositiveSmallIntegerField("plads")
    name = models.CharField("navn", max_length=200)
    kind = models.CharField("art", max_length=12, choices=MeasureKind)
    unit = models.CharField("enhed", max_length=60, blank=True)
    segment = models.CharField("segment", max_length=80, blank=True)
    question = models.CharField("spørgsmål til indberetter", max_length=200, blank=True)
    measured_by = models.CharField("hvem måler", max_length=120, blank=True)
    is_asked_for = models.BooleanField("KKR er modtager", default=True)
    data_source = models.CharField("datakilde", max_length=200, blank=True)
    population = models.CharField("hvem der spørges", max_length=300, blank=True)
    counted_answer = models.CharField("svar, der tæller", max_length=120, blank=True)
    phrase = models.CharField("ordlyd i sætningen", max_length=120, blank=True)
    remark = models.CharField("bemærkning", max_length=200, blank=True)
    due_name = models.CharField("måles for", max_length=60, blank=True)
    due_on = models.DateField("måles senest", null=True, blank=True)
    due_is_year = models.BooleanField("et helt år", default=True)
    counts = models.BooleanField("tæller i målets status", default=True)
    blocked_by = models.CharField("afventer", max_length=120, blank=True)
    note = models.CharField("note", max_length=400, blank=True)
    rank = models.CharField("placering", max_length=120, blank=True)
    sums: Any = models.JSONField("lægges sammen af", default=list, blank=True)
    same_as = models.CharField("tæller det samme som", max_length=120, blank=True)

    class Meta:
        ordering = ("goal_id", "position", "pk")
        verbose_name = "målepunkt"
        constraints = (
            models.UniqueConstraint(name="measure_key_unique", fields=("goal", "key")),
            models.UniqueConstraint(
                name="measure_label_unique",
                fields=("goal", "label"),
                deferrable=models.Deferrable.DEFERRED,
                violation_error_message="Et andet målepunkt har allerede nummeret.",
            ),
            models.CheckConstraint(
                name="measure_kind_known", condition=Q(kind__in=MeasureKind.values)
            ),
            models.CheckConstraint(
                name="measure_phrase_holds_the_number",
                condition=Q(phrase="") | Q(phrase__contains="{}"),
                violation_error_message="Skriv {} dér, hvor tallet skal stå.",
            ),
        )

    def __str__(self) -> str:
        return self.label

    def clean(self) -> None:
        """Its number is its own in the contract, and what is added up is in one unit.

        Source: docs/rules.md R-165.

        Raises:
            ValidationError: another measure says otherwise.
        """
        every = Measure.objects.filter(goal__contract__goals=self.goal_id)
        rows = every.values_list("pk", "label", "unit", "sums")
        others = {pk: (label, unit, sums) for pk, label, unit, sums in rows}
        if others.pop(self.pk, None) == (self.label, self.unit, self.sums):
            return  # what stands there already is not asked again
        found = _disagrees(self, {own: rest for own, *rest in others.values()})
        if found:
            raise ValidationError(found)


type _Others = dict[str, list[Any]]
"""Label of another measure of the contract → its unit, and what it is the sum of."""


def _disagrees(row: Measure, others: _Others) -> dict[str, str]:
    """Give what a measure says against the others: field → sentence."""
    if row.label in others:
        return {"label": "Et andet målepunkt har allerede nummeret."}
    return _as_a_sum(row, others) or _as_a_part(row, others)


def _as_a_sum(row: Measure, others: _Others) -> dict[str, str]:
    for part in row.sums:
        unit, sums = others.get(part, (row.unit, []))
        if sums:
            return {"sums": f"{part} lægges selv sammen af andre. Skriv dem i stedet."}
        if unit != row.unit:
            message = f"{part} har enheden ”{unit}” og kan ikke lægges sammen her."
            return {"sums": message}
    return {}


def _as_a_part(row: Measure, others: _Others) -> dict[str, str]:
    for label, (unit, sums) in others.items():
        if row.label in sums and row.sums:
            return {"sums": f"Det er selv en del af {label}."}
        if row.label in sums and unit != row.unit:
            return {
                "unit": f"Det lægges sammen i {label}, som er i {unit or 'ingen enhed'}. "
                f"Tøm ”Lægges sammen af” i {label} først."
            }
    return {}


@pghistory.track()
class TargetRevision(Versioned):
    """What is to be reached from a day on; the one without a day is the contract's own.

    ``rule`` tells how the number came about; ``baseline`` and ``added`` are what it was
    reckoned from. ``printed`` is as the contract prints it, "2,60".

    Source: docs/rules.md R-114.
    """

    measure = models.ForeignKey(
        Measure, on_delete=models.CASCADE, related_name="targets"
    )
    operator = models.CharField("regel", max_length=8, choices=Operator)
    low = models.DecimalField("måltal", max_digits=DIGITS, decimal_places=PLACES)
    high = models.DecimalField("til", max_digits=DIGITS, decimal_places=PLACES)
    printed = models.CharField("trykt som", max_length=30, blank=True)
    wording = models.CharField("med aftalens ord", max_length=200, blank=True)
    rule = models.CharField(
        "udledt", max_length=6, choices=TargetRule, default=TargetRule.FIXED
    )
    baseline = models.DecimalField(
        "udgangspunkt", max_digits=DIGITS, decimal_places=PLACES, null=True, blank=True
    )
    baseline_of = models.CharField("udgangspunktets tid", max_length=60, blank=True)
    added = models.DecimalField(
        "tillæg", max_digits=DIGITS, decimal_places=PLACES, null=True, blank=True
    )
    since = models.DateField("gælder fra", null=True, blank=True)
    reason = models.CharField("hvorfor", max_length=300, blank=True)
    decided_by = models.CharField("besluttet af", max_length=200, blank=True)
    meeting = models.ForeignKey(
        Meeting,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="target_revisions",
        verbose_name="møde",
    )

    class Meta:
        ordering = ("measure_id", F("since").asc(nulls_first=True), "pk")
        verbose_name = "måltal"
        constraints = (
            models.UniqueConstraint(
                name="target_since_unique",
                fields=("measure", "since"),
                nulls_distinct=False,
                violation_error_message="Der er allerede et måltal fra den dag.",
            ),
            models.CheckConstraint(
                name="target_rises",
                condition=Q(low__lte=F("high")),
                violation_error_message="Det første tal skal være det mindste.",
            ),
            models.CheckConstraint(
                name="target_of_two_is_between",
                condition=Q(low=F("high")) | Q(operator=Operator.BETWEEN),
            ),
            models.CheckConstraint(
                name="target_operator_known",
                condition=Q(operator__in=Operator.values),
            ),
            models.CheckConstraint(
                name="target_changed_for_a_reason",
                condition=Q(since=None) | ~Q(reason=""),
                violation_error_message="Skriv, hvorfor måltallet er ændret.",
            ),
        )

    def __str__(self) -> str:
        return self.printed or str(self.low)


@pghistory.track()
class Activity(Versioned):
    """What was done for a measure, and where; or what was done instead of it.

    ``places`` are the names of municipalities and towns as the source writes them.
    """

    measure = models.ForeignKey(
        Measure, on_delete=models.CASCADE, related_name="activities"
    )
    position = models.PositiveSmallIntegerField("plads")
    kind = models.CharField(
        "slags", max_length=7, choices=ActivityKind, default=ActivityKind.AGREED
    )
    text = models.CharField("hvad", max_length=300)
    places = models.CharField("hvor", max_length=300, blank=True)

    class Meta:
        ordering = ("measure_id", "position", "pk")
        verbose_name = "aktivitet"
        constraints = (
            models.CheckConstraint(name="activity_has_words", condition=~Q(text="")),
            models.CheckConstraint(
                name="activity_kind_known", condition=Q(kind__in=ActivityKind.values)
            ),
        )

    def __str__(self) -> str:
        return self.text
