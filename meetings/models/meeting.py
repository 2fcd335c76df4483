"""A meeting."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pghistory
from django.apps import apps
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils import timezone

from accounts.choices import Role
from accounts.models import Council
from core import clock, formats
from core.models import Versioned
from meetings.choices import Body, Fate, MeetingKind, MeetingState, who_meets
from meetings.names import meeting_day, meeting_name

if TYPE_CHECKING:
    from datetime import date
    from typing import Self

    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

OPEN_STATES = (MeetingState.DRAFT, MeetingState.APPROVAL)
"""In these everything may be edited."""
OVER_STATES = (MeetingState.HELD, MeetingState.APPROVED, MeetingState.CLOSED)
"""In these the day of the meeting has been."""
EDITORS = (Role.SECRETARIAT, Role.CHIEF)
CANCELLED = str(Fate.CANCELLED.label)
OFF = (CANCELLED, str(Fate.POSTPONED.label))
"""What is said of a meeting that has no day it will be held on."""


class MeetingQuerySet(models.QuerySet["Meeting"]):
    """The questions the portal asks about meetings."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Meetings that ``user`` works on: drafts are for the council's secretariat.

        Everybody else reads publications, which have a question of their own. What was
        removed is not among them.

        Source: docs/rules.md R-14.
        """
        return self.of_editor(user).present()

    def of_editor(self, user: User | AnonymousUser) -> Self:
        """Meetings that ``user`` works on or has removed."""
        return self.filter(
            council__memberships__user=user.pk, council__memberships__role__in=EDITORS
        )

    def present(self) -> Self:
        """Meetings that nobody has removed."""
        return self.filter(is_removed=False)

    def upcoming(self, today: date) -> Self:
        """Meetings held today or later, the nearest first."""
        return self.filter(held_on__gte=today).order_by("held_on", "starts_at", "pk")

    def not_off(self) -> Self:
        """Meetings with a day they are held on: not cancelled, nor put off to no day."""
        return self.exclude(fate__in=OFF)

    def with_sent_version(self) -> Self:
        """Annotate ``sent_version``: number of the latest one that was sent, or None."""
        rows = apps.get_model("meetings", "Publication").objects
        own = rows.filter(meeting=models.OuterRef("pk")).order_by("-number")
        return self.annotate(sent_version=models.Subquery(own.values("number")[:1]))

    def with_asked(self) -> Self:
        """Annotate ``asked``: the latest question to the chairman that counts, or None."""
        rows = apps.get_model("meetings", "Approval").objects
        own = rows.filter(meeting=models.OuterRef("pk"), is_withdrawn=False)
        told = JSONObject(
            name="name",
            answer="answer",
            digest="packet__digest",
            version="packet__version",
        )
        return self.annotate(
            asked=models.Subquery(own.order_by("-pk").values(row=told)[:1])
        )

    def with_sections(self) -> Self:
        """Annotate ``section_rows``: the sections in order, as mappings of fields."""
        names = ("pk", "number", "title", "version")
        own = apps.get_model("meetings", "Section").objects.filter(
            meeting=models.OuterRef("pk")
        )
        fields = JSONObject(**{name: name for name in names})
        rows = own.order_by("number").values(row=fields)
        return self.annotate(section_rows=ArraySubquery(rows))

    def for_list(self) -> Self:
        """All that a list row shows; any other fetch raises.

        Annotates ``item_count`` (items with a title), ``row_count`` (all items) and
        ``appendix_count``, each >= 0.
        """
        items = Q(sections__items__position__isnull=False)
        titled = items & ~Q(sections__items__title="")
        bilag = items & Q(sections__items__appendices__position__isnull=False)
        return (
            self.select_related("council")
            .annotate(
                row_count=models.Count("sections__items", filter=items, distinct=True),
                item_count=models.Count(
                    "sections__items", filter=titled, distinct=True
                ),
                appendix_count=models.Count(
                    "sections__items__appendices", filter=bilag, distinct=True
                ),
                published_version=models.Max("publications__number"),
            )
            .order_by("-held_on", "-pk")
            .fetch_mode(models.FETCH_RAISE)
        )


@pghistory.track()
class Meeting(Versioned):
    """One meeting of a council. ``slug`` is its date, with a letter for a second one.

    A removed one leaves its date to others and is called by its pk. Once it is sent it is
    locked until ``is_revising``: the next version is begun, on the day ``version_on``,
    which its pages say, and ``revision_reason`` says to everybody why. ``fate`` is what
    was announced of it: "Aflyst", "Udsat", "Udsat til 29. november 2023", or ""; put off
    to a known day it is held, sent and minuted on that (docs/rules.md R-71). A deadline
    without a day of its own is counted back from the meeting
    (``meetings.days.deadlines``). What is sent is public from ``public_at``, else at
    once; the council's own people read it at once anyway. ``taken`` counts what was
    taken down, or shown again: a packet of a lower count is stale.
    """

    council = models.ForeignKey(
        Council, on_delete=models.PROTECT, related_name="meetings"
    )
    slug = models.SlugField(max_length=20, editable=False)
    held_on = models.DateField("dato")
    starts_at = models.TimeField("begynder", null=True, blank=True)
    ends_at = models.TimeField("slutter", null=True, blank=True)
    place = models.CharField("sted", max_length=120, blank=True)
    kind = models.CharField(
        "mødetype", max_length=9, choices=MeetingKind, default=MeetingKind.KKR
    )
    state = models.CharField(
        "tilstand",
        max_length=8,
        choices=MeetingState,
        default=MeetingState.DRAFT,
        editable=False,
    )
    is_revising = models.BooleanField("rettes", default=False, editable=False)
    revision_reason = models.CharField(
        "grund til den nye version", max_length=300, blank=True, editable=False
    )
    version_on = models.DateField(null=True, editable=False)
    fate = models.CharField(max_length=80, blank=True, editable=False)
    fate_reason = models.CharField(max_length=300, blank=True, editable=False)
    drafts_on = models.DateField("udkast til sager", null=True, blank=True)
    approval_on = models.DateField("godkendelse hos formanden", null=True, blank=True)
    sending_on = models.DateField("udsendelse", null=True, blank=True)
    public_at = models.DateTimeField("offentliggøres", null=True, blank=True)
    example_note = models.CharField(
        "eksempellinje", max_length=300, blank=True, editable=False
    )

    taken = models.PositiveSmallIntegerField(default=0, editable=False)
    is_removed = models.BooleanField("fjernet", default=False, editable=False)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        ordering = ("-held_on", "-pk")
        verbose_name = "møde"
        constraints = (
            models.UniqueConstraint(
                name="meeting_slug_unique", fields=("council", "slug")
            ),
            models.CheckConstraint(
                name="meeting_ends_after_it_starts",
                condition=Q(ends_at__isnull=True)
                | Q(starts_at__isnull=True)
                | Q(ends_at__gt=F("starts_at")),
                violation_error_message="Mødet skal slutte, efter at det er begyndt.",
            ),
            models.CheckConstraint(
                name="meeting_kind_known", condition=Q(kind__in=MeetingKind.values)
            ),
            models.CheckConstraint(
                name="meeting_state_known", condition=Q(state__in=MeetingState.values)
            ),
            models.CheckConstraint(
                name="meeting_revised_was_sent",
                condition=Q(is_revising=False) | ~Q(state__in=OPEN_STATES),
            ),
        )

    def __str__(self) -> str:
        return f"KKR-møde {self.slug}"

    @property
    def name(self) -> str:
        """What it is called, "KKR-møde 22. november 2023"."""
        return meeting_name(self.slug, self.held_on, self.get_kind_display())

    @property
    def is_public(self) -> bool:
        """Everybody may read what is sent of it, now."""
        is_open = self.public_at is None or self.public_at <= clock.now()
        return self.kind == MeetingKind.KKR and is_open

    def is_read_where(self, other: Meeting) -> bool:
        """Whether those who read what another meeting of the council sends may read this.

        Source: docs/rules.md R-54.
        """
        if other.kind != MeetingKind.KKR or self.is_public:
            return True
        if self.kind != MeetingKind.KKR or other.public_at is None:
            return False
        return self.public_at is not None and self.public_at <= other.public_at

    @property
    def never_opens(self) -> bool:
        """What is sent of it is read by those who sit in the council, and stays so."""
        return self.kind != MeetingKind.KKR

    @property
    def opens(self) -> str:
        """When everybody may read what is sent, as the page that sends it says."""
        if self.never_opens:
            return "åbner ikke: kun for dem, der sidder i rådet"
        if self.public_at is None or self.is_public:
            return "åbner samtidig"
        at = timezone.localtime(self.public_at)
        return f"åbner {formats.long_date(at.date())} {formats.clock_time(at)}"

    @property
    def is_off(self) -> bool:
        """Everybody was told that it is not held, and no other day for it."""
        return self.fate in OFF

    @property
    def is_cancelled(self) -> bool:
        """Everybody was told that it is never held."""
        return self.fate == CANCELLED

    @property
    def body(self) -> str:
        """Who meets, in short: "KKR", "K17", "Styregruppen"."""
        return str(Body.of(self.kind).label)

    @property
    def who(self) -> str:
        """Who decides: "KKR Sjælland", "K17"; needs ``council`` loaded."""
        return who_meets(self.kind, self.council.name)

    @property
    def is_locked(self) -> bool:
        """It is sent, and nobody has begun the next version."""
        return self.state not in OPEN_STATES and not self.is_revising

    @property
    def day(self) -> str:
        """The same without the kind, "22. november 2023"."""
        return meeting_day(self.slug, self.held_on)

    def get_absolute_url(self) -> str:
        return reverse("meetings:meeting", args=[self.slug])
