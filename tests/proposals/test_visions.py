"""Visions, and which proposals and units serve them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pytest_django.asserts import assertContains, assertRedirects

from accounts.models import User
from core.asked import REMOVE
from proposals import cooperation, simplification
from proposals.models import Vision, VisionLink
from proposals.services import visions
from tests.makers_around import a_vision
from tests.makers_packets import a_council, a_user
from tests.makers_proposals import a_proposal, a_unit

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

pytestmark = pytest.mark.django_db
LIST = "/forslag/visioner/"


@pytest.fixture(autouse=True)
def secretariat(client: Client) -> None:
    """The secretariat of KKR Sjælland is signed in."""
    client.force_login(a_user())


def test_visions_are_listed_with_what_serves_them_and_printed_with_the_record(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    council, proposal, unit = a_council(), a_proposal(7), a_unit(1)
    vision = a_vision(council, proposal, unit)
    VisionLink.objects.filter(unit=unit).update(basis="2.1 Bilag 4", is_inferred=False)

    with django_assert_max_num_queries(8):
        page = client.get(LIST)
    assertContains(page, '<a href="/forslag/7/">Forenkling 7</a>', html=True)
    assertContains(page, "sat af sekretariatet", count=1)
    for number in (2, 3, 4):
        a_vision(council, proposal, unit, number=number)
    with django_assert_max_num_queries(8):
        client.get(LIST)

    for url in ("/forslag/7/", "/samdrift/1/"):
        assertContains(client.get(url), f'href="{LIST}#vision-1">Vision 1</a>')
    printed = str(simplification.document(proposal.catalogue))
    assert "1. Plads til alle (udledt)" in printed
    assert "1. Plads til alle'" in str(cooperation.document(unit.catalogue))
    assert str(vision) == "vision 1"


def test_a_vision_is_made_edited_and_brought_back_with_what_served_it(
    client: Client,
) -> None:
    unit = a_unit(1)
    made = client.post(f"{LIST}ny/", {"title": "Plads  til alle"})
    assertRedirects(made, f"{LIST}#vision-1", fetch_redirect_response=False)
    row = Vision.objects.get()
    assert (row.key, row.title) == ("plads-til-alle", "Plads til alle")
    assert client.post(f"{LIST}ny/", {"title": ""}).status_code == 422
    url = f"{LIST}{row.key}/"

    sent = {"number": 6, "title": "Alle er med", "other_title": "Plads", "version": 1}
    assert client.post(url, sent).status_code == 302
    stale = client.post(url, {**sent, "title": "Noget tredje"})
    assert stale.status_code == 409
    a_vision(a_council(), number=2)
    taken = client.post(url, {**sent, "number": 2, "version": 2})
    assertContains(taken, "En anden vision har allerede nummeret.", status_code=422)

    first = {"visions": [row.pk]}
    assert client.post("/samdrift/1/visioner/", first).status_code == 302
    assert VisionLink.objects.get().record == unit
    client.post(f"{url}fjernelse/", REMOVE)
    assert not VisionLink.objects.exists()
    client.post(f"{url}fjernelse/", {"undo": row.pk})
    assert VisionLink.objects.get().vision.number == 6


def test_which_visions_a_record_serves_is_merged_as_a_set(client: Client) -> None:
    proposal = a_proposal(7)
    one, two = (a_vision(a_council(), number=n) for n in (1, 2))
    by = User.objects.get()
    visions.link_visions(proposal, visions=[one.pk], base=[], by=by)

    url = "/forslag/7/visioner/"
    assertContains(client.get(url), 'type="checkbox"', count=2)
    sent = {"visions": [two.pk]}
    answer = client.post(url, sent, HTTP_HX_REQUEST="true")
    assertContains(answer, "Flettet med en andens rettelser.")
    served = set(proposal.vision_links.values_list("vision__number", flat=True))
    assert served == {1, 2}
    client.post(url, {"visions": [], "base": [one.pk, two.pk]})
    assert not proposal.vision_links.exists()
    assert client.post(url, {"visions": [0]}).status_code == 422


def test_another_councils_vision_is_not_found(client: Client) -> None:
    foreign = a_vision(a_council("hovedstaden"))

    assert client.get(f"{LIST}{foreign.key}/").status_code == 404
    a_proposal(7)
    sent = {"visions": [foreign.pk]}
    assert client.post("/forslag/7/visioner/", sent).status_code == 422
