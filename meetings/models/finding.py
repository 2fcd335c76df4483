"""What the checks found in a meeting's packet, and what people answered."""

from __future__ import annotations

import pghistory
from django.db import models
from django.db.models import Q

from core import clock
from core.models import Versioned
from meetings.models.meeting import Meeting

MOST_WORDS = 500


class Checkup(models.Model):
    """The latest check of a meeting: when, and of what.

    ``digest`` is the hash of the records that were read
    (``meetings.agenda.records_digest``); where it is another one now, the findings are
    of yesterday. ``clean`` names the checks that found nothing.
    """

    meeting = models.OneToOneField(
        Meeting, on_delete=models.CASCADE, related_name="checkup"
    )
    checked_at = models.DateTimeField(default=clock.now)
    digest = models.CharField(max_length=64)
    clean = models.JSONField(default=list)

    class Meta:
        ordering = ("meeting_id",)
        verbose_name = "kontrol"

    def __str__(self) -> str:
        return f"kontrol af {self.meeting_id}"


class Finding(models.Model):
    """One thing found, as the page lists it. A meeting's are replaced as a whole.

    ``label`` is the item or appendix ("2.1 Bilag 3"), ``place`` its page in the packet
    ("s. 36", the appendix's span where the page is unknown), ``where`` the place inside
    ("Forslag 3, Risici, punkt 1"). ``url`` leads to the very field, under ``action``;
    ``hint`` says how it is put right where the link alone does not.
    ``fingerprint`` is of the text: an answer belongs to it.
    """

    meeting = models.ForeignKey(
        Meeting, on_delete=models.CASCADE, related_name="findings"
    )
    position = models.PositiveSmallIntegerField()
    fingerprint = models.CharField(max_length=64)
    check_key = models.CharField(max_length=40)
    group = models.CharField(max_length=60)
    is_error = models.BooleanField()
    may_answer = models.BooleanField()
    label = models.CharField(max_length=60)
    place = models.CharField(max_length=120, blank=True)
    where = models.CharField(max_length=300, blank=True)
    sentence = models.TextField()
    quote = models.TextField(blank=True)
    hint = models.CharField(max_length=200, blank=True)
    url = models.CharField(max_length=400)
    action = models.CharField(max_length=60)

    class Meta:
        ordering = ("meeting_id", "position", "pk")
        verbose_name = "fund"
        constraints = (
            models.UniqueConstraint(
                name="finding_once_a_meeting", fields=("meeting", "fingerprint")
            ),
            models.CheckConstraint(
                name="finding_warning_may_be_answered",
                condition=Q(is_error=True) | Q(may_answer=True),
            ),
        )

    def __str__(self) -> str:
        return self.sentence


@pghistory.track()
class Answer(Versioned):
    """Why something is sent although it was found: "send anyway, because".

    It belongs to the text it was given for (``fingerprint``), so it falls when that text
    changes. Taken back, it stays with ``is_withdrawn``, so that nobody overwrites unseen.

    Source: docs/rules.md R-22.
    """

    meeting = models.ForeignKey(
        Meeting, on_delete=models.CASCADE, related_name="answers"
    )
    fingerprint = models.CharField(max_length=64, editable=False)
    reason = models.TextField(
        "begrundelse",
        max_length=MOST_WORDS,
        error_messages={"blank": "Skriv hvorfor."},
    )
    is_withdrawn = models.BooleanField(default=False, editable=False)

    class Meta:
        ordering = ("meeting_id", "pk")
        verbose_name = "svar"
        constraints = (
            models.UniqueConstraint(
                name="answer_once_a_finding", fields=("meeting", "fingerprint")
            ),
        )

    def __str__(self) -> str:
        return self.reason
