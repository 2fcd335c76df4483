"""Points in the browser: in place with htmx, and as whole pages without JavaScript."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.choices import Role
from core.asked import REMOVE
from core.notices import Undo
from proposals.choices import PointKind
from tests.makers_packets import a_council, a_user
from tests.makers_proposals import (
    a_proposal,
    a_shared_point,
    a_unit,
    point_of,
    texts,
)

if TYPE_CHECKING:
    from django.test import Client

    from proposals.models import CooperationUnit, Point, Proposal

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
GAIN, RISK, TASK = PointKind.GAIN, PointKind.RISK, PointKind.TASK
ATTENTION = PointKind.ATTENTION


@pytest.fixture
def proposal(client: Client) -> Proposal:
    """A proposal with the gains a, b, c, and its secretariat signed in."""
    client.force_login(a_user())
    return a_proposal(gains=("a", "b", "c"), risks=("d",))


@pytest.fixture
def unit(client: Client) -> CooperationUnit:
    """A unit, and its secretariat signed in."""
    client.force_login(a_user())
    return a_unit()


def url(point: Point, end: str = "") -> str:
    of = "forslag" if point.proposal_id else "samdrift"
    return f"/{of}/{point.record.number}/punkter/{point.pk}/{end}"


def test_the_form_opens_in_the_row_under_its_number(
    client: Client, proposal: Proposal
) -> None:
    point = point_of(proposal, GAIN, 2)

    response = client.get(url(point), headers=HTMX)

    assertContains(response, f'<li class="point point--open" id="point-{point.pk}">')
    assertContains(response, "Gevinst 2")
    assertNotContains(response, "<h1>")


def test_without_javascript_the_form_opens_in_the_whole_page(
    client: Client, proposal: Proposal
) -> None:
    response = client.get(url(point_of(proposal, GAIN, 2)))

    assertContains(response, "<h1>", count=1)
    assertContains(response, 'class="point point--open"', count=1)


def test_saving_swaps_the_row_and_says_so(client: Client, proposal: Proposal) -> None:
    point = point_of(proposal, GAIN, 2)
    data = {"text": "ny", "version": 1, "open": f"point-{point.pk}"}

    response = client.post(url(point), data, headers=HTMX)

    assertContains(response, '<div class="point__text">ny</div>', html=True)
    assertContains(response, "Gevinsten er gemt.")
    assertContains(response, "version 2")
    assert texts(proposal, GAIN) == ["a", "ny", "c"]


def test_without_javascript_saving_leads_back_to_the_point(
    client: Client, proposal: Proposal
) -> None:
    point = point_of(proposal, GAIN, 2)

    response = client.post(url(point), {"text": "ny", "version": 1})

    assertRedirects(response, f"/forslag/7/#point-{point.pk}")


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        (GAIN, "Skriv gevinsten, eller slet punktet."),
        (RISK, "Skriv risikoen, eller slet punktet."),
    ],
)
def test_an_empty_text_is_refused_beside_the_field(
    client: Client, proposal: Proposal, kind: PointKind, sentence: str
) -> None:
    point = point_of(proposal, kind, 1)

    response = client.post(url(point), {"text": " ", "version": 1}, headers=HTMX)

    assertContains(response, sentence, status_code=422)
    assert texts(proposal, GAIN) == ["a", "b", "c"]


def test_two_texts_for_one_point_are_answered_with_both(
    client: Client, proposal: Proposal
) -> None:
    point = point_of(proposal, GAIN, 2)
    client.post(url(point), {"text": "deres", "version": 1})

    response = client.post(url(point), {"text": "min", "version": 1}, headers=HTMX)

    assertContains(
        response, "I har begge rettet i forslag 7, gevinst 2", status_code=409
    )
    assertContains(response, "deres", status_code=409)
    assertContains(response, "min", status_code=409)
    assert texts(proposal, GAIN) == ["a", "deres", "c"]


def test_a_text_for_a_point_that_was_deleted_meanwhile_waits_as_a_new_one(
    client: Client, proposal: Proposal
) -> None:
    point = point_of(proposal, GAIN, 2)
    client.post(url(point, "fjernelse/"), REMOVE)

    response = client.post(url(point), {"text": "min", "version": 1}, headers=HTMX)

    assertContains(response, "Gem din tekst som et nyt punkt", status_code=409)
    assertContains(response, "min</textarea>", status_code=409)
    assertContains(response, 'action="/forslag/7/punkter/ny/gevinst/"', status_code=409)
    assert response["HX-Retarget"] == "#points"
    assert client.get(url(point)).status_code == 404


def test_the_choice_after_a_collision_is_saved(
    client: Client, proposal: Proposal
) -> None:
    point = point_of(proposal, GAIN, 2)
    client.post(url(point), {"text": "deres", "version": 1})
    data = {"text": "min", "version": 1, "version__seen": 2, "text__choice": "mine"}

    response = client.post(url(point), data)

    assertRedirects(response, f"/forslag/7/#point-{point.pk}")
    assert texts(proposal, GAIN) == ["a", "min", "c"]


def test_a_new_point_is_added_and_can_be_taken_back(
    client: Client, proposal: Proposal
) -> None:
    data = {"text": "ny risiko", "open": "point-new-risk"}
    response = client.post("/forslag/7/punkter/ny/risiko/", data, headers=HTMX)
    assertContains(response, "Risikoen er tilføjet som nr. 2.")

    client.post(url(point_of(proposal, RISK, 2), "fjernelse/"), REMOVE)

    assert texts(proposal, RISK) == ["d"]


def test_a_kind_that_the_record_lacks_is_not_found(
    client: Client, proposal: Proposal
) -> None:
    response = client.post("/forslag/7/punkter/ny/opgave/", {"text": "x"})

    assert response.status_code == 404


@pytest.mark.parametrize(
    ("data", "gains", "words"),
    [
        ({"direction": "op"}, ["b", "a", "c"], "er flyttet op som nr. 1."),
        ({"direction": "ned"}, ["a", "c", "b"], "er flyttet ned som nr. 3."),
        ({"position": "1"}, ["b", "a", "c"], "er flyttet op som nr. 1."),
        ({"kind": "risiko"}, ["a", "c"], "er flyttet til risici som nr. 2."),
        ({"position": "x"}, ["a", "b", "c"], "står, hvor den stod."),
    ],
)
def test_a_move_says_where_the_point_stands_now(
    client: Client,
    proposal: Proposal,
    data: dict[str, str],
    gains: list[str],
    words: str,
) -> None:
    response = client.post(
        url(point_of(proposal, GAIN, 2), "plads/"), data, headers=HTMX
    )

    assertContains(response, f"Gevinsten ”b” {words}")
    assertContains(response, "Fortryd flytning")
    assert texts(proposal, GAIN) == gains


def test_undoing_a_move_to_another_kind_brings_the_point_back(
    client: Client, proposal: Proposal
) -> None:
    there = url(point_of(proposal, GAIN, 2), "plads/")
    client.post(there, {"kind": "risiko"})

    client.post(there, {"kind": "gevinst", "position": "2"})

    assert texts(proposal, GAIN) == ["a", "b", "c"]


def test_a_units_points_move_between_kinds_and_a_gain_comes_back_to_whoever_has_it(
    client: Client, unit: CooperationUnit
) -> None:
    first = point_of(unit, GAIN, 1)
    there, whose, gains = url(first, "plads/"), first.beneficiary, texts(unit, GAIN)

    page = client.get(unit.get_absolute_url()).content.decode()
    assert "Flyt til opmærksomhedspunkter" in page
    moved = client.post(there, {"kind": "opgave"}, follow=True)
    assert texts(unit, TASK)[-1] == first.text
    refused = client.post(there, {"kind": "gevinst"}, follow=True)
    assertContains(refused, "En gevinst skal have en modtager.")
    assert (
        client.post(there, {"kind": "gevinst", "beneficiary": "\0"}).status_code == 302
    )
    (undo,) = [m for m in moved.context["messages"] if "flyttet" in m.message]
    fields = Undo.read(undo.extra_tags).fields  # type: ignore[union-attr]
    client.post(there, fields)

    assert fields["beneficiary"] == whose
    assert texts(unit, GAIN) == gains
    first.refresh_from_db()
    assert (first.kind, first.beneficiary) == (GAIN, whose)


def test_a_shared_point_stays_in_its_list(
    client: Client, unit: CooperationUnit
) -> None:
    a_shared_point(unit)
    point = point_of(unit, ATTENTION, 1)

    response = client.post(url(point, "plads/"), {"kind": "opgave"}, follow=True)

    assertContains(response, "Et fælles opmærksomhedspunkt kan ikke flyttes")
    assert point_of(unit, ATTENTION, 1) == point


def test_a_deleted_point_can_be_brought_back(
    client: Client, proposal: Proposal
) -> None:
    there = url(point_of(proposal, GAIN, 1), "fjernelse/")

    response = client.post(there, REMOVE, headers=HTMX)
    assertContains(response, "Gevinsten ”a” er slettet.")
    assert texts(proposal, GAIN) == ["b", "c"]
    client.post(there, {"undo": "1"})

    assert texts(proposal, GAIN) == ["a", "b", "c"]


def test_a_form_that_is_open_elsewhere_keeps_its_text(
    client: Client, proposal: Proposal
) -> None:
    opened, moved = point_of(proposal, GAIN, 1), point_of(proposal, GAIN, 3)
    data = {"direction": "op", "open": ["", f"point-{opened.pk}"]}

    response = client.post(url(moved, "plads/"), data, headers=HTMX)

    kept = f'<li class="point point--open" id="point-{opened.pk}" hx-preserve></li>'
    assertContains(response, kept, html=True)


def test_a_gain_of_a_unit_says_who_gains(client: Client, unit: CooperationUnit) -> None:
    point = point_of(unit, GAIN, 1)
    data = {"text": "a", "beneficiary": "", "version": 1}

    response = client.post(url(point), data, headers=HTMX)

    assertContains(response, "Skriv, hvem der får gevinsten.", status_code=422)


def test_a_gain_that_changes_group_is_answered_with_all_lists(
    client: Client, unit: CooperationUnit
) -> None:
    point = point_of(unit, GAIN, 1)
    data = {"text": "a", "beneficiary": "Skolerne", "version": 1}

    response = client.post(url(point), data, headers=HTMX)

    assert response["HX-Retarget"] == "#points"
    assertContains(response, "<h3>Skolerne</h3>", html=True)


def test_a_shared_point_may_have_an_empty_ending(
    client: Client, unit: CooperationUnit
) -> None:
    point = a_shared_point(unit).points.get()

    client.post(url(point), {"text": "", "version": 1})

    point.refresh_from_db()
    assert point.sentence == "Tæt samspil"


def test_a_unit_may_word_a_shared_point_itself_and_take_it_back(
    client: Client, unit: CooperationUnit
) -> None:
    point = a_shared_point(unit).points.get()
    there = url(point, "ordlyd/")

    client.post(there, {"text": "Vores egen", "version": 1})
    point.refresh_from_db()
    own = point.sentence
    undo = {"undo": "1", "ending": "med driften i 1", "version": point.version}
    client.post(there, undo)

    point.refresh_from_db()
    assert (own, point.sentence) == ("Vores egen", "Tæt samspil med driften i 1")


@pytest.mark.parametrize("version", ["2", "", "9" * 5000])
def test_taking_back_a_wording_that_was_changed_since_keeps_it(
    client: Client, unit: CooperationUnit, version: str
) -> None:
    point = a_shared_point(unit).points.get()
    there = url(point, "ordlyd/")
    response = client.post(there, {"text": "Vores", "version": 1}, headers=HTMX)
    assertContains(response, '<input type="hidden" name="version" value="2">')
    client.post(there, {"text": "Deres", "version": 2})

    undo = {"undo": "1", "ending": "", "version": version}
    response = client.post(there, undo, follow=True)

    assertContains(response, "Punktet er rettet siden og har beholdt sin ordlyd.")
    point.refresh_from_db()
    assert point.text == "Deres"


@pytest.mark.parametrize("end", ["", "plads/", "fjernelse/"])
def test_another_councils_point_does_not_exist(client: Client, end: str) -> None:
    client.force_login(a_user())
    foreign = a_proposal(7, council=a_council("hovedstaden"), gains=("hemmelig",))

    response = client.post(url(point_of(foreign, GAIN, 1), end), {"text": "x"} | REMOVE)

    assert response.status_code == 404
    assert texts(foreign, GAIN) == ["hemmelig"]


@pytest.mark.parametrize("end", ["", "plads/", "fjernelse/"])
def test_another_records_point_does_not_exist_here(
    client: Client, proposal: Proposal, end: str
) -> None:
    other = point_of(a_proposal(8, gains=("e",)), GAIN, 1)

    response = client.post(
        f"/forslag/7/punkter/{other.pk}/{end}", {"text": "x"} | REMOVE
    )

    assert response.status_code == 404


@pytest.mark.parametrize("role", [Role.MEMBER, Role.ADMINISTRATOR])
def test_those_who_do_not_edit_are_refused(client: Client, role: Role) -> None:
    point = point_of(a_proposal(), GAIN, 1)
    client.force_login(a_user(role=role))

    response = client.post(url(point), {"text": "x", "version": 1})

    assert response.status_code == 404


def test_a_lapsed_session_leads_to_sign_in_as_a_whole_page(client: Client) -> None:
    point = point_of(a_proposal(), GAIN, 1)

    response = client.post(url(point), {"text": "x"}, headers=HTMX)

    assert response["HX-Redirect"].startswith("/log-ind/")
