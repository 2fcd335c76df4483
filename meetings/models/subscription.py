"""Who gets a mail when something is sent, and which mails there are."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from accounts.models import Council
from core import clock
from meetings.choices import Cause
from meetings.models.life import Announcement
from meetings.models.meeting import Meeting
from meetings.models.minutes import Minutes
from meetings.models.publication import Publication


class SubscriptionQuerySet(models.QuerySet["Subscription"]):
    """The questions asked about subscriptions."""

    def following(self, meeting: Meeting) -> SubscriptionQuerySet:
        """Give those that have said yes and are told of a meeting; an address may have two."""
        asked = Q(meeting=None, council=meeting.council_id) | Q(meeting=meeting.pk)
        return self.filter(asked, confirmed_at__isnull=False)


class Subscription(models.Model):
    """An e-mail address that is told of what a council sends, or of one meeting.

    It counts once whoever reads the address has said yes (``confirmed_at``). Leaving
    deletes it, with all that was sent to it.

    Source: docs/rules.md R-44.
    """

    email = models.EmailField("e-mail")
    council = models.ForeignKey(
        Council, on_delete=models.PROTECT, related_name="subscriptions"
    )
    meeting = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, null=True, related_name="subscriptions"
    )
    asked_at = models.DateTimeField(default=clock.now)
    confirmed_at = models.DateTimeField(null=True)

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        ordering = ("email", "pk")
        verbose_name = "abonnement"
        constraints = (
            models.UniqueConstraint(
                name="subscription_once_an_address",
                fields=("email", "council", "meeting"),
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="subscription_email_is_lower_case",
                condition=Q(email=models.functions.Lower("email")),
            ),
        )

    def __str__(self) -> str:
        return f"abonnement {self.pk}"


def _one_cause() -> Q:
    """Ask that one of the three is there, and no other."""
    found = Q()
    for own in Cause.values:
        found |= Q(**{f"{name}__isnull": name != own for name in Cause.values})
    return found


class NewsMail(models.Model):
    """One mail to one subscriber about one of three things; ``sent_at`` once it is sent.

    A publication, what was announced since, or approved minutes. ``tries`` counts how
    often it was handed to the mail server, or should have been.
    """

    subscription = models.ForeignKey(
        Subscription, on_delete=models.CASCADE, related_name="mails"
    )
    publication = models.ForeignKey(
        Publication, on_delete=models.PROTECT, null=True, related_name="mails"
    )
    announcement = models.ForeignKey(
        Announcement, on_delete=models.PROTECT, null=True, related_name="mails"
    )
    minutes = models.ForeignKey(
        Minutes, on_delete=models.PROTECT, null=True, related_name="mails"
    )
    sent_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("publication_id", "pk")
        verbose_name = "mail"
        constraints = (
            models.UniqueConstraint(
                name="newsmail_once_a_publication",
                fields=("subscription", "publication"),
            ),
            models.UniqueConstraint(
                name="newsmail_once_an_announcement",
                fields=("subscription", "announcement"),
            ),
            models.UniqueConstraint(
                name="newsmail_once_minutes", fields=("subscription", "minutes")
            ),
            models.CheckConstraint(
                name="newsmail_has_one_cause", condition=_one_cause()
            ),
        )

    def __str__(self) -> str:
        return f"mail {self.pk}"
