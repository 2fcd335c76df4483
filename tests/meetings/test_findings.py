"""What is found is stored by a job, answered, and kept with what is sent."""

from __future__ import annotations

import pytest

from core.errors import RuleViolationError
from meetings.checking.standing import Standing, standing
from meetings.models import AgendaItem, Answer, Appendix, Checkup, Finding, Meeting
from meetings.services import agenda
from meetings.services.findings import Answered, Given, give_answers, refresh, take_back
from meetings.services.publishing import publish
from meetings.tasks import refresh as refresh_job
from tests.made import again
from tests.makers import a_chief, a_meeting, a_secretary, an_item, an_upload
from tests.makers_packets import (
    a_packet,
    an_approved_packet,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def made(kept: None) -> Meeting:
    """Two items without a type, and the first with a summary that is not written."""
    meeting = a_meeting()
    item = an_item(meeting, "Filmfonden", kind="")
    an_item(meeting, "Banen", kind="")
    an_upload(item)
    refresh(meeting.pk)
    return meeting


@pytest.fixture
def meeting(made: Meeting) -> Meeting:
    return again(made)


def prints(meeting: Meeting) -> list[str]:
    return [row.finding.fingerprint for row in standing(meeting.pk).rows]


def answer(meeting: Meeting, reason: str = "Det er aftalt.", seen: int = 0) -> Answered:
    by = a_secretary(email=f"{reason[:3]}-{seen}@kkr.example".replace(" ", ""))
    given = Given(prints(meeting)[0], reason, seen)
    return give_answers(meeting.pk, [given], by=by)


def test_the_job_of_a_change_works_the_findings_out(meeting: Meeting) -> None:
    item = AgendaItem.objects.get(title="Banen")
    agenda.remove_item(item.pk, by=a_secretary())
    assert len(prints(meeting)) == 2

    refresh_job(meeting.pk)

    assert [row.finding.label for row in standing(meeting.pk).rows] == ["2.1"]


def test_a_check_that_fails_leaves_the_findings_that_were_there(
    meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = prints(meeting)
    monkeypatch.setattr(Finding, "objects", None)

    with pytest.raises(AttributeError):
        refresh(meeting.pk)

    monkeypatch.undo()
    assert prints(meeting) == before


def test_checking_twice_gives_the_same_findings_once(meeting: Meeting) -> None:
    before = prints(meeting)

    refresh(meeting.pk)

    assert prints(meeting) == before
    assert Checkup.objects.count() == 1


def test_an_answer_closes_its_warning_and_names_who_gave_it(meeting: Meeting) -> None:
    answer(meeting)

    first, second = standing(meeting.pk).rows
    assert first.answer is not None
    assert (first.answer.reason, first.answer.changed_by) == (
        "Det er aftalt.",
        "Sekretariat sjaelland",
    )
    assert not second.is_answered


def test_an_answer_falls_when_the_text_under_it_changes(meeting: Meeting) -> None:
    answer(meeting)
    AgendaItem.objects.filter(title="Filmfonden").update(action="")

    refresh(meeting.pk)

    row = standing(meeting.pk).rows[0]
    assert row.finding.sentence == "Punktet mangler type og ønsket handling."
    assert not row.is_answered


def test_an_answer_stays_when_something_else_changes(meeting: Meeting) -> None:
    answer(meeting)
    AgendaItem.objects.filter(title="Banen").update(title="Den nye bane")

    refresh(meeting.pk)

    assert standing(meeting.pk).rows[0].is_answered


def test_two_who_answer_different_findings_at_once_both_count(meeting: Meeting) -> None:
    first, second = prints(meeting)
    by = a_secretary()

    give_answers(meeting.pk, [Given(first, "Min grund.")], by=by)
    give_answers(meeting.pk, [Given(second, "Din grund.")], by=by)

    reasons = [row.answer and row.answer.reason for row in standing(meeting.pk).rows]
    assert reasons == ["Min grund.", "Din grund."]


def test_two_who_answer_one_finding_at_once_lose_nothing(meeting: Meeting) -> None:
    answer(meeting, "Min grund.")

    late = answer(meeting, "Din grund.")

    (theirs,) = late.contested.values()
    assert (late.saved, theirs.reason) == ((), "Min grund.")
    assert Answer.objects.get().reason == "Min grund."
    answer(meeting, "Din grund.", seen=theirs.version)
    assert Answer.objects.get().reason == "Din grund."


def test_the_same_answer_twice_is_one(meeting: Meeting) -> None:
    answer(meeting)

    assert not answer(meeting, seen=7).contested
    assert Answer.objects.get().version == 1


def test_an_answer_to_a_text_that_is_gone_comes_back(meeting: Meeting) -> None:
    gone = Given("f" * 64, "Min grund.")

    assert give_answers(meeting.pk, [gone], by=a_secretary()).gone == (gone,)
    assert not Answer.objects.exists()


def test_an_answer_taken_back_opens_its_warning_and_may_be_given_again(
    meeting: Meeting,
) -> None:
    answer(meeting)
    row, by = standing(meeting.pk).rows[0], a_chief()

    take_back(meeting.pk, row.finding.fingerprint, seen=row.seen, by=by)

    assert not standing(meeting.pk).rows[0].is_answered
    assert not answer(meeting, "Igen.", seen=0).contested
    assert standing(meeting.pk).rows[0].is_answered


def test_an_answer_that_was_given_anew_is_not_taken_back_unseen(
    meeting: Meeting,
) -> None:
    answer(meeting)
    row = standing(meeting.pk).rows[0]
    answer(meeting, "En bedre grund.", seen=row.seen)

    with pytest.raises(RuleViolationError, match="En bedre grund"):
        take_back(meeting.pk, row.finding.fingerprint, seen=row.seen, by=a_chief())

    assert standing(meeting.pk).rows[0].is_answered


def test_what_is_open_is_said_in_words(meeting: Meeting) -> None:
    nbsp = "\N{NO-BREAK SPACE}"
    words = standing(meeting.pk).warnings_words
    assert words == f"2{nbsp}advarsler mangler svar"
    answer(meeting)
    words = standing(meeting.pk).warnings_words
    assert words == f"1 af 2{nbsp}advarsler mangler svar"
    Appendix.objects.update(failure="Intet katalog.")
    refresh(meeting.pk)

    found = standing(meeting.pk)

    said = found.blocker.replace("\N{NO-BREAK SPACE}", " ")
    assert said == "Du kan sende, når 1 fejl er rettet, og 1 advarsel har fået svar."
    assert found.summary.replace("\N{NO-BREAK SPACE}", " ") == "1 fejl og 2 advarsler"
    assert Standing((), None).blocker == ""


def test_nothing_is_sent_while_a_warning_has_no_answer(meeting: Meeting) -> None:
    packet, chief = a_packet(meeting), a_chief()

    with pytest.raises(RuleViolationError, match=r"når 2.advarsler har fået svar"):
        publish(meeting.pk, packet_pk=packet.pk, by=chief)

    assert not meeting.publications.exists()


def test_a_change_that_no_job_has_seen_is_checked_before_sending() -> None:
    meeting = a_meeting()
    item = an_item(meeting)
    refresh(meeting.pk)
    AgendaItem.objects.filter(pk=item.pk).update(case="<p>Prisen er TBD.</p>")

    with pytest.raises(RuleViolationError, match=r"1.fejl er rettet"):
        publish(meeting.pk, packet_pk=a_packet(meeting).pk, by=a_chief())


def test_what_was_found_and_answered_is_kept_with_what_is_sent(
    meeting: Meeting,
) -> None:
    keys = prints(meeting)
    given = [Given(key, "Det er aftalt.") for key in keys]
    give_answers(meeting.pk, given, by=a_secretary())
    packet = an_approved_packet(meeting)
    publication = publish(meeting.pk, packet_pk=packet.pk, by=a_chief())

    AgendaItem.objects.update(kind="decision")
    Answer.objects.all().delete()
    refresh(meeting.pk)

    publication.refresh_from_db()
    kept = publication.findings["findings"]
    assert [each["fingerprint"] for each in kept] == keys
    assert {each["answer"]["reason"] for each in kept} == {"Det er aftalt."}
    assert {each["answer"]["by"] for each in kept} == {"Sekretariat sjaelland"}
    assert "cpr-numre" in publication.findings["clean"]
