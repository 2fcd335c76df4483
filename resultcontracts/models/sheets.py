"""Spreadsheets of a contract that were handed out, and those that came back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.choices import Role
from core import clock
from resultcontracts.models.calls import Round
from resultcontracts.models.contract import Contract

if TYPE_CHECKING:
    from typing import Self

    from accounts.models import Membership


class ContractExport(models.Model):
    """What a spreadsheet said when it was handed out; each of its rows carries ``name``.

    ``content`` is sheet → row key → column key → text. It is kept as long as a file that
    was fetched may come back. ``round`` is what a house was asked, where a house fetched it.

    Source: docs/rules.md R-98.
    """

    contract = models.ForeignKey(
        Contract, on_delete=models.CASCADE, related_name="sheet_exports"
    )
    round = models.ForeignKey(
        Round, on_delete=models.CASCADE, null=True, related_name="sheet_exports"
    )
    name = models.CharField(max_length=20, unique=True)
    made_at = models.DateTimeField(default=clock.now)
    made_by = models.CharField(max_length=150)
    content: Any = models.JSONField()

    class Meta:
        ordering = ("-made_at", "-pk")
        verbose_name = "udtræk"

    def __str__(self) -> str:
        return self.name


class ContractImportQuerySet(models.QuerySet["ContractImport"]):
    """The questions the portal asks about files that came back."""

    def visible_to(self, seat: Membership) -> Self:
        """The secretariat's to the secretariat, a house's own to that house."""
        own = self.filter(contract__in=Contract.objects.visible_to(seat))
        if seat.may_edit:
            return own.filter(round=None)
        return own.exclude(round=None) if seat.role == Role.REPORTER else own.none()


class ContractImport(models.Model):
    """A spreadsheet that came back: waiting to be confirmed, taken in, or taken back.

    ``content`` is the file's sheets as ``core.sheets.Sheet`` gives them. ``round`` is
    what a house answers with it. ``refused`` are rows that the rules did not let in,
    "Målinger 19" → why. ``result`` is what was done: a list of rows with ``sheet``,
    ``key``, ``name``, ``is_new``, ``before``, ``after``, and ``was``: what a measurement
    was before.

    Source: docs/rules.md R-100, R-101.
    """

    contract = models.ForeignKey(
        Contract, on_delete=models.CASCADE, related_name="sheet_imports"
    )
    round = models.ForeignKey(
        Round, on_delete=models.CASCADE, null=True, related_name="sheet_imports"
    )
    name = models.CharField("fil", max_length=200)
    sent_at = models.DateTimeField(default=clock.now)
    sent_by = models.CharField(max_length=150)
    content: Any = models.JSONField()
    refused: Any = models.JSONField(default=dict)
    done_at = models.DateTimeField(null=True)
    done_by = models.CharField(max_length=150, blank=True)
    result: Any = models.JSONField(default=list)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.CharField(max_length=150, blank=True)

    objects = ContractImportQuerySet.as_manager()

    class Meta:
        ordering = ("-sent_at", "-pk")
        verbose_name = "indlæsning"
        constraints = (
            models.CheckConstraint(
                name="contractimport_undone_after_done",
                condition=Q(undone_at__isnull=True) | Q(done_at__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("resultcontracts:sheet", args=[self.contract.slug, self.pk])

    @property
    def is_waiting(self) -> bool:
        """Nothing of it has come in."""
        return self.done_at is None

    @property
    def field_count(self) -> int:
        """Cells that it changed."""
        return sum(len(row["after"]) for row in self.result)
