"""What the sources do not agree on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pghistory
from django.db import models
from django.db.models import Q

from accounts.models import Council
from core.models import Versioned
from proposals.choices import NoteKind
from proposals.models.catalogue import Catalogue
from proposals.models.proposal import Proposal
from proposals.models.unit import CooperationUnit

if TYPE_CHECKING:
    from typing import Self

    from accounts.models import Membership


_ONE_AT_MOST: Final = (
    Q(catalogue__isnull=True, proposal__isnull=True)
    | Q(catalogue__isnull=True, unit__isnull=True)
    | Q(proposal__isnull=True, unit__isnull=True)
)


class SourceNoteQuerySet(models.QuerySet["SourceNote"]):
    """The questions the portal asks about disagreements of the sources."""

    def visible_to(self, seat: Membership) -> Self:
        """Those of the seat's council, if it writes there: they are notes to editors."""
        own = self.filter(council=seat.council_id)
        return own if seat.may_edit else own.none()

    def present(self) -> Self:
        """All but those of records that have been removed."""
        gone = Q(proposal__isnull=False, proposal__number__isnull=True)
        gone |= Q(unit__isnull=False, unit__number__isnull=True)
        return self.exclude(gone)


@pghistory.track()
class SourceNote(Versioned):
    """One thing on which the sources do not agree: each reading with where it stands.

    It is about a proposal, a unit, a catalogue, or, with none of them, the report as a
    whole. ``readings`` is a list of mappings with ``place`` and ``text``, in order, kept
    as found; with ``remark`` the text is ours about the place, not a quotation. ``chosen`` are the words that an editor settled it with; "": it is open.
    ``target`` names the parts of the record that say one of the readings ("point:extra-1
    term:actor title"), ``standing`` the words that stand there: settling puts the chosen
    ones in their place, and nothing else.

    Source: docs/rules.md R-83.
    """

    council = models.ForeignKey(
        Council, on_delete=models.PROTECT, related_name="source_notes"
    )
    catalogue = models.ForeignKey(
        Catalogue,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="source_notes",
    )
    proposal = models.ForeignKey(
        Proposal,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="source_notes",
    )
    unit = models.ForeignKey(
        CooperationUnit,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="source_notes",
    )
    key = models.SlugField("nøgle", max_length=80, editable=False)
    position = models.PositiveSmallIntegerField()
    kind = models.CharField("art", max_length=9, choices=NoteKind)
    about = models.CharField("hvad det handler om", max_length=200)
    readings: Any = models.JSONField("læsninger", default=list)
    target = models.CharField(max_length=100, blank=True, editable=False)
    standing = models.CharField("det, der står nu", max_length=300, blank=True)
    chosen = models.CharField("valgte ord", max_length=300, blank=True)
    settled_by = models.CharField("afgjort af", max_length=150, blank=True)
    settled_at = models.DateTimeField("afgjort", null=True, blank=True)

    objects = SourceNoteQuerySet.as_manager()

    class Meta:
        ordering = ("council_id", "position", "pk")
        verbose_name = "uens i kilderne"
        constraints = (
            models.UniqueConstraint(
                name="sourcenote_key_unique", fields=("council", "key")
            ),
            models.CheckConstraint(
                name="sourcenote_about_one_thing",
                condition=_ONE_AT_MOST,
            ),
            models.CheckConstraint(
                name="sourcenote_kind_known", condition=Q(kind__in=NoteKind.values)
            ),
            models.CheckConstraint(
                name="sourcenote_is_settled_by_somebody",
                condition=Q(chosen="", settled_by="", settled_at__isnull=True)
                | (~Q(chosen="") & ~Q(settled_by="") & Q(settled_at__isnull=False)),
            ),
        )

    def __str__(self) -> str:
        return self.about

    @property
    def is_open(self) -> bool:
        """Nobody has settled it."""
        return not self.chosen
