"""A meeting's sections: added, renamed, moved, removed, put back; with a version."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.test import Client
from pghistory.models import Context
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.choices import Role
from core.asked import REMOVE
from meetings.models import AgendaItem, Section
from meetings.services import agenda
from tests.makers import MEETING, a_chief, a_meeting, a_secretary, an_item, an_outsider
from tests.makers_packets import a_begun_version, a_user

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries

    from meetings.models import Meeting

pytestmark = pytest.mark.django_db
NEW = f"{MEETING}afsnit/nyt/"


@pytest.fixture
def meeting(client: Client) -> Meeting:
    """A meeting with three sections, its secretariat signed in."""
    client.force_login(a_secretary())
    return a_meeting(sections=(1, 2, 3))


def titles(meeting: Meeting) -> list[str]:
    """The sections in order, with their numbers."""
    return [str(row) for row in meeting.sections.order_by("number")]


def at(meeting: Meeting, number: int, what: str = "") -> str:
    """The address of a section."""
    return f"{MEETING}afsnit/{meeting.sections.get(number=number).pk}/{what}"


def sent(meeting: Meeting, number: int, **changed: str) -> dict[str, str]:
    """What the form of a section sends."""
    row = meeting.sections.get(number=number)
    return {"version": str(row.version), "title": row.title} | changed


def test_a_section_is_added_last_and_that_is_undone(
    client: Client, meeting: Meeting
) -> None:
    assertContains(client.get(f"{MEETING}?afsnit=nyt"), "Nyt afsnit")

    response = client.post(NEW, {"title": "Eventuelt\r\n og mere"}, follow=True)

    assertContains(response, "Afsnittet 4. Eventuelt og mere er tilføjet.")
    assert titles(meeting)[3:] == ["4. Eventuelt og mere"]
    client.post(at(meeting, 4, "fjernelse/"), REMOVE)
    assert len(titles(meeting)) == 3


def test_a_section_without_a_title_is_refused_where_it_was_written(
    client: Client, meeting: Meeting
) -> None:
    for url in (NEW, at(meeting, 2)):
        response = client.post(url, {"title": " ", "version": "1"})

        assertContains(response, "Skriv afsnittets titel.", status_code=422)
        assertContains(response, " autofocus", count=1, status_code=422)
    assert len(titles(meeting)) == 3


def test_a_meeting_has_a_bounded_number_of_sections(client: Client) -> None:
    client.force_login(a_secretary())
    meeting = a_meeting(sections=tuple(range(1, 21)))

    response = client.post(NEW, {"title": "Ét for meget"})

    assertContains(response, "højst have 20 afsnit", status_code=422)
    assertContains(response, "Ét for meget</textarea>", status_code=422)
    assert len(titles(meeting)) == 20


def test_a_section_is_renamed_and_that_is_undone(
    client: Client, meeting: Meeting
) -> None:
    assertContains(client.get(f"{MEETING}?afsnit=2"), "Afsnit 2</textarea>")

    response = client.post(at(meeting, 2), sent(meeting, 2, title="Sager"), follow=True)

    assertContains(response, "Afsnittet hedder nu 2. Sager.")
    assert Context.objects.filter(metadata__verb="omdøbte afsnit 2. Afsnit 2").exists()
    client.post(at(meeting, 2), sent(meeting, 2, title="Afsnit 2"))
    assert titles(meeting) == ["1. Afsnit 1", "2. Afsnit 2", "3. Afsnit 3"]


def test_two_who_rename_a_section_are_asked(client: Client, meeting: Meeting) -> None:
    other = Client()
    other.force_login(a_chief())
    before = sent(meeting, 2)
    other.post(at(meeting, 2), before | {"title": "Chefens"})

    response = client.post(at(meeting, 2), before | {"title": "Mit"})

    said = "I har begge rettet i afsnit 2. "
    assertContains(response, said, status_code=409)
    assertContains(response, "Mit", status_code=409)
    assert titles(meeting)[1] == "2. Chefens"


def test_moving_saves_first_and_takes_the_items_along(
    client: Client, meeting: Meeting
) -> None:
    an_item(meeting, "Filmfonden")
    data = sent(meeting, 2, title="Sager", flyt="op")

    response = client.post(at(meeting, 2), data, follow=True)

    assertContains(response, "Afsnittet 2. Sager er flyttet og hedder nu 1. Sager.")
    assert titles(meeting) == ["1. Sager", "2. Afsnit 1", "3. Afsnit 3"]
    assert AgendaItem.objects.get().number == "1.1"
    client.post(at(meeting, 1, "plads/"), {"position": "2"})
    assert titles(meeting) == ["1. Afsnit 1", "2. Sager", "3. Afsnit 3"]


def test_an_agenda_that_begins_with_two_goes_on_doing_so(client: Client) -> None:
    client.force_login(a_secretary())
    meeting = a_meeting(sections=(2, 3))

    client.post(at(meeting, 3, "plads/"), {"flyt": "op"})

    assert titles(meeting) == ["2. Afsnit 3", "3. Afsnit 2"]


def test_an_empty_section_is_removed_and_put_back(
    client: Client, meeting: Meeting
) -> None:
    pk, url = meeting.sections.get(number=2).pk, at(meeting, 2, "fjernelse/")

    response = client.post(url, REMOVE, follow=True)

    assertContains(response, "Afsnittet 2. Afsnit 2 er fjernet.")
    assert titles(meeting) == ["1. Afsnit 1", "2. Afsnit 3"]
    client.post(url, {"undo": "1"})
    assert titles(meeting) == ["1. Afsnit 1", "2. Afsnit 2", "3. Afsnit 3"]
    assert meeting.sections.get(number=2).pk == pk
    client.post(url, {"undo": "1"})
    assert len(titles(meeting)) == 3


def test_a_section_with_items_and_the_only_one_stay(
    client: Client, meeting: Meeting
) -> None:
    an_item(meeting, "Filmfonden")

    response = client.post(at(meeting, 2, "fjernelse/"), REMOVE, follow=True)

    assertContains(response, "Afsnit 2. Afsnit 2 har punkter. Flyt eller fjern dem")
    for _ in (1, 2):
        empty = meeting.sections.exclude(title="Afsnit 2").first()
        assert empty is not None
        client.post(at(meeting, empty.number, "fjernelse/"), REMOVE)
    agenda.remove_item(AgendaItem.objects.get().pk, by=a_chief())
    response = client.post(at(meeting, 1, "fjernelse/"), REMOVE, follow=True)
    assertContains(response, "Et møde skal have mindst ét afsnit.")
    assert len(titles(meeting)) == 1


def test_a_removed_item_outlives_its_section(client: Client, meeting: Meeting) -> None:
    item, chief = an_item(meeting, "Filmfonden"), a_chief()
    agenda.remove_item(item.pk, by=chief)
    client.post(at(meeting, 2, "fjernelse/"), REMOVE)

    agenda.restore_item(item.pk, by=chief)

    assert AgendaItem.objects.select_related("section").get().number == "1.1"


def test_numbers_that_are_published_stand(client: Client, meeting: Meeting) -> None:
    an_item(meeting, "Filmfonden")
    a_begun_version(meeting)

    moved = client.post(at(meeting, 2, "plads/"), {"flyt": "op"}, follow=True)
    removed = client.post(at(meeting, 1, "fjernelse/"), REMOVE, follow=True)

    said = "Mødet er sendt, så afsnittenes numre ligger fast."
    assertContains(moved, said)
    assertContains(removed, said)
    assert titles(meeting) == ["1. Afsnit 1", "2. Afsnit 2", "3. Afsnit 3"]
    client.post(at(meeting, 3, "fjernelse/"), REMOVE)
    assert titles(meeting) == ["1. Afsnit 1", "2. Afsnit 2"]
    opened = client.get(f"{MEETING}?afsnit=2")
    assertNotContains(opened, 'name="flyt"')


def test_an_open_section_costs_no_query_more(
    client: Client,
    meeting: Meeting,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_max_num_queries(8):
        client.get(f"{MEETING}?afsnit=2")


def test_addresses_of_sections_lead_to_the_meeting(
    client: Client, meeting: Meeting
) -> None:
    opened = client.get(at(meeting, 2))

    assertRedirects(opened, f"{MEETING}?afsnit=2#afsnit-2")
    assert client.get(f"{MEETING}?afsnit=77").status_code == 200
    assert client.get(f"{MEETING}afsnit/{10**9}/").status_code == 404


@pytest.mark.parametrize("what", ["", "plads/", "fjernelse/"])
def test_nobody_else_changes_sections(
    client: Client, meeting: Meeting, what: str
) -> None:
    url, row = at(meeting, 2, what), Section.objects.get(number=2)
    sent = {"title": "Nej", "flyt": "op", **REMOVE}
    for user in (an_outsider(), a_user(role=Role.MEMBER)):
        client.force_login(user)

        assert client.post(url, sent).status_code == 404
        assert client.post(NEW, {"title": "Nej"}).status_code == 404
    row.refresh_from_db()
    assert (str(row), row.version) == ("2. Afsnit 2", 1)


def test_an_item_for_a_section_that_is_gone_comes_back_with_its_text(
    client: Client, meeting: Meeting
) -> None:
    gone = meeting.sections.get(number=2)
    client.post(at(meeting, 2, "fjernelse/"), REMOVE)
    typed = {"section": str(gone.pk), "title": "Filmfonden"}

    response = client.post(f"{MEETING}punkter/nyt/", typed)

    assertContains(response, "Filmfonden</textarea>", status_code=422)
    with pytest.raises(Section.DoesNotExist):
        agenda.create_item(gone.pk, by=a_chief(), title="Filmfonden")
