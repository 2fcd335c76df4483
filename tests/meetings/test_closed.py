"""Closing items and appendices: forms, rules, checks, and what each reader sees."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains

from accounts.choices import Role
from accounts.models import User
from core.errors import RuleViolationError
from meetings.checking.run import check
from meetings.closed.access import readers_of, reading_of, role_word, seat_word
from meetings.closed.parting import (
    closed_view,
    open_view,
    refuse_closed_words,
    view_for,
)
from meetings.models import AgendaItem, Appendix
from meetings.rows import read_agenda
from meetings.services import agenda, appendices
from tests.made import again
from tests.makers import MEETING, a_secretary
from tests.makers_packets import a_begun_version, a_meeting, a_packet, a_user

if TYPE_CHECKING:
    from meetings.models import Meeting

pytestmark = pytest.mark.django_db
ITEM = f"{MEETING}punkter/2-1/"


@pytest.fixture
def browser() -> Client:
    client = Client()
    client.force_login(a_secretary())
    return client


@pytest.fixture(scope="module")
def made(kept: None) -> Meeting:
    """A meeting with item 2.1, a catalogue and a letter."""
    return a_meeting()


@pytest.fixture
def meeting(made: Meeting) -> Meeting:
    return again(made)


def the_item() -> AgendaItem:
    return AgendaItem.objects.select_related("section__meeting").get(key="indspil")


def post(browser: Client, **fields: Any) -> Any:
    item = the_item()
    own = {"pk": item.pk, "version": item.version, "title": item.title}
    return browser.post(ITEM, own | fields)


def test_an_item_is_closed_on_its_page(browser: Client, meeting: Meeting) -> None:
    reader = a_user(meeting.council, Role.MEMBER).memberships.get()
    assertContains(browser.get(ITEM), "Skal punktet behandles for lukkede døre?")

    post(
        browser,
        is_closed="True",
        closed_reason="Personforhold",
        closed_to="chosen",
        closed_readers=[seat_word(reader.pk), role_word("director")],
    )

    item = the_item()
    assert item.is_closed
    assert item.closed_reason == "Personforhold"
    assert readers_of(item) == ["role:director", seat_word(reader.pk)]
    assertContains(browser.get(MEETING), "Lukket")


def test_choosing_readers_needs_one(browser: Client, meeting: Meeting) -> None:
    answer = post(browser, is_closed="True", closed_to="chosen", closed_reason="Nyt")

    assertContains(answer, "Vælg mindst én læser", status_code=422)
    assertContains(answer, 'value="Nyt"', status_code=422)
    assert not the_item().is_closed


def test_nobody_of_another_council_can_be_chosen(
    browser: Client, meeting: Meeting
) -> None:
    answer = post(browser, closed_to="chosen", closed_readers=["seat:9999"])

    assertContains(answer, "Vælg læserne fra listen.", status_code=422)


def test_half_a_form_opens_nothing(browser: Client, meeting: Meeting) -> None:
    own = {"is_closed": True, "closed_to": "chosen", "closed_readers": ["role:member"]}
    AgendaItem.objects.update(**own)

    post(browser, title="En ny titel")

    item = the_item()
    assert item.title == "En ny titel"
    assert item.is_closed
    assert readers_of(item) == ["role:member"]


def test_two_who_choose_readers_are_asked(browser: Client, meeting: Meeting) -> None:
    before = the_item()
    agenda.edit_item(
        before.pk,
        version=before.version,
        by=a_user(meeting.council, Role.CHIEF),
        closed_to="secretariat",
        closed_readers=[],
    )

    answer = post(
        browser,
        version=before.version,
        closed_to="chosen",
        closed_readers=["role:member"],
    )

    assertContains(answer, "Kun sekretariatet", status_code=409)
    assertContains(answer, "Alle medlemmer", status_code=409)


def test_an_appendix_is_kept_back(browser: Client, meeting: Meeting) -> None:
    row = Appendix.objects.get(key="brev-2")
    url = f"{ITEM}bilag/{row.pk}/"
    own = {"version": row.version, "title": row.title}

    browser.post(url, own | {"is_publishable": "False"})

    row.refresh_from_db()
    assert row.closed == "Må ikke offentliggøres"
    assertContains(browser.get(ITEM), "Må ikke offentliggøres")
    browser.post(url, own | {"version": row.version, "is_confidential": "True"})
    row.refresh_from_db()
    assert row.closed == "Fortroligt"
    assert not row.is_publishable


def test_what_was_sent_openly_cannot_be_closed() -> None:
    meeting = a_begun_version()
    chief = User.objects.get(email="chief@sjaelland.example")
    item, letter = the_item(), Appendix.objects.get(key="brev-2")

    with pytest.raises(RuleViolationError, match="sendt åbent i version 1"):
        agenda.edit_item(item.pk, version=item.version, by=chief, is_closed=True)
    with pytest.raises(RuleViolationError, match="Træk bilaget tilbage i stedet"):
        appendices.edit_appendix(
            letter.pk, version=letter.version, by=chief, is_confidential=True
        )
    assert not AgendaItem.objects.filter(section__meeting=meeting, is_closed=True)


def test_each_reader_has_one_view(meeting: Meeting) -> None:
    Appendix.objects.filter(key="brev-2").update(is_confidential=True)
    whole = read_agenda(meeting.pk)

    (opened,) = open_view(whole).items
    (shut,) = closed_view(whole).items

    assert [(b.label, b.title, b.is_hidden) for b in opened.appendices] == [
        ("2.1 Bilag 1", "Forenklingskatalog", False),
        ("2.1 Bilag 2", "Lukket bilag", True),
    ]
    assert [b.title for b in shut.appendices] == ["Brev 2"]
    assert view_for(whole, lambda _: True) == whole


def test_a_closed_item_is_a_number(meeting: Meeting) -> None:
    AgendaItem.objects.update(is_closed=True, fate="Udsat")
    whole = read_agenda(meeting.pk)

    (hidden,) = open_view(whole).items

    assert (hidden.number, hidden.title, hidden.key) == (
        "2.1",
        "Lukket punkt",
        "lukket-2-1",
    )
    said = [
        hidden.kind,
        hidden.asks,
        hidden.reply,
        hidden.summary,
        hidden.case,
        hidden.fate,
    ]
    assert said == [""] * 6
    assert hidden.appendices == ()


@pytest.mark.parametrize(
    ("seat", "reads"),
    [
        (None, set()),
        ({"pk": 1, "role": "secretariat"}, {"a", "b", "c"}),
        ({"pk": 1, "role": "member"}, {"a"}),
        ({"pk": 7, "role": "reporter"}, {"b"}),
        ({"pk": 1, "role": "administrator"}, set()),
    ],
)
def test_who_reads_what(seat: dict[str, Any] | None, reads: set[str]) -> None:
    access = {"a": ["role:member"], "b": ["seat:7"]}

    may_read = reading_of(seat, access)

    assert {key for key in "abc" if may_read(key)} == reads


def test_an_open_text_that_names_what_is_closed_is_found(meeting: Meeting) -> None:
    Appendix.objects.filter(key="brev-2").update(
        is_confidential=True, title="Brev om ansættelse af direktøren"
    )
    AgendaItem.objects.update(
        case="<p>Se brev om ansættelse, af direktøren.</p>", process="<p>Brev.</p>"
    )

    found = [each for each in check(meeting.pk).found if each.check == "closed-named"]

    assert [(each.where, each.is_error, each.may_answer) for each in found] == [
        ("Sagsfremstilling", True, True)
    ]
    assert "2.1 Bilag 2" in found[0].sentence
    AgendaItem.objects.update(is_closed=True)
    assert not [e for e in check(meeting.pk).found if e.check == "closed-named"]


def test_the_same_file_open_and_closed_is_found(meeting: Meeting) -> None:
    letter = Appendix.objects.get(key="brev-2")
    Appendix.objects.filter(pk=letter.pk).update(is_confidential=True)
    Appendix.objects.create(
        item=letter.item, key="igen", position=3, kind="uploaded",
        title="Igen", file=letter.file,
    )  # fmt: skip

    (found,) = [e for e in check(meeting.pk).found if e.check == "closed-twice"]

    assert found.spot.label == "2.1 Bilag 3"
    assert found.sentence == "Det samme indhold ligger lukket som 2.1 Bilag 2."


def test_closing_makes_the_packet_stale(browser: Client, meeting: Meeting) -> None:
    a_packet(meeting)
    AgendaItem.objects.update(is_closed=True)

    assertContains(browser.get(MEETING), "Forældet")


def test_what_nobody_closed_says_nothing_of_it(
    browser: Client, meeting: Meeting
) -> None:
    a_packet(meeting)

    assertNotContains(browser.get(f"{MEETING}pakke/"), "lukkede pakke")
    assert browser.get(f"{MEETING}pakke/?del=lukket").status_code == 404
    assert browser.get(f"{MEETING}pakke/?del=andet").status_code == 404


def test_a_text_for_all_that_names_it_with_other_signs_is_refused(
    meeting: Meeting,
) -> None:
    AgendaItem.objects.update(is_closed=True, title="Sag 7: den store bro")

    with pytest.raises(RuleViolationError, match="skriv kun nummeret"):
        refuse_closed_words([read_agenda(meeting.pk)], "Ny: sag 7, ”den store” bro.")
