"""What was sent and is closed again: a number that should never have been public."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Q
from django.db.models.functions import JSONObject

from core import clock
from meetings.models.meeting import Meeting

FIELDS = (
    "pk", "item_key", "appendix_key", "place", "version", "name", "title", "reason",
    "at", "is_closed", "is_minutes",
)  # fmt: skip


class WithdrawalQuerySet(models.QuerySet["Withdrawal"]):
    """What is taken down, by who may be told of it."""

    def standing(self) -> WithdrawalQuerySet:
        """What nobody has put up again."""
        return self.filter(lifting=None)

    def sent_openly(self) -> WithdrawalQuerySet:
        """What everybody could read in an agenda or its appendices."""
        return self.filter(is_closed=False, is_minutes=False)

    def sent_closed(self) -> WithdrawalQuerySet:
        """What some could read: those who may know its title, and nobody else."""
        return self.filter(is_closed=True, is_minutes=False)


class StandingManager(models.Manager["Withdrawal"]):
    """Only what stands: what was put up again is told of to the secretariat alone."""

    def get_queryset(self) -> WithdrawalQuerySet:
        """Leave out what was put up again."""
        rows: WithdrawalQuerySet = super().get_queryset().standing()  # type: ignore[attr-defined]
        return rows


def own_withdrawals(meeting: str = "meeting", *, is_closed: bool = False) -> Any:
    """Give, for a query of publications, what is taken down of each one's meeting.

    Args:
        meeting: what the query's rows call their meeting.
        is_closed: of the closed material, which only some may be told of.
    """
    every = (
        Withdrawal.objects.sent_closed if is_closed else Withdrawal.objects.sent_openly
    )
    own = every().filter(meeting=models.OuterRef(meeting))
    fields = JSONObject(**{name: name for name in FIELDS})
    return ArraySubquery(own.order_by("pk").values(row=fields))


class Withdrawal(models.Model):
    """Something that was sent and that nobody reads any more. Append-only.

    ``item_key`` and ``appendix_key`` say what: an appendix, an item's texts (no
    ``appendix_key``), or a whole version (neither). It holds for ``version``, the
    newest when it was closed, and for all before; of a whole version for that one alone.
    ``place`` is its place in addresses. Everybody reads ``name``, ``title`` (what stood
    there, in words chosen for it) and ``reason``. ``found_at`` is when it was noticed.
    What ``is_closed`` was closed material: its readers alone are told. What ``is_minutes``
    stands in the minutes: one decision, or all of them.

    Where it was a mistake it is put up again by a :class:`Lifting`; ``objects`` and
    ``meeting.withdrawals`` then know it no more, ``everything`` does.

    Source: docs/rules.md R-43, R-74.
    """

    append_only = True

    meeting = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, related_name="withdrawals"
    )
    item_key = models.SlugField(max_length=80, blank=True)
    appendix_key = models.SlugField(max_length=80, blank=True)
    place = models.CharField(max_length=60, blank=True)
    version = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=40)
    title = models.CharField(max_length=250)
    reason = models.CharField(max_length=300)
    found_at = models.DateTimeField()
    at = models.DateTimeField(default=clock.now)
    by = models.CharField(max_length=150)
    is_closed = models.BooleanField(default=False)
    is_minutes = models.BooleanField(default=False)

    objects = StandingManager.from_queryset(WithdrawalQuerySet)()
    everything = WithdrawalQuerySet.as_manager()

    class Meta:
        ordering = ("meeting_id", "-pk")
        verbose_name = "nedtagning"
        constraints = (
            models.CheckConstraint(
                name="withdrawal_says_what_and_why",
                condition=~Q(title="") & ~Q(reason="") & ~Q(name=""),
            ),
            models.CheckConstraint(
                name="withdrawal_appendix_is_of_an_item",
                condition=Q(appendix_key="") | ~Q(item_key=""),
            ),
            models.CheckConstraint(
                name="withdrawal_minutes_have_no_appendix",
                condition=Q(is_minutes=False) | Q(appendix_key=""),
            ),
            models.CheckConstraint(
                name="withdrawal_version_counts_from_one", condition=Q(version__gte=1)
            ),
        )

    def __str__(self) -> str:
        return f"{self.name}, taget ned"

    @property
    def is_version(self) -> bool:
        """A whole version is closed, or with ``is_closed`` its closed packet."""
        return not self.item_key and not self.is_minutes

    @property
    def lifted(self) -> Lifting | None:
        """By what it is up again; None while it stands."""
        return getattr(self, "lifting", None)

    @property
    def is_appendix(self) -> bool:
        """One appendix is closed."""
        return bool(self.appendix_key)


class Lifting(models.Model):
    """What was taken down by mistake is up again: when, by whom, and why. Append-only.

    Source: docs/rules.md R-74.
    """

    append_only = True

    withdrawal = models.OneToOneField(
        Withdrawal, on_delete=models.PROTECT, related_name="lifting"
    )
    reason = models.CharField(max_length=300)
    at = models.DateTimeField(default=clock.now)
    by = models.CharField(max_length=150)

    class Meta:
        verbose_name = "ophævet nedtagning"
        constraints = (
            models.CheckConstraint(name="lifting_says_why", condition=~Q(reason="")),
        )

    def __str__(self) -> str:
        return f"{self.withdrawal_id}, vist igen"
