"""The agenda: sections and items."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse

from core.models import Versioned
from meetings.choices import Action, ClosedTo, ItemKind, ReplyDeadline
from meetings.models.meeting import Meeting
from meetings.names import UNTITLED

if TYPE_CHECKING:
    from typing import Self


@pghistory.track()
class Section(Versioned):
    """A numbered part of an agenda, such as "2. Sager"."""

    meeting = models.ForeignKey(
        Meeting, on_delete=models.CASCADE, related_name="sections"
    )
    number = models.PositiveSmallIntegerField("nummer")
    title = models.CharField("titel", max_length=80)

    class Meta:
        ordering = ("meeting_id", "number", "pk")
        verbose_name = "afsnit"
        constraints = (
            models.UniqueConstraint(
                name="section_number_unique",
                fields=("meeting", "number"),
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(
                name="section_counts_from_one", condition=Q(number__gte=1)
            ),
        )

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"


class AgendaItemQuerySet(models.QuerySet["AgendaItem"]):
    """The questions the portal asks about agenda items."""

    def present(self) -> Self:
        """Items that have not been removed, in the agenda's order."""
        return self.filter(position__isnull=False).order_by(
            "section__number", "position", "pk"
        )


@pghistory.track()
class AgendaItem(Versioned):
    """One numbered point on an agenda.

    ``position`` counts from 1 without gaps within a section; NULL means removed, and
    ``removed_position`` is where it stood. ``key`` never changes. An item without a title
    is legal in a draft and keeps its number. ``given_number`` is "" until its meeting is
    first sent; it is for good once ``sent_in`` names the version that sent it. ``fate``
    is what was announced of it since: "Udgået", "Udsat til 24. januar 2024", or "".
    ``came_from`` is the item of another meeting that it was copied or moved from.
    ``closed_to`` and ``closed_readers`` ("role:member", "seat:12") say who reads what is
    closed of it, whether it is the item or only an appendix. ``contact`` is whom readers
    may ask, in free words: a name with a mail address or telephone number.

    Source: docs/rules.md R-4, R-5, R-31.
    """

    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="items")
    key = models.SlugField("nøgle", max_length=80, editable=False)
    position = models.PositiveSmallIntegerField(null=True, blank=True)
    removed_position = models.PositiveSmallIntegerField(
        null=True, blank=True, editable=False
    )
    given_number = models.CharField(max_length=12, blank=True, editable=False)
    sent_in = models.PositiveSmallIntegerField(null=True, editable=False)
    fate = models.CharField(max_length=80, blank=True, editable=False)
    fate_reason = models.CharField(max_length=300, blank=True, editable=False)
    came_from = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="went_to",
    )
    title = models.CharField("titel", max_length=250, blank=True)
    kind = models.CharField("type", max_length=11, choices=ItemKind, blank=True)
    action = models.CharField(
        "hvad skal KKR gøre?", max_length=9, choices=Action, blank=True
    )
    addressee = models.CharField("svaret sendes til", max_length=120, blank=True)
    reply_deadline = models.CharField(
        "svarfrist", max_length=10, choices=ReplyDeadline, blank=True, default=""
    )
    reply_on = models.DateField("dato", null=True, blank=True)
    responsible = models.CharField("ansvarlig", max_length=120, blank=True)
    contact = models.CharField("kontakt", max_length=200, blank=True, default="")
    summary = models.TextField("resumé", blank=True)
    recommendation = models.TextField("indstilling", blank=True)
    case = models.TextField("sagsfremstilling", blank=True)
    economy = models.TextField("økonomi", blank=True)
    process = models.TextField("videre proces", blank=True)
    is_closed = models.BooleanField("lukket", default=False)
    closed_reason = models.CharField(
        "hvorfor er det lukket?", max_length=300, blank=True
    )
    closed_to = models.CharField(
        "hvem må læse det lukkede?",
        max_length=11,
        choices=ClosedTo,
        default=ClosedTo.COUNCIL,
    )
    closed_readers = ArrayField(
        models.CharField(max_length=30), verbose_name="læsere", default=list, blank=True
    )

    objects = AgendaItemQuerySet.as_manager()

    class Meta:
        ordering = ("section_id", "position", "pk")
        verbose_name = "punkt"
        constraints = (
            models.UniqueConstraint(
                name="agendaitem_position_unique",
                fields=("section", "position"),
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.UniqueConstraint(
                name="agendaitem_key_unique", fields=("section", "key")
            ),
            models.UniqueConstraint(
                name="agendaitem_number_unique",
                fields=("section", "given_number"),
                condition=Q(sent_in__isnull=False),
            ),
            models.CheckConstraint(
                name="agendaitem_sent_has_a_number",
                condition=Q(sent_in__isnull=True) | ~Q(given_number=""),
            ),
            models.CheckConstraint(
                name="agendaitem_stands_or_is_removed",
                condition=Q(position__isnull=True) ^ Q(removed_position__isnull=True),
            ),
            models.CheckConstraint(
                name="agendaitem_kind_known",
                condition=Q(kind__in=[*ItemKind.values, ""]),
            ),
            models.CheckConstraint(
                name="agendaitem_action_known",
                condition=Q(action__in=[*Action.values, ""]),
            ),
            models.CheckConstraint(
                name="agendaitem_closed_to_known",
                condition=Q(closed_to__in=ClosedTo.values),
            ),
            models.CheckConstraint(
                name="agendaitem_dated_deadline_has_a_date",
                condition=Q(reply_deadline="dated", reply_on__isnull=False)
                | (~Q(reply_deadline="dated") & Q(reply_on__isnull=True)),
                violation_error_message="Skriv datoen, eller vælg ”Ikke angivet i brevet”.",
            ),
        )

    def __str__(self) -> str:
        return f"punkt {self.number}"

    @property
    def number(self) -> str:
        """The number people say aloud, "2.1" or "2.3a"; needs ``section`` loaded."""
        by_order = f"{self.section.number}.{self.position or self.removed_position}"
        return self.given_number or by_order

    @property
    def slug(self) -> str:
        """The number as it stands in addresses, "2-1"; needs ``section`` loaded."""
        return self.number.replace(".", "-")

    @property
    def heading(self) -> str:
        """The title, or the words that stand where it is missing."""
        return self.title or UNTITLED

    @property
    def asks(self) -> str:
        """What is asked of the meeting, "KKR drøfter"; "" if nobody has said.

        Needs ``section.meeting`` loaded.

        Source: docs/rules.md R-72.
        """
        if not self.action:
            return ""
        return f"{self.section.meeting.body} {self.get_action_display()}"

    def get_absolute_url(self) -> str:
        return reverse("meetings:item", args=[self.section.meeting.slug, self.slug])
