"""What stands around a goal, read with its contract in one question.

Source: docs/rules.md R-124, R-132.
"""

from __future__ import annotations

from datetime import date  # noqa: TC003 -- a prepared question reads its annotations
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Final

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import JSONObject
from pghistory.models import Context

from accounts.choices import Role
from core import clock
from core.prepared import prepared
from resultcontracts.choices import MeasurementState
from resultcontracts.models import (
    Activity,
    Contract,
    Evidence,
    Goal,
    GoalNote,
    Measure,
    Measurement,
    Remark,
    ReportingLine,
    TargetRevision,
    Verdict,
)
from resultcontracts.queries.changes import held_before
from resultcontracts.queries.contradictions import with_claims

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from accounts.models import Membership

# The column of a goal's number holds no more.
MOST: Final = 32_767
# Digits of a year.
YEAR: Final = 4
# Acts in a goal's history.
ACTS: Final = 8


def contract_around(seat: Membership, slug: str, number: int) -> Any | None:
    """Give the contract of an address with what stands around one goal. One query.

    Returns:
        The contract with ``json_claims``, ``json_papers`` and ``json_answers``
        (``queries.contradictions``) and with ``json_lines``, ``json_remarks``,
        ``json_evidence``, ``json_activities``, ``json_notes``, ``json_acts`` and
        ``json_meeting``: of the goal, and the latest meeting before today. None where the
        seat may see no such contract.

    Raises:
        Contract.MultipleObjectsReturned: a year that has several.
    """
    is_reader = seat.may_edit or seat.role in (Role.DIRECTOR, Role.REPORTER)
    is_year = slug.isdecimal()
    if number > MOST or not is_reader or (is_year and len(slug) > YEAR):
        return None
    found = _contract(
        seat.council_id,
        seat.organisation_id or 0,
        seat.user_id,
        slug,
        int(slug) if is_year else 0,
        number,
        clock.today(),
        may_edit=seat.may_edit,
        is_reporter=seat.role == Role.REPORTER,
        is_year=is_year,
    )
    if len(found) > 1:
        raise Contract.MultipleObjectsReturned
    return next(iter(found), None)


@prepared
def _contract(  # noqa: PLR0913, PLR0917 -- a prepared question has a place for each value
    council: int,
    house: int,
    user: int,
    slug: str,
    year: int,
    number: int,
    day: date,
    *,
    may_edit: bool,
    is_reporter: bool,
    is_year: bool,
) -> Any:
    seat: Any = SimpleNamespace(
        council_id=council,
        organisation_id=house,
        user_id=user,
        may_edit=may_edit,
        role=Role.REPORTER if is_reporter else Role.DIRECTOR,
    )
    own = {"goal__contract": OuterRef("pk"), "goal__number": number}
    of_measure = {f"measure__{name}": value for name, value in own.items()}
    found = Contract.objects.visible_to(seat).select_related("house", "council")
    named = found.filter(year=year) if is_year else found.filter(key=slug)
    rows: QuerySet[Any] = with_claims(named).annotate(
        json_lines=_rows(
            ReportingLine.objects.filter(**own),
            "sender", "receivers", "frequency", "subject", "is_inferred",
        ),
        json_remarks=_rows(Remark.objects.filter(**own), "text"),
        json_evidence=_rows(
            _evidence(own, is_inside=may_edit or is_reporter),
            "pk", "measurement_id", "title", "note", "file_name", "media_type",
            "size", "url", "text", "is_awaited",
        ),
        json_activities=_rows(
            Activity.objects.filter(**of_measure),
            "measure_id", "kind", "text", "places",
        ),
        json_notes=_notes(seat, own),
        json_acts=_acts(number),
        json_meeting=_meeting(day),
    )[:2]  # fmt: skip
    return rows


def _evidence(own: dict[str, Any], *, is_inside: bool) -> QuerySet[Any]:
    """What results rest on; of one that is not approved, for those who work on it."""
    rows = Evidence.objects.filter(**own)
    if is_inside:
        return rows
    told = Q(measurement=None) | Q(measurement__state=MeasurementState.APPROVED)
    return rows.filter(told)


def _rows(rows: QuerySet[Any], *names: str, **more: Any) -> ArraySubquery:
    plain: dict[str, Any] = {name: name for name in names}
    return ArraySubquery(rows.values(json=JSONObject(**plain, **more)))


def _notes(seat: Membership, own: dict[str, Any]) -> ArraySubquery:
    rows = GoalNote.objects.visible_to(seat).filter(**own)
    return _rows(
        rows.order_by("pk"),
        "pk", "author_id", "text", "is_shared", "version", "changed_at",
        author=F("author__name"),
        municipality=F("municipality__name"),
    )  # fmt: skip


def _acts(number: Any) -> ArraySubquery:
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


def _meeting(day: Any) -> Subquery:
    """The council's latest meeting before today."""
    rows = held_before(day).filter(council=OuterRef("council"))
    told = JSONObject(slug="slug", held_on="held_on")
    return Subquery(rows.values(json=told)[:1])
