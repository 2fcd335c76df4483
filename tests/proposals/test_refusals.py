"""What services refuse by themselves, whatever the pages before them let through."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from core import clock
from core.errors import RuleViolationError
from meetings.models import Meeting
from proposals.choices import CatalogueKind
from proposals.models import Figure, PositionCall, Step
from proposals.queries.allowed import NOT_ASKED, Cell, allowed
from proposals.services import (
    calls,
    clusters,
    parts,
    positions,
    saved_views,
    shared,
    steps,
    titles,
)
from tests.makers import a_meeting
from tests.makers_around import a_group
from tests.makers_packets import a_council, a_user
from tests.makers_positions import a_call, a_place, a_secretary, seat_of
from tests.makers_proposals import a_proposal, a_reading, a_shared_point, a_unit

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.django_db


@pytest.fixture
def w() -> SimpleNamespace:
    """Records with a call that is open and one that is closed, and what is gone."""
    by = a_secretary()
    proposal, other, unit = a_proposal(1), a_proposal(2), a_unit(1)
    late = a_call(unit)
    calls.close_call(late.pk, by=by)
    closed = a_call(proposal)
    calls.close_call(closed.pk, by=by)
    figure = parts.add_figure(proposal, printed="4", what="x", by=by)
    parts.remove_part(figure, by=by)
    yesterday = clock.today() - timedelta(days=1)
    draft = PositionCall.objects.create(
        council=unit.catalogue.council, catalogue=unit.catalogue, records=[unit.pk],
        municipalities=late.municipalities, due_on=yesterday,
    )  # fmt: skip
    gone = steps.add_step(proposal, status="idea", by=by).pk
    steps.remove_step(gone, by=by)
    meeting = a_meeting(sections=())
    Meeting.objects.filter(pk=meeting.pk).update(is_removed=True)
    meeting.refresh_from_db()
    return SimpleNamespace(
        by=by, seat=seat_of(by), proposal=proposal, other=other, unit=unit,
        call=a_call(proposal), gone_step=gone, removed_meeting=meeting,
        closed_call=closed, late_call=draft.pk, gone_figure=figure.pk,
        reference=parts.add_reference(proposal, to=other, wording="x", by=by).pk,
        borrower=a_unit(9, groups_of=unit),
        view=saved_views.create_view(
            seat_of(by), kind=CatalogueKind.SIMPLIFICATION, query="sorter=titel",
            name="Vores", is_shared=True, by=by,
        ),
        another=a_user(email="en@anden.example"),
        stranger=seat_of(a_secretary(a_council("hovedstaden"))),
    )  # fmt: skip


def correct(w: SimpleNamespace) -> None:
    positions.give(
        Cell(a_place("Greve"), w.unit), seat=w.seat, version=1, correction=" ", by=w.by,
        stance="supports", reason="", signer="En", given_on=clock.today(),
    )  # fmt: skip


REFUSED: dict[str, tuple[Callable[[Any], object], type[Exception], str]] = {
    "a unit that hangs together with itself": (
        lambda w: parts.add_dependency(
            w.unit, to=w.unit, kind="elaborates", text="x", by=w.by
        ),
        RuleViolationError,
        "sig selv",
    ),
    "a step at a meeting that was removed": (
        lambda w: steps.add_step(
            w.proposal, status="law", meeting=w.removed_meeting, by=w.by
        ),
        RuleViolationError,
        "egne møder",
    ),
    "another proposal's step": (
        lambda w: steps.restore_step(w.other, w.gone_step, by=w.by),
        Step.DoesNotExist,
        "",
    ),
    "a correction without a reason": (correct, RuleViolationError, "hvorfor"),
    "a secretariat of another council": (
        lambda w: allowed(a_place("Greve"), w.proposal.pk, [w.call], w.stranger),
        RuleViolationError,
        NOT_ASKED,
    ),
    "more time that is no more": (
        lambda w: calls.set_deadline(
            w.call.pk, version=w.call.version, due_on=w.call.due_on,
            due_reason="Ferie.", by=w.by,
        ),
        RuleViolationError,
        calls.NOT_LATER,
    ),
    "another proposal's figure": (
        lambda w: parts.restore_part(Figure, w.other, w.gone_figure, by=w.by),
        Figure.DoesNotExist,
        "",
    ),
    "a reference that is turned to its own proposal": (
        lambda w: parts.edit_reference(
            w.reference, version=1, to=w.proposal, by=w.by
        ),
        RuleViolationError,
        "sig selv",
    ),
    "a group where another unit's are used": (
        lambda w: clusters.create_cluster(w.borrower, name="A", members=(), by=w.by),
        RuleViolationError,
        "anden enheds grupper",
    ),
    "a day that has gone, once the call has": (
        lambda w: calls.set_deadline(
            w.closed_call.pk,
            version=w.closed_call.version,
            due_on=clock.today() - timedelta(days=1),
            due_reason="x",
            by=w.by,
        ),
        RuleViolationError,
        calls.PAST,
    ),
    "an old call that is opened beside the new one": (
        lambda w: calls.set_deadline(
            w.closed_call.pk,
            version=w.closed_call.version,
            due_on=w.call.due_on,
            due_reason="x",
            by=w.by,
        ),
        RuleViolationError,
        calls.IS_ONE,
    ),
    "a call whose day went before it was sent": (
        lambda w: calls.send_call(w.late_call, by=w.by),
        RuleViolationError,
        "Svarfristen er gået",
    ),
    "somebody else who takes a shared view": (
        lambda w: saved_views.edit_view(
            w.view.pk, version=1, is_shared=False, by=w.another
        ),
        RuleViolationError,
        "Kun den, der deler visningen",
    ),
    "a second call while one is open": (
        lambda w: calls.create_call(
            w.call.catalogue_id, by=w.by, records=[w.other.pk],
            municipalities=w.call.municipalities, due_on=w.call.due_on, note="",
        ),
        RuleViolationError,
        calls.IS_ONE,
    ),
}  # fmt: skip


def test_a_service_refuses_by_itself(w: SimpleNamespace) -> None:
    for what, (call, error, words) in REFUSED.items():
        with pytest.raises(error) as told:
            call(w)
        assert words in str(told.value), what


def test_a_chosen_title_drops_the_overviews_reading_and_no_other() -> None:
    row, by = a_proposal(1), a_secretary()
    a_reading(row, "I oversigten")
    a_reading(row, "I hovedrapporten", place="Hovedrapporten", is_overview=False)

    titles.choose_title(row.pk, version=1, title="I oversigten", by=by)
    left = [reading.text for reading in row.readings.all()]
    titles.undo_title(row.pk, by=by)

    assert left == ["I hovedrapporten"]
    assert row.readings.count() == 2


def test_a_unit_gets_what_is_shared_once(w: SimpleNamespace) -> None:
    more = a_unit(2)
    row = a_shared_point(w.unit)

    added = shared.add_to_units(row.pk, units=[w.unit.pk, more.pk], by=w.by)

    standing = row.points.values_list("unit", flat=True).order_by("unit")
    assert (len(added), list(standing)) == (1, [w.unit.pk, more.pk])


def test_who_is_placed_already_stays_where_somebody_put_them(
    w: SimpleNamespace,
) -> None:
    north, south = a_group(w.unit, "Nord", "Greve"), a_group(w.unit, "Syd")
    greve, faxe = a_place("Greve").pk, a_place("Faxe").pk

    placed = clusters.place_municipalities(
        w.unit, places={greve: south.pk, faxe: south.pk}, by=w.by
    )

    assert placed == (faxe,)
    assert [row.municipality_id for row in north.members.all()] == [greve]
    assert [row.municipality_id for row in south.members.all()] == [faxe]
