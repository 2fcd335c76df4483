"""Internal comments: what the secretariat tells itself about a draft."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q

from core import clock
from core.models import Versioned
from meetings.models.appendix import Appendix
from meetings.models.item import AgendaItem
from meetings.models.meeting import EDITORS, Meeting

if TYPE_CHECKING:
    from typing import Self

    from accounts.models import User

MOST_LETTERS = 2000


class CommentQuerySet(models.QuerySet["Comment"]):
    """The questions asked about comments; every method chains."""

    def visible_to(self, user: User) -> Self:
        """Those of the councils whose secretariat ``user`` is in. Nobody else has any."""
        return self.filter(
            meeting__council__memberships__user=user.pk,
            meeting__council__memberships__role__in=EDITORS,
        )

    def threads(self) -> Self:
        """Comments that are no answers, of what still stands on the agenda."""
        gone = Q(item__isnull=False, item__position__isnull=True)
        gone |= Q(appendix__isnull=False, appendix__position__isnull=True)
        return self.filter(parent=None).exclude(gone)

    def unsolved(self) -> Self:
        """Threads that wait for somebody."""
        return self.threads().filter(is_solved=False)


@pghistory.track()
class Comment(Versioned):
    """One comment, or one answer to it (``parent``).

    It is about a field of an item, an appendix, a whole item, or (``item`` None) the
    whole agenda. ``before`` is the text under it as it stood when the comment was
    written. ``asked`` is the colleague it waits for. It is part of no document: it is
    never printed, sent, exported, copied or indexed.

    Source: docs/rules.md R-46.
    """

    meeting = models.ForeignKey(
        Meeting, on_delete=models.CASCADE, related_name="comments"
    )
    item = models.ForeignKey(
        AgendaItem,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="comments",
    )
    appendix = models.ForeignKey(
        Appendix,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="comments",
    )
    parent = models.ForeignKey(
        "self", on_delete=models.CASCADE, null=True, blank=True, related_name="answers"
    )
    field = models.CharField(max_length=20, blank=True)
    text = models.TextField(
        "kommentar",
        max_length=MOST_LETTERS,
        error_messages={"blank": "Skriv kommentaren."},
    )
    before = models.TextField(blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    author_name = models.CharField(max_length=150)
    written_at = models.DateTimeField(default=clock.now)
    asked = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    asked_name = models.CharField(max_length=150, blank=True)
    is_solved = models.BooleanField(default=False)
    solved_by = models.CharField(max_length=150, blank=True)
    solved_at = models.DateTimeField(null=True, blank=True)

    objects = CommentQuerySet.as_manager()

    class Meta:
        ordering = ("meeting_id", "pk")
        verbose_name = "kommentar"
        constraints = (
            models.CheckConstraint(
                name="comment_says_something", condition=~Q(text="")
            ),
            models.CheckConstraint(
                name="comment_on_a_part_has_an_item",
                condition=Q(item__isnull=False) | Q(field="", appendix__isnull=True),
            ),
            models.CheckConstraint(
                name="comment_on_one_thing",
                condition=Q(field="") | Q(appendix__isnull=True),
            ),
            models.CheckConstraint(
                name="comment_solved_when",
                condition=Q(is_solved=True, solved_at__isnull=False)
                | Q(is_solved=False, solved_at__isnull=True),
            ),
            models.CheckConstraint(
                name="comment_answer_waits_for_nobody",
                condition=Q(parent__isnull=True)
                | Q(is_solved=False, asked__isnull=True, field=""),
            ),
        )

    def __str__(self) -> str:
        return self.text
