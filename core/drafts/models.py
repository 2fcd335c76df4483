"""A draft: what a form sent, kept for the person who typed it."""

from __future__ import annotations

import uuid
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.http import QueryDict

from core import clock
from core.posted import Posted, posted_fields


class DraftQuerySet(models.QuerySet["Draft"]):
    """The questions asked about drafts; every method chains."""

    def visible_to(self, user: Any) -> Self:
        """One's own that are not saved. Nobody sees another's, whatever their role."""
        if not user.is_authenticated:
            return self.none()
        return self.open().filter(user=user.pk)

    def open(self) -> Self:
        """Those whose text is not saved."""
        return self.filter(closed_at=None)


class Draft(models.Model):
    """What somebody typed in one form and has not saved.

    It has no history: it is private, and gone once it is saved, discarded or too old.

    Attributes:
        id: known to the owner's pages only.
        key: what the form is about: "meetings.agendaitem:12".
        part: which form of it; "" is the whole one.
        name: the same for people: "punkt 2.3".
        page: address of the page where the form stood.
        data: posted field → its values, as they were typed.
        labels: pairs of a text field's name and what it is called, in the form's order.
        writer: the page that wrote it last (``Ticket.writer``).
        written_at: when.
        closed_at: when its text was saved; then ``data`` is empty. None: it is open.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    key = models.CharField(max_length=200)
    part = models.CharField(max_length=40, default="")
    name = models.CharField(max_length=300)
    page = models.CharField(max_length=1000)
    data = models.JSONField(default=dict)
    labels = models.JSONField(default=list)
    writer = models.UUIDField()
    written_at = models.DateTimeField(default=clock.now)
    closed_at = models.DateTimeField(null=True)

    objects = DraftQuerySet.as_manager()

    class Meta:
        ordering = ("-written_at", "pk")
        verbose_name = "kladde"
        indexes = (models.Index(name="draft_of_form", fields=("user", "key")),)

    def __str__(self) -> str:
        return f"kladde til {self.name}"

    @property
    def posted(self) -> QueryDict:
        """What was typed, as the form sent it."""
        found = QueryDict(mutable=True)
        for name, values in self.data.items():
            found.setlist(name, values)
        return found

    @property
    def typed(self) -> tuple[Posted, ...]:
        """The texts, with their labels, in the form's order."""
        labels = dict(self.labels)
        places = {name: place for place, name in enumerate(labels)}
        fields = posted_fields(self.posted, labels)
        shown = (one for one in fields if one.label and one.value)
        return tuple(sorted(shown, key=lambda one: places.get(one.name, len(places))))

    @property
    def base_version(self) -> str:
        """The version that was typed over; "" for a new record."""
        return str((self.data.get("version") or [""])[0])

    @property
    def address(self) -> str:
        """The page of the form, filled with this draft."""
        path, mark, anchor = self.page.partition("#")
        joint = "&" if "?" in path else "?"
        return f"{path}{joint}kladde={self.pk}{mark}{anchor}"
