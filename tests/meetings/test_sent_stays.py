"""What was sent reads the same for ever, whatever happens to the records.

A meeting is sent twice and its minutes are approved. Then all that may be renamed is
renamed, and all that may be deleted is deleted; each address that leads from the public
page is read before and after, and must answer the same bytes.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

import pytest
from django.db import transaction
from django.db.models import F
from django.test import Client

from accounts.choices import Role
from accounts.models import Council, Membership, Municipality, User
from documents.models import CachedPiece
from documents.storage import files
from meetings.models import AgendaItem, Appendix, Meeting, Member, PacketPart
from meetings.services.life import begin_version
from meetings.services.publishing import publish
from meetings.tasks import print_agenda, print_whole
from proposals.models import Catalogue, Figure, Point, Proposal, Theme
from tests.demo.packets import build_packet
from tests.makers_minutes import approved_minutes
from tests.makers_packets import settle
from tests.meetings.small import small_meeting

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django import DjangoDbBlocker

MEETING: Final = "/moeder/2023-11-22/"
LINK: Final = re.compile(r'(?:href|src)="([^"#]+)')
# Of the page around it: what a form is signed with, and what changes with each visit.
MAIN: Final = re.compile(rb"<main.*?</main>", re.DOTALL)
SIGNED: Final = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]+"')

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def meeting(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[Meeting]:
    """Sent twice with different words, held, and its minutes approved; made once."""
    del django_db_setup
    with django_db_blocker.unblock(), transaction.atomic():
        meeting = small_meeting()
        AgendaItem.objects.update(action="accedes")
        chief = User.objects.create_user("chief@sjaelland.example", None, name="C")
        Membership.objects.create(user=chief, council=meeting.council, role=Role.CHIEF)
        send(meeting, chief)
        begin_version(meeting.pk, reason="Et bilag kom sent.", by=chief)
        AgendaItem.objects.update(case="<p>Sagen kommer igen.</p>")
        Point.objects.filter(kind="gain").update(text="Flere får ordinære løntimer")
        send(meeting, chief)
        Meeting.objects.filter(pk=meeting.pk).update(state="held")
        approved_minutes(Meeting.objects.get(pk=meeting.pk))
        yield meeting
        transaction.set_rollback(True)


def send(meeting: Meeting, chief: User) -> None:
    packet = build_packet(meeting)
    settle(meeting, chief)
    sent = publish(meeting.pk, packet_pk=packet.pk, by=chief)
    print_agenda(sent.packet_id)
    print_whole(sent.pk)


def all_that_is_read() -> dict[str, bytes]:
    """Each address that the public page leads to, and what it answers."""
    client, found = Client(), {}
    waiting = [f"{MEETING}offentlig/{query}" for query in ("", "?version=1")]
    while waiting:
        address = waiting.pop()
        if address in found or not is_of_the_meeting(address):
            continue
        answer: Any = client.get(address)
        content = b"".join(answer) if answer.streaming else answer.content
        assert answer.status_code in {200, 302}, address
        found[address] = content
        if answer.headers.get("Content-Type", "").startswith("text/html"):
            page = MAIN.search(content)
            found[address] = SIGNED.sub(b"", page[0]) if page else content
            waiting += [to(address, link) for link in LINK.findall(content.decode())]
    return found


def is_of_the_meeting(address: str) -> bool:
    """Whether it is a page or file of what was sent."""
    return address.startswith(MEETING) or "@2023-11-22" in address


def to(page: str, link: str) -> str:
    """The address of a link on a page."""
    link = link.replace("&amp;", "&")
    return f"{page.partition('?')[0]}{link}" if link.startswith("?") else link


def rename_everything() -> None:
    """Give everything that has a name another, and every text other words."""
    Council.objects.update(name="Et andet råd", region="Et andet sted")
    Municipality.objects.update(name="En anden kommune")
    User.objects.update(name="En anden person", email="anden@kkr.example")
    Member.objects.update(name="Et andet medlem")
    Meeting.objects.update(place="Et andet sted")
    AgendaItem.objects.update(title="Noget andet", case="<p>Nyt.</p>")
    Appendix.objects.update(title="Et nyt navn", summary="Nyt", options={})
    Catalogue.objects.update(title="Et andet katalog")
    Theme.objects.update(title="Et andet tema")
    Proposal.objects.update(title="Et helt andet forslag", idea="")
    Point.objects.update(text="Et andet punkt")
    Figure.objects.update(what="noget andet")


def delete_everything() -> None:
    """Delete what may be deleted: people's seats, records, pages that were printed."""
    Membership.objects.all().delete()
    Point.objects.all().delete()
    for kind in (Appendix, AgendaItem):
        kind.objects.update(removed_position=F("position"), position=None)
    Proposal.objects.update(removed_number=F("number"), number=None)
    PacketPart.objects.all().delete()
    for row in CachedPiece.objects.all():
        files().delete(row.file)
    CachedPiece.objects.all().delete()


def test_what_was_sent_reads_the_same_for_ever(meeting: Meeting) -> None:
    before = all_that_is_read()
    kinds = {address.rpartition("/")[2].partition("?")[0] for address in before}
    assert {"pakke.pdf", "bilag.zip", "dagsorden.pdf", "referat.pdf"} <= kinds
    assert {"2-1-bilag-2.json", "2-1-bilag-2.csv", "kvittering.json"} <= kinds

    for change in (rename_everything, delete_everything):
        change()
        after = all_that_is_read()
        assert sorted(after) == sorted(before)
        assert [at for at in before if before[at] != after[at]] == []
