"""What stands around a goal, read with its contract in one question.

Source: docs/rules.md R-124, R-125.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import JSONObject
from pghistory.models import Context

from core import clock
from meetings.choices import MeetingState
from meetings.models import Meeting
from resultcontracts.models import (
    Activity,
    Evidence,
    Goal,
    Measure,
    Measurement,
    Note,
    Remark,
    ReportingLine,
    TargetRevision,
    Verdict,
)
from resultcontracts.queries.contracts import own_contracts
from resultcontracts.queries.contradictions import with_claims

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from accounts.models import Membership

# The column of a goal's number holds no more.
MOST: Final = 32_767
# Acts in a goal's history.
ACTS: Final = 8

_SENT: Final = (
    MeetingState.SENT,
    MeetingState.HELD,
    MeetingState.APPROVED,
    MeetingState.CLOSED,
)


def contract_around(seat: Membership, slug: str, number: int) -> Any | None:
    """Give the contract of an address with what stands around one goal. One query.

    Returns:
        The contract with ``json_claims`` and ``json_papers`` (``queries.contradictions``)
        and with ``json_lines``, ``json_remarks``, ``json_evidence``, ``json_activities``,
        ``json_notes``, ``json_acts`` and ``json_meeting``: of the goal, and the latest
        meeting before today. None where the seat may see no such contract.
    """
    if number > MOST:
        return None
    own = {"goal__contract": OuterRef("pk"), "goal__number": number}
    of_measure = {f"measure__{name}": value for name, value in own.items()}
    return (
        with_claims(own_contracts(seat, slug))
        .annotate(
            json_lines=_rows(
                ReportingLine.objects.filter(**own),
                "sender", "receivers", "frequency", "subject", "is_inferred",
            ),
            json_remarks=_rows(Remark.objects.filter(**own), "text"),
            json_evidence=_rows(
                Evidence.objects.filter(**own),
                "pk", "measurement_id", "title", "note", "file_name", "media_type",
                "size", "url", "text", "is_awaited",
            ),
            json_activities=_rows(
                Activity.objects.filter(**of_measure),
                "measure_id", "kind", "text", "places",
            ),
            json_notes=_notes(seat, own),
            json_acts=_acts(number),
            json_meeting=_meeting(),
        )
        .first()
    )  # fmt: skip


def _rows(rows: QuerySet[Any], *names: str, **more: Any) -> ArraySubquery:
    plain: dict[str, Any] = {name: name for name in names}
    return ArraySubquery(rows.values(json=JSONObject(**plain, **more)))


def _notes(seat: Membership, own: dict[str, Any]) -> ArraySubquery:
    rows = Note.objects.visible_to(seat).filter(**own)
    return _rows(
        rows.order_by("pk"),
        "pk", "author_id", "text", "is_shared", "version", "changed_at",
        author=F("author__name"),
        municipality=F("municipality__name"),
    )  # fmt: skip


def _acts(number: int) -> ArraySubquery:
    """Who did what to a goal and what hangs on it, the latest first."""
    wanted = Q()
    for model, path in (
        (Goal, "pgh_obj__"),
        (Measure, "goal__"),
        (Measurement, "measure__goal__"),
        (TargetRevision, "measure__goal__"),
        (Verdict, "measure__goal__"),
    ):
        own = {
            f"{path}contract": OuterRef(OuterRef("pk")),
            f"{path}number": number,
        }
        rows = _events(model).filter(**own).values("pgh_context")
        wanted |= Q(pk__in=rows)
    acts = Context.objects.filter(wanted).order_by("-created_at", "pk")
    return _rows(acts[:ACTS], "metadata", "created_at")


def _events(model: Any) -> Any:
    return model.pgh_event_model.objects.filter(pgh_context__isnull=False)


def _meeting() -> Subquery:
    """The council's latest meeting before today: sent, and not cancelled."""
    rows = (
        Meeting.objects.present()
        .not_off()
        .filter(
            council=OuterRef("council"), held_on__lt=clock.today(), state__in=_SENT
        )
        .order_by("-held_on", "-pk")
    )
    told = JSONObject(slug="slug", held_on="held_on", kind="kind")
    return Subquery(rows.values(json=told)[:1])
