"""Several people on one record at the same moment."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TYPE_CHECKING

import pytest
from django.db import connection

from proposals.choices import PointKind
from proposals.models import CrossReference, Dependency, Figure
from proposals.services import parts, points
from tests.makers_packets import a_user
from tests.makers_proposals import a_proposal, a_unit, point_of, texts

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.django_db(transaction=True)
GAIN = PointKind.GAIN


def at_once(*acts: Callable[[], object]) -> None:
    """Run the acts in threads that begin together; the first error is raised."""
    barrier = Barrier(len(acts))

    def run(act: Callable[[], object]) -> None:
        try:
            barrier.wait(timeout=10)
            act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        for future in [pool.submit(run, act) for act in acts]:
            future.result(timeout=60)


def test_points_added_at_once_all_stand_and_leave_no_gap() -> None:
    proposal, by = a_proposal(gains=()), a_user()

    def add(text: str) -> Callable[[], object]:
        return lambda: points.add_point(proposal, kind=GAIN, text=text, by=by)

    at_once(*(add(text) for text in "abcdef"))

    assert sorted(texts(proposal, GAIN)) == list("abcdef")


def test_moving_editing_and_removing_at_once_lose_nothing() -> None:
    proposal, by = a_proposal(gains=("a", "b", "c", "d")), a_user()
    first, second, third, fourth = (point_of(proposal, GAIN, n).pk for n in range(1, 5))

    at_once(
        lambda: points.move_point(first, to=99, by=by),
        lambda: points.edit_point(second, version=1, text="B", by=by),
        lambda: points.remove_point(third, by=by),
        lambda: points.move_point(fourth, to=1, kind=PointKind.RISK, by=by),
    )

    assert texts(proposal, GAIN) == ["B", "a"]
    assert "d" in texts(proposal, PointKind.RISK)
    proposal.refresh_from_db()
    assert proposal.version == 5


def test_a_figure_and_a_reference_brought_back_twice_at_once_stand_once() -> None:
    proposal, by = a_proposal(), a_user()
    figure = parts.add_figure(proposal, printed="13", what="praktik", by=by)
    to = a_proposal(8)
    reference = parts.add_reference(proposal, to=to, wording="jf. 8", by=by)
    pks = (figure.pk, reference.pk)
    parts.remove_part(figure, by=by)
    parts.remove_part(reference, by=by)

    at_once(
        *[lambda: parts.restore_part(Figure, proposal, pks[0], by=by)] * 3,
        *[lambda: parts.restore_part(CrossReference, proposal, pks[1], by=by)] * 3,
    )

    assert list(proposal.figures.values_list("pk")) == [(pks[0],)]
    assert list(proposal.references.values_list("pk")) == [(pks[1],)]


def test_a_dependency_brought_back_twice_at_once_stands_once() -> None:
    unit, other, by = a_unit(1), a_unit(2), a_user()
    row = parts.add_dependency(unit, to=other, kind="placed_with", text="samme", by=by)
    pk = row.pk
    parts.remove_part(row, by=by)

    at_once(*[lambda: parts.restore_part(Dependency, unit, pk, by=by)] * 4)

    assert unit.dependencies.get().pk == pk
