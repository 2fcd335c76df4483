"""Several lists of rows in one query."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from core.bundle import bundle
from meetings.models import AgendaItem, Appendix, Meeting, Packet
from meetings.rows import as_value, read_agenda, read_rows
from tests.makers_packets import a_meeting, a_packet

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries

pytestmark = pytest.mark.django_db


def test_rows_come_as_if_each_list_were_fetched_by_itself(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    a_packet(a_meeting(appendices=4))
    lists = (
        Meeting.objects.all(),
        AgendaItem.objects.filter(title="Findes ikke"),
        Appendix.objects.filter(title__contains="Brev").order_by("-position"),
        Packet.objects.all(),
    )

    with django_assert_num_queries(1):
        found = bundle(*lists)

    assert [vars_of(rows) for rows in found] == [vars_of(rows) for rows in lists]


def vars_of(rows: object) -> list[dict[str, object]]:
    """Every field of every row, as the database gave it."""
    return [
        {name: value for name, value in vars(row).items() if not name.startswith("_")}
        for row in rows  # type: ignore[attr-defined]
    ]


def test_an_agenda_read_in_one_query_is_the_agenda(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    meeting = a_meeting(appendices=4)
    Appendix.objects.filter(position=3).update(position=None, removed_position=3)
    expected = read_agenda(meeting.pk)

    with django_assert_num_queries(1):
        rows = read_rows(meeting)

    agenda = as_value(meeting, rows.sections, rows.items, rows.appendices)
    assert agenda == expected
    assert [bilag.label for bilag in agenda.appendices] != []
