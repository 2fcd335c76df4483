"""A process that saves something and dies: before its commit, after it, or at any time.

It comes of a fork server that has set up Django (``tests.drill.ready``), so that a
hundred cost little.
"""

from __future__ import annotations

import os
import signal
from typing import TYPE_CHECKING, Final

from django.db import connection, transaction

from accounts.models import User
from meetings.models import AgendaItem
from meetings.services.agenda import edit_item
from meetings.services.packets import ask_for_packet
from proposals.models import Point
from proposals.services.points import edit_point

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

BEFORE: Final = "before the commit"
AFTER: Final = "right after the commit"
ANY: Final = "at any moment"


def edit_an_item(text: str, by: User) -> None:
    """Give item 2.3 another title."""
    item = AgendaItem.objects.get(section__meeting__slug="2023-11-22", position=3)
    edit_item(item.pk, version=item.version, by=by, title=text)


def edit_a_gain(text: str, by: User) -> None:
    """Give a gain of proposal 7 another text."""
    point = Point.objects.get(proposal__number=7, kind="gain", position=2)
    edit_point(point.pk, version=point.version, text=text, by=by)


def ask(text: str, by: User) -> None:
    """Have the packet built."""
    item = AgendaItem.objects.select_related("section").first()
    assert item
    ask_for_packet(item.section.meeting_id, by=by)


ACTS: Final = {"item": edit_an_item, "gain": edit_a_gain, "packet": ask}


def save_and_die(act: str, moment: str, text: str, ready: Connection) -> None:
    """Do one of :data:`ACTS`, and die by SIGKILL at a moment.

    Args:
        ready: is told when the act begins; at :data:`ANY` moment the other end kills.
    """
    by = User.objects.get(email="sekretariat@kkr.example")
    connection.ensure_connection()
    ready.send(True)  # noqa: FBT003
    if moment == BEFORE:
        with transaction.atomic():
            ACTS[act](text, by)
            die()
    ACTS[act](text, by)
    if moment == AFTER:
        die()
    ready.recv()


def die() -> None:
    """End as if the power failed."""
    os.kill(os.getpid(), signal.SIGKILL)
