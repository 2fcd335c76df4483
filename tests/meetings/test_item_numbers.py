"""Numbers typed in an item's texts: pointed out, used, kept with a source, inserted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from documents.foreign import keep_texts
from meetings.checking import check
from meetings.models import AgendaItem, Appendix, Finding, Meeting, StatedNumber
from meetings.services import agenda, copying, findings, stated
from tests.makers import (
    HTMX,
    MEETING,
    a_meeting,
    a_secretary,
    an_item,
    an_upload,
    item_data,
)
from tests.makers_packets import a_file

if TYPE_CHECKING:
    from django.test import Client

    from accounts.models import User

pytestmark = pytest.mark.django_db
ITEM = f"{MEETING}punkter/2-1/"
URL = f"{ITEM}tal/"
CASE = "De 17 kommuner har tilsammen 840.000 indbyggere."
TOLD = "840.000 findes hverken i data eller i det, portalen kan læse af bilagene."
NEAR = "Det nærmeste tal er 843.513 i 2.1 Bilag 1, side 1"


@pytest.fixture
def by(client: Client) -> User:
    """The secretariat, signed in."""
    user = a_secretary()
    client.force_login(user)
    return user


@pytest.fixture
def item(by: User) -> AgendaItem:
    """An item that says another number than its letter."""
    made = an_item(a_meeting(), "Filmfonden", case=CASE)
    says(an_upload(made), "Her bor 843.513 mennesker.")
    return made


def says(row: Appendix, text: str) -> None:
    """Let a letter say this on its only page."""
    file = a_file()
    file.text = keep_texts([text])
    file.save()
    Appendix.objects.filter(pk=row.pk).update(file=file)


def loose(meeting: Meeting) -> list[Any]:
    return [each for each in check(meeting.pk).found if each.check == "loose-number"]


def test_the_check_warns_of_a_number_that_nothing_gives(item: AgendaItem) -> None:
    (found,) = loose(item.section.meeting)

    assert (found.is_error, found.may_answer, found.group) == (
        False, True, "Tal og frister",
    )  # fmt: skip
    assert (found.sentence, found.quote) == (TOLD, CASE)
    assert found.hint.startswith(NEAR)
    assert found.spot.url == f"{ITEM}#id_case"


def test_a_number_with_a_source_is_not_asked_about_and_without_it_again(
    item: AgendaItem, by: User
) -> None:
    meeting = item.section.meeting
    findings.refresh(meeting.pk)

    stated.give_source(item.pk, number="840.000", source="Avisen", by=by)
    assert not Finding.objects.filter(check_key="loose-number").exists()
    assert loose(meeting) == []

    stated.take_source_back(item.pk, number="840.000", by=by)
    assert len(loose(meeting)) == 1


def test_a_closed_bilag_gives_an_open_text_nothing(item: AgendaItem) -> None:
    says(
        an_upload(an_item(item.section.meeting), is_confidential=True),
        "Her bor 840.000, hemmeligt.",
    )

    (found,) = loose(item.section.meeting)

    assert "hemmeligt" not in found.hint


def test_the_page_shows_what_the_last_check_found_as_long_as_it_is_typed(
    client: Client, item: AgendaItem, by: User
) -> None:
    findings.refresh(item.section.meeting_id)

    page = client.get(ITEM)
    assertContains(page, TOLD.removeprefix("840.000 "))
    assertContains(page, "840.000 i sagsfremstillingen findes hverken")
    assertContains(page, 'value="case:840.000:843.513"')

    agenda.edit_item(item.pk, version=1, by=by, case="<p>Der er mange.</p>")
    assertNotContains(client.get(ITEM), "findes hverken")


def test_saving_says_so_and_never_refuses(client: Client, item: AgendaItem) -> None:
    data = item_data(item, case="Nu er der 845.000.")

    page = client.post(ITEM, data, follow=True)

    assertContains(page, "Punkt 2.1 er gemt. 845.000 findes hverken i data")
    item.refresh_from_db()
    assert item.case == "<p>Nu er der 845.000.</p>"


def test_while_one_writes_only_the_lines_under_the_text_come_back(
    client: Client, item: AgendaItem
) -> None:
    data = item_data(item, case="Her bor 843.513 og 850.000, se 2.1 Bilag 1.")

    page = client.post(f"{URL}?felt=case", data, headers=HTMX)

    assertContains(page, 'data-loose="850.000"')
    assertNotContains(page, "<title>")
    assertContains(page, "2\N{NO-BREAK SPACE}henvisninger i teksten")
    item.refresh_from_db()
    assert item.version == 1


def test_without_javascript_the_nearest_number_is_put_into_the_text_as_typed(
    client: Client, item: AgendaItem
) -> None:
    data = item_data(item, title="Et nyt navn", case="Der er 840.000 og 1.840.000.")

    page = client.post(URL, data | {"brug": "case:840.000:843.513"})

    assertContains(page, "Der er 843.513 og 1.840.000.</textarea>")
    assertContains(page, "Et nyt navn")
    item.refresh_from_db()
    assert item.title == "Filmfonden"


def test_a_number_is_kept_with_its_source_and_that_is_taken_back(
    client: Client, item: AgendaItem
) -> None:
    data = item_data(item, title="Et nyt navn")
    keep = {"behold": "case:840.000", "kilde-case-840.000": "Statistikbanken"}

    nothing = client.post(URL, data | {"behold": "case:840.000"})
    assertContains(nothing, "Skriv, hvor tallet er fra.", status_code=422)
    page = client.post(URL, data | keep)

    assertContains(page, "<b>840.000</b>: Statistikbanken")
    assertContains(page, "Et nyt navn")
    assertNotContains(page, "findes hverken")
    back = client.post(URL, data | {"fortryd": "case:840.000"})
    assertContains(back, "findes hverken")
    assert StatedNumber.objects.get().is_removed


def test_a_source_that_was_typed_is_saved_with_the_item(
    client: Client, item: AgendaItem
) -> None:
    data = item_data(item, title="Nyt") | {"kilde-case-840.000": "Avisen"}

    assertRedirects(client.post(ITEM, data), f"{MEETING}#item-2-1")

    assert StatedNumber.objects.get().source == "Avisen"


@pytest.mark.parametrize("asked", ["x:1", "case:", f"case:{'1' * 61}"])
def test_what_names_no_text_and_no_number_is_not_there(
    client: Client, item: AgendaItem, asked: str
) -> None:
    assert client.post(URL, item_data(item) | {"behold": asked}).status_code == 404


def test_a_copy_of_the_item_knows_the_sources(item: AgendaItem, by: User) -> None:
    stated.give_source(item.pk, number="840.000", source="Avisen", by=by)
    to = a_meeting(slug="2024-01-24")

    made = copying.copy_item(item.pk, to=to.pk, by=by)

    assert [row.source for row in made.stated_numbers.all()] == ["Avisen"]


def test_figures_and_bilag_are_found_to_be_put_into_a_text(
    client: Client, item: AgendaItem
) -> None:
    nothing = client.get(f"{ITEM}indsaet/")
    page = client.get(f"{ITEM}indsaet/?q=mennesker")
    part = client.get(f"{ITEM}indsaet/?q=brev", headers=HTMX)

    assertContains(nothing, "Skriv et ord, et tal eller et bilags titel.")
    assertContains(page, 'data-insert-text="843.513 (2.1 Bilag 1)"')
    assertContains(part, 'data-insert-text="2.1 Bilag 1"')
    assertNotContains(part, "<title>")
    assertContains(client.get(f"{ITEM}indsaet/?q=zebra"), "Intet i mødets bilag")


def test_a_closed_bilag_is_not_offered_to_an_open_text(
    client: Client, item: AgendaItem
) -> None:
    other = an_item(item.section.meeting)
    an_upload(other, "Hemmeligt brev", is_confidential=True)

    assertNotContains(client.get(f"{ITEM}indsaet/?q=brev"), "Hemmeligt")
