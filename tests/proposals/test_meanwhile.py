"""What somebody else does between what a service read and what it writes."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core import clock
from core.errors import RuleViolationError
from proposals.choices import PointKind, Stance
from proposals.models import Point, Position
from proposals.services import calls, points, steps, visions
from tests.makers_around import a_vision
from tests.makers_positions import a_call, a_place, a_position, a_secretary
from tests.makers_proposals import a_proposal, a_unit, point_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

pytestmark = pytest.mark.django_db


def test_answers_that_lack_something_once_they_are_merged_are_asked_about(
    client: Client,
) -> None:
    record = a_proposal(1)
    first = a_position(record, "Greve", Stance.SUPPORTS, reason="Det er godt.")
    a_position(record, "Greve", Stance.SUPPORTS, reason="", version=first.version)
    client.force_login(a_secretary())

    answer = client.post(
        f"/forslag/holdninger/kommuner/{a_place('Greve').code}/",
        {
            f"stance_{record.pk}": Stance.AGAINST,
            f"reason_{record.pk}": "Det er godt.",
            f"version_{record.pk}": first.version,
            "signer": "Anna Borg",
            "given_on": "7.11.2023",
        },
    )

    assert answer.status_code == 409
    assert "En anden har svaret på forslag 1" in answer.content.decode()
    assert "Anna Borg" in answer.content.decode()
    assert Position.objects.get(proposal=record).stance == Stance.SUPPORTS


def removed_point() -> int:
    pk = point_of(a_proposal(7), PointKind.GAIN, 1).pk
    points.remove_point(pk, by=a_secretary())
    return pk


@pytest.mark.parametrize(
    "write",
    [
        lambda pk, by: points.move_point(pk, to=2, by=by),
        lambda pk, by: points.move_point(pk, to=1, kind=PointKind.RISK, by=by),
        lambda pk, by: points.edit_point(pk, version=1, text="Ny", by=by),
    ],
)
def test_a_point_that_was_deleted_meanwhile_is_not_written(
    write: Callable[[int, Any], object],
) -> None:
    pk = removed_point()
    before = Point.objects.filter(pk=pk).values().get()

    with pytest.raises(RuleViolationError, match="slettet"):
        write(pk, a_secretary())

    assert Point.objects.filter(pk=pk).values().get() == before


def test_who_gives_more_time_and_who_calls_anew_wait_for_each_other() -> None:
    row = a_call(a_proposal(1), due_on=clock.today())

    with CaptureQueriesContext(connection) as asked:
        to = clock.today() + timedelta(days=3)
        more: Any = {"due_on": to, "due_reason": "Ferie."}
        calls.set_deadline(row.pk, version=row.version, by=a_secretary(), **more)

    locks = [q["sql"] for q in asked.captured_queries if "FOR UPDATE" in q["sql"]]
    assert "proposals_catalogue" in locks[0].partition("FROM")[2]
    assert "proposals_positioncall" in locks[1]


def test_a_vision_that_was_deleted_meanwhile_does_not_hold_the_form(
    client: Client,
) -> None:
    record = a_proposal(1)
    council = record.catalogue.council
    kept, gone = (a_vision(council, record, number=n).pk for n in (1, 2))
    client.force_login(a_secretary())
    visions.remove_vision(gone, by=a_secretary())

    # Both were ticked when the form was opened, and neither is now.
    answer = client.post("/forslag/1/visioner/", {"base": [kept, gone]})

    assert answer.status_code == 302
    assert not record.vision_links.exists()


def test_a_step_that_was_deleted_meanwhile_gives_back_what_was_typed(
    client: Client,
) -> None:
    by, record = a_secretary(), a_proposal(1)
    pk = steps.add_step(record, status="idea", by=by).pk
    client.force_login(by)
    steps.remove_step(pk, by=by)

    url, typed = f"/forslag/1/vejen/{pk}/", "Den lange note, som tog en time."
    answer = client.post(url, {"version": "1", "status": "law", "note": typed})

    assert answer.status_code == 409
    assert typed in answer.content.decode()
    assert "er slettet, mens du skrev" in answer.content.decode()
    assert 'action="/forslag/1/vejen/nyt/"' in answer.content.decode()
    assert client.get(url).status_code == 404
    assert client.post(f"/forslag/1/vejen/{pk + 1}/", {}).status_code == 404


def test_references_that_are_longer_by_key_are_refused_in_words(
    client: Client,
) -> None:
    unit = a_unit(1)
    type(unit).objects.update(key=f"en-enhed-med-et-langt-navn-{'x' * 90}")
    client.force_login(a_secretary())
    stem = " ".join(["[samdrift 1]"] * 20)

    answer = client.post(
        "/samdrift/faelles/nyt/", {"name": "Nyt", "stem": stem, "units": [unit.pk]}
    )

    assert answer.status_code == 422
    assert stem in answer.content.decode()
