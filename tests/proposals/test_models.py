"""What the database itself refuses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.db import IntegrityError, connection, transaction

from proposals.choices import PointKind
from proposals.models import Figure, Point, Proposal, Term
from tests.makers_proposals import a_point, a_proposal, a_unit, texts

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.django_db


def refuses(constraint: str, write: Callable[[], Any]) -> None:
    """Assert that the database refuses the write, and why."""

    def write_and_check() -> None:
        with transaction.atomic():
            write()
            connection.check_constraints()

    with pytest.raises(IntegrityError, match=constraint):
        write_and_check()


def test_two_points_cannot_hold_one_position() -> None:
    proposal = a_proposal(gains=("a", "b"))

    refuses(
        "point_position_unique_in_proposal",
        lambda: proposal.points.filter(kind="gain").update(position=1),
    )


def test_two_points_may_swap_places_in_one_transaction() -> None:
    proposal = a_proposal(gains=("a", "b"), risks=())
    first, second = proposal.points.all()

    with transaction.atomic():
        Point.objects.filter(pk=first.pk).update(position=2)
        Point.objects.filter(pk=second.pk).update(position=1)

    assert texts(proposal, PointKind.GAIN) == ["b", "a"]


@pytest.mark.parametrize("records", ["both", "none"])
def test_a_point_belongs_to_one_record(records: str) -> None:
    point = a_proposal().points.get(kind="risk")
    changes = {"unit": a_unit()} if records == "both" else {"proposal": None}

    refuses(
        "point_has_one_record",
        lambda: Point.objects.filter(pk=point.pk).update(**changes),
    )


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"text": ""}, "point_says_something"),
        ({"kind": "wish"}, "point_kind_known"),
        ({"position": None}, "point_stands_or_is_removed"),
        ({"removed_position": 1}, "point_stands_or_is_removed"),
    ],
)
def test_a_point_that_makes_no_sense_is_refused(
    fields: dict[str, Any], constraint: str
) -> None:
    point = a_proposal().points.get(kind="risk")

    refuses(constraint, lambda: Point.objects.filter(pk=point.pk).update(**fields))


def test_two_proposals_of_a_catalogue_cannot_have_one_number() -> None:
    a_proposal(6)
    a_proposal(7)

    refuses("proposal_number_unique", lambda: Proposal.objects.update(number=7))


def test_any_number_of_proposals_may_be_removed() -> None:
    a_proposal(6)
    a_proposal(7)

    Proposal.objects.update(number=None)

    assert Proposal.objects.present().count() == 0


def test_a_figure_cannot_fall_from_low_to_high() -> None:
    proposal = a_proposal()

    refuses(
        "figure_low_is_not_above_high",
        lambda: Figure.objects.create(
            proposal=proposal, position=1, printed="24-7", what="x", low=24, high=7
        ),
    )


def test_a_term_of_an_unknown_kind_is_refused() -> None:
    proposal = a_proposal()

    refuses(
        "term_kind_known",
        lambda: Term.objects.create(
            proposal=proposal, position=1, kind="wish", text="x"
        ),
    )


def test_a_units_least_cannot_be_above_its_most() -> None:
    unit = a_unit()

    refuses(
        "unit_least_is_not_above_most",
        lambda: type(unit).objects.update(least=5, most=3),
    )


def test_a_point_with_own_wording_prints_only_its_own_text() -> None:
    point = a_point(a_unit(), PointKind.ATTENTION, 1, "Egen", has_own_wording=True)

    assert point.sentence == "Egen"
