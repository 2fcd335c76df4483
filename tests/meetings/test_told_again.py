"""Whoever was told of a meeting is told what becomes of it, and of its minutes (R-68)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains

from accounts.choices import Role
from accounts.models import User
from core import clock
from meetings.models import (
    AgendaItem,
    Announcement,
    Letter,
    Meeting,
    NewsMail,
    Publication,
)
from meetings.post.announced import announced_words
from meetings.services import announcing
from meetings.services.life import begin_version
from meetings.tasks import mail_letter, send_news, tell_subscribers
from tests.made import again
from tests.makers import MEETING
from tests.makers_minutes import a_chief, approved_minutes
from tests.makers_packets import a_council, a_meeting, a_publication, a_user
from tests.meetings.closed import text_of
from tests.meetings.test_news import FEED, a_subscriber, run_jobs

pytestmark = pytest.mark.django_db
FATE, OF_ITEM = f"{MEETING}aflysning/", f"{MEETING}punkter/2-1/udgaar/"
PAGE = f"{MEETING}modtagere/"
NAME = "KKR-møde 22. november 2023 i KKR Sjælland"
SNOW = {"fate": "cancelled", "reason": "Snestorm."}


@pytest.fixture(autouse=True)
def today(settings: Any) -> None:
    settings.CLOCK_DATE = date(2023, 11, 20)


@pytest.fixture(scope="module")
def made(kept: None) -> Publication:
    """Sent to Anna, who asked for news as well; a citizen asked, too."""
    a_council().members.create(name="Anna", role="chair", email="Anna@kkr.example")
    row = a_publication()
    run_jobs(mail_letter, tell_subscribers)
    mail.outbox.clear()
    a_subscriber("anna@kkr.example")
    a_subscriber("borger@eksempel.dk")
    return row


@pytest.fixture
def sent(made: Publication) -> Publication:
    return again(made)


def browser(by: User) -> Client:
    client = Client()
    client.force_login(by)
    return client


def told() -> dict[str, Any]:
    """Run the jobs; give the mails by their only receiver."""
    run_jobs(mail_letter, tell_subscribers, send_news)
    assert all(len(each.to) == 1 for each in mail.outbox)
    found = {each.to[0]: each for each in mail.outbox}
    assert len(found) == len(mail.outbox)
    mail.outbox.clear()
    return found


@pytest.mark.parametrize(
    ("page", "given", "subject", "says"),
    [
        (FATE, SNOW, f"Aflyst: {NAME}", f"{NAME.replace('møde', 'mødet')} er aflyst."),
        (
            FATE,
            {"fate": "postponed", "to_day": "29.11.2023", "reason": "Sne."},
            f"Udsat til 29. november 2023: {NAME}",
            "i KKR Sjælland er udsat til 29. november 2023.",
        ),
        (
            OF_ITEM,
            {"fate": "withdrawn", "reason": "Trukket."},
            f"Punkt 2.1 udgår: {NAME}",
            "i KKR Sjælland: punkt 2.1, Indspil til fremtidig indsats, udgår.",
        ),
    ],
)
def test_whoever_got_the_meeting_gets_one_mail_of_what_becomes_of_it(
    sent: Publication, page: str, given: dict[str, str], subject: str, says: str
) -> None:
    client = browser(a_chief(sent.meeting))
    goes = "1\xa0modtager, der fik dagsordenen, og 1, der har bedt om nyt på mail"
    assertContains(client.get(page), goes)
    seen = client.post(page, given | {"see": "mail"})
    assertContains(seen, says)
    assert not Announcement.objects.exists()

    client.post(page, given)
    found = told()

    assert set(found) == {"Anna@kkr.example", "borger@eksempel.dk"}
    own = found["Anna@kkr.example"]
    assert own.subject == subject
    assert says in own.body
    assert f"Grund: {given['reason']}" in own.body
    assert own.reply_to == [a_chief(sent.meeting).email]
    assert given["reason"] in found["borger@eksempel.dk"].body
    assertContains(Client().get(FEED), given["reason"])
    assertContains(client.get(PAGE), "Også 1\xa0mail til dem, der har bedt om nyt")


def test_of_a_closed_item_its_number_is_told_to_those_who_got_it(
    sent: Publication,
) -> None:
    said = Announcement(
        item_key="kanarie", item_number="2.2", fate="withdrawn", reason="Kanarie."
    )
    words = announced_words(sent, said)
    said.meeting = sent.meeting
    said.save()
    tell_subscribers.func(announcement_pk=said.pk)

    assert words.subject == f"Punkt 2.2 udgår: {NAME}"
    assert "punkt 2.2, som er lukket, udgår." in words.text
    assert "kanarie" not in words.text.casefold()
    assertNotContains(Client().get(FEED), "2.2")
    assert not NewsMail.objects.exists()


POSTPONED = {"fate": "postponed", "to_day": "29.11.2023", "reason": "Sne."}


def test_what_stands_again_is_told_with_the_day_it_is_held(sent: Publication) -> None:
    client = browser(a_chief(sent.meeting))
    client.post(FATE, POSTPONED)
    told()
    assertContains(client.get(FATE), "så snart du lader det gælde igen.")

    answer = client.post(FATE, {"fate": "stands"}, follow=True)

    assertContains(answer, "gælder igen. Modtagerne får en mail.")
    found = told()
    assert len(found) == 2
    for each in found.values():
        assert each.subject == f"Gælder igen: {NAME}"
        assert "22. november 2023." in each.body
        assert "29. november" not in each.body
    assertContains(Client().get(FEED), "gælder igen og holdes 22.\xa0november\xa02023.")


def test_what_stands_again_is_not_put_on_a_day_that_is_gone(
    sent: Publication, settings: Any
) -> None:
    client = browser(a_chief(sent.meeting))
    client.post(FATE, POSTPONED)
    told()
    again = client.post(FATE, POSTPONED | {"to_day": "22.11.2023"})
    assertContains(again, "Lad mødet gælde igen, så holdes", status_code=422)
    settings.CLOCK_DATE = date(2023, 11, 23)

    answer = client.post(FATE, {"fate": "stands"}, follow=True)

    assertContains(answer, "Den dag, mødet er sendt med, er gået.")
    assert told() == {}


def test_minutes_are_told_of_with_the_day_the_meeting_was_held(
    sent: Publication, settings: Any
) -> None:
    browser(a_chief(sent.meeting)).post(FATE, POSTPONED)
    told()
    settings.CLOCK_DATE = date(2023, 11, 30)
    Meeting.objects.update(state="held")

    minutes = approved_minutes(Meeting.objects.get())

    on = NAME.replace("22.", "29.")
    subjects = {each.subject for each in told().values()}
    assert f"Referatet er godkendt: {on}" in subjects
    in_feed = on.replace("29. november ", "29.\xa0november\xa0")
    assertContains(Client().get(FEED), f"Referatet er godkendt: {in_feed}")
    assert "22. november" not in text_of(minutes.paper.file).replace("\xa0", " ")


def test_the_reason_of_an_item_that_was_closed_stays_with_its_readers(
    sent: Publication,
) -> None:
    said = {"fate": "withdrawn", "reason": "Kanarie.", "by": "S"}
    own = AgendaItem.objects.get()
    AgendaItem.objects.update(sent_in=1)
    Announcement.objects.create(meeting=sent.meeting, item_key=own.key, **said)
    assertContains(Client().get(FEED), "Kanarie.")
    agenda = sent.agenda
    for section in agenda["sections"]:
        section["items"] = [item | {"is_hidden": True} for item in section["items"]]
    before = clock.now() - timedelta(days=1)
    Announcement.objects.update(at=before)
    Publication.objects.filter(pk=sent.pk).update(
        agenda=agenda, published_at=before - timedelta(hours=1)
    )
    begin_version(sent.meeting_id, reason="Åbnet.", by=a_chief(sent.meeting))
    AgendaItem.objects.update(summary="Åbnet.")

    a_publication(sent.meeting)

    assertContains(Client().get(FEED), "Punkt 2.1 udgår")
    assertNotContains(Client().get(FEED), "Kanarie.")


def test_what_goes_wrong_is_seen_and_sent_again(sent: Publication) -> None:
    client = browser(a_chief(sent.meeting))
    client.post(FATE, SNOW)
    run_jobs(tell_subscribers)
    Letter.objects.filter(kind="told").update(tries=6, failure="Nej.")
    NewsMail.objects.update(tries=6)
    again = f"announcement-{Announcement.objects.get().pk}"

    assertContains(client.get(PAGE), "Send igen til 2\xa0modtagere")
    client.post(PAGE, {"again": again})

    assert len(told()) == 2
    assertNotContains(client.get(PAGE), "Send igen")


def test_nobody_is_told_of_a_draft() -> None:
    meeting = a_meeting()
    a_subscriber()

    announcing.announce_meeting(
        meeting.pk, fate="cancelled", reason="Sne", by=a_user(role=Role.CHIEF)
    )

    assert told() == {}
    page = browser(a_user(role=Role.SECRETARIAT)).get(FATE)
    assertNotContains(page, "Se mailen")
    client = browser(User.objects.get(email__startswith="secr"))
    client.post(FATE, SNOW | {"see": "mail"})
    assert Announcement.objects.count() == 1
    by = User.objects.get(email__startswith="chief")
    announcing.announce_meeting(meeting.pk, fate="stands", reason="", by=by)
    a_publication(Meeting.objects.get())
    assertNotContains(Client().get(FEED), "Aflyst")
