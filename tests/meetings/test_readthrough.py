"""Read-through: only those who were asked, only that draft, only until it is sent."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from django.core import mail
from django.db import connection
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.choices import Role
from core.errors import RuleViolationError
from documents import codec
from documents.tree import Document, Picture
from meetings.models import (
    AgendaItem,
    Comment,
    Finding,
    Meeting,
    PacketPart,
    ReadThrough,
)
from meetings.services import agenda, findings, readthrough
from meetings.tasks import mail_readthrough
from tests.makers import MEETING, a_secretary
from tests.makers_packets import a_meeting, a_packet, a_user
from tests.makers_written import a_picture

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries

    from accounts.models import User

pytestmark = pytest.mark.django_db
PAGE = f"{MEETING}gennemlaesning/"
DUE = date(2023, 11, 10)
PLACES = ("", "pakke.pdf", "bilag/2-1-bilag-1/", "bilag/2-1-bilag-2/",
          "bilag/2-1-bilag-1.pdf")  # fmt: skip


@pytest.fixture(autouse=True)
def today(settings: Any) -> None:
    settings.CLOCK_DATE = date(2023, 11, 7)


@pytest.fixture
def by() -> User:
    return a_secretary()


@pytest.fixture
def reader(by: User) -> User:
    return a_user(by.memberships.get().council, Role.MEMBER)


@pytest.fixture
def meeting(by: User) -> Meeting:
    made = a_meeting()
    a_packet(made)
    findings.refresh(made.pk)
    return made


@pytest.fixture
def row(meeting: Meeting, by: User, reader: User) -> ReadThrough:
    (asked,) = ask(meeting, by, reader)
    return asked


def ask(meeting: Meeting, by: User, *readers: User) -> tuple[ReadThrough, ...]:
    pks = [user.pk for user in readers]
    return readthrough.ask_readers(
        meeting.pk, readers=pks, due_on=DUE, note="Se på 2.1.", by=by
    )


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def draft(row: ReadThrough, place: str = "") -> str:
    return f"/moeder/gennemlaesning/{row.pk}/{place}"


def jobs() -> list[tuple[int, str]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (args ->> 'pk')::int, args ->> 'why'"
            " FROM procrastinate_jobs WHERE task_name = 'meetings.mail_readthrough'"
        )
        return list(cursor.fetchall())


def sentences(meeting: Meeting) -> list[str]:
    rows = Finding.objects.filter(meeting=meeting, check_key="readthrough")
    return [row.sentence for row in rows]


def test_the_secretariat_asks_and_sees_who_has_not_read(
    meeting: Meeting, by: User, reader: User
) -> None:
    client = signed_in(by)
    data = {"act": "ask", "readers": [reader.pk], "due_on": "10.11.2023", "note": ""}

    answer = client.post(PAGE, data)

    assertRedirects(answer, PAGE)
    assertContains(client.get(PAGE), "Ikke læst")
    assertContains(client.get(MEETING), "0 af 1 har læst.")
    assert sentences(meeting) == [f"{reader} har ikke læst dagsordenen igennem."]
    made = ReadThrough.objects.get()
    assert jobs() == [(made.pk, "asked")]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({}, "Vælg mindst én."),
        ({"due_on": "i morgen"}, "Skriv datoen som dag"),
        ({"note": "x" * 301}, "Skriv højst 300 tegn."),
        ({"readers": ["999999"]}, "Vælg personer på listen."),
    ],
)
def test_who_and_when_must_be_said(
    meeting: Meeting, by: User, data: dict[str, Any], words: str
) -> None:
    answer = signed_in(by).post(PAGE, {"act": "ask", "due_on": "10.11.2023", **data})

    assertContains(answer, words, status_code=422)
    assert ReadThrough.objects.count() == 0


def test_the_mail_says_what_is_asked_and_nothing_of_the_draft(
    row: ReadThrough, reader: User
) -> None:
    mail_readthrough(row.pk, "asked")

    (sent,) = mail.outbox
    assert sent.to == [reader.email]
    assert sent.subject == "Læs udkastet igennem, KKR-møde 22. november 2023"
    assert "Se på 2.1." in sent.body
    assert f"{settings.PORTAL_ADDRESS}/moeder/gennemlaesning/{row.pk}/" in sent.body
    assert "Indspil" not in sent.body


@pytest.mark.parametrize("what", ["read_at", "is_withdrawn", "sent"])
def test_who_is_asked_no_more_gets_no_mail(row: ReadThrough, what: str) -> None:
    if what == "sent":
        Meeting.objects.update(state="sent")
    else:
        fields: dict[str, Any] = {"is_withdrawn": True}
        if what == "read_at":
            fields = {"opened_at": row.asked_at, "read_at": row.asked_at}
        ReadThrough.objects.update(**fields)

    mail_readthrough(row.pk, "asked")

    assert mail.outbox == []


def test_the_reader_is_told_opens_reads_and_remarks(
    row: ReadThrough, meeting: Meeting, reader: User
) -> None:
    client = signed_in(reader)
    assertContains(
        client.get("/"), "Læs udkastet til KKR-møde 22.\xa0november\xa02023 igennem"
    )
    assertNotContains(client.get(draft(row)), "Den første tekst.")

    client.post(draft(row), {"open": "ja"})
    assertContains(client.get(draft(row)), "Den første tekst.")
    remarks = {"read": "ja", "whole": "Godt.", "punkt-indspil": "Ret tallet."}
    answer = client.post(draft(row), remarks, follow=True)

    assertContains(answer, "Du har læst udkastet")
    row.refresh_from_db()
    assert row.opened_at is not None
    assert row.read_at is not None
    assert row.remarks == 2
    said = Comment.objects.order_by("item_id").values_list(
        "item__key", "text", "author"
    )
    assert set(said) == {
        ("indspil", "Ret tallet.", reader.pk),
        (None, "Godt.", reader.pk),
    }
    assert sentences(meeting) == []
    assertNotContains(client.get("/"), "Venter på dig")


def test_more_remarks_may_follow_and_none_is_there_twice(
    row: ReadThrough, reader: User
) -> None:
    client = signed_in(reader)
    client.post(draft(row), {"open": "ja"})
    sent = {"read": "ja", "whole": "Godt."}

    client.post(draft(row), sent)
    again = client.post(draft(row), sent)
    client.post(draft(row), sent | {"whole": "Og kort."})

    assertContains(again, "Du har allerede skrevet", status_code=422)
    assert [c.text for c in Comment.objects.order_by("pk")] == ["Godt.", "Og kort."]
    row.refresh_from_db()
    assert row.remarks == 2


def test_a_remark_that_is_too_long_comes_back(row: ReadThrough, reader: User) -> None:
    client = signed_in(reader)
    client.post(draft(row), {"open": "ja"})

    answer = client.post(draft(row), {"read": "ja", "punkt-indspil": "x" * 2001})

    assertContains(answer, "Skriv højst 2000 tegn.", status_code=422)
    assertContains(answer, "x" * 2001, status_code=422)
    assert Comment.objects.count() == 0


def test_a_remark_to_an_item_that_is_gone_is_to_the_whole_agenda(
    row: ReadThrough, meeting: Meeting, reader: User, by: User
) -> None:
    client = signed_in(reader)
    client.post(draft(row), {"open": "ja"})
    agenda.remove_item(meeting.sections.get().items.get().pk, by=by)

    client.post(draft(row), {"read": "ja", "punkt-indspil": "Ret.", "whole": "Godt."})

    assert [(c.item, c.text) for c in Comment.objects.all()] == [
        (None, "Godt.\n\nRet.")
    ]


@pytest.mark.parametrize("place", PLACES)
def test_only_whoever_is_asked_reads_and_only_what_was_opened(
    row: ReadThrough, reader: User, by: User, place: str
) -> None:
    others = [by, a_user(email="anden@x.example", role=Role.MEMBER)]
    for user in others:
        assert signed_in(user).get(draft(row, place)).status_code == 404
    client = signed_in(reader)
    assert client.get(draft(row, place)).status_code == (404 if place else 200)

    client.post(draft(row), {"open": "ja"})

    answer = client.get(draft(row, place))
    assert answer.status_code == 200
    assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.parametrize(
    "what", ["withdrawn", "sent", "next version", "seat", "removed"]
)
def test_the_draft_is_closed_at_once(
    row: ReadThrough, meeting: Meeting, reader: User, by: User, what: str
) -> None:
    client = signed_in(reader)
    client.post(draft(row), {"open": "ja"})
    if what == "withdrawn":
        readthrough.take_reader_back(row.pk, by=by)
    elif what == "seat":
        reader.memberships.get().delete()
    elif what == "removed":
        Meeting.objects.update(is_removed=True)
    else:
        Meeting.objects.update(state="sent", is_revising=what == "next version")
        if what == "next version":
            send(meeting)

    found = {place: client.get(draft(row, place)).status_code for place in PLACES}
    assert found == dict.fromkeys(PLACES, 404)
    assert client.post(draft(row), {"read": "ja"}).status_code == 404


def send(meeting: Meeting) -> None:
    """As if a version had been sent since somebody was asked."""
    ReadThrough.objects.update(sent_before=0)
    packet = meeting.packets.get()
    meeting.publications.create(
        number=1, packet=packet, published_by="x", agenda=packet.contents, size=1,
        page_count=1, file="x",
    )  # fmt: skip


def test_asked_again_before_it_is_read_the_new_packet_is_read(
    row: ReadThrough, meeting: Meeting, by: User, reader: User
) -> None:
    newer = a_packet(meeting, has_pictures=False)

    (again,) = ask(meeting, by, reader)

    assert (again.pk, again.packet, again.opened_at) == (row.pk, newer, None)


def test_a_reminder_is_sent_once_a_day_to_those_who_have_not_read(
    row: ReadThrough, meeting: Meeting, by: User, settings: Any
) -> None:
    client = signed_in(by)
    assert readthrough.remind_readers(meeting.pk, by=by) == ()
    settings.CLOCK_DATE = date(2023, 11, 9)
    assertContains(client.get(PAGE), "Påmindelse: læs udkastet igennem")

    client.post(PAGE, {"act": "remind"})
    client.post(PAGE, {"act": "remind"})

    assert [why for _, why in jobs()] == ["asked", "reminded"]
    assertNotContains(client.get(PAGE), "Send påmindelsen")


def test_somebody_of_another_council_is_not_asked(meeting: Meeting, by: User) -> None:
    outsider = a_user(email="x@y.example")
    outsider.memberships.all().delete()

    with pytest.raises(RuleViolationError, match="plads i jeres KKR"):
        ask(meeting, by, outsider)


@pytest.mark.parametrize("count", [1, 4])
def test_the_pages_ask_the_same_number_of_queries(
    meeting: Meeting,
    by: User,
    reader: User,
    count: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    council = meeting.council
    users = [
        a_user(council, Role.MEMBER, email=f"{n}@x.example") for n in range(1, count)
    ]
    fill(meeting, count)
    row = ask(meeting, by, reader, *users)[0]
    client = signed_in(by)

    with django_assert_num_queries(7):
        client.get(PAGE)
    mine = signed_in(ReadThrough.objects.get(pk=row.pk).user or by)
    mine.post(draft(row), {"open": "ja"})
    with django_assert_num_queries(8):
        mine.get(draft(row))


def fill(meeting: Meeting, count: int) -> None:
    """Let a packet hold so many items."""
    section = meeting.sections.get()
    for n in range(2, count + 1):
        AgendaItem.objects.create(section=section, position=n, key=f"punkt-{n}")
    a_packet(meeting)


def test_a_picture_in_the_draft_is_shown_to_its_reader_alone(
    row: ReadThrough, reader: User
) -> None:
    name = a_picture()
    picture = Picture("a/p", "Kort", name, "png", 2, 2, "Et kort")
    tree = codec.dumps(Document("a", "Notat", blocks=(picture,)))
    PacketPart.objects.filter(packet=row.packet, label="2.1 Bilag 1").update(
        document=tree
    )
    url = f"{draft(row)}bilag/2-1-bilag-1/billeder/{name}.png"
    client = signed_in(reader)

    assert client.get(url).status_code == 404
    client.post(draft(row), {"open": "ja"})

    assertContains(
        client.get(f"{draft(row)}bilag/2-1-bilag-1/"), f"billeder/{name}.png"
    )
    assert client.get(url)["Content-Type"] == "image/png"
    assert client.get(url.replace("bilag-1/b", "bilag-2/b")).status_code == 404
    other = a_user(role=Role.MEMBER, email="anden@x.example")
    assert signed_in(other).get(url).status_code == 404
