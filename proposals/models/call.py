"""A call for the municipalities' positions, and the mails about it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q

from accounts.choices import Role
from accounts.models import Council, Municipality
from core import clock
from core.letters import WaitingLetter, WaitingQuerySet
from core.models import Versioned
from proposals.choices import CallLetterKind
from proposals.models.catalogue import Catalogue

if TYPE_CHECKING:
    from datetime import date
    from typing import Self

    from accounts.models import Membership


DAYS, MOST_DAYS = 3, 60
"""Before its day that the portal reminds of a call: unless another is chosen; at most."""
MOST_WORDS: Final = "Skriv højst 60 dage."


class PositionCallQuerySet(models.QuerySet["PositionCall"]):
    """The questions the portal asks about calls."""

    def visible_to(self, seat: Membership) -> Self:
        """Calls of the seat's council: all to its secretariat, sent ones to directors."""
        own = self.filter(council=seat.council_id)
        if seat.may_edit:
            return own
        return own.sent() if seat.role == Role.DIRECTOR else own.none()

    def sent(self) -> Self:
        """Those that the municipalities know of."""
        return self.filter(sent_at__isnull=False)

    def open(self) -> Self:
        """Sent ones that neither the clock nor anybody has closed."""
        return self.sent().filter(closed_at__isnull=True, due_on__gte=clock.today())


@pghistory.track()
class PositionCall(Versioned):
    """One call of a council: which municipalities are to answer on which records, by when.

    ``records`` and ``municipalities`` are ids, at least one each; the catalogue's kind
    tells whether the records are proposals or units. It is a draft until ``sent_at``.
    It is open until ``due_on`` has gone or somebody closes it; whoever opens it again
    says why in ``due_reason``. ``remind_before`` its day by so many days the portal
    reminds by itself; 0: it does not.

    Source: docs/rules.md R-88, R-110.
    """

    council = models.ForeignKey(
        Council, on_delete=models.PROTECT, related_name="position_calls"
    )
    catalogue = models.ForeignKey(
        Catalogue, on_delete=models.PROTECT, related_name="calls"
    )
    records = ArrayField(models.BigIntegerField(), verbose_name="hvad der spørges om")
    municipalities = ArrayField(models.BigIntegerField(), verbose_name="hvem")
    due_on = models.DateField("svarfrist")
    due_reason = models.CharField("hvorfor", max_length=300, blank=True)
    remind_before = models.PositiveSmallIntegerField(
        "påmindelse, dage før fristen",
        default=DAYS,
        validators=[MaxValueValidator(MOST_DAYS, MOST_WORDS)],
    )
    note = models.TextField("besked til kommunerne", max_length=2000, blank=True)
    sent_at = models.DateTimeField(null=True, editable=False)
    sent_by = models.CharField(max_length=150, blank=True, editable=False)
    reply_to = models.EmailField(blank=True, editable=False)
    closed_at = models.DateTimeField(null=True, editable=False)
    closed_by = models.CharField(max_length=150, blank=True, editable=False)

    objects = PositionCallQuerySet.as_manager()

    class Meta:
        ordering = ("catalogue_id", "-pk")
        verbose_name = "opkald"
        constraints = (
            models.UniqueConstraint(
                name="positioncall_one_at_a_time",
                fields=("catalogue",),
                condition=Q(closed_at__isnull=True),
                violation_error_message="Der er allerede et opkald. Luk det først.",
            ),
            models.CheckConstraint(
                name="positioncall_asks_about_something",
                condition=Q(records__len__gte=1),
                violation_error_message="Vælg, hvad der skal svares på.",
            ),
            models.CheckConstraint(
                name="positioncall_asks_somebody",
                condition=Q(municipalities__len__gte=1),
                violation_error_message="Vælg, hvem der skal svare.",
            ),
            models.CheckConstraint(
                name="positioncall_closed_after_it_was_sent",
                condition=Q(closed_at__isnull=True) | Q(sent_at__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"opkald {self.pk}"

    @property
    def is_draft(self) -> bool:
        """No municipality knows of it."""
        return self.sent_at is None

    @property
    def is_open(self) -> bool:
        """The municipalities may answer."""
        return not self.is_draft and self.closed_at is None and not self.is_over

    @property
    def is_closed(self) -> bool:
        """They may not any more: somebody closed it, or its day has gone."""
        return not self.is_draft and (self.closed_at is not None or self.is_over)

    @property
    def is_over(self) -> bool:
        """Its last day has gone."""
        return self.due_on < clock.today()

    @property
    def reminds_on(self) -> date | None:
        """The day on which the portal reminds whoever lacks answers; None: it does not."""
        days = self.remind_before
        return self.due_on - timedelta(days=days) if days else None

    @property
    def next_reminder(self) -> date | None:
        """The same where it is still to come."""
        day = self.reminds_on
        return day if day is not None and day > clock.today() else None

    def asks(self, municipality_id: int, record_id: int) -> bool:
        """Whether it asks a municipality about a record."""
        return record_id in self.records and municipality_id in self.municipalities


class CallLetter(WaitingLetter):
    """One mail about a call to the directors of a municipality.

    Source: docs/rules.md R-88.
    """

    id_name = "holdninger"
    send = "proposals.send_letters"

    call = models.ForeignKey(
        PositionCall, on_delete=models.PROTECT, related_name="letters"
    )
    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, related_name="+"
    )
    kind = models.CharField(max_length=8, choices=CallLetterKind)

    objects = WaitingQuerySet["CallLetter"].as_manager()

    class Meta:
        ordering = ("call_id", "-pk")
        verbose_name = "mail om holdninger"
        constraints = (
            models.UniqueConstraint(
                name="callletter_one_reminder_a_day",
                fields=("call", "municipality", "day"),
                condition=Q(kind="reminder"),
            ),
            models.CheckConstraint(
                name="callletter_kind_known",
                condition=Q(kind__in=CallLetterKind.values),
            ),
            models.CheckConstraint(
                name="callletter_is_to_somebody", condition=Q(to__len__gte=1)
            ),
        )
