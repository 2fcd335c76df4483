"""Visions, and what serves them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef
from django.db.models.functions import JSONObject

from proposals.models import CooperationUnit, Proposal, Vision, VisionLink

if TYPE_CHECKING:
    from accounts.models import Membership
    from proposals.models import Record

SET_HERE = "sat af sekretariatet"


@dataclass(frozen=True, slots=True)
class ServedVision:
    """A vision on the page of a record that serves it."""

    pk: int
    number: int
    title: str
    basis: str
    is_inferred: bool

    @property
    def note(self) -> str:
        """Where it stands, or that the editors say it: "2.1 Bilag 4 (udledt)"."""
        if not self.basis:
            return SET_HERE
        return f"{self.basis} (udledt)" if self.is_inferred else self.basis


@dataclass(frozen=True, slots=True)
class Serving:
    """A record on the page of visions."""

    number: int
    title: str
    url: str
    note: str


@dataclass(frozen=True, slots=True)
class VisionRow:
    """A vision with the proposals and units that serve it."""

    vision: Vision
    proposals: tuple[Serving, ...]
    units: tuple[Serving, ...]


def json_visions(owner: str) -> ArraySubquery:
    """The visions that a record serves, by number; ``owner`` is the record's field."""
    rows = VisionLink.objects.filter(**{owner: OuterRef("pk")})
    shown = JSONObject(
        pk=F("vision_id"),
        number=F("vision__number"),
        title=F("vision__title"),
        basis=F("basis"),
        is_inferred=F("is_inferred"),
    )
    return ArraySubquery(rows.order_by("vision__number").values(json=shown))


def served_by(record: Record) -> tuple[ServedVision, ...]:
    """Give the visions that a record serves, as ``json_visions`` read them. No query."""
    loaded: Any = record
    return tuple(ServedVision(**row) for row in loaded.json_visions)


def vision_list(seat: Membership) -> tuple[VisionRow, ...]:
    """Give the council's visions and what serves them. One query."""
    rows: Any = Vision.objects.visible_to(seat).annotate(
        json_proposals=_serving("proposal"), json_units=_serving("unit")
    )
    return tuple(
        VisionRow(
            vision,
            _served(Proposal, vision.json_proposals),
            _served(CooperationUnit, vision.json_units),
        )
        for vision in rows
    )


def _serving(owner: str) -> ArraySubquery:
    """The records of one kind that serve a vision, but for removed ones."""
    rows = VisionLink.objects.filter(
        vision=OuterRef("pk"), **{f"{owner}__number__isnull": False}
    )
    shown = JSONObject(
        number=F(f"{owner}__number"),
        title=F(f"{owner}__title"),
        basis=F("basis"),
        is_inferred=F("is_inferred"),
    )
    return ArraySubquery(rows.order_by(f"{owner}__number").values(json=shown))


def _served(model: Any, rows: list[dict[str, Any]]) -> tuple[Serving, ...]:
    return tuple(
        Serving(
            number=row["number"],
            title=row["title"],
            url=model(number=row["number"]).get_absolute_url(),
            note=ServedVision(0, 0, "", row["basis"], row["is_inferred"]).note,
        )
        for row in rows
    )
