"""What a generated appendix is formed of: chosen anew, merged, undone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.test import Client
from pytest_django.asserts import assertContains

from proposals.models import Catalogue
from tests.makers import (
    MEETING,
    a_chief,
    a_meeting,
    a_secretary,
    an_item,
    an_outsider,
    an_upload,
)
from tests.makers_proposals import a_proposal

if TYPE_CHECKING:
    from meetings.models import AgendaItem

pytestmark = pytest.mark.django_db
DATA = f"{MEETING}punkter/2-1/bilag/data/"


@pytest.fixture
def item(client: Client) -> AgendaItem:
    """An item, its secretariat signed in."""
    client.force_login(a_secretary())
    return an_item(a_meeting(), "Filmfonden")


def another_catalogue(item: AgendaItem) -> Catalogue:
    """One more catalogue of proposals of the item's council."""
    council = item.section.meeting.council
    count = Catalogue.objects.count()
    return Catalogue.objects.create(
        council=council,
        kind="simplification",
        key=f"katalog-{count}",
        title=f"Nr. {count}",
    )


def options(catalogue: int) -> dict[str, str]:
    """What the page sends that forms an appendix of a catalogue."""
    source = "proposals.simplification"
    return {"source": source, "proposals-simplification-catalogue": str(catalogue)}


def chosen(catalogue: int, version: int) -> dict[str, str]:
    """What the appendix's page sends where another catalogue is chosen."""
    return {"valg-catalogue": str(catalogue), "version": str(version)}


def test_what_an_appendix_is_formed_of_is_chosen_anew_and_undone(
    client: Client, item: AgendaItem
) -> None:
    first, second = a_proposal(1).catalogue, another_catalogue(item)
    client.post(DATA, options(first.pk))
    appendix = item.appendices.get()
    url = f"{appendix.get_absolute_url()}valg/"

    response = client.post(url, chosen(second.pk, 1), follow=True)

    assertContains(response, "2.1 Bilag 1 dannes nu af det, du har valgt.")
    appendix.refresh_from_db()
    assert (appendix.options, appendix.version) == ({"catalogue": second.pk}, 2)
    client.post(url, {"undo": "1"})
    appendix.refresh_from_db()
    assert (appendix.options, appendix.version) == ({"catalogue": first.pk}, 3)


def test_two_who_choose_different_data_are_asked(
    client: Client, item: AgendaItem
) -> None:
    first, second = a_proposal(1).catalogue, another_catalogue(item)
    client.post(DATA, options(first.pk))
    appendix = item.appendices.get()
    url, third = f"{appendix.get_absolute_url()}valg/", another_catalogue(item)
    other = Client()
    other.force_login(a_chief())
    other.post(url, chosen(second.pk, 1))

    response = client.post(url, chosen(third.pk, 1))

    assertContains(response, "har valgt andre data imens", status_code=409)
    assertContains(response, f'value="{third.pk}" selected', status_code=409)
    assertContains(response, 'name="version" value="2"', status_code=409)


def test_options_that_are_refused_or_nobody_s_are_not_saved(
    client: Client, item: AgendaItem
) -> None:
    first = a_proposal(1).catalogue
    client.post(DATA, options(first.pk))
    letter, appendix = an_upload(item), item.appendices.get(kind="generated")
    url = f"{appendix.get_absolute_url()}valg/"

    assert client.post(url, chosen(10**6, 1)).status_code == 422
    same = client.post(url, chosen(first.pk, 1), follow=True)
    assertContains(same, "dannes af det samme som før")
    assert client.post(url, {"undo": "77"}).status_code == 404
    of_a_file = f"{letter.get_absolute_url()}valg/"
    assert client.post(of_a_file, chosen(first.pk, 1)).status_code == 404
    client.force_login(an_outsider())
    assert client.post(url, chosen(first.pk, 1)).status_code == 404
    appendix.refresh_from_db()
    assert appendix.version == 1


def test_a_council_without_records_is_told_where_to_write_them(
    client: Client,
    item: AgendaItem,
) -> None:
    assert item.position == 1

    response = client.get(DATA)

    assertContains(response, "Her er intet at vælge endnu", count=12)
    a_proposal(1, council=item.section.meeting.council)
    assertContains(client.get(DATA), "Her er intet at vælge endnu", count=9)
