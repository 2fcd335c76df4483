"""The demo's meeting, taken on from its draft: sent in two versions, then held.

Everything goes through the portal's own services, by the accounts of the demo and on the
days of ``fixtures/data/sendings-2023-11-22.json``, so that history, receipts and change
marks are real.
"""

from __future__ import annotations

import contextlib
import tempfile
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.db import connection

from accounts.models import User
from core import richtext
from fixtures.make_uploads import LATER, make_uploads
from kkr.demo.held import hold
from kkr.fixture_data import read
from meetings.checking.standing import standing
from meetings.choices import MeetingState
from meetings.models import AgendaItem, Appendix, Meeting
from meetings.packets.building.build import build
from meetings.packets.state import council_lock, refresh_lock
from meetings.services import approval, findings, staleness
from meetings.services.agenda import edit_item
from meetings.services.appendices import add_file, edit_appendix, replace_file
from meetings.services.life import begin_version, take_step
from meetings.services.packets import ask_for_packet
from meetings.services.publishing import publish
from proposals.choices import PointKind
from proposals.models import CrossReference, Point, Proposal
from proposals.references import token_of
from proposals.services.parts import edit_reference
from proposals.services.points import edit_point
from proposals.services.titles import choose_title
from proposals.titles import differ

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MEETING: Final = "2023-11-22"


class NotThereError(Exception):
    """The meeting is not where the demo left it; the text says how to begin again."""


@contextlib.contextmanager
def the_clock_at(day: date) -> Iterator[None]:
    """Let it be another day in here: the demo's clock only."""
    before = settings.CLOCK_DATE
    settings.CLOCK_DATE = day
    try:
        yield
    finally:
        settings.CLOCK_DATE = before


def advance(to: str, say: Callable[[str], object]) -> None:
    """Take the meeting on to a stage; nothing happens where it is that far.

    Args:
        to: "sent" or "held".
        say: is told what is done, a line each.

    Raises:
        NotThereError: somebody has sent the meeting otherwise.
    """
    for name, stage in STAGES.items():
        meeting = Meeting.objects.get(council__slug="sjaelland", slug=MEETING)
        stage(meeting, say)
        if name == to:
            return


def send_twice(meeting: Meeting, say: Callable[[str], object]) -> None:
    """Send version 1 on 13 November and version 2 on 15 November."""
    numbers = list(meeting.publications.order_by("number").values_list("number", "pk"))
    if [number for number, _ in numbers] == [1, 2]:
        return
    if numbers:
        raise NotThereError(
            "The demo's meeting was sent by hand. Begin again with --reset."
        )
    story = read(f"sendings-{MEETING}")
    clerk, chief = _account("sekretariat"), _account("chef")
    with tempfile.TemporaryDirectory() as folder:
        files = make_uploads(Path(folder), LATER)
        with the_clock_at(date.fromisoformat(story["first"]["on"])):
            say("Sending version 1")
            _refer(story["first"]["self_reference"], clerk)
            leaflet = _replace(meeting, files[story["first"]["file"]], clerk)
            status = story["first"]["status_text"]
            edit_appendix(
                leaflet.pk, version=leaflet.version, by=clerk, status_text=status
            )
            _send(meeting, story, story["first"], clerk, chief)
        with the_clock_at(date.fromisoformat(story["second"]["on"])):
            say("Sending version 2")
            begin_version(meeting.pk, reason=story["second"]["reason"], by=clerk)
            _correct(meeting, story, files, clerk)
            _send(meeting, story, story["second"], clerk, chief)


def _correct(meeting: Meeting, story: Any, files: dict[str, Path], clerk: User) -> None:
    """Make what differs between the two versions."""
    for row in Proposal.objects.prefetch_related("readings"):
        printed = [each.text for each in row.readings.all() if each.is_overview]
        if any(differ(text, row.title) for text in printed):
            choose_title(row.pk, version=row.version, title=row.title, by=clerk)
    _refer(story["second"]["reference"], clerk)
    told = story["second"]["risk"]
    risk = Point.objects.get(
        proposal__number=told["proposal"], kind=PointKind.RISK, position=1
    )
    edit_point(risk.pk, version=risk.version, text=risk.text + told["adds"], by=clerk)
    _replace(meeting, files[story["second"]["file"]], clerk)
    late = story["late"]
    added = add_file(
        _item(meeting, late["item"]).pk,
        path=files[late["upload"]],
        name=late["upload"],
        by=clerk,
    )
    words = {name: late[name] for name in ("title", "sender", "dated", "summary")}
    edit_appendix(added.pk, version=added.version, by=clerk, **words)
    item = _item(meeting, 6)
    case = richtext.sanitise(story["item_6"]["case"])
    edit_item(item.pk, version=item.version, by=clerk, case=case)


def _send(meeting: Meeting, story: Any, told: Any, clerk: User, chief: User) -> None:
    """Build the packet, have it approved, answer every warning, and send."""
    staleness.refresh(meeting.pk)
    packet = ask_for_packet(meeting.pk, by=chief)
    build(packet.pk)
    _approve(meeting, told["approved"], clerk)
    findings.refresh(meeting.pk)
    answers = story["answers"]
    given = [
        findings.Given(
            row.finding.fingerprint,
            story["seen_by"]
            if row.asks_who
            else answers.get(row.finding.group, story["answer"]),
        )
        for row in standing(meeting.pk).open
    ]
    findings.give_answers(meeting.pk, given, by=chief)
    publish(meeting.pk, packet_pk=packet.pk, by=chief)


def _approve(meeting: Meeting, told: Any, clerk: User) -> None:
    """Let the chairman approve the packet as it is built."""
    _note_looked_at(meeting)
    meeting.refresh_from_db()
    if meeting.state == MeetingState.DRAFT:
        take_step(meeting.pk, to=MeetingState.APPROVAL, by=clerk)
    who = approval.Asked(told["name"], told["role"])
    approval.record(
        meeting.pk, who=who, is_approved=True, remarks="", how=told["how"], by=clerk
    )


def _note_looked_at(meeting: Meeting) -> None:
    """Forget the jobs that would look at the changes: it is done, without a worker."""
    locks = [refresh_lock(meeting.pk), council_lock(meeting.council_id)]
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM procrastinate_jobs WHERE lock = ANY(%s) AND status = 'todo'",
            [locks],
        )


def _refer(told: Any, by: User) -> None:
    """Let a reference that leads astray lead where it should."""
    reference = CrossReference.objects.get(
        proposal__number=told["proposal"], wording__startswith="jf."
    )
    to = Proposal.objects.get(number=told["to"])
    edit_reference(
        reference.pk,
        version=reference.version,
        by=by,
        to=to,
        wording=told["wording"].replace(
            f"forslag {to.number}", token_of("forenkling", to.key)
        ),
    )


def _replace(meeting: Meeting, path: Path, by: User) -> Appendix:
    """Let another file stand as 2.2 Bilag 1."""
    appendix = Appendix.objects.get(item=_item(meeting, 2), position=1)
    return replace_file(appendix.pk, path=path, name=path.name, by=by)


def _item(meeting: Meeting, position: int) -> AgendaItem:
    return AgendaItem.objects.get(
        section__meeting=meeting, section__number=2, position=position
    )


def _account(name: str) -> User:
    return User.objects.get(email=f"{name}@kkr.example")


def hold_it(meeting: Meeting, say: Callable[[str], object]) -> None:
    """Write the minutes on the day after the meeting, and send them for approval."""
    story = read(f"minutes-{MEETING}")
    with the_clock_at(date.fromisoformat(story["on"])):
        hold(meeting, story, say)


STAGES: Final[dict[str, Callable[[Meeting, Callable[[str], object]], None]]] = {
    "sent": send_twice,
    "held": hold_it,
}
