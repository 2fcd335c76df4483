"""J7: each kind of thing that can be taken down, and every address afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import transaction

from core.search.indexing import index
from documents.printing.renderers import start_renderers, stop_renderers
from documents.storage import files
from meetings.editions.sealed import sealed_files
from tests.drill.say import say
from tests.meetings.taken import BIRDS, a_minuted_meeting, readers, take, walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.test import Client
    from pytest_django import DjangoDbBlocker

    from meetings.models import Publication

pytestmark = pytest.mark.django_db
OK = 200
type Walked = list[tuple[Client, dict[str, tuple[int, str]]]]


@pytest.fixture(scope="module")
def sent(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[Publication]:
    """A meeting that was sent twice and minuted."""
    start_renderers()
    with django_db_blocker.unblock(), transaction.atomic():
        publication = a_minuted_meeting()
        index()
        yield publication
        transaction.set_rollback(True)
    stop_renderers()


@pytest.fixture(scope="module")
def before(sent: Publication, django_db_blocker: DjangoDbBlocker) -> Walked:
    """All that could be read before anything was taken down, by whom."""
    with django_db_blocker.unblock():
        walked = [(client, walk(client, urls)) for client, urls in readers(is_all=True)]
    return [
        (client, {url: got for url, got in seen.items() if got[0] == OK})
        for client, seen in walked
    ]


@pytest.mark.parametrize("what", BIRDS)
def test_what_is_taken_down_is_nowhere(
    sent: Publication, before: Walked, what: str
) -> None:
    told = [
        u for _, seen in before for u, (_, text) in seen.items() if says(what, text)
    ]
    row = take(sent.meeting_id, what)
    index()

    left = [
        url
        for client, seen in before
        for url, (_, text) in walk(client, seen).items()
        if says(what, text)
    ]
    say(f"{what}: stood at {len(told)} addresses of {sum(len(s) for _, s in before)}")
    assert (len(told) > 1, left) == (True, [])
    assert all(files().open(f.file).read() for f in sealed_files(sent.meeting, row))


def says(what: str, text: str) -> bool:
    """Whether a text holds a word of what is taken down."""
    return any(word in text for word in BIRDS[what])
