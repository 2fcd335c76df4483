"""Rows with a version, and rows in an order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.db import models

from core import clock
from core.drafts.models import Draft
from core.search.models import SearchEntry, SearchPassage, SearchWord

if TYPE_CHECKING:
    from datetime import datetime

__all__ = ["Draft", "SearchEntry", "SearchPassage", "SearchWord", "Versioned"]


class Versioned(models.Model):
    """A row whose ``version`` rises by one on each save, so that no update is lost."""

    version = models.PositiveIntegerField(default=1, editable=False)
    changed_at = models.DateTimeField("rettet", default=clock.now, editable=False)
    changed_by = models.CharField(
        "rettet af", max_length=150, default="", editable=False
    )

    class Meta:
        abstract = True

    @classmethod
    def checkout(cls, pk: int) -> Self:
        """Lock the row and return it; call it inside a transaction.

        Raises:
            cls.DoesNotExist: the row is gone.
        """
        return cls._default_manager.select_for_update(of=("self",)).get(pk=pk)

    def touch(self, by: Any, at: datetime | None = None) -> None:
        """Raise the version and note who and when; the caller saves."""
        self.version += 1
        self.changed_at = at or clock.now()
        self.changed_by = str(by)
