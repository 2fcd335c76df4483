"""Kinds of meeting: who sits where, who else was there, and what a hearing received."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Final, cast

import pytest
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from core import clock
from core.errors import RuleViolationError
from documents import codec
from meetings.askable import key_of
from meetings.forms.agenda import ItemForm
from meetings.forms.members import approvers
from meetings.minutes.document import agenda_document, minutes_document
from meetings.minutes.guards import not_whole
from meetings.minutes.proposed import proposed
from meetings.minutes.value import written
from meetings.models import AgendaItem, Attendance, Guest, Meeting, Member
from meetings.rows import read_agenda
from meetings.services.attendance import Mark, write_attendance
from meetings.services.guests import Told, write_guests
from questions.models import Question, Recipient
from tests.made import again
from tests.makers_minutes import a_chief, a_held_meeting, a_member
from tests.makers_packets import a_council
from tests.makers_questions import an_asked_question

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries

    from meetings.editions.edition import Edition

pytestmark = pytest.mark.django_db
PAGE: Final = "/moeder/2023-11-22/referat/"
SEATS: Final = f"{PAGE}fremmoede/"
MEMBERS: Final = "/moeder/medlemmer/"
ANNA = Told("Anna Lund", "Erhvervshus Sjælland")


@pytest.fixture(autouse=True)
def today(settings: Any) -> None:
    settings.CLOCK_DATE = date(2023, 11, 23)


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


def add_guests(meeting: Meeting, *new: Told) -> None:
    write_guests(meeting.pk, told={}, seen={}, new=new, by=a_chief(meeting))


def printed(meeting: Meeting) -> str:
    """The minutes as they are written now."""
    own = written(Meeting.objects.select_related("council").get(pk=meeting.pk))
    assert own is not None
    return codec.dumps(minutes_document(own))


def test_those_who_sit_where_it_met_are_asked_of(
    browser: Client, meeting: Meeting
) -> None:
    politician, director = a_member(), a_member("Per Skov", body="directors")
    a_member("Suppleanten", role="substitute")
    Meeting.objects.update(kind="directors")

    page = browser.get(SEATS)

    assertContains(page, "Per Skov")
    assertNotContains(page, "Karen Holm")
    assertNotContains(page, "Suppleanten")
    marks = {director.pk: Mark("present")}
    write_attendance(meeting.pk, marks=marks, seen={}, by=a_chief(meeting))
    with pytest.raises(RuleViolationError, match="står ikke i registeret"):
        write_attendance(
            meeting.pk, marks={politician.pk: Mark("present")}, seen={},
            by=a_chief(meeting),
        )  # fmt: skip
    assert Attendance.objects.get().member == director


def test_where_nobody_is_registered_guests_can_be_written(browser: Client) -> None:
    Meeting.objects.update(kind="steering")

    page = browser.get(SEATS)
    sent = {"gaest-ny-1-name": "Anna Lund", "gaest-ny-1-role": ANNA.role}
    answer = browser.post(SEATS, sent, follow=True)

    assertContains(page, "Ingen sad i Styregruppen den dag efter registeret.")
    assertContains(page, f"{MEMBERS}nyt/?organ=steering")
    assertContains(answer, "Også til stede (1)")
    assertContains(answer, "Anna Lund (Erhvervshus Sjælland)")
    assertNotContains(answer, "Fremmødet er ikke skrevet.")


def test_guests_stand_in_the_minutes_and_are_offered_next_time(
    browser: Client, meeting: Meeting
) -> None:
    add_guests(meeting, ANNA, ANNA, Told("Bo"))
    earlier = Meeting.objects.create(
        council=meeting.council, slug="2023-09-20", held_on=date(2023, 9, 20)
    )
    old = Guest.objects.create(meeting=earlier, name="Carl", role="Sekretariatet")
    Guest.objects.create(meeting=earlier, name=ANNA.name, role=ANNA.role)

    page = browser.get(SEATS)
    answer = browser.post(SEATS, {"again": str(old.pk)}, follow=True)

    assertContains(page, "Carl (Sekretariatet)")
    assertContains(page, "Anna Lund (Erhvervshus Sjælland)", count=0)
    assertContains(answer, "Carl (Sekretariatet)")
    assert Guest.objects.filter(meeting=meeting).count() == 3
    assert "Anna Lund (Erhvervshus Sjælland); Bo; Carl" in printed(meeting)
    assert "Også til stede" in printed(meeting)


def test_a_guest_is_taken_out_by_taking_out_the_name(
    browser: Client, meeting: Meeting
) -> None:
    add_guests(meeting, ANNA)
    own = f"gaest-{Guest.objects.get().pk}"
    sent = {f"{own}-role": ANNA.role, f"{own}-name": ""}
    seen = {f"{own}-seen_name": ANNA.name, f"{own}-seen_role": ANNA.role}

    browser.post(SEATS, sent | seen)

    assert not Guest.objects.exists()
    assert "Også til stede" not in printed(meeting)


def test_a_role_without_a_name_is_asked_for_and_kept(browser: Client) -> None:
    karen = a_member()
    sent = {"gaest-ny-2-role": "Konsulent", f"medlem-{karen.pk}-presence": "present"}

    answer = browser.post(SEATS, sent)

    assertContains(answer, "Skriv navnet.", status_code=422)
    assertContains(answer, 'value="Konsulent"', status_code=422)
    assert not Guest.objects.exists()
    assert not Attendance.objects.exists()


@pytest.mark.parametrize(
    ("theirs", "words"), [("Bo", "Andre har skrevet: Bo"), ("", "har skrevet: Fjernet")]
)
def test_two_who_write_of_one_guest_are_asked_and_nothing_else_is_lost(
    browser: Client, meeting: Meeting, theirs: str, words: str
) -> None:
    add_guests(meeting, ANNA)
    karen, pk = a_member(), Guest.objects.get().pk
    told = {pk: Told(theirs)}
    write_guests(meeting.pk, told=told, seen={pk: ANNA}, new=(), by=a_chief(meeting))
    own = f"gaest-{pk}"
    sent = {
        f"{own}-name": "Cilje",
        f"{own}-seen_name": ANNA.name,
        f"{own}-seen_role": ANNA.role,
        f"medlem-{karen.pk}-presence": "present",
    }

    asked = browser.post(SEATS, sent)
    assert not Attendance.objects.exists()
    seen = {f"{own}-seen_name": theirs, f"{own}-seen_role": ""}
    browser.post(SEATS, sent | seen)

    assertContains(asked, words, status_code=409)
    assertContains(asked, 'value="Cilje"', status_code=409)
    assert (Guest.objects.get().name, Attendance.objects.count()) == ("Cilje", 1)


def test_a_hearing_has_no_attendance_but_the_answers_of_its_closed_questions(
    browser: Client, meeting: Meeting
) -> None:
    Meeting.objects.update(kind="hearing")
    item = AgendaItem.objects.get()
    later = {"due_on": date(2023, 12, 1)}
    asked = an_asked_question("Greve", "Solrød", subject_key=key_of(item), **later)
    an_asked_question("Greve", text="Om noget andet?", **later)
    own = Recipient.objects.filter(question=asked, name="Greve")
    own.update(choice="Ja", reply="Med\nglæde", answered_at=clock.now())

    waits = printed(meeting), browser.get(PAGE)
    Question.objects.filter(pk=asked.pk).update(closed_at=clock.now())
    said = printed(meeting)

    assert [browser.get(SEATS).status_code, browser.post(SEATS).status_code] == [
        404
    ] * 2
    assert "Ja. Med glæde" not in waits[0]
    assertContains(waits[1], "Der kan stadig svares: Vil kommunen?")
    assertContains(waits[1], "1\xa0svar, 1 har ikke svaret, kan stadig besvares")
    assert "Ja. Med glæde" in said
    assert "ikke svaret" in said
    assert "Om noget andet?" not in said


def test_minutes_of_a_hearing_wait_for_no_attendance(meeting: Meeting) -> None:
    Meeting.objects.update(kind="hearing")
    own = written(Meeting.objects.select_related("council").get(pk=meeting.pk))
    assert own is not None

    assert [each.label for each in not_whole(own)] == ["Skriv"]
    assert own.seats == ()


def test_one_person_sits_in_several_bodies_with_a_role_in_each(
    browser: Client,
) -> None:
    row = a_member(role="chair")
    page = browser.get(row.get_absolute_url())
    new = browser.get(f"{MEMBERS}nyt/?organ=steering&som={row.pk}")

    sent = {"body": "steering", "name": row.name, "role": "deputy"}
    assertRedirects(browser.post(f"{MEMBERS}nyt/", sent), MEMBERS)

    assertContains(page, "Skriv også ind i K17")
    assertContains(new, 'value="Karen Holm"')
    assertContains(new, '<option value="steering" selected>')
    listed = browser.get(MEMBERS)
    assertContains(listed, ">Styregruppen</h2>")
    assertContains(listed, ">Karen Holm</a>", count=2)
    assertContains(browser.get(row.get_absolute_url()), "Styregruppen</a>, næstformand")
    for kind, role in (("kkr", "chair"), ("hearing", "chair"), ("steering", "deputy")):
        found = approvers(Meeting(council=a_council(), kind=kind))
        assert [(each.name, each.role) for each in found] == [("Karen Holm", role)]


def test_a_substitute_stands_in_for_somebody_of_the_same_body(browser: Client) -> None:
    row = a_member()
    sent = {"body": "directors", "name": "Bo", "role": "substitute"}

    answer = browser.post(f"{MEMBERS}nyt/", sent | {"substitute_for": str(row.pk)})

    assertContains(answer, "Vælg en, der sidder samme sted", status_code=422)
    assert Member.objects.count() == 1


@pytest.mark.parametrize("count", [1, 4])
def test_the_page_of_who_was_there_asks_few_questions(
    browser: Client,
    meeting: Meeting,
    django_assert_max_num_queries: DjangoAssertNumQueries,
    count: int,
) -> None:
    for number in range(count):
        a_member(f"Medlem {number}")
        add_guests(meeting, Told(f"Gæst {number}"))

    with django_assert_max_num_queries(8):
        browser.get(SEATS)


@pytest.mark.parametrize(
    ("kind", "who", "short", "to"),
    [
        ("kkr", "KKR Sjælland", "KKR", "KKR"),
        ("hearing", "KKR Sjælland", "KKR", "KKR"),
        ("directors", "K17", "K17", "K17"),
        ("steering", "Styregruppen", "Styregruppen", "styregruppen"),
    ],
)
def test_each_kind_of_meeting_speaks_for_itself(
    meeting: Meeting, kind: str, who: str, short: str, to: str
) -> None:
    Meeting.objects.update(kind=kind)
    AgendaItem.objects.update(action="approves")
    rows = AgendaItem.objects.select_related("section__meeting__council")
    item = rows.present()[0]

    found = proposed(item, item.section.meeting.who)
    paper = SimpleNamespace(agenda=read_agenda(meeting.pk), lines_of=lambda _: ())
    said = codec.dumps(agenda_document(cast("Edition", paper)))

    assert found is not None
    assert found.text == f"<p>{who} godkendte indstillingen.</p>"
    assert f'"{short} godkender."' in said
    assert f'"Til {to}"' in said
    assert ItemForm(instance=item)["action"].label == f"Hvad skal {to} gøre?"
