"""What is typed in an answer or a call is kept as a draft until it is saved."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from pytest_django.asserts import assertContains

from core.models import Draft
from tests.makers_positions import DAY, a_call, a_place, a_secretary, answer_data
from tests.makers_proposals import a_proposal

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import Settings

pytestmark = pytest.mark.django_db
TICKET = re.compile(r'name="kladde" value="([^"]+)"')
TYPED = "Et langt svar, som ikke må gå tabt."


def test_what_was_refused_lies_in_a_draft_and_is_offered_again(
    client: Client, settings: Settings
) -> None:
    settings.CLOCK_DATE = DAY
    place, proposal = a_place("Faxe"), a_proposal(1)
    client.force_login(a_secretary())
    call = "/forslag/holdninger/opkald/"
    cell = f"/forslag/holdninger/1/{place.code}/"
    every = f"/forslag/holdninger/kommuner/{place.code}/"
    # Each in its turn: a call that is out is no form any more.
    asked = [
        (call, {"note": TYPED}),
        (cell, answer_data(reason=TYPED, signer="")),
        (every, {f"stance_{proposal.pk}": "against", f"reason_{proposal.pk}": TYPED}),
    ]
    for url, data in asked:
        if url == cell:
            a_call(proposal, places=("Faxe",))
        (ticket,) = TICKET.findall(client.get(url).content.decode())[:1]
        refused = client.post(url, {"kladde": ticket, **data})
        assertContains(refused, TYPED, status_code=422)
        draft = Draft.objects.latest("written_at")
        assert TYPED in str(draft.posted)
        assertContains(client.get(url), "er ikke gemt")
        assertContains(client.get(f"{url}?kladde={draft.pk}"), TYPED)


def test_what_is_saved_leaves_no_draft(client: Client, settings: Settings) -> None:
    settings.CLOCK_DATE = DAY
    place, proposal = a_place("Faxe"), a_proposal(1)
    client.force_login(a_secretary())
    new = {
        "due_on": "05.04.2024", "remind_before": "3", "note": TYPED,
        "records": proposal.pk, "municipalities": place.pk,
    }  # fmt: skip
    signed = {"signer": "Anna Borg", "given_on": "14.03.2024"}
    for url, data in (
        ("/forslag/holdninger/opkald/", new),
        (f"/forslag/holdninger/1/{place.code}/", answer_data(reason=TYPED)),
        (
            f"/forslag/holdninger/kommuner/{place.code}/",
            {f"reason_{proposal.pk}": f"Nu {TYPED}", f"stance_{proposal.pk}": "against",
             f"version_{proposal.pk}": "2", **signed},
        ),
    ):  # fmt: skip
        (ticket,) = TICKET.findall(client.get(url).content.decode())[:1]
        client.post("/kladder/gem/", {"kladde": ticket, **data})
        assert Draft.objects.filter(closed_at=None).count() == 1, url

        assert client.post(url, {"kladde": ticket, **data}).status_code == 302

        assert not Draft.objects.filter(closed_at=None).exists(), url
