"""An appendix (bilag)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pghistory
from django.db import models
from django.db.models import Q
from django.urls import reverse

from core.models import Versioned
from documents.models import ForeignFile
from meetings.choices import AppendixKind, DocumentStatus, Language
from meetings.models.item import AgendaItem
from meetings.names import CLOSED_ITEM, CONFIDENTIAL, WITHHELD

if TYPE_CHECKING:
    from typing import Self


class AppendixQuerySet(models.QuerySet["Appendix"]):
    """The questions the portal asks about appendices."""

    def present(self) -> Self:
        """Appendices that have not been removed, of items that have not either."""
        return (
            self.filter(position__isnull=False, item__position__isnull=False)
            .select_related("item__section", "file")
            .order_by("item__section__number", "item__position", "position", "pk")
        )


@pghistory.track(exclude=["digest", "made_of", "failure", "changes"])
class Appendix(Versioned):
    """A document attached to an item: a file, formed from records, or written here.

    ``position`` counts from 1 without gaps within the item; NULL means removed.
    ``digest`` is the hash of what it would print now, and ``changes`` what differs from
    the latest packet ([{"text", "page"}]); a job keeps both up to date.
    ``status`` is how far it is; ``status_text`` is what the document says of itself.
    Where both are "" it prints "ikke angivet".
    ``given_number`` and ``sent_in`` are as an item's. A sent one that is withdrawn stands
    in the list without pages. One that is confidential or not publishable is closed, as
    all of a closed item's are: it goes into the closed packet.

    Source: docs/rules.md R-31.
    """

    item = models.ForeignKey(
        AgendaItem, on_delete=models.CASCADE, related_name="appendices"
    )
    key = models.SlugField("nøgle", max_length=80, editable=False)
    position = models.PositiveSmallIntegerField(null=True, blank=True)
    removed_position = models.PositiveSmallIntegerField(
        null=True, blank=True, editable=False
    )
    given_number = models.CharField(max_length=12, blank=True, editable=False)
    sent_in = models.PositiveSmallIntegerField(null=True, editable=False)
    is_withdrawn = models.BooleanField("trukket tilbage", default=False, editable=False)
    kind = models.CharField("art", max_length=9, choices=AppendixKind, editable=False)
    title = models.CharField(
        "titel", max_length=250, error_messages={"blank": "Skriv bilagets titel."}
    )
    title_in_source = models.CharField("titel i kilden", max_length=250, blank=True)
    sender = models.CharField("afsender", max_length=200, blank=True)
    dated = models.CharField("dateret", max_length=40, blank=True)
    own_name = models.CharField("dokumentets eget navn", max_length=250, blank=True)
    status = models.CharField(
        "status", max_length=8, choices=DocumentStatus, blank=True, default=""
    )
    status_text = models.CharField(
        "dokumentets egen status", max_length=250, blank=True
    )
    language = models.CharField(
        "sprog", max_length=2, choices=Language, blank=True, default=""
    )
    summary = models.TextField("resumé", max_length=1500, blank=True)
    is_publishable = models.BooleanField("må offentliggøres", default=True)
    is_confidential = models.BooleanField("fortroligt", default=False)
    file = models.ForeignKey(
        ForeignFile, on_delete=models.PROTECT, null=True, blank=True, editable=False
    )
    source = models.CharField("kilde", max_length=60, blank=True, editable=False)
    options: Any = models.JSONField("valg", default=dict, blank=True, editable=False)
    digest = models.CharField(max_length=64, blank=True, editable=False)
    made_of = models.CharField(max_length=80, blank=True, editable=False)
    failure = models.CharField(max_length=300, blank=True, editable=False)
    changes: Any = models.JSONField(default=list, blank=True, editable=False)

    objects = AppendixQuerySet.as_manager()

    class Meta:
        ordering = ("item_id", "position", "pk")
        verbose_name = "bilag"
        constraints = (
            models.UniqueConstraint(
                name="appendix_position_unique",
                fields=("item", "position"),
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.UniqueConstraint(name="appendix_key_unique", fields=("item", "key")),
            models.UniqueConstraint(
                name="appendix_number_unique",
                fields=("item", "given_number"),
                condition=Q(sent_in__isnull=False),
            ),
            models.CheckConstraint(
                name="appendix_sent_has_a_number",
                condition=Q(sent_in__isnull=True) | ~Q(given_number=""),
            ),
            models.CheckConstraint(
                name="appendix_withdrawn_was_sent",
                condition=Q(is_withdrawn=False) | Q(sent_in__isnull=False),
            ),
            models.CheckConstraint(
                name="appendix_stands_or_is_removed",
                condition=Q(position__isnull=True) ^ Q(removed_position__isnull=True),
            ),
            models.CheckConstraint(
                name="appendix_is_a_file_or_formed_from_data",
                condition=Q(kind="uploaded", file__isnull=False, source="")
                | Q(kind="written", file__isnull=True, source="")
                | (Q(kind="generated", file__isnull=True) & ~Q(source="")),
            ),
        )

    def __str__(self) -> str:
        return self.label

    @property
    def own_number(self) -> str:
        """Its number within the item, "3" or "1a"."""
        return self.given_number or str(self.position or self.removed_position)

    @property
    def number(self) -> str:
        """The appendix by itself, "Bilag 3"."""
        return f"Bilag {self.own_number}"

    @property
    def label(self) -> str:
        """The qualified number people say aloud, "2.1 Bilag 3"; needs item and section."""
        return f"{self.item.number} {self.number}"

    @property
    def prefix(self) -> str:
        """What its anchors in the packet begin with; built of keys, never of numbers."""
        return f"{self.item.key}-{self.key}"

    @property
    def is_generated(self) -> bool:
        """It is formed from records: a source's, or what is written in it here."""
        return self.kind != AppendixKind.UPLOADED

    @property
    def is_written(self) -> bool:
        """It is written in the portal, block by block."""
        return self.kind == AppendixKind.WRITTEN

    @property
    def status_words(self) -> str:
        """Its status and what the document says of itself: "Udkast. Version 3."."""
        known, own = self.get_status_display() if self.status else "", self.status_text
        says_it = own.casefold().startswith((known.casefold(), "modsigelse:"))
        if not known or says_it:
            return own
        return f"{known}. {own}" if own else f"{known}."

    @property
    def closed(self) -> str:
        """Why it is in the closed packet: "Fortroligt"; "" for an open one; needs item."""
        if self.is_confidential:
            return CONFIDENTIAL
        if not self.is_publishable:
            return WITHHELD
        return CLOSED_ITEM if self.item.is_closed else ""

    def get_absolute_url(self) -> str:
        meeting = self.item.section.meeting
        return reverse(
            "meetings:appendix", args=[meeting.slug, self.item.slug, self.pk]
        )
