"""Pairs of simultaneous saves lose nothing and overwrite nothing."""

from __future__ import annotations

from threading import Barrier, Thread
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test import Client

from meetings.services.agenda import move_item, remove_item
from tests.makers import (
    MEETING,
    a_chief,
    a_meeting,
    a_secretary,
    an_item,
    item_data,
    titles,
)

if TYPE_CHECKING:
    from accounts.models import User
    from meetings.models import AgendaItem

pytestmark = pytest.mark.django_db(transaction=True)
URL = f"{MEETING}punkter/2-1/"
PAIRS = pytest.mark.parametrize(
    "pairs", [10, pytest.param(50, marks=pytest.mark.drill)]
)


def post_at_once(clients: tuple[Client, Client], *sent: dict[str, str]) -> list[int]:
    """Post two forms at the same instant; give their status codes."""
    barrier, codes = Barrier(2), [0, 0]

    def post(at: int) -> None:
        barrier.wait(timeout=20)
        codes[at] = clients[at].post(URL, sent[at]).status_code
        connection.close()

    threads = [Thread(target=post, args=(at,)) for at in (0, 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return codes


def signed_in(user: User) -> Client:
    """A browser of somebody's."""
    client = Client()
    client.force_login(user)
    return client


def cast() -> tuple[tuple[User, User], AgendaItem]:
    """Two who write, and the item they write in."""
    meeting = a_meeting()
    return (a_secretary(), a_chief()), an_item(meeting, "Filmfonden")


@PAIRS
def test_changes_of_different_fields_are_all_kept(pairs: int) -> None:
    users, item = cast()
    clients = signed_in(users[0]), signed_in(users[1])
    kept = 0

    for turn in range(pairs):
        item.refresh_from_db()
        mine = item_data(item, title=f"Titel {turn}")
        theirs = item_data(item, responsible=f"Ansvarlig {turn}")
        assert post_at_once(clients, mine, theirs) == [302, 302]
        item.refresh_from_db()
        kept += item.title == f"Titel {turn}"
        kept += item.responsible == f"Ansvarlig {turn}"

    assert kept == 2 * pairs


@PAIRS
def test_of_two_changes_of_one_field_one_is_saved_and_one_is_asked(pairs: int) -> None:
    users, item = cast()
    clients = signed_in(users[0]), signed_in(users[1])

    for turn in range(pairs):
        item.refresh_from_db()
        version = item.version
        first = item_data(item, title=f"Den ene {turn}")
        second = item_data(item, title=f"Den anden {turn}")
        codes = post_at_once(clients, first, second)
        item.refresh_from_db()
        winner = ("Den ene", "Den anden")[codes.index(302)]
        assert (sorted(codes), item.title) == ([302, 409], f"{winner} {turn}")
        assert item.version == version + 1


def test_items_moved_and_removed_at_once_leave_no_gap() -> None:
    users, item = cast()
    meeting = item.section.meeting
    rows = [item, *(an_item(meeting, name) for name in "abcde")]
    barrier = Barrier(len(rows))

    def disturb(at: int) -> None:
        barrier.wait(timeout=20)
        if at % 3 == 0:
            remove_item(rows[at].pk, by=users[0])
        else:
            move_item(rows[at].pk, to=at % 4, by=users[1])
        connection.close()

    threads = [Thread(target=disturb, args=(at,)) for at in range(len(rows))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)

    assert sorted(titles(meeting)) == ["a", "b", "d", "e"]
