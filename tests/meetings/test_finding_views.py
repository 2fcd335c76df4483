"""The page before sending: the verdict, the answers, the button."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from meetings.models import AgendaItem, Answer, Finding, Publication
from meetings.services.findings import Given, give_answers, refresh
from tests.made import again
from tests.makers import MEETING, a_chief, a_meeting, a_secretary, an_item, an_outsider
from tests.makers_packets import a_packet, an_approved_packet, settle

if TYPE_CHECKING:
    from pytest_django.fixtures import DjangoAssertNumQueries

    from accounts.models import User
    from meetings.models import Meeting

pytestmark = pytest.mark.django_db

SEND = f"{MEETING}send/"
CONFIRM = f"{MEETING}udgivelser/"
NBSP = "\N{NO-BREAK SPACE}"


@pytest.fixture(scope="module")
def made(kept: None) -> Meeting:
    """An item that lacks its type, an error in the second; built and checked."""
    meeting = a_meeting()
    an_item(meeting, "Filmfonden", kind="")
    an_item(meeting, "Banen", case="Prisen er TBD.")
    a_packet(meeting)
    refresh(meeting.pk)
    return meeting


@pytest.fixture
def meeting(made: Meeting) -> Meeting:
    return again(made)


@pytest.fixture
def secretary(client: Client, meeting: Meeting) -> Client:
    client.force_login(a_secretary())
    return client


@pytest.fixture
def chief(meeting: Meeting) -> Client:
    client = Client()
    client.force_login(a_chief())
    return client


def fixed(meeting: Meeting) -> None:
    """The error is put right, the packet built again."""
    AgendaItem.objects.filter(title="Banen").update(case="<p>Prisen er kendt.</p>")
    an_approved_packet(meeting)
    refresh(meeting.pk)


def warning() -> str:
    return Finding.objects.get(is_error=False).fingerprint


def answered(reason: str = "Det er aftalt.", seen: int = 0) -> dict[str, str]:
    key = warning()
    return {"svar": key, f"grund-{key}": reason, f"set-{key}": str(seen)}


def test_the_verdict_comes_first(secretary: Client) -> None:
    page = secretary.get(SEND)

    assertContains(page, "Kan ikke sendes endnu")
    assertContains(page, f"1{NBSP}fejl skal rettes")
    assertContains(page, f"1{NBSP}advarsel mangler svar")
    assertContains(page, f'href="{MEETING}punkter/2-2/#id_case"')


def test_an_error_has_no_tick_and_a_warning_has(secretary: Client) -> None:
    assertContains(secretary.get(SEND), 'type="checkbox"', count=1)


def test_a_tick_without_a_reason_is_refused_and_nothing_typed_is_lost(
    secretary: Client,
) -> None:
    response = secretary.post(SEND, answered("  "))

    assertContains(response, "Skriv hvorfor.", status_code=422)
    assertContains(response, " checked", status_code=422)
    assert not Answer.objects.exists()


def test_a_reason_without_a_tick_is_asked_about_and_kept(secretary: Client) -> None:
    response = secretary.post(SEND, {f"grund-{warning()}": "Det er aftalt."})

    assertContains(response, "Sæt hak ved begrundelsen", status_code=422)
    assertContains(response, 'value="Det er aftalt."', status_code=422)


def test_an_answer_is_shown_with_reason_and_name(secretary: Client) -> None:
    assertRedirects(secretary.post(SEND, answered()), SEND)

    page = secretary.get(SEND)

    assertContains(page, "<strong>Sendes alligevel:</strong> Det er aftalt.")
    assertContains(page, f"Sekretariat sjaelland, i{NBSP}dag kl.")
    assertContains(page, "Fortryd")


def test_an_answer_is_taken_back_and_put_back(secretary: Client) -> None:
    secretary.post(SEND, answered())
    data = {"finding": warning(), "seen": "1"}

    taken = secretary.post(f"{SEND}fortryd/", data, follow=True)

    assertContains(taken, "er taget tilbage.")
    assertContains(taken, f"1{NBSP}advarsel mangler svar")
    secretary.post(SEND, answered(seen=2))
    assert not Answer.objects.get().is_withdrawn


def test_who_answers_after_another_is_shown_both_and_chooses(
    secretary: Client, chief: Client
) -> None:
    chief.post(SEND, answered("Chefens grund."))

    response = secretary.post(SEND, answered("Min grund."))

    assertContains(response, "har svaret imens: ”Chefens grund.”", status_code=409)
    assertContains(response, 'value="Min grund."', status_code=409)
    assert Answer.objects.get().reason == "Chefens grund."
    assertRedirects(secretary.post(SEND, answered("Min grund.", seen=1)), SEND)
    assert Answer.objects.get().reason == "Min grund."


def test_an_answer_to_a_text_that_changed_is_given_back_in_words(
    secretary: Client, meeting: Meeting
) -> None:
    data = answered("Min grund.")
    AgendaItem.objects.filter(title="Filmfonden").update(action="")
    refresh(meeting.pk)

    response = secretary.post(SEND, data)

    assertContains(response, "Teksten er ændret imens", status_code=409)
    assertContains(response, "Du skrev: ”Min grund.”", status_code=409)


def test_the_button_is_described_by_why_and_pressing_it_says_the_same(
    chief: Client,
) -> None:
    why = f"Du kan sende, når 1{NBSP}fejl er rettet, og 1{NBSP}advarsel har fået svar."
    page = chief.get(SEND)
    assertContains(page, 'aria-disabled="true" aria-describedby="send-why"')
    assertContains(page, f'<p id="send-why">{why}</p>', html=True)

    assertContains(chief.post(SEND, {"do": "send"}), why, count=2, status_code=422)


def test_a_stale_packet_closes_sending(chief: Client, meeting: Meeting) -> None:
    settle(meeting, meeting.council.memberships.get(role="chief").user)
    AgendaItem.objects.filter(title="Banen").update(title="Den nye bane")

    response = chief.post(SEND, {"do": "send"})

    assertContains(response, "Pakken er forældet: ", status_code=422)
    assertContains(response, "Byg igen", status_code=422)
    assertNotContains(response, "Klar til at sende", status_code=422)


def test_a_packet_that_is_not_built_closes_sending(client: Client) -> None:
    refresh(a_meeting().pk)
    client.force_login(a_chief())

    assertContains(
        client.post(SEND, {"do": "send"}), "ikke bygget endnu", status_code=422
    )


def test_what_no_job_has_checked_yet_is_said(client: Client) -> None:
    meeting = a_meeting()
    an_item(meeting)
    a_packet(meeting)
    client.force_login(a_secretary())

    assertContains(client.get(SEND), "Kontrollen er ikke lavet endnu.")


def test_ready_it_is_sent_after_one_confirming_page(
    chief: Client, secretary: Client, meeting: Meeting
) -> None:
    fixed(meeting)
    secretary.post(SEND, answered())
    assertContains(chief.get(SEND), "Klar til at sende")

    assertRedirects(chief.post(SEND, {"do": "send"}), CONFIRM)
    page = chief.get(CONFIRM)
    assertContains(page, "Det bliver låst")
    assertContains(page, "Modtagere")
    assertContains(page, "Godkendt af En formand, formand")
    packet = meeting.packets.order_by("-pk")[0]
    chief.post(CONFIRM, {"packet": packet.pk})

    assert Publication.objects.get().findings["findings"][0]["answer"]["reason"]
    assertContains(chief.get(SEND), "er sendt, og intet er ændret siden.")


def test_the_confirming_page_has_no_button_while_something_is_open(
    chief: Client,
) -> None:
    assertNotContains(chief.get(CONFIRM), '<button class="button button-primary">')


def test_only_the_head_of_secretariat_sends(
    secretary: Client, meeting: Meeting
) -> None:
    fixed(meeting)
    secretary.post(SEND, answered())

    page = secretary.get(SEND)

    assertContains(page, "Sekretariatschefen sender.")
    assertNotContains(page, 'value="send"')
    refused = secretary.post(SEND, {"do": "send"})
    assertContains(refused, "Sekretariatschefen sender.", status_code=422)


def test_others_do_not_see_the_page(client: Client, meeting: Meeting) -> None:
    assert client.get(SEND).status_code == 302
    client.force_login(an_outsider())

    assert client.get(SEND).status_code == 404
    assert client.post(SEND, answered()).status_code == 404
    assert client.post(f"{SEND}fortryd/", {}).status_code == 404
    assert not Answer.objects.exists()


def test_the_workbench_shows_the_first_and_leads_to_all(secretary: Client) -> None:
    page = secretary.get(MEETING)

    assertContains(page, f"Se 1{NBSP}fejl og 1{NBSP}advarsel")
    assertContains(page, "2.1: Punktet mangler type.")


EVERY = "alle-mangler"


@pytest.fixture
def several(client: Client) -> Client:
    """A meeting with four items that each lack their type, open to its secretary."""
    meeting = a_meeting()
    for _ in range(4):
        an_item(meeting, kind="")
    a_packet(meeting)
    refresh(meeting.pk)
    client.force_login(a_secretary())
    return client


def for_all(reason: str, *shown: Finding) -> dict[str, str]:
    """The form where a whole group is answered; ``shown`` are those the page had."""
    seen = {f"set-{each.fingerprint}": "0" for each in shown}
    return {"svar": EVERY, f"grund-{EVERY}": reason, **seen}


def reasons() -> dict[str, str]:
    """Answers by the item they are about."""
    labels = dict(Finding.objects.values_list("fingerprint", "label"))
    rows = Answer.objects.order_by("pk").values_list("fingerprint", "reason")
    return {labels[key]: reason for key, reason in rows}


def test_a_group_is_answered_as_one_save_those_with_a_reason_of_their_own(
    several: Client,
) -> None:
    assertContains(several.get(SEND), "Send de 4 uden svar alligevel, fordi")
    rows = list(Finding.objects.all())
    own = {f"grund-{rows[0].fingerprint}": "Kun om det første."}
    form = for_all("Aftalt med formanden.", *rows)

    several.post(SEND, {**form, **own, "svar": [EVERY, rows[0].fingerprint]})

    alike = dict.fromkeys(["2.2", "2.3", "2.4"], "Aftalt med formanden.")
    assert reasons() == {"2.1": "Kun om det første.", **alike}
    assertNotContains(several.get(SEND), "uden svar alligevel")


def test_a_groups_tick_without_a_reason_is_asked_about_and_saves_nothing(
    several: Client,
) -> None:
    rows = Finding.objects.all()

    response = several.post(SEND, for_all(" ", *rows))

    assertContains(response, "Skriv hvorfor.", status_code=422)
    assertContains(response, f'href="#grund-{EVERY}"', status_code=422)
    assert reasons() == {}


def test_a_group_is_answered_only_for_what_the_page_showed(several: Client) -> None:
    shown = Finding.objects.all()[:2]

    several.post(SEND, for_all("Aftalt med formanden.", *shown))

    assert sorted(reasons()) == ["2.1", "2.2"]


@pytest.mark.parametrize("count", [1, 4])
def test_the_page_asks_the_same_number_of_queries(
    client: Client, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    meeting, user = a_meeting(), a_secretary()
    for _ in range(count):
        an_item(meeting, kind="")
    a_packet(meeting)
    refresh(meeting.pk)
    answer_all(meeting, user)
    client.force_login(user)

    with django_assert_num_queries(8):
        response = client.get(SEND)

    assertContains(response, "Sendes alligevel:", count=count)


def answer_all(meeting: Meeting, user: User) -> None:
    rows = Finding.objects.filter(meeting=meeting)
    given = [Given(row.fingerprint, "Det er aftalt.") for row in rows]
    give_answers(meeting.pk, given, by=user)
