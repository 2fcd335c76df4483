"""A question to municipalities and others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pghistory
from django.db import models
from django.db.models import Count, F, Q
from django.urls import reverse

from accounts.choices import SITTING
from accounts.models import Council, Membership
from core import clock
from core.models import Versioned
from questions.choices import ANSWERING, EDITORS
from questions.subjects import readable_by

if TYPE_CHECKING:
    from typing import Self

    from accounts.models import User

MAX_OPTIONS = 12
OPTION_LENGTH = 120


class QuestionQuerySet(models.QuerySet["Question"]):
    """The questions that the portal asks about its questions."""

    def visible_to(self, user: User) -> Self:
        """What ``user`` may read: the secretariat its council's, others what they were asked.

        Those who sit in the council read what is closed, too, unless it is about what
        they may not read.

        Source: docs/rules.md R-37, R-63.
        """
        seats = Membership.objects.filter(
            user=user.pk, council=models.OuterRef("council")
        )
        edited = seats.filter(role__in=EDITORS)
        in_council = seats.filter(role__in=SITTING)
        own = self.model._default_manager.asked_of(user)  # noqa: SLF001 -- Django's
        is_sent = Q(asked_at__isnull=False)
        is_closed = Q(closed_at__isnull=False, called_back="")
        is_closed &= readable_by(user.pk, "subject_key")
        return self.filter(
            models.Exists(edited)
            | is_sent & Q(pk__in=own.values("pk"))
            | is_sent & is_closed & models.Exists(in_council),
            is_removed=False,
        )

    def of_editor(self, user: User) -> Self:
        """Questions of the councils whose secretariat ``user`` is in, removed ones too."""
        return self.filter(
            council__memberships__user=user.pk, council__memberships__role__in=EDITORS
        )

    def asked_of(self, user: User) -> Self:
        """Questions to the municipality or organisation that ``user`` answers for."""
        # One filter, so that place and council are of one seat.
        of_place = self.filter(
            council__memberships__user=user.pk,
            council__memberships__role__in=ANSWERING,
            council__memberships__municipality=F("recipients__municipality"),
        )
        of_house = self.filter(
            council__memberships__user=user.pk,
            council__memberships__role="reporter",
            council__memberships__organisation=F("recipients__organisation"),
        )
        either = Q(pk__in=of_place.values("pk")) | Q(pk__in=of_house.values("pk"))
        return self.filter(either)

    def about(self, subject_key: Any) -> Self:
        """Questions about one thing; its key, or an expression for it."""
        return self.filter(subject_key=subject_key)

    def open(self) -> Self:
        """Questions that were asked and are not closed."""
        return self.filter(
            asked_at__isnull=False, closed_at__isnull=True, is_removed=False
        )

    def with_counts(self) -> Self:
        """Annotate ``asked_count`` and ``answered_count``: recipients, and answers of theirs."""
        answered = Q(recipients__answered_at__isnull=False)
        return self.annotate(
            asked_count=Count("recipients", distinct=True),
            answered_count=Count("recipients", filter=answered, distinct=True),
        )


@pghistory.track()
class Question(Versioned):
    """One question of a council, to be answered once by each who is asked.

    ``subject_key`` is what it is about, known to whoever registered it
    (:mod:`questions.subjects`), "" where it stands alone; ``subject_words`` is how the
    mails say it. ``options`` are lines; without any the answer is free text. It is a draft until
    ``asked_at``; from then on only its deadline and who is asked change, and nothing while
    it is closed; it may be opened again. ``called_back`` says why one that is closed
    counts as never asked.

    Source: docs/rules.md R-37.
    """

    council = models.ForeignKey(
        Council, on_delete=models.PROTECT, related_name="questions"
    )
    subject_key = models.CharField(max_length=80, blank=True, editable=False)
    subject_words = models.CharField(max_length=250, blank=True, editable=False)
    text = models.CharField(
        "spørgsmål", max_length=250, error_messages={"blank": "Skriv spørgsmålet."}
    )
    note = models.TextField("forklaring", max_length=2000, blank=True)
    options = models.TextField("svarmuligheder", max_length=1600, blank=True)
    due_on = models.DateField("svarfrist", null=True, blank=True)
    due_reason = models.CharField(max_length=300, blank=True, editable=False)
    asked_at = models.DateTimeField(null=True, editable=False)
    asked_by = models.CharField(max_length=150, blank=True, editable=False)
    reply_to = models.EmailField(blank=True, editable=False)
    closed_at = models.DateTimeField(null=True, editable=False)
    closed_by = models.CharField(max_length=150, blank=True, editable=False)
    called_back = models.CharField(
        "hvorfor det er trukket tilbage", max_length=300, blank=True, editable=False
    )
    is_removed = models.BooleanField(default=False, editable=False)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        ordering = ("council_id", "-pk")
        verbose_name = "spørgsmål"
        indexes = (models.Index(fields=("subject_key",), name="question_subject"),)
        constraints = (
            models.CheckConstraint(
                name="question_is_closed_after_it_was_asked",
                condition=Q(closed_at__isnull=True) | Q(asked_at__isnull=False),
            ),
            models.CheckConstraint(
                name="question_called_back_is_closed",
                condition=Q(called_back="") | Q(closed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="question_removed_was_never_asked",
                condition=Q(is_removed=False) | Q(asked_at__isnull=True),
            ),
        )

    def __str__(self) -> str:
        return self.text

    @property
    def choices(self) -> tuple[str, ...]:
        """The answers to choose from; empty where the answer is free text."""
        return tuple(line for line in self.options.splitlines() if line)

    @property
    def is_draft(self) -> bool:
        """Nobody has been asked yet."""
        return self.asked_at is None

    @property
    def is_open(self) -> bool:
        """It was asked, and is not closed."""
        return self.asked_at is not None and self.closed_at is None

    @property
    def is_late(self) -> bool:
        """The day by which everybody was to answer has gone."""
        return self.due_on is not None and self.due_on < clock.today()

    def get_absolute_url(self) -> str:
        return reverse("questions:question", args=[self.pk])
