"""Approval: asked by a link, answered once, written down, and only of what stands."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from core.errors import RuleViolationError
from meetings.choices import PaperKind
from meetings.models import AgendaItem, Approval, Meeting, Paper, StateStep
from meetings.post.words import token_of
from meetings.services import agenda, approval, life
from meetings.services.approval import Asked
from tests.makers import MEETING, a_secretary
from tests.makers_packets import a_meeting, a_packet

if TYPE_CHECKING:
    from accounts.models import User

pytestmark = pytest.mark.django_db
PAGE = f"{MEETING}godkendelse/"
JENS = Asked("Jens Hansen")
ASK = {"act": "ask", "spoerg-name": "Jens Hansen", "spoerg-expires_on": "14.11.2023"}


@pytest.fixture(autouse=True)
def today(settings: Any) -> None:
    settings.CLOCK_DATE = date(2023, 11, 7)


@pytest.fixture
def by() -> User:
    return a_secretary()


@pytest.fixture
def meeting(by: User) -> Meeting:
    """A meeting under approval."""
    made = a_meeting()
    a_packet(made)
    return life.take_step(made.pk, to="approval", by=by)


@pytest.fixture
def asked(meeting: Meeting, by: User) -> Approval:
    day = date(2023, 11, 14)
    return approval.ask(meeting.pk, who=JENS, expires_on=day, by=by)


def link(asked: Approval) -> str:
    return f"/moeder/godkend/{token_of(asked)}/"


def test_the_secretariat_gets_a_link_to_copy(meeting: Meeting, by: User) -> None:
    client = Client()
    client.force_login(by)

    answer = client.post(PAGE, ASK, follow=True)

    assertRedirects(answer, PAGE)
    assertContains(answer, f"http://testserver{link(Approval.objects.get())}")
    assertContains(client.get(MEETING), "Venter på Jens Hansen")


def test_the_link_says_what_it_is_for_without_an_account(asked: Approval) -> None:
    page = Client().get(link(asked))

    assertContains(page, "til Jens Hansen")
    assertContains(page, "Indspil til fremtidig indsats")
    assertContains(page, "Svar senest 14.\xa0november\xa02023.")
    assert "no-store" in page.headers["Cache-Control"]


def test_the_link_gives_all_that_is_approved(asked: Approval) -> None:
    AgendaItem.objects.update(case="<p>Rettet siden.</p>")
    Paper.objects.create(
        meeting=asked.meeting, packet=asked.packet, kind=PaperKind.AGENDA,
        file=asked.packet.file, size=5, page_count=1,
    )  # fmt: skip
    page = Client().get(link(asked))

    for words in ("Den første tekst.", "Et resumé.", 'href="#svar"', 'id="svar"'):
        assertContains(page, words)
    assertNotContains(page, "Rettet siden.")
    bilag = Client().get(f"{link(asked)}bilag/2-1-bilag-1/")
    assertContains(bilag, "Praktikordningen kan bruges")
    assert "no-store" in bilag.headers["Cache-Control"]
    for end in ("pakke.pdf", "dagsorden.pdf", "bilag/2-1-bilag-1.pdf"):
        assertContains(page, f'"{link(asked)}{end}"')
        pdf: Any = Client().get(f"{link(asked)}{end}")
        assert b"".join(pdf.streaming_content)[:5] == b"%PDF-"
        assert pdf.headers["Cache-Control"] == "no-store, private"


def test_reading_a_link_answers_nothing(asked: Approval) -> None:
    Client().get(link(asked), {"answer": "approved"})

    asked.refresh_from_db()
    assert asked.answer == ""


def test_a_link_works_once(asked: Approval, by: User) -> None:
    client = Client()

    answer = client.post(link(asked), {"answer": "approved"}, follow=True)
    again = client.post(link(asked), {"answer": "returned", "remarks": "Nej"})

    assertContains(answer, "Du har godkendt dagsordenen")
    assertNotContains(answer, "Send svar")
    assert again.status_code == 422
    asked.refresh_from_db()
    assert (asked.answer, asked.recorded_by) == ("approved", "")
    client.force_login(by)
    assertContains(client.get(MEETING), "Godkendt af Jens Hansen")


def test_what_is_returned_is_a_draft_again_with_the_remarks(
    asked: Approval, by: User
) -> None:
    without = Client().post(link(asked), {"answer": "returned"})
    assertContains(without, "Skriv, hvad der skal ændres.", status_code=422)

    Client().post(link(asked), {"answer": "returned", "remarks": "2.1 er for lang."})

    assert Meeting.objects.get().state == "draft"
    step = StateStep.objects.latest("pk")
    assert (step.after, step.by) == ("draft", "Jens Hansen")
    client = Client()
    client.force_login(by)
    assertContains(client.get(PAGE), "2.1 er for lang.")


def test_what_was_returned_is_in_sight_until_somebody_is_asked_again(
    asked: Approval, by: User
) -> None:
    approval.answer(asked.pk, is_approved=False, remarks="2.1 er for lang.")
    client = Client()
    client.force_login(by)
    words = "Jens Hansen sendte dagsordenen tilbage"

    for page in ("/", MEETING):
        assertContains(client.get(page), words, count=1)
        assertContains(client.get(page), f'href="{PAGE}">Se bemærkningerne')
    life.take_step(asked.meeting_id, to="approval", by=by)
    for page in ("/", MEETING):
        assertContains(client.get(page), words, count=1)
    approval.ask(asked.meeting_id, who=JENS, expires_on=date(2023, 11, 14), by=by)
    for page in ("/", MEETING):
        assertNotContains(client.get(page), words)


def test_an_agenda_that_changed_since_is_not_approved(
    asked: Approval, by: User
) -> None:
    item = AgendaItem.objects.get()
    agenda.edit_item(item.pk, version=item.version, title="Ny titel", by=by)
    a_packet(asked.meeting)

    answer = Client().post(link(asked), {"answer": "approved"})

    assertContains(answer, "Dagsordenen er ændret", status_code=422)
    asked.refresh_from_db()
    assert asked.answer == ""


def test_an_approval_of_what_changed_later_says_so(asked: Approval, by: User) -> None:
    approval.answer(asked.pk, is_approved=True, remarks="")
    item = AgendaItem.objects.get()
    agenda.edit_item(item.pk, version=item.version, title="Ny titel", by=by)
    client = Client()
    client.force_login(by)

    assertContains(client.get(MEETING), "Godkendt af Jens Hansen, men ændret siden")


def test_a_link_expires(asked: Approval, settings: Any) -> None:
    settings.CLOCK_DATE = date(2023, 11, 15)

    page = Client().get(link(asked))

    assertContains(page, "Linket gælder ikke længere.", status_code=410)
    with pytest.raises(RuleViolationError, match="gælder ikke længere"):
        approval.answer(asked.pk, is_approved=True, remarks="")
    for end in ("pakke.pdf", "dagsorden.pdf", "bilag/2-1-bilag-1/"):
        assert Client().get(f"{link(asked)}{end}").status_code == 404


def test_a_new_question_takes_the_old_one_back(
    asked: Approval, meeting: Meeting, by: User
) -> None:
    day = date(2023, 11, 14)
    approval.ask(
        meeting.pk, who=Asked("Næstformanden", "deputy"), expires_on=day, by=by
    )

    assert Client().get(link(asked)).status_code == 410


def test_a_forged_link_leads_nowhere(asked: Approval) -> None:
    url = link(asked)

    for forged in (f"{url[:-3]}xx/", "/moeder/godkend/abc/"):
        assert Client().get(forged).status_code == 404
        assert Client().get(f"{forged}pakke.pdf").status_code == 404


def test_an_answer_is_written_down_with_how(meeting: Meeting, by: User) -> None:
    client = Client()
    client.force_login(by)
    sent = {
        "act": "record",
        "skriv-name": "Jens Hansen",
        "skriv-how": "På telefon",
        "skriv-answer": "approved",
    }
    without = client.post(PAGE, sent | {"skriv-how": ""})
    assertContains(without, "Skriv, hvornår og hvordan", status_code=422)

    client.post(PAGE, sent)

    row = Approval.objects.get()
    assert (row.answer, row.how, row.recorded_by) == ("approved", "På telefon", str(by))
    assertContains(client.get(PAGE), "På telefon. Skrevet ind af")


def test_only_what_is_under_approval_is_asked_of(by: User) -> None:
    meeting = a_meeting()
    a_packet(meeting)

    with pytest.raises(RuleViolationError, match="ikke til godkendelse"):
        approval.ask(meeting.pk, who=JENS, expires_on=date(2023, 11, 14), by=by)
    with pytest.raises(RuleViolationError, match="ikke til godkendelse"):
        approval.record(
            meeting.pk, who=JENS, is_approved=True, remarks="", how="Mail", by=by
        )


def test_a_link_can_be_taken_back(asked: Approval, by: User) -> None:
    client = Client()
    client.force_login(by)

    client.post(PAGE, {"withdraw": str(asked.pk)})

    assert Client().get(link(asked)).status_code == 410
    assert client.post(PAGE, {"withdraw": "999999"}).status_code == 404
    assert client.post(PAGE, {}).status_code == 422
