"""What the services leave behind: history, jobs, keys, places without gaps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection

from core.errors import ConflictError
from meetings.services import agenda, appendices
from meetings.services.meetings import create_meeting, edit_meeting
from tests.makers import a_meeting, a_secretary, an_item, an_upload, titles

if TYPE_CHECKING:
    from collections.abc import Callable

    from accounts.models import User
    from meetings.models import AgendaItem

pytestmark = pytest.mark.django_db


@pytest.fixture
def by() -> User:
    return a_secretary()


@pytest.fixture
def item() -> AgendaItem:
    return an_item(a_meeting(sections=(1, 2)), "Filmfonden")


def jobs() -> list[str]:
    """The names of the jobs that wait."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT task_name FROM procrastinate_jobs ORDER BY id")
        return [name for (name,) in cursor.fetchall()]


def verb(row: Any) -> tuple[str, str]:
    """Who did what to a row, last."""
    said = row.events.order_by("-pgh_id").first().pgh_context.metadata
    return said["who"], said["verb"]


ACTS: list[tuple[Callable[[int, User], object], str]] = [
    (
        lambda pk, by: agenda.edit_item(pk, version=1, title="Ny", by=by),
        "rettede punkt 2.1",
    ),
    (lambda pk, by: agenda.remove_item(pk, by=by), "fjernede punkt 2.1"),
    (
        lambda pk, by: agenda.step_item(pk, direction="op", by=by),
        "flyttede punkt 2.1",
    ),
]


@pytest.mark.parametrize(("act", "said"), ACTS)
def test_an_act_is_told_with_who_and_what_and_asks_for_one_refresh(
    item: AgendaItem, by: User, act: Callable[[int, User], object], said: str
) -> None:
    act(item.pk, by)

    assert verb(item) == ("Sekretariat sjaelland", said)
    assert jobs() == ["meetings.refresh", "core.index"]


def test_a_save_that_changes_nothing_asks_for_nothing(
    item: AgendaItem, by: User
) -> None:
    agenda.edit_item(item.pk, version=1, title="Filmfonden", by=by)

    assert jobs() == []


def test_a_save_that_collides_asks_for_nothing(item: AgendaItem, by: User) -> None:
    agenda.edit_item(item.pk, version=1, title="Deres", by=by)

    with pytest.raises(ConflictError):
        agenda.edit_item(item.pk, version=1, title="Min", by=by)

    assert jobs() == ["meetings.refresh", "core.index"]


def test_an_appendix_s_acts_are_told_with_its_number(
    item: AgendaItem, by: User
) -> None:
    appendix = an_upload(item)

    appendices.edit_appendix(appendix.pk, version=1, title="Ny", by=by)

    assert verb(appendix) == ("Sekretariat sjaelland", "rettede 2.1 Bilag 1")


def test_keys_are_unique_in_the_meeting_so_that_items_may_change_section(
    item: AgendaItem, by: User
) -> None:
    sections = item.section.meeting.sections
    made = [
        agenda.create_item(section.pk, title="Samme titel", by=by)
        for section in sections.order_by("number")
    ]
    agenda.move_item(made[0].pk, to=1, section=2, by=by)

    assert [row.key for row in made] == ["samme-titel", "samme-titel-2"]
    assert titles(item.section.meeting) == ["Samme titel", "Filmfonden", "Samme titel"]


@pytest.mark.parametrize(
    ("to", "expected"), [(0, "cab"), (1, "cab"), (2, "acb"), (3, "abc"), (99, "abc")]
)
def test_a_place_outside_the_list_is_its_nearest_end(
    by: User, to: int, expected: str
) -> None:
    meeting = a_meeting()
    rows = [an_item(meeting, name) for name in "abc"]

    agenda.move_item(rows[2].pk, to=to, by=by)

    assert "".join(titles(meeting)) == expected


def test_removing_and_putting_back_twice_changes_nothing_more(
    item: AgendaItem, by: User
) -> None:
    for _ in range(2):
        agenda.remove_item(item.pk, by=by)
    removed = titles(item.section.meeting)
    for _ in range(2):
        agenda.restore_item(item.pk, by=by)

    assert (removed, titles(item.section.meeting)) == ([], ["Filmfonden"])


def test_a_removed_item_does_not_move(item: AgendaItem, by: User) -> None:
    agenda.remove_item(item.pk, by=by)

    agenda.move_item(item.pk, to=1, by=by)
    agenda.step_item(item.pk, direction="op", by=by)

    item.refresh_from_db()
    assert (item.position, item.removed_position) == (None, 1)


def test_a_meeting_that_keeps_its_date_keeps_its_letter(by: User) -> None:
    first = a_meeting()
    made = create_meeting(
        council=first.council, held_on=first.held_on, sections=["Sager"], by=by
    )

    same = {"held_on": made.held_on, "starts_at": None, "ends_at": None}
    saved = edit_meeting(made.pk, version=1, by=by, place="Roskilde", **same)

    assert (saved.row.slug, saved.row.place) == ("2023-11-22b", "Roskilde")
