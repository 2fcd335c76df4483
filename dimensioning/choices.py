"""Words with a fixed list."""

from __future__ import annotations

from typing import Final

from django.db import models


class RoundState(models.TextChoices):
    """How far a round is; the words stand over its page."""

    REQUESTED = "requested", "Anmodet"
    OFFERS_IN = "offers_in", "Skema og scenarier"
    CHOSEN = "chosen", "Scenarie valgt"
    DECIDED = "decided", "Besluttet"
    SENT = "sent", "Sendt"


SETTLED: Final = (RoundState.DECIDED, RoundState.SENT)
"""A meeting has decided: its scenario is not changed any more."""


class ScenarioKind(models.TextChoices):
    """Who a scenario shares its places among."""

    MUNICIPALITIES = "municipality", "Praktikpladser på kommuner"
    SPECIALISATIONS = "specialisation", "Studiepladser på specialiseringer"
    MATRIX = "matrix", "Studiepladser på institutioner og specialiseringer"


class Method(models.TextChoices):
    """How whole places come out of quotas."""

    LARGEST_REMAINDER = "largest_remainder", "Største rest"
    JEFFERSON = "jefferson", "d'Hondt (Jefferson)"
    WEBSTER = "webster", "Sainte-Laguë (Webster)"
    ADAMS = "adams", "Adams"
    HILL = "hill", "Huntington-Hill"
    DEAN = "dean", "Dean"


class EnteredBy(models.TextChoices):
    """Who wrote a municipality's offer."""

    DIRECTOR = "director", "kommunen"
    SECRETARIAT = "secretariat", "sekretariatet"
