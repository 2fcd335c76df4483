"""What a form was opened for is what it writes on, whatever number that has by then."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from pytest_django.asserts import assertContains

from core.asked import REMOVE
from proposals.choices import PointKind
from proposals.models import Position, Proposal
from proposals.services import records, steps
from tests.makers_around import a_group, a_place, a_vision
from tests.makers_packets import a_user
from tests.makers_proposals import a_proposal, a_unit, point_of, texts

if TYPE_CHECKING:
    from django.test import Client

    from accounts.models import User

pytestmark = pytest.mark.django_db
GAIN = PointKind.GAIN


@pytest.fixture
def they() -> User:
    """Somebody else in the secretariat."""
    return a_user(email="anden@kkr.example")


@pytest.fixture(autouse=True)
def secretariat(client: Client) -> None:
    """The secretariat of KKR Sjælland is signed in."""
    client.force_login(a_user())


def _edit(row: Any, user: User, **values: Any) -> None:
    records.edit_record(row, version=row.version, by=user, **values)


def test_a_form_finds_its_record_under_another_number(
    client: Client, they: User
) -> None:
    mine, other = a_proposal(7), a_proposal(8)
    point = point_of(mine, GAIN, 1)
    page = client.get("/forslag/7/ideen/")
    assertContains(page, '<input type="hidden" name="record" value="forslag-7">')
    _edit(mine, they, number=9)
    _edit(other, they, number=7)

    for url, data in (
        ("/forslag/7/ideen/", {"idea": "Min idé", "version": 1}),
        (f"/forslag/7/punkter/{point.pk}/", {"text": "Mit punkt", "version": 1}),
        ("/forslag/7/regler/", {"law": "LAB"}),
        ("/forslag/7/tal/ny/", {"printed": "4", "what": "Mit tal"}),
    ):  # fmt: skip
        answer = client.post(url, {"record": "forslag-7", **data})
        assert answer.status_code == 302, url
        assert answer["Location"].startswith("/forslag/9/")

    mine.refresh_from_db()
    other.refresh_from_db()
    assert (mine.idea, other.idea) == ("<p>Min idé</p>", "<p>En idé.</p>")
    assert (texts(mine, GAIN)[0], mine.terms.count()) == ("Mit punkt", 1)
    assert (other.version, other.figures.count(), mine.figures.count()) == (2, 0, 1)
    mine.refresh_from_db()
    records.remove_record(mine, by=they)
    data = {"record": "forslag-7", "idea": "<p>Min tabte idé</p>", "version": 9}
    gone = client.post("/forslag/9/ideen/", data)
    assertContains(gone, "Min tabte idé", status_code=404)
    client.post("/forslag/7/fjernelse/", {**REMOVE, "record": "forslag-8"})
    assert Proposal.objects.get(key="forslag-8").number is None


def test_a_number_that_changed_hands_brings_nothing_to_another_record(
    client: Client, they: User
) -> None:
    mine, other = a_proposal(7), a_proposal(8)
    council = mine.catalogue.council
    vision, greve = a_vision(council).pk, a_place(council, "Greve")
    steps.add_step(mine, status="idea", by=they)
    _edit(mine, they, title="Nyt")
    answer = {
        "version": 1,
        "stance": "supports",
        "signer": "A",
        "given_on": "1.11.2023",
    }
    forms: list[tuple[str, str, dict[str, object]]] = [
        ("/forslag/7/vejen/nyt/", "", {"status": "law"}),
        ("/forslag/7/visioner/", "", {"visions": [vision]}),
        ("/forslag/7/historik/", "?gendan=1", {"gendan": 1, "version": 3}),
        (f"/forslag/holdninger/7/{greve.code}/", "", answer),
    ]
    own = '<input type="hidden" name="record" value="forslag-7">'
    assertContains(client.get("/forslag/7/"), own)
    for url, query, _ in forms:
        assertContains(client.get(f"{url}{query}"), own)
    _edit(mine, they, number=9)
    _edit(other, they, number=7)
    before = Proposal.objects.filter(pk=other.pk).values().get()

    for url, _, data in forms:
        sent = client.post(url, {"record": "forslag-7", **data})
        assert sent.status_code == 302, url

    assert Proposal.objects.filter(pk=other.pk).values().get() == before
    assert not other.steps.exists()
    assert not Position.objects.filter(proposal=other).exists()
    mine.refresh_from_db()
    assert (mine.title, mine.steps.count()) == ("Forslag om praktik 7", 2)
    assert Position.objects.get(proposal=mine).stance == "supports"
    assert mine.vision_links.count() == 1


def test_groups_are_placed_and_taken_back_in_the_unit_that_was_meant(
    client: Client, they: User
) -> None:
    mine, other = a_unit(1), a_unit(2)
    place = a_place(mine.catalogue.council, "Greve")
    north, south = a_group(mine, "Nord"), a_group(other, "Syd", "Greve")
    own = f'<input type="hidden" name="record" value="{mine.key}">'
    for part in ("", f"grupper/{north.pk}/", "grupper/placering/"):
        assertContains(client.get(f"/samdrift/1/{part}"), own)
    _edit(mine, they, number=3)
    _edit(other, they, number=1)

    url, sent = "/samdrift/1/grupper/placering/", {f"m{place.pk}": north.pk}
    placed = client.post(url, {"record": mine.key, **sent}, follow=True)

    assert [row.cluster for row in mine.placed.all()] == [north]
    (undo,) = re.findall(
        r'<form[^>]*placering/".*?</form>', placed.content.decode(), re.DOTALL
    )
    fields = dict(re.findall(r'name="(undo|record)" value="([^"]*)"', undo))
    assert fields == {"undo": str(place.pk), "record": mine.key}
    client.post(url, fields)
    assert not mine.placed.exists()
    assert [row.cluster for row in other.placed.all()] == [south]
