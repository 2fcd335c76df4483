"""Words with a fixed list."""

from __future__ import annotations

from typing import Final

from django.db import models

from core import formats


class CatalogueKind(models.TextChoices):
    """What a catalogue holds."""

    SIMPLIFICATION = "simplification", "Forenklingskatalog"
    COOPERATION = "cooperation", "Samdriftskatalog"


class PointKind(models.TextChoices):
    """What a point says about its record."""

    GAIN = "gain", "Gevinst"
    RISK = "risk", "Risiko"
    ATTENTION = "attention", "Opmærksomhedspunkt"
    TASK = "task", "Opgave"
    EXTRA = "extra", "Desuden"


class TermKind(models.TextChoices):
    """What a term names."""

    LAW = "law", "Lov eller regel"
    SCHEME = "scheme", "Ordning"
    ACTOR = "actor", "Aktør"
    TARGET_GROUP = "target_group", "Målgruppe"
    EVIDENCE = "evidence", "Belæg"


class Scope(models.TextChoices):
    """Which municipalities a co-operation unit is for."""

    CLUSTER = "cluster", "Grupper af kommuner"
    ALL = "all", "Alle kommuner"
    MORE = "more", "Alle kommuner og flere"

    def reach(self, municipalities: int) -> str:
        """Say for whom: "Grupper af kommuner", "Alle 17 kommuner", "Alle 17 kommuner og flere".

        Args:
            municipalities: how many the council has; 0 where none are known.
        """
        if self is Scope.CLUSTER or not municipalities:
            return str(self.label)
        more = " og flere" if self is Scope.MORE else ""
        return f"Alle {formats.number(municipalities)} kommuner{more}"


class DependencyKind(models.TextChoices):
    """How one unit leans on another."""

    ELABORATES = "elaborates", "uddybes i"
    PLACED_WITH = "placed_with", "placeres sammen med"


class Status(models.TextChoices):
    """How far a proposal has come after KKR, from the idea to what is in force."""

    IDEA = "idea", "Idé"
    SUBMITTED = "submitted", "Indmeldt af KKR"
    DISCUSSED = "discussed", "Drøftes med KL"
    MINISTRY = "ministry", "Hos ministeriet"
    LAW = "law", "Kræver lovændring"
    ADOPTED = "adopted", "Vedtaget"
    IN_FORCE = "in_force", "Trådt i kraft"
    REJECTED = "rejected", "Afvist"

    @property
    def sixths(self) -> int:
        """How much of its ring is filled, 0-6; none of an idea and of what is rejected."""
        return 0 if self is Status.REJECTED else list(Status).index(self)

    @property
    def glyph(self) -> str:
        """Its sign, beside the word: a file of ``frontend/icons``."""
        return f"status-{self.value.replace('_', '-')}"


class Stance(models.TextChoices):
    """What a municipality thinks of a record. "" is no answer at all."""

    SUPPORTS = "supports", "Støtter"
    RESERVED = "reserved", "Støtter med forbehold"
    AGAINST = "against", "Støtter ikke"
    DECLINES = "declines", "Ønsker ikke at tage stilling"


GIVEN = (Stance.SUPPORTS, Stance.RESERVED, Stance.AGAINST)
"""The stances that count as an answer; whoever declines has not answered."""
REASONED = (Stance.RESERVED, Stance.AGAINST)
"""Those that need a reason."""


class EnteredBy(models.TextChoices):
    """Who wrote a stance down."""

    DIRECTOR = "director", "Kommunen"
    SECRETARIAT = "secretariat", "Sekretariatet"


class CallLetterKind(models.TextChoices):
    """Why a mail about a call is sent."""

    CALLED = "called", "Opkald"
    REMINDER = "reminder", "Påmindelse"
    EXTENDED = "extended", "Ny frist"


class FigureTopic(models.TextChoices):
    """What a figure is about."""

    GENERAL = "general", "Andet"
    FINANCING = "financing", "Finansiering"
    STAFFING = "staffing", "Bemanding"


MEANS: Final = (FigureTopic.FINANCING, FigureTopic.STAFFING)


class NoteKind(models.TextChoices):
    """In what the sources do not agree."""

    WORDING = "wording", "Ordlyd"
    TITLE = "title", "Titel"
    FIGURE = "figure", "Tal"
    ORDER = "order", "Rækkefølge og form"
    REFERENCE = "reference", "Henvisning"
    MISSING = "missing", "Mangler i en kilde"
