"""A packet and its parts."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from core import clock
from documents.numbering import all_spans
from meetings.choices import JoinState, MakeState, PacketState, PartKind
from meetings.models.meeting import Meeting
from meetings.names import appendix_slug


class Packet(models.Model):
    """One build of a meeting's packet; a built one is never changed again.

    ``digest`` is the hash of the records that went in, ``engine`` of what joined them:
    where both are equal, so are the bytes; ``made_with`` names all tools
    (``documents.tools``). ``version`` is the number printed at the foot:
    that of the publication with the same records, else of the next one. ``file`` names
    the PDF in storage. ``contents`` is the agenda as it was read, JSON of
    ``meetings.agenda.Agenda``. ``labels`` are the numbers of its pages in order, and ``numbers`` all
    that were ever given ({"packet": {key: […]}, "own": {prefix: {key: […]}}}).
    ``reasons`` are Danish sentences, why the whole is not PDF/UA; empty when it is.
    ``contents`` and all else is of the open packet; ``closed`` is of the closed one that was
    built with it (JSON of ``meetings.closed.volumes.Stored``), {} where there is none.
    """

    meeting = models.ForeignKey(
        Meeting, on_delete=models.CASCADE, related_name="packets"
    )
    state = models.CharField(
        max_length=8, choices=PacketState, default=PacketState.QUEUED
    )
    asked_at = models.DateTimeField(default=clock.now)
    asked_by = models.CharField(max_length=150, blank=True)
    attempt = models.PositiveSmallIntegerField(default=0)
    built_at = models.DateTimeField(null=True, blank=True)
    stopped_by = models.CharField(max_length=150, blank=True)
    version = models.PositiveSmallIntegerField(default=1)
    engine = models.CharField(max_length=64, blank=True)
    made_with: Any = models.JSONField(default=dict, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    file = models.CharField(max_length=64, blank=True)
    size = models.PositiveIntegerField("bytes", default=0)
    page_count = models.PositiveIntegerField(default=0)
    accessible_pages = models.PositiveIntegerField(default=0)
    contents: Any = models.JSONField(default=dict, blank=True)
    labels: Any = models.JSONField(default=list, blank=True)
    numbers: Any = models.JSONField(default=dict, blank=True)
    reasons: Any = models.JSONField(default=list, blank=True)
    failure = models.CharField(max_length=300, blank=True)
    closed: Any = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ("meeting_id", "-pk")
        verbose_name = "bilagspakke"
        constraints = (
            models.CheckConstraint(
                name="packet_state_known", condition=Q(state__in=PacketState.values)
            ),
            models.CheckConstraint(
                name="packet_built_is_whole",
                condition=~Q(state="built")
                | (~Q(file="") & ~Q(digest="") & Q(page_count__gte=1)),
            ),
            models.UniqueConstraint(
                name="packet_one_build_at_a_time",
                fields=("meeting",),
                condition=Q(state__in=["queued", "building"]),
            ),
        )

    def __str__(self) -> str:
        return f"pakke {self.pk}"

    @property
    def is_running(self) -> bool:
        """Somebody waits for it."""
        return self.state in {PacketState.QUEUED, PacketState.BUILDING}

    @property
    def is_built(self) -> bool:
        """The whole packet is there."""
        return self.state == PacketState.BUILT


class PacketPart(models.Model):
    """A part (del) of a packet: the contents page, or one appendix with its separator.

    ``document`` is the Document's JSON for a generated appendix, else "". Outside the
    packet, ``file`` is the appendix as a PDF of its own.

    ``first_page`` (its separator) and ``last_page`` count the sheets; ``labels`` are what these are called
    in the packet ("41", "41a"), and ``own_labels`` what they are called in the appendix,
    its separator left out. ``pages`` maps section keys to the packet's page. Those of the
    closed packet, with a contents page of its own, are ``is_closed``.
    """

    packet = models.ForeignKey(Packet, on_delete=models.CASCADE, related_name="parts")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=8, choices=PartKind)
    is_closed = models.BooleanField(default=False)
    appendix_key = models.CharField(max_length=170, blank=True)
    appendix_pk = models.PositiveBigIntegerField(null=True, blank=True)
    label = models.CharField(max_length=40)
    title = models.CharField(max_length=250)
    digest = models.CharField(max_length=64, blank=True)
    make = models.CharField(max_length=8, choices=MakeState, default=MakeState.WAITING)
    join = models.CharField(max_length=8, choices=JoinState, default=JoinState.WAITING)
    reason = models.CharField(max_length=300, blank=True)
    first_page = models.PositiveIntegerField(default=0)
    last_page = models.PositiveIntegerField(default=0)
    own_pages = models.PositiveIntegerField(default=0)
    file = models.CharField(max_length=64, blank=True)
    size = models.PositiveIntegerField("bytes", default=0)
    document = models.TextField(blank=True)
    labels: Any = models.JSONField(default=list, blank=True)
    pages: Any = models.JSONField(default=dict, blank=True)
    own_labels: Any = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ("packet_id", "position", "pk")
        verbose_name = "del"
        constraints = (
            models.UniqueConstraint(
                name="packetpart_position_unique", fields=("packet", "position")
            ),
            models.CheckConstraint(
                name="packetpart_kind_known", condition=Q(kind__in=PartKind.values)
            ),
        )

    def __str__(self) -> str:
        return self.label

    @property
    def slug(self) -> str:
        """Its place in addresses, "2-1-bilag-3"."""
        return appendix_slug(self.label)

    @property
    def span(self) -> str:
        """The pages in the packet, "2–21", "4–9 med 8a"; "" while unknown."""
        return all_spans(self.labels)
