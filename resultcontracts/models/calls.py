"""Calls for measurements: who is written to, a round, its links, its mails, its drafts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core import signing
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.models import Council, Organisation
from core import clock
from core.letters import WaitingLetter, WaitingQuerySet
from core.models import Versioned
from meetings.models import Meeting
from resultcontracts.choices import RoundLetterKind
from resultcontracts.models.contract import Contract
from resultcontracts.models.measure import Measure

if TYPE_CHECKING:
    from core.mail import Mail

SALT = "resultcontracts.report"
WEEKS, DAYS = 4, 3
"""Before the meeting that figures are called for; working days before it is sent."""
LINK_PLACE = "[linket]"
"""Where a mail's link goes in. It is put in when the mail is sent, and kept nowhere."""


@pghistory.track()
class Contact(Versioned):
    """The named person at a house whom a council writes to about figures.

    Source: docs/rules.md R-143.
    """

    council = models.ForeignKey(
        Council, on_delete=models.PROTECT, related_name="house_contacts"
    )
    house = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="contacts"
    )
    name = models.CharField("navn", max_length=120)
    email = models.EmailField("e-mail")

    class Meta:
        ordering = ("council_id", "house_id", "pk")
        verbose_name = "kontakt"
        constraints = (
            models.UniqueConstraint(
                name="contact_one_a_house", fields=("council", "house")
            ),
            models.CheckConstraint(name="contact_is_named", condition=~Q(name="")),
        )

    def __str__(self) -> str:
        return self.name


@pghistory.track()
class CallRule(Versioned):
    """How long before a meeting a council calls for figures, and when they are to be here.

    ``sends_itself``: the portal sends the call on its day; ``reply_to`` gets what is
    answered to that mail.

    Source: docs/rules.md R-142, R-181.
    """

    council = models.OneToOneField(
        Council, on_delete=models.PROTECT, related_name="call_rule"
    )
    weeks = models.PositiveSmallIntegerField(
        "opkald, uger før mødet",
        default=WEEKS,
        validators=[MaxValueValidator(26, "Skriv højst 26 uger.")],
    )
    days = models.PositiveSmallIntegerField(
        "tal, hverdage før udsendelse",
        default=DAYS,
        validators=[MaxValueValidator(60, "Skriv højst 60 hverdage.")],
    )
    sends_itself = models.BooleanField("portalen sender selv opkaldet", default=True)
    reply_to = models.EmailField("svar på mailen går til", blank=True)

    class Meta:
        ordering = ("council_id",)
        verbose_name = "frister for tal"
        constraints = (
            models.CheckConstraint(
                name="callrule_calls_at_all",
                condition=Q(weeks__gte=1),
                violation_error_message="Skriv mindst 1 uge.",
            ),
        )

    def __str__(self) -> str:
        return f"frister for tal i {self.council}"


@pghistory.track()
class Round(Versioned):
    """The calls of a contract for one meeting; its days are reckoned from the meeting.

    ``measures`` are those that were asked for, by id.

    Source: docs/rules.md R-142.
    """

    contract = models.ForeignKey(
        Contract, on_delete=models.CASCADE, related_name="rounds"
    )
    meeting = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, related_name="call_rounds"
    )
    measures = ArrayField(models.BigIntegerField(), default=list, blank=True)
    called_at = models.DateTimeField("opkald sendt", null=True, blank=True)
    called_by = models.CharField(max_length=150, blank=True)

    class Meta:
        ordering = ("contract_id", "-pk")
        verbose_name = "opkaldsrunde"
        constraints = (
            models.UniqueConstraint(
                name="round_one_a_meeting", fields=("contract", "meeting")
            ),
        )

    def __str__(self) -> str:
        return f"opkald {self.pk}"

    def asks(self, measure_id: int) -> bool:
        """Whether it asks for a measure."""
        return measure_id in self.measures


@pghistory.track()
class RoundLink(Versioned):
    """One person's link to what a round asks; what opens it is signed, and kept nowhere.

    ``turn`` rises when a new link is made: those before it open nothing. It works until
    the day the meeting's papers are sent.

    Source: docs/rules.md R-144.
    """

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="links")
    name = models.CharField("navn", max_length=120)
    email = models.EmailField("e-mail")
    turn = models.PositiveIntegerField(default=1)
    opened_at = models.DateTimeField("åbnet", null=True, blank=True)

    class Meta:
        ordering = ("round_id", "pk")
        verbose_name = "link til indberetning"
        constraints = (
            models.UniqueConstraint(
                name="roundlink_one_a_person", fields=("round", "email")
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def token(self) -> str:
        """What opens it; signed anew each time it is asked for."""
        told = {"link": self.pk, "turn": self.turn}
        return signing.Signer(salt=SALT).sign_object(told, compress=False)

    @property
    def address(self) -> str:
        """The whole address, as it stands in a mail."""
        path = reverse("resultcontracts:report-link", args=[self.token])
        return f"{settings.PORTAL_ADDRESS}{path}"


class RoundLetter(WaitingLetter):
    """One mail about figures; ``measures`` are those it is about, by id.

    ``link``: the person whose link stands in it, at ``LINK_PLACE``.

    Source: docs/rules.md R-143, R-144.
    """

    id_name = "opkald"
    send = "resultcontracts.send_letters"

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="letters")
    link = models.ForeignKey(
        RoundLink, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    kind = models.CharField(max_length=8, choices=RoundLetterKind)
    measures = ArrayField(models.BigIntegerField(), default=list, blank=True)

    objects = WaitingQuerySet["RoundLetter"].as_manager()

    class Meta:
        ordering = ("round_id", "-pk")
        verbose_name = "mail om tal"
        constraints = (
            models.CheckConstraint(
                name="roundletter_kind_known",
                condition=Q(kind__in=RoundLetterKind.values),
            ),
            models.CheckConstraint(
                name="roundletter_is_to_somebody", condition=Q(to__len__gte=1)
            ),
        )

    @property
    def mail(self) -> Mail:
        """The mail as it goes out, with its link in place."""
        made = super().mail
        if self.link is not None:
            made.body = made.body.replace(LINK_PLACE, self.link.address)
        return made


@pghistory.track(exclude=["typed"])
class ReportDraft(models.Model):
    """What one person has typed of an answer and not sent; ``typed`` as it was typed.

    The history tells who saved one, when and by which link, and not what was typed: that
    is the writer's own, and gone once the answer is sent. ``writer`` is "link-12" or
    "bruger-7".

    Source: docs/rules.md R-144.
    """

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="drafts")
    measure = models.ForeignKey(
        Measure, on_delete=models.CASCADE, related_name="report_drafts"
    )
    writer = models.CharField(max_length=40)
    typed: Any = models.JSONField(default=dict)
    saved_at = models.DateTimeField(default=clock.now)
    saved_by = models.CharField(max_length=150, blank=True)
    saved_through = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("round_id", "measure_id", "pk")
        verbose_name = "kladde til en indberetning"
        constraints = (
            models.UniqueConstraint(
                name="reportdraft_one_a_writer", fields=("round", "measure", "writer")
            ),
        )

    def __str__(self) -> str:
        return f"kladde til {self.measure_id}"
