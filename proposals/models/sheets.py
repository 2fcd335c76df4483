"""Spreadsheets that were handed out, and those that came back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q
from django.urls import reverse

from core import clock
from proposals.choices import CatalogueKind
from proposals.models.catalogue import Catalogue

if TYPE_CHECKING:
    from typing import Self

    from accounts.models import Membership

LIST = {
    CatalogueKind.SIMPLIFICATION: "proposals:proposal-sheets",
    CatalogueKind.COOPERATION: "proposals:unit-sheets",
}


class SheetExport(models.Model):
    """What a spreadsheet said when it was handed out; each of its rows carries ``name``.

    ``content`` is sheet → row key → column key → text. It is kept as long as a file that
    was fetched may come back (``proposals.services.sheets.KEPT``).

    Source: docs/rules.md R-98.
    """

    catalogue = models.ForeignKey(
        Catalogue, on_delete=models.CASCADE, related_name="sheet_exports"
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


class SheetImportQuerySet(models.QuerySet["SheetImport"]):
    """The questions the portal asks about files that came back."""

    def visible_to(self, seat: Membership) -> Self:
        """Those of the seat's council, if it writes there."""
        own = self.filter(catalogue__council=seat.council_id)
        return own if seat.may_edit else own.none()


class SheetImport(models.Model):
    """A spreadsheet that came back: waiting to be confirmed, taken in, or taken back.

    ``content`` is the file's sheets as ``core.sheets.Sheet`` gives them. ``refused`` are
    rows that the rules did not let in, "Tal 19" → why. ``result`` is what was done: a list
    of rows with ``sheet``, ``key``, ``name``, ``is_new``, ``before`` and ``after``, and
    ``html``: rich texts before, with their markup.
    """

    catalogue = models.ForeignKey(
        Catalogue, on_delete=models.CASCADE, related_name="sheet_imports"
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

    objects = SheetImportQuerySet.as_manager()

    class Meta:
        ordering = ("-sent_at", "-pk")
        verbose_name = "indlæsning"
        constraints = (
            models.CheckConstraint(
                name="sheetimport_undone_after_done",
                condition=Q(undone_at__isnull=True) | Q(done_at__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        kind = CatalogueKind(self.catalogue.kind)
        return reverse(f"{LIST[kind][:-1]}", args=[self.pk])

    @property
    def is_waiting(self) -> bool:
        """Nothing of it has come in."""
        return self.done_at is None

    @property
    def field_count(self) -> int:
        """Cells that it changed."""
        return sum(len(row["after"]) for row in self.result)
