"""Words with a fixed list."""

from __future__ import annotations

from django.db import models


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
    ALL = "all", "Alle 17 kommuner"


class DependencyKind(models.TextChoices):
    """How one unit leans on another."""

    ELABORATES = "elaborates", "uddybes i"
    PLACED_WITH = "placed_with", "placeres sammen med"
