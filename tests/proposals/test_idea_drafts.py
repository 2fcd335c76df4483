"""The idea of a proposal keeps drafts, like an item of an agenda."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from pytest_django.asserts import assertContains, assertNotContains

from core.drafts.models import Draft
from proposals.models import Proposal
from tests.makers_packets import a_user
from tests.makers_proposals import a_proposal

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.django_db
URL = "/forslag/7/ideen/"
HTMX = {"HX-Request": "true"}


@pytest.fixture
def data(client: Client) -> dict[str, str]:
    """What the form sends once something is typed in it."""
    client.force_login(a_user())
    a_proposal(7)
    page = client.get(URL, headers=HTMX).content.decode()
    found = re.search(r'name="kladde" value="([^"]+)"', page)
    assert found is not None
    return {"kladde": found[1], "idea": "En ny idé", "idea_format": "plain"}


def test_an_idea_comes_back_after_a_lapsed_session(
    client: Client, data: dict[str, str]
) -> None:
    client.session.flush()

    answer = client.post(URL, data | {"version": "1"}, headers=HTMX)

    draft = Draft.objects.get()
    assert str(draft.pk) in answer["HX-Redirect"]
    client.force_login(draft.user)
    page = client.get(draft.address)
    assertContains(page, "En ny idé")
    assertContains(page, "Ikke gemt endnu")


def test_a_new_point_that_is_saved_leaves_no_draft(client: Client) -> None:
    client.force_login(a_user())
    proposal, url = a_proposal(7), "/forslag/7/punkter/ny/gevinst/"
    page = client.get(url).content.decode()
    found = re.search(r'name="kladde" value="([^"]+)"', page)
    assert found is not None
    typed = {"kladde": found[1], "text": "En ny gevinst"}
    client.post("/kladder/gem/", typed)
    assertContains(client.get(url), "Brug kladden")

    client.post(url, typed)

    assert proposal.points.filter(text="En ny gevinst").count() == 1
    assertNotContains(client.get(url), "Brug kladden")


def test_an_idea_that_is_saved_leaves_no_draft(
    client: Client, data: dict[str, str]
) -> None:
    client.post("/kladder/gem/", data)
    assertContains(client.get(URL), "Brug kladden")

    client.post(URL, data | {"version": "1"}, headers=HTMX)

    assert Proposal.objects.get().idea == "<p>En ny idé</p>"
    assertNotContains(client.get(URL), "Brug kladden")
