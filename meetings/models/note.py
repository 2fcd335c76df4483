"""Private notes of those who read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from accounts.choices import SITTING
from accounts.models import Council, Membership, Municipality, User
from core import clock
from meetings.models.meeting import Meeting

if TYPE_CHECKING:
    from typing import Self


class NoteQuerySet(models.QuerySet["Note"]):
    """The questions that may be asked about notes."""

    def visible_to(self, user: User) -> Self:
        """Give a user's own, and what the own municipality's people have shared.

        Nobody else's, whatever they are: not the secretariat's, not an administrator's.

        Source: docs/rules.md R-45.
        """
        seats = Membership.objects.filter(
            user=user.pk,
            council=models.OuterRef("council"),
            municipality=models.OuterRef("municipality"),
            role__in=SITTING,
        )
        return self.filter(Q(author=user.pk) | Q(is_shared=True) & models.Exists(seats))


class Note(models.Model):
    """What somebody has written beside a text that was sent.

    It hangs on ``subject``, the key of an item ("item:filmfond"), an appendix
    ("appendix:filmfond/brev") or a record ("proposal:et"), so that new versions and
    another order leave it where it is. ``beneath`` is the plain text it was written to,
    as version ``number`` has it, and ``digest`` its hash; ``place`` the appendix in
    addresses, "" of an item. It is shared with the people of ``municipality`` alone.
    """

    author = models.ForeignKey(User, on_delete=models.CASCADE, related_name="notes")
    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="+")
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="+")
    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, null=True, related_name="+"
    )
    subject = models.CharField(max_length=250)
    place = models.CharField(max_length=60, blank=True)
    label = models.CharField(max_length=300)
    text = models.TextField("note", max_length=4000)
    is_shared = models.BooleanField("del med kommunen", default=False)
    number = models.PositiveSmallIntegerField()
    beneath = models.TextField(blank=True)
    digest = models.CharField(max_length=64)
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(default=clock.now)

    objects = NoteQuerySet.as_manager()

    class Meta:
        ordering = ("-changed_at", "-pk")
        verbose_name = "note"
        constraints = (
            models.UniqueConstraint(
                name="note_one_a_text", fields=("author", "meeting", "subject")
            ),
            models.CheckConstraint(name="note_says_something", condition=~Q(text="")),
            models.CheckConstraint(
                name="note_shared_within_a_municipality",
                condition=Q(is_shared=False) | Q(municipality__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"note til {self.label}"
