"""Minutes sent for approval, frozen when they are approved, and the decision ledger."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

import pytest
from django.core import mail
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains

from accounts.choices import Role
from meetings.minutes.ledger import decisions_on
from meetings.models import (
    AgendaItem,
    Decision,
    LedgerEntry,
    Letter,
    Meeting,
    Member,
    Minutes,
    Paper,
)
from meetings.search import meetings_and_items, scope_of
from meetings.services import decisions, follow_ups, guests, minutes
from meetings.services.guests import Told
from meetings.services.life import StepRefusedError, take_step
from meetings.tasks import mail_letter, print_minutes, send_news, tell_subscribers
from tests.makers_minutes import (
    a_chief,
    a_held_meeting,
    approved_minutes,
    proposed_minutes,
    written_minutes,
)
from tests.makers_packets import a_council, a_user
from tests.meetings.test_news import a_subscriber, run_jobs

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries

    from core.search import Entry

pytestmark = pytest.mark.django_db
MEETING: Final = "/moeder/2023-11-22/"
PAGE: Final = f"{MEETING}referat/"
FILE: Final = f"{MEETING}referat.pdf"


@pytest.fixture(autouse=True)
def today(settings: Any) -> None:
    settings.CLOCK_DATE = date(2023, 11, 23)


def signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_what_is_missing_is_listed_with_links_before_anything_is_sent() -> None:
    browser = signed_in(a_chief(a_held_meeting()))

    answer = browser.post(f"{PAGE}godkendelse/")

    assertContains(answer, "Fremmødet er ikke skrevet.", status_code=422)
    assertContains(answer, f'href="{PAGE}fremmoede/"', status_code=422)
    assertContains(answer, "Punkt 2.1 har ingen beslutning.", status_code=422)
    assert not Minutes.objects.exists()


def test_what_was_written_is_checked_before_anybody_else_reads_it() -> None:
    own = written_minutes()
    by, row = a_chief(own), Decision.objects.get()
    texts = {"text": "<p>Om 010190-1234.</p>", "minority": "<p>TBD</p>"}
    texts |= {"minority_by": "Vi"}
    decisions.write_decision(row.pk, version=row.version, **texts, by=by)
    task = follow_ups.create_task(own.pk, text="Send 字", owner="Os", by=by)
    guests.write_guests(own.pk, told={}, seen={}, new=[Told("xxx")], by=by)
    print_minutes(own.pk)

    answer = signed_in(by).post(f"{PAGE}godkendelse/")

    assert [each.text.partition(". ")[0] for each in answer.context["obstacles"]] == [
        "”Også til stede”, xxx: Her er noget, der ikke er udfyldt",
        "Beslutningen til punkt 2.1: Her er noget, der ikke er udfyldt",
        "Beslutningen til punkt 2.1: 1\xa0tal ligner et cpr-nummer",
        "En opgave uden punkt: Tegnet ”字” (U+5B57, cjk unified ideograph-5b57) kan ikke "
        "trykkes; på papiret bliver det til ◊",
    ]
    for url in (f"{PAGE}punkter/2-1/", task.get_absolute_url()):
        assertContains(answer, f'href="{url}">Ret det</a>', status_code=422)
    assert not Minutes.objects.exists()


def test_minutes_are_sent_once_their_pdf_is_made() -> None:
    own = written_minutes()
    browser = signed_in(a_chief(own))

    early = browser.post(f"{PAGE}godkendelse/", follow=True)
    print_minutes(own.pk)
    late = browser.post(f"{PAGE}godkendelse/", follow=True)
    again = minutes.propose_minutes(own.pk, by=a_chief(own))

    assertContains(early, "PDF dannes nu.")
    assertContains(late, "Referatet er sendt til godkendelse.")
    assert (again.number, Minutes.objects.count()) == (1, 1)


def test_those_who_sit_in_the_council_read_what_waits_for_approval() -> None:
    proposed_minutes()
    member, public = signed_in(a_user(role=Role.MEMBER)), Client()

    assertContains(member.get(PAGE), "Ikke godkendt endnu.")
    assert member.get(FILE)["Cache-Control"] == "no-store, private"
    assert [public.get(url).status_code for url in (PAGE, FILE)] == [404, 404]
    assertContains(public.get(MEETING), "afventer godkendt referat")


def test_what_was_written_since_must_be_sent_again() -> None:
    own = proposed_minutes().meeting
    row = Decision.objects.get()
    decisions.write_decision(
        row.pk, version=row.version, text="<p>Andet.</p>", by=a_chief(own)
    )

    with pytest.raises(StepRefusedError) as refused:
        take_step(own.pk, to="approved", by=a_chief(own))

    (obstacle,) = refused.value.obstacles
    assert "rettet, siden det blev sendt" in obstacle.text
    assertContains(signed_in(a_chief(own)).get(PAGE), "Send igen til godkendelse")


def test_everybody_reads_approved_minutes_and_is_told_of_them() -> None:
    a_council().members.create(name="Anna", email="anna@kkr.example")
    own = a_held_meeting()
    a_subscriber()
    approved_minutes(own)
    public = Client()

    read, item = public.get(PAGE), public.get(f"{MEETING}punkter/2-1/")

    assertContains(read, "Godkendt 23.\xa0november\xa02023.")
    assertContains(read, "På næste møde.")
    assertContains(read, "KKR Sjælland drøftede sagen.")
    assertContains(public.get(MEETING), "<b>Beslutning:</b> Drøftet.")
    assertContains(item, "Gælder 2.1\xa0Bilag\xa01–2, version\xa01")
    assert public.get(FILE)["Cache-Control"] == "public, no-cache"
    run_jobs(mail_letter, tell_subscribers, send_news)
    told = {(m.to[0], m.subject[:22]) for m in mail.outbox if "efera" in m.subject}
    word = "Referatet er godkendt:"
    assert told == {("anna@kkr.example", word), ("a@b.dk", word)}
    waits = Letter.objects.get(minutes__is_approved=False)
    assert waits.failure == "Et nyere referat er sendt."
    assertContains(public.get("/moeder/atom.xml"), "/2023-11-22/referat-2")


def test_approved_minutes_never_change() -> None:
    own, public = approved_minutes(), Client()
    before = [b"".join(public.get(FILE)), public.get(PAGE).content]
    shown = [entry.text for entry in LedgerEntry.objects.all()]

    Decision.objects.update(text="<p>Forkert.</p>", outcome="rejected")
    Member.objects.update(name="En anden")
    AgendaItem.objects.update(title="Noget andet", recommendation="")

    assert b"".join(public.get(FILE)) == before[0]
    assert public.get(PAGE).content == before[1]
    assert [entry.text for entry in LedgerEntry.objects.all()] == shown
    assert all(model.append_only for model in (Minutes, LedgerEntry, Paper))
    assert own.paper.document


def test_what_was_public_is_still_read_while_it_is_put_right() -> None:
    own, public = approved_minutes().meeting, Client()
    take_step(own.pk, to="held", reason="En fejl i 2.1.", by=a_chief(own))

    assertContains(public.get(PAGE), "Godkendelsen er taget tilbage")
    row = Decision.objects.get()
    decisions.write_decision(
        row.pk, version=row.version, text="<p>Rettet.</p>", by=a_chief(own)
    )
    print_minutes(own.pk)
    minutes.propose_minutes(own.pk, by=a_chief(own))
    assertNotContains(public.get(PAGE), "Rettet.")
    take_step(own.pk, to="approved", by=a_chief(own))

    assertContains(public.get(PAGE), "Rettet.")
    assert [row.text for row in decisions_on("proposal:et", None)] == ["<p>Rettet.</p>"]


def test_a_record_finds_its_decisions_and_a_decision_its_versions() -> None:
    approved_minutes()

    (row,) = decisions_on("proposal:et", None)
    page = Client().get("/beslutninger/")

    first = row.applies[0]
    assert (row.number, row.outcome, first["version"]) == ("2.1", "Drøftet", 1)
    assert first["url"] == (f"{MEETING}bilag/2-1-bilag-1/?kkr=sjaelland&version=1")
    assert Client().get(first["url"]).status_code == 200
    assert decisions_on("proposal:findes-ikke", None) == ()
    assertContains(page, first["title"])


def test_a_decision_is_found_by_its_words() -> None:
    own = proposed_minutes().meeting
    before = [entry.passages for entry in sent_items(own)]
    take_step(own.pk, to="approved", by=a_chief(own))

    (found,) = sent_items(own)

    assert "Beslutning" not in {each.name for each in before[0]}
    (passage,) = [each for each in found.passages if each.name == "Beslutning"]
    assert passage.text == "Drøftet. KKR Sjælland drøftede sagen."


def sent_items(meeting: Meeting) -> list[Entry]:
    """What is found of the items of what was sent."""
    found = meetings_and_items(scope_of(meeting.pk))
    return [entry for entry in found if entry.is_sent]


@pytest.mark.parametrize(
    ("query", "is_found"),
    [
        ("q=INDSPIL", True),
        ("q=filmfond", False),
        ("aar=2023", True),
        ("aar=2024", False),
        ("udfald=discussed", True),
        ("udfald=approved", False),
        ("aar=²&udfald=x", True),
    ],
)
def test_the_ledger_is_narrowed(query: str, *, is_found: bool) -> None:
    approved_minutes()

    page = Client().get(f"/beslutninger/?{query}")

    words = "Beslutning:" if is_found else "Ingen beslutninger passer"
    assertContains(page, words)


def test_decisions_of_a_closed_kind_are_not_public() -> None:
    own = approved_minutes().meeting
    Meeting.objects.filter(pk=own.pk).update(kind="directors")

    assertContains(Client().get("/beslutninger/"), "Ingen beslutninger endnu.")
    assert len(decisions_on("proposal:et", a_chief(own))) == 1
    other = a_user(a_council("hovedstaden"))
    assert decisions_on("proposal:et", other) == ()


def test_a_meeting_with_open_tasks_is_not_closed() -> None:
    own = written_minutes()
    task = follow_ups.create_task(own.pk, text="Svar.", owner="Vi", by=a_chief(own))
    approved = proposed(own)
    take_step(own.pk, to="approved", by=a_chief(own))

    with pytest.raises(StepRefusedError) as refused:
        take_step(own.pk, to="closed", by=a_chief(own))
    follow_ups.finish_task(task.pk, by=a_chief(own))
    closed = take_step(own.pk, to="closed", by=a_chief(own))

    assert refused.value.obstacles[0].url == task.get_absolute_url()
    assert (closed.state, approved.is_approved) == ("closed", False)


def proposed(own: Meeting) -> Minutes:
    print_minutes(own.pk)
    return minutes.propose_minutes(own.pk, by=a_chief(own))


@pytest.mark.parametrize("url", [PAGE, "/beslutninger/"])
def test_reading_asks_few_questions(
    django_assert_max_num_queries: DjangoAssertNumQueries, url: str
) -> None:
    approved_minutes()

    with django_assert_max_num_queries(4):
        Client().get(url)
