"""Words with a fixed list."""

from __future__ import annotations

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

    def reach(self, municipalities: int) -> str:
        """Say whom it is for: "Grupper af kommuner", "Alle 17 kommuner".

        Args:
            municipalities: how many the council has; 0 where none are known.
        """
        if self is Scope.ALL and municipalities:
            return f"Alle {formats.number(municipalities)} kommuner"
        return str(self.label)


class DependencyKind(models.TextChoices):
    """How one unit leans on another."""

    ELABORATES = "elaborates", "uddybes i"
    PLACED_WITH = "placed_with", "placeres sammen med"
