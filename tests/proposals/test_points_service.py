"""Points: edited, added, moved, removed and put back, always without gaps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.core.exceptions import ValidationError

from core.errors import ConflictError
from proposals.choices import PointKind
from proposals.services import points
from tests.makers_packets import a_user
from tests.makers_proposals import a_proposal, a_unit, point_of, texts

if TYPE_CHECKING:
    from accounts.models import User
    from proposals.models import CooperationUnit, Proposal

pytestmark = pytest.mark.django_db
GAIN, RISK = PointKind.GAIN, PointKind.RISK


@pytest.fixture
def by() -> User:
    """Somebody of the secretariat."""
    return a_user()


@pytest.fixture
def proposal() -> Proposal:
    """A proposal with the gains a, b, c and the risk d."""
    return a_proposal(gains=("a", "b", "c"), risks=("d",))


@pytest.fixture
def unit() -> CooperationUnit:
    """A unit with two gains of x and one of y."""
    return a_unit(gains=(("x", "a"), ("x", "b"), ("y", "c")))


def test_an_edit_raises_the_version_of_the_point_and_of_its_record(
    proposal: Proposal, by: User
) -> None:
    point = point_of(proposal, GAIN, 2)

    saved = points.edit_point(point.pk, version=1, text="ny", by=by)

    proposal.refresh_from_db()
    assert (saved.row.version, proposal.version) == (2, 2)
    assert (saved.row.changed_by, proposal.changed_by) == (str(by), str(by))


def test_saving_what_is_there_already_changes_no_version(
    proposal: Proposal, by: User
) -> None:
    point = point_of(proposal, GAIN, 2)

    points.edit_point(point.pk, version=1, text="b", by=by)

    proposal.refresh_from_db()
    assert proposal.version == 1


def test_the_history_names_the_point_and_who_changed_it(
    proposal: Proposal, by: User
) -> None:
    point = point_of(proposal, GAIN, 2)

    points.edit_point(point.pk, version=1, text="ny", by=by)

    events: Any = point.events  # type: ignore[attr-defined]
    context = events.order_by("-pgh_id").first().pgh_context.metadata
    assert (context["verb"], context["who"]) == (
        "rettede forslag 7, gevinst 2",
        str(by),
    )


def test_two_different_texts_for_one_point_collide(
    proposal: Proposal, by: User
) -> None:
    point = point_of(proposal, GAIN, 1)
    points.edit_point(point.pk, version=1, text="deres", by=by)

    with pytest.raises(ConflictError):
        points.edit_point(point.pk, version=1, text="min", by=by)


def test_another_point_of_the_record_does_not_collide(
    proposal: Proposal, by: User
) -> None:
    points.edit_point(point_of(proposal, GAIN, 1).pk, version=1, text="A", by=by)
    points.edit_point(point_of(proposal, GAIN, 2).pk, version=1, text="B", by=by)

    assert texts(proposal, GAIN) == ["A", "B", "c"]


def test_a_point_without_a_word_is_refused(proposal: Proposal, by: User) -> None:
    point = point_of(proposal, GAIN, 1)

    with pytest.raises(ValidationError):
        points.edit_point(point.pk, version=1, text="", by=by)


def test_a_new_point_stands_last_and_gets_a_key_of_its_own(
    proposal: Proposal, by: User
) -> None:
    first = points.add_point(proposal, kind=GAIN, text="Ny gevinst", by=by)
    second = points.add_point(proposal, kind=GAIN, text="Ny gevinst", by=by)

    assert texts(proposal, GAIN) == ["a", "b", "c", "Ny gevinst", "Ny gevinst"]
    assert (first.key, second.key) == ("ny-gevinst", "ny-gevinst-2")


@pytest.mark.parametrize(
    ("position", "to", "order"),
    [
        (1, 2, ["b", "a", "c"]),
        (3, 1, ["c", "a", "b"]),
        (1, 3, ["b", "c", "a"]),
        (2, 0, ["b", "a", "c"]),
        (2, 99, ["a", "c", "b"]),
        (2, 2, ["a", "b", "c"]),
    ],
)
def test_a_point_moves_to_a_place_or_to_the_nearest_end(
    proposal: Proposal, by: User, position: int, to: int, order: list[str]
) -> None:
    point = point_of(proposal, GAIN, position)

    moved = points.move_point(point.pk, to=to, by=by)

    assert texts(proposal, GAIN) == order
    assert (moved.from_place, moved.place) == (position, order.index(point.text) + 1)


def test_a_point_moves_to_another_kind_and_back_to_its_place(
    proposal: Proposal, by: User
) -> None:
    point = point_of(proposal, GAIN, 2)

    moved = points.move_point(point.pk, to=1, kind=RISK, by=by)
    there = texts(proposal, GAIN), texts(proposal, RISK)
    points.move_point(point.pk, to=moved.from_place, kind=moved.from_kind, by=by)

    assert there == (["a", "c"], ["b", "d"])
    assert (texts(proposal, GAIN), texts(proposal, RISK)) == (["a", "b", "c"], ["d"])


def test_a_removed_point_comes_back_where_it_stood(
    proposal: Proposal, by: User
) -> None:
    point = point_of(proposal, GAIN, 2)

    points.remove_point(point.pk, by=by)
    left = texts(proposal, GAIN)
    points.restore_point(point.pk, by=by)

    assert left == ["a", "c"]
    assert texts(proposal, GAIN) == ["a", "b", "c"]


def test_removing_twice_or_restoring_twice_does_nothing_more(
    proposal: Proposal, by: User
) -> None:
    point = point_of(proposal, GAIN, 2)

    for _ in range(2):
        points.remove_point(point.pk, by=by)
    for _ in range(2):
        points.restore_point(point.pk, by=by)

    proposal.refresh_from_db()
    assert (texts(proposal, GAIN), proposal.version) == (["a", "b", "c"], 3)


def test_a_gain_with_a_new_beneficiary_makes_a_group_at_the_end(
    unit: CooperationUnit, by: User
) -> None:
    point = point_of(unit, GAIN, 1)

    points.edit_point(point.pk, version=1, text="a", beneficiary="z", by=by)

    assert texts(unit, GAIN) == ["b", "c", "a"]
    # Taken back it stands where it stood, with those of its beneficiary.
    points.undo_edit(point.pk, version=2, by=by)
    assert texts(unit, GAIN) == ["a", "b", "c"]


def test_a_gain_joins_those_of_its_new_beneficiary(
    unit: CooperationUnit, by: User
) -> None:
    point = point_of(unit, GAIN, 3)

    points.edit_point(point.pk, version=1, text="c", beneficiary="x", by=by)

    assert texts(unit, GAIN) == ["a", "b", "c"]
    assert set(unit.points.filter(kind=GAIN).values_list("beneficiary")) == {("x",)}


def test_a_new_gain_stands_last_among_those_of_its_beneficiary(
    unit: CooperationUnit, by: User
) -> None:
    points.add_point(unit, kind=GAIN, text="ny", beneficiary="x", by=by)

    assert texts(unit, GAIN) == ["a", "b", "ny", "c"]


def test_a_gain_moves_only_among_those_of_its_beneficiary(
    unit: CooperationUnit, by: User
) -> None:
    moved = points.move_point(point_of(unit, GAIN, 1).pk, to=99, by=by)

    assert texts(unit, GAIN) == ["b", "a", "c"]
    assert moved.place == 2


def test_a_removed_gain_comes_back_into_its_group(
    unit: CooperationUnit, by: User
) -> None:
    point = point_of(unit, GAIN, 1)
    points.remove_point(point.pk, by=by)
    points.move_point(point_of(unit, GAIN, 1).pk, to=1, by=by)

    points.restore_point(point.pk, by=by)

    assert texts(unit, GAIN) == ["a", "b", "c"]
