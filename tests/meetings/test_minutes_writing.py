"""Minutes as they are written: decisions, who was there, answers before the meeting."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

import pytest
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from meetings.models import AgendaItem, Attendance, Decision, Meeting
from meetings.services import attendance, decisions, follow_ups
from meetings.services.attendance import Mark
from meetings.services.writing import NotWritingError
from tests.made import again
from tests.makers_minutes import a_chief, a_held_meeting, a_member, written_minutes
from tests.makers_packets import a_meeting, a_user

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_django import DjangoAssertNumQueries

pytestmark = pytest.mark.django_db
PAGE: Final = "/moeder/2023-11-22/referat/"
OF_ITEM: Final = f"{PAGE}punkter/2-1/"
SEATS: Final = f"{PAGE}fremmoede/"


@pytest.fixture(scope="module")
def made(kept: None) -> Meeting:
    return a_held_meeting()


@pytest.fixture
def meeting(made: Meeting) -> Meeting:
    return again(made)


@pytest.fixture
def browser(meeting: Meeting) -> Client:
    client = Client()
    client.force_login(a_chief(meeting))
    return client


def sent(**changed: str) -> dict[str, str]:
    """The decision's form as a browser without scripts posts it."""
    return {
        "outcome": "discussed",
        "text": "KKR drøftede sagen.",
        "minority": "",
        "minority_by": "",
    } | changed


def test_what_follows_from_the_requested_action_is_proposed(browser: Client) -> None:
    page = browser.get(PAGE)
    answer = browser.post(OF_ITEM, {"forslag": "brug"}, follow=True)

    assertContains(page, "Brug forslaget")
    assertContains(page, "KKR Sjælland drøftede sagen.")
    assertContains(answer, "Beslutningen til punkt 2.1 er skrevet.")
    assertContains(answer, "Gælder 2.1\xa0Bilag\xa01–2, version\xa01 (pakkens side")
    assert Decision.objects.get().outcome == "discussed"


@pytest.mark.parametrize(
    ("action", "outcome", "words"),
    [
        ("accedes", "acceded", "tiltrådte indstillingen."),
        ("approves", "approved", "godkendte indstillingen."),
        ("notes", "noted", "tog orienteringen til efterretning."),
        ("answers", "answered", "afgav svar til Kulturministeriet."),
    ],
)
def test_every_action_proposes_its_outcome(
    meeting: Meeting, action: str, outcome: str, words: str
) -> None:
    AgendaItem.objects.update(action=action, addressee="Kulturministeriet")

    row = decisions.use_proposal(AgendaItem.objects.get().pk, by=a_chief(meeting))

    assert (row.outcome, row.text) == (outcome, f"<p>KKR Sjælland {words}</p>")


def test_a_decision_is_written_in_ones_own_words(browser: Client) -> None:
    values = sent(text="KKR vil gerne.", minority="Nej.", minority_by="Per Skov")

    answer = browser.post(OF_ITEM, values, follow=True)

    assertRedirects(answer, f"{PAGE}#punkt-2-1")
    assertContains(answer, "Punkt 2.1 er gemt.")
    assertContains(answer, "Mindretal: Per Skov")
    assert Decision.objects.get().text == "<p>KKR vil gerne.</p>"


def test_what_is_postponed_adopts_nothing(browser: Client) -> None:
    words = "Punktet blev udsat."

    answer = browser.post(OF_ITEM, sent(outcome="postponed", text=words), follow=True)

    assertContains(answer, words)
    assertNotContains(answer, "Gælder 2.1")


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"outcome": ""}, "Vælg, hvad der skete med punktet."),
        ({"text": ""}, "Skriv, hvad der blev besluttet."),
        ({"minority": "Nej tak."}, "Skriv, hvem der står bag udtalelsen."),
    ],
)
def test_half_a_decision_is_not_saved_and_keeps_what_was_typed(
    browser: Client, changed: dict[str, str], words: str
) -> None:
    answer = browser.post(OF_ITEM, sent(text="Noget.") | changed)

    assertContains(answer, words, status_code=422)
    assert not Decision.objects.exclude(outcome="").exists()
    if "text" not in changed:
        assertContains(answer, "Noget.", status_code=422)


def test_two_who_decide_differently_are_asked(
    browser: Client, meeting: Meeting
) -> None:
    item, by = AgendaItem.objects.get(), a_chief(meeting)
    decisions.use_proposal(item.pk, by=by)

    answer = browser.post(OF_ITEM, sent(text="Noget helt andet.", version="1"))

    assertContains(answer, "Noget helt andet.", status_code=409)
    assert "drøftede sagen" in Decision.objects.get().text


def test_an_answer_that_could_not_wait_is_written_before_the_meeting() -> None:
    client, own = Client(), a_meeting()
    client.force_login(a_user(own.council))
    url = "/moeder/2023-11-22/punkter/2-1/svar/"
    values = {"answer": "Ja.", "answered_by": "Formanden", "answered_on": "13.11.2023"}

    refused = client.post(url, values | {"answered_by": ""})
    answer = client.post(url, values)

    assertContains(refused, "Skriv, hvem der svarede.", status_code=422)
    assertRedirects(answer, "/moeder/2023-11-22/punkter/2-1/")
    row = Decision.objects.get()
    assert (row.answer, row.answered_on) == ("Ja.", date(2023, 11, 13))


def test_an_answer_that_is_given_no_longer_waits(settings: Any) -> None:
    settings.CLOCK_DATE = date(2023, 11, 7)
    client, own = Client(), a_meeting()
    by = a_user(own.council)
    client.force_login(by)
    AgendaItem.objects.update(reply_deadline="dated", reply_on=date(2023, 11, 14))
    words = "Svar fra KKR i punkt 2.1"

    assertContains(client.get("/"), words)
    row = decisions.begin_decision(AgendaItem.objects.get().pk, by=by)
    decisions.record_answer(
        row.pk, version=1, answer="Ja.", answered_by="Formanden",
        answered_on=date(2023, 11, 13), by=by,
    )  # fmt: skip

    assertNotContains(client.get("/"), words)


def test_who_was_there_is_written_for_all_at_once(browser: Client) -> None:
    karen, per = a_member(role="chair"), a_member("Per Skov")
    line = a_member("Line Vang", role="substitute")
    values = {
        f"medlem-{karen.pk}-presence": "present",
        f"medlem-{per.pk}-presence": "apology",
        f"medlem-{per.pk}-substitute": str(line.pk),
    }

    answer = browser.post(SEATS, values, follow=True)

    assertContains(answer, "Fremmødet er gemt.")
    assertContains(answer, "Karen Holm (formand)")
    assertContains(answer, "Per Skov, i stedet deltog Line Vang")


def test_nobody_stands_in_for_who_is_there(browser: Client) -> None:
    karen, line = a_member(), a_member("Line Vang", role="substitute")
    own = f"medlem-{karen.pk}"
    values = {f"{own}-presence": "present", f"{own}-substitute": str(line.pk)}

    answer = browser.post(SEATS, values)

    assertContains(answer, "Kun den, der ikke er til stede,", status_code=422)
    assert not Attendance.objects.exists()


def test_who_was_there_is_merged_member_by_member(
    browser: Client, meeting: Meeting
) -> None:
    karen, per = a_member(), a_member("Per Skov")
    theirs = {karen.pk: Mark("apology")}
    attendance.write_attendance(meeting.pk, marks=theirs, seen={}, by=a_chief(meeting))
    mine = {
        f"medlem-{karen.pk}-presence": "present",
        f"medlem-{per.pk}-presence": "present",
    }

    asked = browser.post(SEATS, mine)
    chosen = browser.post(SEATS, mine | {f"medlem-{karen.pk}-seen": "apology"})

    assertContains(asked, "Andre har skrevet: Afbud.", status_code=409)
    assertRedirects(chosen, f"{PAGE}#fremmoede")
    assert set(Attendance.objects.values_list("presence", flat=True)) == {"present"}


WRITES: Final[dict[str, Callable[[Any, Any, Any], object]]] = {
    "attendance": lambda m, _, by: attendance.write_attendance(
        m.pk, marks={}, seen={}, by=by
    ),
    "decision": lambda _, i, by: decisions.use_proposal(i.pk, by=by),
    "task": lambda m, i, by: follow_ups.create_task(
        m.pk, item=i, text="x", owner="y", by=by
    ),
}


@pytest.mark.parametrize("state", ["draft", "approval", "approved", "closed"])
@pytest.mark.parametrize("service", WRITES)
def test_minutes_are_written_only_from_sending_until_they_are_approved(
    meeting: Meeting, service: str, state: str
) -> None:
    Meeting.objects.filter(pk=meeting.pk).update(state=state)
    item = AgendaItem.objects.get()

    with pytest.raises(NotWritingError, match="Referatet"):
        WRITES[service](meeting, item, a_chief(meeting))


def test_what_is_refused_is_said_and_keeps_what_was_typed(
    browser: Client, meeting: Meeting
) -> None:
    Meeting.objects.filter(pk=meeting.pk).update(state="approved")

    answer = browser.post(OF_ITEM, sent(text="For sent."))

    assertContains(answer, "Referatet er godkendt og låst.", status_code=422)
    assertContains(answer, "For sent.", status_code=422)


@pytest.mark.parametrize("count", [1, 4])
def test_the_page_asks_few_questions(
    django_assert_max_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    own = a_meeting()
    for at in range(2, count + 1):
        AgendaItem.objects.create(
            section=own.sections.get(), position=at, key=f"p{at}", title="P",
            kind="theme", action="discusses",
        )  # fmt: skip
    client, held = Client(), written_minutes(a_held_meeting(own))
    client.force_login(a_chief(held))

    with django_assert_max_num_queries(8):
        assertContains(client.get(PAGE), "drøftede sagen.", count=count)
