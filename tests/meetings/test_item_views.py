"""The item's page and card: save, refuse, move, remove, put back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.choices import Role
from core import richtext
from core.asked import REMOVE
from meetings.models import AgendaItem, Meeting
from tests.makers import (
    HTMX,
    MEETING,
    a_meeting,
    a_secretary,
    an_item,
    an_outsider,
    an_upload,
    item_data,
    titles,
)
from tests.makers_packets import a_council, a_publication, a_user

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

pytestmark = pytest.mark.django_db
URL = f"{MEETING}punkter/2-1/"


@pytest.fixture
def meeting(client: Client) -> Meeting:
    """A meeting with two sections, its secretariat signed in."""
    client.force_login(a_secretary())
    return a_meeting(sections=(1, 2))


def card(item: AgendaItem, **changed: str) -> dict[str, str]:
    """What the card in the meeting's page sends."""
    own = {"form": "kort", "pk": str(item.pk), "version": str(item.version)}
    return own | {"title": item.title} | changed


def test_the_whole_item_is_saved_without_javascript(
    client: Client, meeting: Meeting
) -> None:
    item = an_item(meeting, "Filmfonden")
    dated = {"reply_deadline": "dated", "reply_on": "14.11.2023"}
    data = item_data(item, title="Ny titel", economy="Intet beløb.", **dated)

    response = client.post(URL, data, follow=True)

    assertRedirects(response, f"{MEETING}#item-2-1")
    assertContains(response, "Punkt 2.1 er gemt.")
    item.refresh_from_db()
    assert (item.title, item.economy) == ("Ny titel", "<p>Intet beløb.</p>")
    assert (item.version, f"{item.reply_on}") == (2, "2023-11-14")


@pytest.mark.parametrize("sent", [{}, {"version": "1"}, {"title": "Ny titel"}])
def test_half_a_form_empties_nothing(
    client: Client, meeting: Meeting, sent: dict[str, str]
) -> None:
    item = an_item(meeting, "Filmfonden", case="Sagens tekst", economy="1 mio. kr.")

    client.post(URL, {"pk": str(item.pk), **sent})

    item.refresh_from_db()
    assert item.title in {"Filmfonden", "Ny titel"}
    assert (item.case, item.economy) == ("<p>Sagens tekst</p>", "<p>1 mio. kr.</p>")
    assert item.kind == "formal"


def test_the_page_is_filled_with_what_is_saved(
    client: Client, meeting: Meeting
) -> None:
    an_item(meeting, "Filmfonden", recommendation="1. drøfter\n2. svarer")

    response = client.get(URL)

    assertContains(response, "Filmfonden</textarea>")
    assertContains(response, "1. drøfter\n2. svarer")
    assertContains(response, 'value="formal" selected')


def test_a_date_that_is_missing_is_422_and_keeps_everything(
    client: Client, meeting: Meeting
) -> None:
    item = an_item(meeting, "Filmfonden")
    data = item_data(item, title="Ny titel", reply_deadline="dated", case="Min tekst")

    response = client.post(URL, data)

    said = "Skriv datoen, eller vælg ”Ikke angivet i brevet”."
    assertContains(response, said, status_code=422)
    assertContains(response, "Ny titel</textarea>", status_code=422)
    assertContains(response, "Min tekst", status_code=422)
    item.refresh_from_db()
    assert item.title == "Filmfonden"


def test_a_stated_absence_of_a_deadline_drops_the_date(
    client: Client, meeting: Meeting
) -> None:
    item = an_item(meeting)
    data = item_data(item, reply_deadline="not_stated", reply_on="14.11.2023")

    client.post(URL, data)

    item.refresh_from_db()
    assert (item.reply_deadline, item.reply_on) == ("not_stated", None)


def test_the_box_on_top_links_to_what_is_missing(
    client: Client, meeting: Meeting
) -> None:
    full: Any = dict.fromkeys(("summary", "recommendation", "case", "economy"), "Tekst")
    item = an_item(meeting, "Filmfonden", **full)
    letter = an_upload(item, summary="").pk

    response = client.get(URL)

    assertContains(response, "2\xa0ting mangler")
    assertContains(response, '<a href="#id_process">Videre proces er ikke udfyldt</a>')
    field = f"{URL}bilag/{letter}/#id_summary"
    assertContains(
        response, f'<a href="{field}">Bilag 1 mangler resumé til skærmlæser</a>'
    )
    assertContains(response, 'class="form-group__state is-missing"', count=1)


def test_the_card_opens_in_place_and_saves_two_fields(
    client: Client, meeting: Meeting
) -> None:
    item = an_item(meeting, "Filmfonden", economy="Bliver stående.")
    opened = client.get(f"{MEETING}?rediger=2-1", headers=HTMX)

    saved = client.post(URL, card(item, title="Kort", case="Ny sag"), headers=HTMX)

    assertContains(opened, 'name="case"', count=1)
    assertContains(saved, 'id="item-2-1"')
    assertContains(saved, "Punkt 2.1 er gemt.")
    assertNotContains(saved, "<html")
    item.refresh_from_db()
    assert (item.title, item.case) == ("Kort", "<p>Ny sag</p>")
    assert item.economy == "<p>Bliver stående.</p>"


def test_without_javascript_the_card_opens_on_the_meeting_s_page(
    client: Client, meeting: Meeting
) -> None:
    an_item(meeting, "Filmfonden")

    response = client.get(f"{MEETING}?rediger=2-1")

    assertContains(response, "<html")
    assertContains(response, 'name="form" value="kort"')


def test_the_card_says_what_is_wrong_and_keeps_the_text(
    client: Client, meeting: Meeting
) -> None:
    item = an_item(meeting, "Filmfonden")

    response = client.post(URL, card(item, title="x" * 251), headers=HTMX)

    assertContains(response, "x" * 251, status_code=422)
    assertContains(response, 'aria-invalid="true"', count=1, status_code=422)


def test_another_s_change_is_merged_and_named(client: Client, meeting: Meeting) -> None:
    item = an_item(meeting, "Filmfonden")
    opened = item_data(item)
    client.post(URL, opened | {"economy": "Deres"})

    response = client.post(URL, opened | {"process": "Min"}, follow=True)

    said = "Flettet med Sekretariat sjaellands version 2: Økonomi."
    assertContains(response, f"Punkt 2.1 er gemt. {said}")
    assertContains(response, "<summary>Se hvad</summary>")
    assertContains(response, '<dt>Økonomi</dt><dd class="prose"><p>Deres</p>')
    item.refresh_from_db()
    assert (item.economy, item.process) == ("<p>Deres</p>", "<p>Min</p>")


def test_text_written_for_an_item_follows_it_when_it_is_moved(
    client: Client, meeting: Meeting
) -> None:
    first, second = an_item(meeting, "Den ene"), an_item(meeting, "Den anden")
    opened = item_data(first, case="Om den ene")
    client.post(f"{URL}plads/", {"direction": "ned"})

    client.post(URL, opened)

    first.refresh_from_db()
    second.refresh_from_db()
    assert (richtext.to_plain(first.case), second.case) == ("Om den ene", "")


def test_text_written_for_an_item_that_was_removed_is_kept(
    client: Client, meeting: Meeting
) -> None:
    item = an_item(meeting, "Filmfonden")
    opened = item_data(item, case="Min tekst")
    client.post(f"{URL}fjernelse/", {"pk": str(item.pk), **REMOVE})

    response = client.post(URL, opened, follow=True)

    assertContains(response, "Det er fjernet fra dagsordenen.")
    item.refresh_from_db()
    assert (item.case, item.position) == ("<p>Min tekst</p>", None)


def test_a_card_s_move_saves_what_was_typed_first(
    client: Client, meeting: Meeting
) -> None:
    item = an_item(meeting, "Den ene")
    an_item(meeting, "Den anden")

    client.post(URL, card(item, title="Rettet", flyt="ned"))

    assert titles(meeting) == ["Den anden", "Rettet"]


def test_an_item_is_moved_by_drag_and_the_move_taken_back(
    client: Client, meeting: Meeting
) -> None:
    rows = [an_item(meeting, name) for name in ("a", "b", "c")]
    where = {"pk": str(rows[0].pk), "position": "3"}

    response = client.post(f"{URL}plads/", where, follow=True)
    moved = titles(meeting)
    client.post(f"{URL}plads/", where | {"position": "1", "section": "2"})

    assertContains(response, "Punkt 2.1 er flyttet og hedder nu 2.3.")
    assertContains(response, "Fortryd flytning")
    assert (moved, titles(meeting)) == (["b", "c", "a"], ["a", "b", "c"])


def test_at_the_end_of_its_section_an_item_moves_into_the_next(
    client: Client, meeting: Meeting
) -> None:
    an_item(meeting, "a", section=1)
    an_item(meeting, "b")

    client.post(f"{URL}plads/", {"direction": "op"})

    assert (titles(meeting, 1), titles(meeting, 2)) == (["a", "b"], [])


def test_an_item_is_removed_and_put_back_where_it_stood(
    client: Client, meeting: Meeting
) -> None:
    rows = [an_item(meeting, name) for name in ("a", "b", "c")]
    url = f"{MEETING}punkter/2-2/fjernelse/"

    response = client.post(url, REMOVE, follow=True)
    left = titles(meeting)
    client.post(url, {"undo": str(rows[1].pk)})

    assertContains(response, "Punkt 2.2 er fjernet.")
    assertContains(response, ">Fortryd</button>")
    assert (left, titles(meeting)) == (["a", "c"], ["a", "b", "c"])


def test_a_new_item_stands_last_in_its_section_and_may_lack_a_title(
    client: Client, meeting: Meeting
) -> None:
    an_item(meeting, "a")
    section = meeting.sections.get(number=2)

    data = {"section": str(section.pk), "title": ""}
    response = client.post(f"{MEETING}punkter/nyt/", data, follow=True)

    assertContains(response, "Punkt 2.2 er oprettet.")
    assertContains(response, "Titel mangler")
    assert titles(meeting) == ["a", ""]


def test_a_new_item_cannot_be_put_into_another_meeting(
    client: Client, meeting: Meeting
) -> None:
    other = a_meeting(a_council("hovedstaden")).sections.get()

    data = {"section": str(other.pk), "title": "Smuglet"}
    response = client.post(f"{MEETING}punkter/nyt/", data)

    assert response.status_code == 422
    assert not AgendaItem.objects.filter(title="Smuglet").exists()


PLACES = ["", "plads/", "fjernelse/"]


@pytest.mark.parametrize("place", PLACES)
def test_another_council_s_secretariat_is_told_nothing(
    client: Client, meeting: Meeting, place: str
) -> None:
    item = an_item(meeting, "Filmfonden")
    client.force_login(an_outsider())

    response = client.post(
        f"{URL}{place}", card(item, title="Min", direction="op", **REMOVE)
    )

    assert response.status_code == 404
    item.refresh_from_db()
    assert (item.title, item.position) == ("Filmfonden", 1)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("role", [Role.MEMBER, Role.ADMINISTRATOR])
def test_those_who_do_not_write_agendas_are_refused(
    client: Client, meeting: Meeting, place: str, role: Role
) -> None:
    item = an_item(meeting, "Filmfonden")
    client.force_login(a_user(meeting.council, role))

    response = client.post(f"{URL}{place}", card(item, title="Min", direction="op"))

    assert response.status_code == 404
    item.refresh_from_db()
    assert (item.title, item.position) == ("Filmfonden", 1)


@pytest.mark.parametrize("role", [Role.MEMBER, Role.ADMINISTRATOR])
def test_those_who_read_a_published_item_may_not_write_it(
    client: Client, meeting: Meeting, role: Role
) -> None:
    item = an_item(meeting, "Filmfonden")
    a_publication(meeting)
    client.force_login(a_user(meeting.council, role))

    assert client.get(URL).status_code == 200
    assert client.post(URL, card(item, title="Min")).status_code == 403
    unpublished = URL.replace("2-1", "2-9")
    assert client.post(unpublished, card(item, title="Min")).status_code == 404
    item.refresh_from_db()
    assert item.title == "Filmfonden"


def test_a_lapsed_session_leads_to_sign_in(client: Client, meeting: Meeting) -> None:
    item = an_item(meeting, "Filmfonden")
    client.logout()

    response = client.post(URL, card(item, title="Min"), headers=HTMX)

    assert response["HX-Redirect"].startswith("/log-ind/")
    item.refresh_from_db()
    assert item.title == "Filmfonden"


@pytest.mark.parametrize("number", ["2-9", "9-1", "2", "2-1-1", "x-y", "2-99999999"])
def test_an_item_that_is_not_there_is_404(
    client: Client, meeting: Meeting, number: str
) -> None:
    an_item(meeting)

    assert client.get(f"{MEETING}punkter/{number}/").status_code == 404


@pytest.mark.parametrize("count", [1, 4])
def test_the_item_page_asks_the_same_number_of_queries(
    client: Client,
    meeting: Meeting,
    count: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    item = an_item(meeting)
    for _ in range(count):
        an_upload(item)

    with django_assert_num_queries(8):
        response = client.get(URL)

    assertContains(response, 'class="attachment"', count=count)


@pytest.mark.parametrize("place", ["position", "section"])
def test_a_place_no_agenda_has_is_refused(client: Client, place: str) -> None:
    client.force_login(a_secretary())
    an_item(a_meeting())
    sent = {"position": "1", "section": "2"} | {place: "9" * 30}

    response = client.post(f"{MEETING}punkter/2-1/plads/", sent)

    assert response.status_code == 422
