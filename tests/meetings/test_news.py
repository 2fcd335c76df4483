"""News: an Atom feed of what is public, and mails to those who asked (R-44)."""

from __future__ import annotations

import json
import re
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import pytest
from django.conf import settings
from django.core import mail
from django.db import connection
from django.test import Client

from accounts.choices import Role
from core import clock
from meetings.models import AgendaItem, Meeting, NewsMail, Publication, Subscription
from meetings.models.letter import MOST_TRIES
from meetings.services import subscriptions as service
from meetings.tasks import ask_to_confirm, open_to_all, send_news, tell_subscribers
from tests.makers_packets import a_council, a_meeting, a_publication, a_user
from tests.meetings.test_withdrawals import send_again, take_down

pytestmark = pytest.mark.django_db
FEED, HERE = "/moeder/atom.xml", "/moeder/nyt-paa-mail/"
ATOM = "{http://www.w3.org/2005/Atom}"


def run_jobs(*tasks: Any) -> None:
    """Run the queue's jobs of these tasks, in their order."""
    for task in tasks:
        with connection.cursor() as cursor:
            cursor.execute(
                "DELETE FROM procrastinate_jobs WHERE task_name = %s RETURNING args",
                [task.name],
            )
            found = [row[0] for row in cursor.fetchall()]
        for given in found:
            task.func(**json.loads(given))


def two_versions() -> Publication:
    first = a_publication()
    AgendaItem.objects.update(case="<p>En anden tekst &amp; mere.</p>", title="A & <b>")
    return send_again(first.meeting)


def a_subscriber(email: str = "a@b.dk", meeting: Meeting | None = None) -> Subscription:
    return Subscription.objects.create(
        email=email, council=a_council(), meeting=meeting, confirmed_at=clock.now()
    )


def feed(query: str = "") -> ET.Element:
    got = Client().get(f"{FEED}{query}")
    assert got.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ET.fromstring(got.content)  # noqa: S314 -- our own


def test_the_feed_has_all_that_atom_asks_for() -> None:
    two_versions()

    root = feed()

    entries = root.findall(f"{ATOM}entry")
    names = ("id", "title", "updated")
    for each in (root, *entries):
        assert [bool(each.findtext(f"{ATOM}{name}")) for name in names] == [True] * 3
        assert datetime.fromisoformat(each.findtext(f"{ATOM}updated", "")).tzinfo
    assert root.findtext(f"{ATOM}author/{ATOM}name")
    relations = {link.get("rel") for link in root.findall(f"{ATOM}link")}
    assert relations == {"alternate", "self"}
    assert len({each.findtext(f"{ATOM}id") for each in entries}) == 2
    summary = entries[0].find(f"{ATOM}summary")
    assert summary is not None
    assert summary.get("type") == "html"
    assert "Punkt 2.1, A &amp; &lt;b&gt;: teksten er ændret." in (summary.text or "")


def test_the_feed_holds_public_material_alone(client: Client) -> None:
    later = a_publication()
    Meeting.objects.update(public_at=clock.now() + timedelta(days=2))
    a_publication(a_meeting(a_council("hovedstaden"), slug="2023-11-24"))
    client.force_login(a_user(role=Role.MEMBER))

    assert later.meeting.slug not in client.get(FEED).content.decode()
    titles = [e.findtext(f"{ATOM}title", "") for e in feed().iter(f"{ATOM}entry")]
    assert ["KKR Hovedstaden" in title for title in titles] == [True]
    assert feed("?kkr=hovedstaden").findall(f"{ATOM}entry")
    assert Client().get(f"{FEED}?kkr=sjaelland").status_code == 404


def test_the_feed_tells_of_what_is_taken_down_and_not_what_it_said() -> None:
    sent = two_versions()
    take_down(sent, "punkt:2-1")

    found = Client().get(FEED).content.decode()

    assert "Punkt 2.1 er taget ned. Bilaget viste et CPR-nummer." in found
    assert "A &amp;amp;" not in found
    take_down(sent, "version:2")
    assert (
        "Version\N{NO-BREAK SPACE}2 er taget ned" in Client().get(FEED).content.decode()
    )


@pytest.mark.parametrize("count", [1, 4])
def test_the_feed_costs_one_query_however_much_there_is(
    django_assert_num_queries: Any, count: int
) -> None:
    for day in range(count):
        a_publication(a_meeting(slug=f"2023-11-2{day}"))

    with django_assert_num_queries(1):
        assert Client().get(FEED).status_code == 200


def test_asking_confirming_and_leaving(mailoutbox: list[Any]) -> None:
    a_publication()
    kkr = f"kkr:{a_council().pk}"

    answer = Client().post(HERE, {"email": "Borger@Eksempel.dk", "about": kkr})
    run_jobs(ask_to_confirm)

    assert "Se i din mail" in answer.content.decode()
    assert mailoutbox[0].to == ["borger@eksempel.dk"]
    link = urlsplit(re.findall(r"http\S+", mailoutbox[0].body)[0]).path
    assert "Ja, send mig nyt" in Client().get(link).content.decode()
    assert Subscription.objects.get().confirmed_at is None
    page = Client().post(link).content.decode()
    assert Subscription.objects.get().confirmed_at is not None
    left = re.findall(r'href="(/moeder/nyt-paa-mail/afmeld/[^"]+)"', page)[0]
    assert Client().get(left).status_code == 200
    assert Subscription.objects.exists()
    assert "Du er afmeldt" in Client().post(left).content.decode()
    assert not Subscription.objects.exists()
    assert Client().get(left).status_code == 200


def test_the_answer_is_the_same_for_known_and_unknown_addresses(
    mailoutbox: list[Any],
) -> None:
    a_publication()
    a_subscriber("kendt@eksempel.dk")
    Subscription.objects.update(asked_at=clock.now() - timedelta(hours=2))
    about = {"about": f"kkr:{a_council().pk}"}

    pages = [
        Client().post(HERE, about | {"email": f"{name}@eksempel.dk"})
        for name in ("kendt", "ukendt")
    ]
    run_jobs(ask_to_confirm)

    shown = [re.sub(r'token" value="\w+"', "", p.content.decode()) for p in pages]
    assert shown[0] == shown[1]
    assert sorted(len(each.to) for each in mailoutbox) == [1, 1]


def test_an_address_is_not_flooded(mailoutbox: list[Any]) -> None:
    a_publication()
    given = {"email": "a@b.dk", "about": f"kkr:{a_council().pk}"}

    answers = [Client().post(HERE, given).status_code for _ in range(12)]
    run_jobs(ask_to_confirm)

    assert answers == [200] * 10 + [429] * 2
    assert len(mailoutbox) == 1


@pytest.mark.parametrize(
    "email", ["a@b.dk\nBcc: c@d.dk", "a@b.dk, c@d.dk", "a@b.dk\r\n\r\nHej", "", "a"]
)
def test_what_is_no_one_address_is_refused(email: str) -> None:
    a_publication()

    got = Client().post(HERE, {"email": email, "about": f"kkr:{a_council().pk}"})

    assert (got.status_code, Subscription.objects.count()) == (422, 0)


def test_a_publication_is_told_once_to_each(mailoutbox: list[Any]) -> None:
    sent = two_versions()
    connection.cursor().execute("DELETE FROM procrastinate_jobs")
    a_subscriber()
    a_subscriber(meeting=sent.meeting)
    a_subscriber("anden@eksempel.dk", sent.meeting)
    Subscription.objects.create(email="nej@b.dk", council=a_council())

    for _ in range(2):
        tell_subscribers.func(sent.pk)
    pks = list(NewsMail.objects.values_list("pk", flat=True))
    for pk in pks * 2:
        send_news.func(pk)

    assert sorted(each.to[0] for each in mailoutbox) == ["a@b.dk", "anden@eksempel.dk"]
    own = mailoutbox[0]
    assert own.subject.endswith("KKR Sjælland, version 2")
    assert "- Punkt 2.1, A & <b>: teksten er ændret." in own.body
    assert f"{settings.PORTAL_ADDRESS}/moeder/2023-11-22/aendringer/" in own.body
    left = own.extra_headers["List-Unsubscribe"].strip("<>")
    assert own.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    strict = Client(enforce_csrf_checks=True)
    body = {"List-Unsubscribe": "One-Click"}
    assert strict.post(urlsplit(left).path, body).status_code == 200
    assert not Subscription.objects.filter(email=own.to[0], meeting=None).exists()


def test_the_job_is_there_with_the_publication_or_when_it_opens() -> None:
    tasks = "SELECT count(*) FROM procrastinate_jobs WHERE task_name = %s"

    def waiting() -> int:
        with connection.cursor() as cursor:
            cursor.execute(tasks, ["meetings.tell_subscribers"])
            return int(cursor.fetchone()[0])

    a_publication()
    assert waiting() == 1
    later = a_meeting(slug="2023-11-24")
    Meeting.objects.filter(pk=later.pk).update(
        public_at=clock.now() + timedelta(days=1)
    )
    later.refresh_from_db()
    sent = a_publication(later)
    assert waiting() == 1
    a_subscriber()
    tell_subscribers.func(sent.pk)
    assert NewsMail.objects.count() == 0
    open_to_all.func(later.pk)
    assert waiting() == 2


def test_what_is_taken_down_before_the_mail_is_sent_is_not_in_it(
    mailoutbox: list[Any],
) -> None:
    sent = two_versions()
    a_subscriber()
    tell_subscribers.func(sent.pk)

    take_down(sent, "version:2")
    send_news.func(NewsMail.objects.get().pk)

    assert mailoutbox == []
    # It waits for nothing: "Send igen" takes it up where it is put up again.
    assert NewsMail.objects.get().tries == MOST_TRIES


def test_a_subject_is_one_line_whatever_a_title_holds() -> None:
    letter = service._letter("En\nBcc: x@y.dk", "known", {"left": "x"}, "a@b.dk")

    assert letter.subject == "En Bcc: x@y.dk"
    letter.send()
    assert [each.bcc for each in mail.outbox] == [[]]


def test_who_is_signed_in_ticks_what_the_own_address_is_told_of(client: Client) -> None:
    sent = a_publication()
    user = a_user(role=Role.MEMBER)
    a_subscriber(user.email, sent.meeting)
    a_subscriber("anden@eksempel.dk")
    client.force_login(user)

    page = client.get(HERE).content.decode()
    client.post(HERE, {"councils": [str(a_council().pk)]})

    assert user.email in page
    own = Subscription.objects.filter(email=user.email)
    assert [(row.meeting_id, bool(row.confirmed_at)) for row in own] == [(None, True)]
    assert Subscription.objects.count() == 2
    one = f"{HERE}?moede={sent.meeting.slug}"
    assert client.post(one, {"meetings": [str(sent.meeting_id)]}).status_code == 302
    assert [row.meeting_id for row in own.all()] == [sent.meeting_id]
    assert client.post(HERE, {"meetings": ["999"]}).status_code == 422


def test_a_forged_or_late_link_confirms_nothing() -> None:
    row = Subscription.objects.create(email="a@b.dk", council=a_council())
    for token in (
        "1:falsk",
        service.leave_token(row),
        f"{service.confirm_token(row)}x",
    ):
        assert Client().post(f"{HERE}bekraeft/{token}/").status_code == 404

    Subscription.objects.update(asked_at=clock.now() - timedelta(days=4))
    service.sweep()

    assert not Subscription.objects.exists()
