"""Mails of a meeting: to whom, what they say, sent once, known again, tried again (R-51)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains

from accounts.choices import Role
from accounts.models import Municipality
from meetings.models import AgendaItem, Approval, Letter, Meeting, NewsMail
from meetings.post.words import how_to_read
from meetings.services import approval, life, post
from meetings.tasks import mail_letter, send_news, tell_subscribers
from tests.makers import MEETING
from tests.makers_packets import a_council, a_meeting, a_packet, a_publication, a_user
from tests.meetings.test_news import a_subscriber, run_jobs
from tests.meetings.test_withdrawals import send_again, take_down

if TYPE_CHECKING:
    from accounts.models import User

pytestmark = pytest.mark.django_db
KKR = "KKR-møde 22. november 2023 i KKR Sjælland"
PAGE, ASKED = f"{MEETING}modtagere/", f"{MEETING}godkendelse/"


@pytest.fixture(autouse=True)
def today(settings: Any) -> None:
    settings.CLOCK_DATE = date(2023, 11, 7)


@pytest.fixture
def register() -> User:
    """A chairman, one whose term has ended, one without an address, a director."""
    council = a_council()
    place = Municipality.objects.create(
        code=253, name="Greve", council=council, population=1
    )
    chair = council.members.create(
        name="Anna", role="chair", email="anna@kkr.example", municipality=place
    )
    council.members.create(
        name="Bo", role="substitute", email="bo@kkr.example", substitute_for=chair
    )
    council.members.create(
        name="Carl", email="carl@kkr.example", ends_on=date(2023, 11, 1)
    )
    council.members.create(name="Dorte")
    return a_user(role=Role.DIRECTOR, email="greve@kkr.example", municipality=place)


@pytest.fixture
def nowhere(settings: Any) -> None:
    """No mail server answers."""
    options = {"host": "127.0.0.1", "port": 1, "timeout": 1}
    smtp = "django.core.mail.backends.smtp.EmailBackend"
    settings.MAILERS = {"default": {"BACKEND": smtp, "OPTIONS": options}}


def browser(by: User) -> Client:
    client = Client()
    client.force_login(by)
    return client


def chief() -> User:
    user: User = a_council().memberships.get(role=Role.CHIEF).user
    return user


def test_those_who_receive_get_one_mail_a_version(register: User) -> None:
    a_publication()

    run_jobs(mail_letter)

    rows = [(row.to, row.role) for row in Letter.objects.all()]
    assert rows == [
        ("anna@kkr.example", "Formand, Greve"),
        ("bo@kkr.example", "Suppleant for Anna"),
        ("greve@kkr.example", "Kommunaldirektør, Greve"),
    ]
    assert [each.to[0] for each in mail.outbox] == [to for to, _ in rows]
    first = mail.outbox[0]
    assert first.subject == f"Dagsorden og bilag: {KKR}, version 1"
    assert "- 2.1 Indspil til fremtidig indsats" in first.body
    assert f"http://localhost:8000{MEETING}offentlig/?kkr=sjaelland" in first.body
    assert first.message()["Message-ID"].startswith("<meeting-letter-")
    for pk in Letter.objects.values_list("pk", flat=True):
        post.send(pk)
    assert len(mail.outbox) == 3


def test_the_next_version_says_why_and_what_changed(register: User) -> None:
    meeting = a_publication().meeting
    life.begin_version(meeting.pk, reason="Titlen var forkert.", by=chief())
    AgendaItem.objects.update(title="En ny titel")
    send_again(meeting)

    run_jobs(mail_letter)

    body = mail.outbox[-1].body
    for words in (
        "Version 2 er sendt og afløser version 1.",
        "Grund: ",
        "- Punkt 2.1, En ny titel: teksten er ændret.",
        "/aendringer/",
    ):
        assert words in body


def test_a_closed_item_is_a_number_and_nothing_else(register: User) -> None:
    meeting = a_meeting()
    item = AgendaItem.objects.get()
    shut = {"is_closed": True, "title": "Kanariesagen", "summary": "Kanarie"}
    AgendaItem.objects.create(section=item.section, position=2, key="k", **shut)
    from meetings.closed.parting import open_view  # noqa: PLC0415
    from meetings.post.words import told  # noqa: PLC0415
    from meetings.rows import read_agenda  # noqa: PLC0415

    words = told(meeting, open_view(read_agenda(meeting.pk)), None, 1, "")

    assert "- Punkt 2.2 er lukket." in words.text
    assert "kanarie" not in words.text.casefold()


def test_what_is_taken_down_meanwhile_is_not_mailed(register: User) -> None:
    sent = a_publication()
    take_down(sent, "version:1")

    run_jobs(mail_letter)

    assert mail.outbox == []
    assert {row.failure for row in Letter.objects.all()} == {"Versionen er taget ned."}


@pytest.mark.parametrize(("kind", "count"), [("directors", 1), ("hearing", 3)])
def test_other_meetings_go_to_those_who_meet(
    register: User, kind: str, count: int
) -> None:
    meeting = a_meeting()
    Meeting.objects.update(kind=kind)
    meeting.refresh_from_db()

    a_publication(meeting)

    assert Letter.objects.count() == count


def test_who_has_no_user_is_seen_where_only_who_signs_in_can_read(
    register: User,
) -> None:
    meeting, client = a_meeting(), browser(a_user(role=Role.CHIEF))
    Meeting.objects.update(kind="directors")
    meeting.refresh_from_db()
    for name, email in (("Eva", "eva@kkr.example"), ("Finn", "Greve@kkr.example")):
        a_council().members.create(body="directors", name=name, email=email)

    page, card = client.get(PAGE), client.get(f"{MEETING}send/")

    assertContains(page, "Har ingen bruger og kan ikke åbne mødet", count=1)
    assertContains(card, "1\xa0modtager har ingen bruger og kan ikke åbne mødet")
    assertContains(card, "Medlemmer af K17")
    assert "Det bliver ikke offentligt." in how_to_read(meeting)
    Meeting.objects.update(kind="kkr")
    assertNotContains(client.get(PAGE), "ingen bruger")
    assertContains(client.get(f"{MEETING}send/"), "Medlemmer af KKR Sjælland")


def test_a_mail_that_fails_is_tried_again_and_seen(
    register: User, nowhere: None, settings: Any
) -> None:
    good = settings.MAILERS
    sent = a_publication()
    for pk in Letter.objects.values_list("pk", flat=True):
        with pytest.raises(post.UnsentError):
            post.send(pk)
    Letter.objects.update(tries=6)
    client = browser(chief())
    page = client.get(PAGE)
    assertContains(page, "Ikke sendt", count=3)
    assertContains(page, "Mailserveren tog ikke imod den")
    assertContains(page, "Send igen til 3")

    settings.MAILERS = {"default": {**good["default"], "BACKEND": LOCMEM}}
    settings.MAILERS["default"].pop("OPTIONS")
    client.post(PAGE, {"again": f"publication-{sent.pk}"})
    run_jobs(mail_letter)

    assert len(mail.outbox) == 3
    assertNotContains(client.get(PAGE), "Send igen")
    assert client.post(PAGE, {"again": "publication-0"}).status_code == 404


LOCMEM = "django.core.mail.backends.locmem.EmailBackend"


def test_no_transaction_waits_for_the_mail_server(
    register: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_publication()
    a_subscriber()
    Letter.objects.exclude(to="anna@kkr.example").delete()
    depth, seen = len(connection.savepoint_ids), []

    def note(_: object) -> int:
        seen.append(len(connection.savepoint_ids))
        return 1

    monkeypatch.setattr("django.core.mail.EmailMessage.send", note)

    run_jobs(mail_letter, tell_subscribers, send_news)

    assert seen == [depth, depth]
    assert NewsMail.objects.get().tries == 1


def test_news_are_known_again(register: User) -> None:
    a_publication()
    a_subscriber()

    run_jobs(tell_subscribers, send_news)

    row = NewsMail.objects.get()
    assert mail.outbox[0].message()["Message-ID"] == f"<news-{row.pk}@localhost>"


def test_the_page_shows_the_list_and_the_very_mail_before_it_goes(
    register: User,
) -> None:
    meeting = a_meeting()
    a_packet(meeting)
    client = browser(a_user(role=Role.CHIEF))

    page = client.get(PAGE).content.decode()
    a_publication(meeting)
    run_jobs(mail_letter)

    for words in ("Version 1 går til", "Dorte", "Ingen adresse", "greve@kkr.example"):
        assert words in page
    assert "Carl" not in page
    for line in mail.outbox[0].body.splitlines()[:6]:
        assert line in page
    assertContains(client.get(PAGE), "Sendt i\N{NO-BREAK SPACE}dag", count=3)


@pytest.mark.parametrize("count", [1, 4])
def test_the_page_costs_as_much_whoever_gets_it(
    register: User, django_assert_num_queries: Any, count: int
) -> None:
    for n in range(count):
        a_council().members.create(name=f"M{n}", email=f"m{n}@kkr.example")
    a_publication()
    client = browser(chief())

    with django_assert_num_queries(8):
        client.get(PAGE)


@pytest.fixture
def asked(register: User) -> Approval:
    """The chairman, asked by choosing from the register."""
    meeting, by = a_meeting(), a_user(role=Role.CHIEF)
    a_packet(meeting)
    life.take_step(meeting.pk, to="approval", by=by)
    chair = a_council().members.get(role="chair")
    sent = {"act": "ask", "spoerg-member": chair.pk, "spoerg-expires_on": "14.11.2023"}
    answer = browser(by).post(ASKED, sent, follow=True)
    assertContains(answer, "Linket er på vej til Anna, anna@kkr.example.")
    return Approval.objects.get()


def test_the_link_goes_by_mail_and_says_nothing_of_the_agenda(asked: Approval) -> None:
    run_jobs(mail_letter)

    (sent,) = mail.outbox
    assert (sent.to, asked.role) == (["anna@kkr.example"], "chair")
    assert sent.reply_to == ["chief@sjaelland.example"]
    assert "Indspil" not in sent.body
    link = next(line for line in sent.body.split() if "/godkend/" in line)
    page = Client().get(link.removeprefix("http://localhost:8000"))
    assertContains(page, "til Anna")
    assertContains(browser(chief()).get(ASKED), "mail til anna@kkr.example")


def test_the_link_can_be_mailed_again(asked: Approval) -> None:
    client = browser(chief())
    client.post(ASKED, {"mail": asked.pk})
    assert Letter.objects.count() == 1
    run_jobs(mail_letter)

    client.post(ASKED, {"mail": asked.pk})
    run_jobs(mail_letter)

    ids = {each.message()["Message-ID"] for each in mail.outbox}
    assert (len(ids), Letter.objects.count()) == (2, 2)


def test_a_link_that_is_taken_back_is_not_mailed(asked: Approval) -> None:
    approval.take_back(asked.pk, by=chief())

    run_jobs(mail_letter)

    assert mail.outbox == []
    page = browser(chief()).get(ASKED)
    assertContains(page, "Ikke sendt")


def test_somebody_who_is_not_in_the_register_is_asked_with_or_without_an_address(
    asked: Approval,
) -> None:
    client = browser(chief())
    sent = {"act": "ask", "spoerg-name": "Erik", "spoerg-expires_on": "14.11.2023"}

    wrong = client.post(ASKED, sent | {"spoerg-email": "ingen adresse"})
    client.post(ASKED, sent | {"spoerg-role": "deputy"})

    assertContains(wrong, "Skriv en adresse som", status_code=422)
    row = Approval.objects.latest("pk")
    assert (row.name, row.role, row.email) == ("Erik", "deputy", "")
    assert not row.letters.exists()
