"""Which municipalities take part in which group of a unit."""

from __future__ import annotations

import pghistory
from django.db import models
from django.db.models import Q

from accounts.models import Municipality
from core.models import Versioned
from proposals.models.unit import CooperationUnit


@pghistory.track()
class Cluster(Versioned):
    """A group of municipalities that would solve a unit's task together.

    Source: docs/rules.md R-81.
    """

    unit = models.ForeignKey(
        CooperationUnit, on_delete=models.CASCADE, related_name="clusters"
    )
    key = models.SlugField("nøgle", max_length=80, editable=False)
    position = models.PositiveSmallIntegerField()
    name = models.CharField(
        "navn", max_length=80, error_messages={"blank": "Skriv gruppens navn."}
    )

    class Meta:
        ordering = ("unit_id", "position", "pk")
        verbose_name = "gruppe af kommuner"
        constraints = (
            models.UniqueConstraint(name="cluster_key_unique", fields=("unit", "key")),
            models.UniqueConstraint(
                name="cluster_name_unique",
                fields=("unit", "name"),
                violation_error_message="En anden gruppe i enheden hedder allerede det.",
            ),
            models.CheckConstraint(name="cluster_has_a_name", condition=~Q(name="")),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def record(self) -> CooperationUnit:
        """The record it belongs to; needs it loaded."""
        return self.unit


@pghistory.track()
class ClusterMember(models.Model):
    """A municipality in a group. ``unit`` is the group's: at most one group of a unit."""

    cluster = models.ForeignKey(
        Cluster, on_delete=models.CASCADE, related_name="members"
    )
    unit = models.ForeignKey(
        CooperationUnit, on_delete=models.CASCADE, related_name="placed"
    )
    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ("cluster_id", "municipality__sort_key", "pk")
        verbose_name = "kommune i en gruppe"
        constraints = (
            models.UniqueConstraint(
                name="clustermember_in_one_group_of_a_unit",
                fields=("unit", "municipality"),
                violation_error_message="Kommunen er allerede i en gruppe af enheden.",
            ),
        )

    def __str__(self) -> str:
        return str(self.municipality)
