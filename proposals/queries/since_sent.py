"""What a record's points said when it was last sent, beside what they say now.

Source: docs/rules.md R-61.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from django.db.models import OuterRef, Subquery
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils.http import urlencode

from proposals.models import Point, SharedPoint

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet

    from proposals.models import Record

type Word = Literal["Ændret", "Ny"]


@dataclass(frozen=True, slots=True)
class News:
    """That a point is not what was sent.

    Attributes:
        word: "Ny" of one that was not there.
        since: when the record was last sent.
        url: the difference, in the record's history.
    """

    word: Word
    since: datetime
    url: str


def with_sent(
    rows: QuerySet[Point], record: Record, since: datetime
) -> QuerySet[Point]:
    """Annotate points with what they were at a moment, in the same query."""
    then = _at(Point, since, OuterRef("pk"))
    stem = _at(SharedPoint, since, OuterRef("shared_id"))
    version = _at(type(record), since, record.pk)
    told = JSONObject(
        position="position", kind="kind", text="text", beneficiary="beneficiary",
        own="has_own_wording", shared="shared_id",
    )  # fmt: skip
    return rows.annotate(
        point_then=Subquery(then.values(json=told)[:1]),
        stem_then=Subquery(stem.values("stem")[:1]),
        version_then=Subquery(version.values("version")[:1]),
    )


def news_of(point: Point, record: Record, since: datetime | None) -> News | None:
    """Say what happened to a point since then; None where it reads as it did. No query.

    Another place in its list is no news, and neither is another number of what it
    refers to.
    """
    if since is None:
        return None
    loaded: Any = point
    then = loaded.point_then
    is_there = then is not None and then["position"] is not None
    if is_there and _said(then, loaded.stem_then) == (
        point.kind, point.beneficiary, point.sentence,
    ):  # fmt: skip
        return None
    asked: dict[str, str | int] = {"kun": f"point-{point.pk}", "til": record.version}
    if loaded.version_then:
        asked["fra"] = loaded.version_then
    history = reverse("proposals:history", args=[record.word, record.number])
    url = f"{history}?{urlencode(asked)}#compared"
    return News("Ændret" if is_there else "Ny", since, url)


def _said(then: dict[str, Any], stem: str | None) -> tuple[str, str, str]:
    text = then["text"]
    if then["shared"] is not None and not then["own"]:
        text = f"{stem or ''} {text}".strip()
    return then["kind"], then["beneficiary"], text


def _at(model: Any, moment: datetime, pk: object) -> QuerySet[Any]:
    """The events of a row up to a moment, the last one first."""
    events = model.pgh_event_model.objects.filter(pgh_obj=pk, changed_at__lte=moment)
    found: QuerySet[Any] = events.order_by("-pgh_id")
    return found
