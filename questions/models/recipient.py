"""Who is asked, and the one answer of each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pghistory
from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.choices import SITTING, Role
from accounts.models import Membership, Municipality, Organisation
from core import clock, danish
from core.models import Versioned
from questions.choices import ANSWERING, EDITORS, AnswerWay
from questions.models.question import OPTION_LENGTH, Question
from questions.subjects import readable_by

if TYPE_CHECKING:
    from datetime import date
    from typing import Self

    from accounts.models import User


class RecipientQuerySet(models.QuerySet["Recipient"]):
    """The questions the portal asks about who was asked."""

    def visible_to(self, user: User) -> Self:
        """Answers that ``user`` may read.

        The secretariat reads all of its council, everybody else that of the own place;
        those who sit in the council read all of what is closed, unless it is about what
        they may not read.

        Source: docs/rules.md R-37, R-63.
        """
        seats = Membership.objects.filter(
            user=user.pk, council=models.OuterRef("question__council")
        )
        closed = Q(question__closed_at__isnull=False, question__called_back="")
        closed &= readable_by(user.pk, "question__subject_key")
        is_sent = Q(question__asked_at__isnull=False)
        return self.filter(
            models.Exists(seats.filter(role__in=EDITORS))
            | is_sent & models.Exists(seats.filter(_same_place()))
            | closed & models.Exists(seats.filter(role__in=SITTING)),
            question__is_removed=False,
        )

    def of_place(self, user: User) -> Self:
        """Those that ``user`` may answer for: of the place that a seat speaks for."""
        seats = Membership.objects.filter(
            _same_place(), user=user.pk, council=models.OuterRef("question__council")
        )
        return self.filter(
            models.Exists(seats),
            question__asked_at__isnull=False,
            question__is_removed=False,
        )

    def waiting(self) -> Self:
        """Those who have not answered; that is no answer."""
        return self.filter(answered_at__isnull=True)


def _same_place() -> Q:
    """A seat that answers for the recipient of the outer query."""
    of_place = Q(role__in=ANSWERING, municipality=models.OuterRef("municipality"))
    of_house = Q(role=Role.REPORTER, organisation=models.OuterRef("organisation"))
    return of_place | of_house


@pghistory.track()
class Recipient(Versioned):
    """Somebody who is asked, under the name of that day, and the answer, once there is one.

    It is a municipality, an organisation, or somebody with a ``name`` alone. ``due_on``
    is a later day than everybody else's. An answer is a ``choice``, a ``reply`` in
    words, or both; ``answered_at`` is when it was written here, by ``answered_by``.
    ``on_behalf``: by another of the place than its director. ``way``, ``given_by`` and
    ``given_on`` are of an answer that came outside the portal.

    Source: docs/rules.md R-37, R-39.
    """

    question = models.ForeignKey(
        Question, on_delete=models.PROTECT, related_name="recipients"
    )
    municipality = models.ForeignKey(
        Municipality,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    name = models.CharField("navn", max_length=120)
    sort_key = models.CharField(max_length=360, editable=False)
    email = models.EmailField("e-mail", blank=True)
    due_on = models.DateField("egen frist", null=True, blank=True)
    due_reason = models.CharField(max_length=300, blank=True, editable=False)
    choice = models.CharField("svar", max_length=OPTION_LENGTH, blank=True)
    reply = models.TextField("bemærkning", max_length=4000, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.CharField(max_length=150, blank=True)
    on_behalf = models.BooleanField(default=False)
    way = models.CharField("hvordan", max_length=8, choices=AnswerWay, blank=True)
    given_by = models.CharField("hvem svarede", max_length=120, blank=True)
    given_on = models.DateField("hvornår", null=True, blank=True)

    objects = RecipientQuerySet.as_manager()

    class Meta:
        ordering = ("question_id", "sort_key", "pk")
        verbose_name = "svar"
        constraints = (
            models.UniqueConstraint(
                name="recipient_name_unique", fields=("question", "name")
            ),
            models.UniqueConstraint(
                name="recipient_municipality_unique",
                fields=("question", "municipality"),
            ),
            models.UniqueConstraint(
                name="recipient_organisation_unique",
                fields=("question", "organisation"),
            ),
            models.CheckConstraint(
                name="recipient_is_of_one_kind",
                condition=Q(municipality__isnull=True) | Q(organisation__isnull=True),
            ),
            models.CheckConstraint(
                name="recipient_answered_says_something",
                condition=Q(answered_at__isnull=True, choice="", reply="")
                | (Q(answered_at__isnull=False) & ~Q(choice="", reply="")),
                violation_error_message="Vælg et svar, eller skriv et.",
            ),
            models.CheckConstraint(
                name="recipient_outside_says_who_and_when",
                condition=Q(way="") | (~Q(given_by="") & Q(given_on__isnull=False)),
                violation_error_message="Skriv, hvem der svarede, og hvornår.",
            ),
            models.CheckConstraint(
                name="recipient_way_known", condition=Q(way__in=[*AnswerWay.values, ""])
            ),
        )

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.sort_key = danish.sort_key(self.name)
        super().save(*args, **kwargs)

    @property
    def is_answered(self) -> bool:
        """There is an answer."""
        return self.answered_at is not None

    @property
    def full_name(self) -> str:
        """Who is asked, as letters say it: "Greve Kommune"; no query."""
        return f"{self.name} Kommune" if self.municipality_id else self.name

    @property
    def due(self) -> date | None:
        """The day by which this one is to answer; needs ``question`` loaded."""
        days = [day for day in (self.question.due_on, self.due_on) if day]
        return max(days) if self.question.due_on and days else None

    @property
    def is_late(self) -> bool:
        """The day has gone; needs ``question`` loaded."""
        return self.due is not None and self.due < clock.today()

    @property
    def is_near(self) -> bool:
        """The day is today, tomorrow or was yesterday; needs ``question`` loaded."""
        return self.due is not None and abs((self.due - clock.today()).days) <= 1

    @property
    def is_urgent(self) -> bool:
        """It waits, and the day is near or has gone; needs ``question`` loaded."""
        return not self.is_answered and (self.is_near or self.is_late)

    @property
    def reason(self) -> str:
        """Why the day is later than it first was, or ""; needs ``question`` loaded."""
        is_own = self.due_on is not None and self.due == self.due_on
        return self.due_reason if is_own else self.question.due_reason

    @property
    def may_answer(self) -> bool:
        """An answer may be given or changed in the portal; needs ``question`` loaded."""
        return self.question.is_open and not self.is_late

    def get_absolute_url(self) -> str:
        return reverse("questions:answer", args=[self.question_id, self.pk])
