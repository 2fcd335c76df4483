"""Words with a fixed list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db import models

if TYPE_CHECKING:
    from documents.tree import Glyph


class Status(models.TextChoices):
    """Where a measure or a goal stands; the five words that readers see."""

    REACHED = "reached", "Nået"
    PARTLY = "partly", "Delvist nået"
    NOT_REACHED = "not_reached", "Ikke nået"
    PENDING = "pending", "Afventer måling"
    UNDECIDED = "undecided", "Kan ikke afgøres"


GLYPHS: Final[dict[Status, Glyph]] = {
    Status.REACHED: "full",
    Status.PARTLY: "half",
    Status.NOT_REACHED: "empty",
    Status.PENDING: "waiting",
    Status.UNDECIDED: "minus",
}
"""What stands before each word, on page and paper."""

# The worst first: what is shown of a goal where two measures are as far behind.
WORST_FIRST: Final = (
    Status.NOT_REACHED,
    Status.PARTLY,
    Status.UNDECIDED,
    Status.PENDING,
    Status.REACHED,
)


class Why(models.TextChoices):
    """Why a status is no plain comparison of a result with a target."""

    COMPARED = "compared", "sammenlignet med måltallet"
    JUDGED = "judged", "vurderet"
    UNDER_WAY = "under_way", "i gang"
    NOT_DUE = "not_due", "skal måles senere"
    NOT_MEASURED = "not_measured", "ikke målt"
    NOT_RELEVANT = "not_relevant", "ikke relevant"
    DISCONTINUED = "discontinued", "udgået"
    FOLLOWS = "follows", "følger et andet mål"
    NO_TARGET = "no_target", "uden måltal"
    NO_BASIS = "no_basis", "kan ikke efterprøves"
    SPAN = "span", "resultatet ligger på begge sider af måltallet"
    NO_MEASURES = "no_measures", "uden målepunkter"


class Operator(models.TextChoices):
    """How a result is held against a target."""

    AT_LEAST = "at_least", "mindst"
    OVER = "over", "over"
    AT_MOST = "at_most", "højst"
    UNDER = "under", "under"
    EXACTLY = "exactly", "præcis"
    BETWEEN = "between", "mellem"


class Qualifier(models.TextChoices):
    """A word before a number that says on which side of it the truth is."""

    NONE = "", "præcis som skrevet"
    ABOUT = "about", "ca."
    BARELY = "barely", "knap"
    WELL_OVER = "well_over", "godt"
    AT_LEAST = "at_least", "mindst"
    AT_MOST = "at_most", "højst"


class Missing(models.TextChoices):
    """Why there is no result; never the same as 0."""

    NOT_MEASURED = "not_measured", "ikke målt"
    AWAITED = "awaited", "afventer"
    NOT_TOLD = "not_told", "ikke oplyst"
    NOT_IN_SOURCE = "not_in_source", "ikke i kilden"
    NOT_RELEVANT = "not_relevant", "ikke relevant"
    DISCONTINUED = "discontinued", "udgået"
    OTHERWISE_MEASURED = "otherwise_measured", "ikke opgjort på målet"


class FindingKind(models.TextChoices):
    """What kind of thing does not agree."""

    VERDICT = "verdict", "Konklusionen passer ikke med tallet"
    FIGURES = "figures", "To tal om det samme"
    WORDS = "words", "Datoer og ord"
    FORM = "form", "Metode og form"


class ContractState(models.TextChoices):
    """How far a contract is."""

    DRAFT = "draft", "Udkast"
    IN_FORCE = "in_force", "Gældende"
    REPORTED = "reported", "Afrapporteret"
    CLOSED = "closed", "Lukket"


class MeasureKind(models.TextChoices):
    """What kind of thing a measure is; it decides what is asked for."""

    SHARE = "share", "Andel af en undersøgelse"
    SCORE = "score", "NPS"
    COUNT = "count", "Antal"
    AMOUNT = "amount", "Beløb"
    RATIO = "ratio", "Forhold"
    EFFECT = "effect", "Effekt mod en kontrolgruppe"
    DELIVERABLE = "deliverable", "Leverance"
    NARRATIVE = "narrative", "Beskrivelse"


class TargetRule(models.TextChoices):
    """How a target came about."""

    FIXED = "fixed", "fast"
    POINTS = "points", "udgangspunkt plus point"
    GROWTH = "growth", "vækst på et basisår"


class MeasurementState(models.TextChoices):
    """How far a measurement is from counting."""

    DRAFT = "draft", "Kladde"
    SUBMITTED = "submitted", "Indsendt"
    RETURNED = "returned", "Sendt retur"
    APPROVED = "approved", "Godkendt"


class ActivityKind(models.TextChoices):
    """What is done for a measure."""

    AGREED = "agreed", "Aktivitet"
    INSTEAD = "instead", "Gjort i stedet"


class RoundLetterKind(models.TextChoices):
    """What a mail about figures is for."""

    CALLED = "called", "Opkald"
    REMINDER = "reminder", "Påmindelse"
    ASKED = "asked", "Spørgsmål"
    RETURNED = "returned", "Sendt retur"
    APPROVED = "approved", "Godkendt"
    REOPENED = "reopened", "Godkendelse fortrudt"
    FINDING = "finding", "Spørgsmål om modsigelse"
