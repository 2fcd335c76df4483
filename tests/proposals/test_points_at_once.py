"""Several people on one record at the same moment."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier
from time import sleep
from typing import TYPE_CHECKING

import pytest
from django.db import connection, transaction
from pytest_django.asserts import assertContains

from core.asked import REMOVE
from proposals.choices import PointKind
from proposals.models import CrossReference, Dependency, Figure, Point
from proposals.services import parts, points, sheets, steps, themes
from tests.makers_packets import a_user
from tests.makers_positions import a_secretary
from tests.makers_proposals import a_proposal, a_unit, point_of, texts
from tests.proposals.desk import Desk

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from core.models import Versioned

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


def test_what_is_written_while_a_file_comes_in_or_goes_is_kept() -> None:
    proposal = a_proposal(7, gains=("a", "b"))
    desk, pk = Desk(), point_of(proposal, GAIN, 1).pk
    desk.cell("Punkter", 2, "Tekst", "Filens")
    row = desk.send()

    def come_in() -> None:
        with pytest.raises(sheets.OtherwiseError):
            desk.let(row)

    assert while_written(pk, "Den andens", come_in, desk) == ["Den andens", "b"]
    row.refresh_from_db()
    assert row.is_waiting

    desk.fetch()
    desk.cell("Punkter", 2, "Tekst", "Filens")
    done = desk.let()
    left: list[str] = []

    def go() -> None:
        left.extend(sheets.undo(done.pk, seat=desk.seat, by=desk.by))

    assert while_written(pk, "Igen den andens", go, desk) == ["Igen den andens", "b"]
    assert len(left) == 1


def test_what_is_edited_while_its_adding_is_taken_back_stays(client: Client) -> None:
    proposal, by = a_proposal(7), a_secretary()
    client.force_login(by)
    gain = points.add_point(proposal, kind=GAIN, text="Mit", by=by)
    step = steps.add_step(proposal, status="idea", by=by)
    figure = parts.add_figure(proposal, printed="4", what="Mit", by=by)
    theme = themes.create_theme(proposal.catalogue_id, title="Mit", by=by)
    edits: tuple[tuple[str, Versioned, Callable[[], object]], ...] = (
        (f"/forslag/7/punkter/{gain.pk}/fjernelse/", gain,
         lambda: points.edit_point(gain.pk, version=1, text="Deres", by=by)),
        (f"/forslag/7/vejen/{step.pk}/fjernelse/", step,
         lambda: steps.edit_step(step.pk, version=1, note="Deres", by=by)),
        (f"/forslag/7/tal/{figure.pk}/fjernelse/", figure,
         lambda: parts.edit_figure(figure.pk, version=1, source="Deres", by=by)),
        (f"/forslag/temaer/{theme.key}/fjernelse/", theme,
         lambda: themes.edit_theme(theme.pk, version=1, title="Deres", by=by)),
    )  # fmt: skip

    for url, row, edit in edits:
        with ThreadPoolExecutor(1) as pool:
            with transaction.atomic():
                edit()
                undo = partial(client.post, url, {**REMOVE, "version": 1}, follow=True)
                said = pool.submit(closing, undo)
                until_somebody_waits()
            page = said.result(timeout=60)
        assertContains(page, "er ikke slettet", status_code=page.status_code)
        row.refresh_from_db()
        assert row.version == 2, url
    assert point_of(proposal, GAIN, 4).text == "Deres"


def while_written(
    pk: int, text: str, act: Callable[[], object], desk: Desk
) -> list[str]:
    """Let an act begin while somebody writes a point, and read the points after both."""
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            row = Point.objects.select_related("proposal").get(pk=pk)
            points.edit_point(pk, version=row.version, text=text, by=desk.by)
            waiting = pool.submit(closing, act)
            until_somebody_waits()
        waiting.result(timeout=60)
    assert row.proposal is not None
    return texts(row.proposal, GAIN)


def closing[T](act: Callable[[], T]) -> T:
    """Do it on a connection of its own."""
    try:
        return act()
    finally:
        connection.close()


def until_somebody_waits() -> None:
    """Wait until another connection waits for what this one has locked."""
    for _ in range(200):
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone() != (0,):
                return
        sleep(0.05)
    pytest.fail("nobody waits")
