"""Points that move to the gains of somebody, dependencies of another kind, edits undone.

Source: docs/rules.md R-106, R-107.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.models import User
from core.notices import Undo
from proposals.choices import PointKind
from proposals.models import Dependency, Point
from proposals.services import points
from tests.makers_packets import a_user
from tests.makers_proposals import (
    a_point,
    a_proposal,
    a_shared_point,
    a_unit,
    point_of,
    texts,
)

if TYPE_CHECKING:
    from django.test import Client

    from proposals.models import CooperationUnit

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
GAIN, TASK = PointKind.GAIN, PointKind.TASK
ATTENTION, EXTRA = PointKind.ATTENTION, PointKind.EXTRA
WHO = "Borgerne"


def me() -> User:
    """Who is signed in."""
    return User.objects.get(email="secretariat@sjaelland.example")


@pytest.fixture
def unit(client: Client) -> CooperationUnit:
    """A unit, and its secretariat signed in."""
    client.force_login(a_user())
    return a_unit()


def url(point: Point, end: str = "") -> str:
    return f"{point.record.get_absolute_url()}punkter/{point.pk}/{end}"


def undo_of(response: Any) -> Undo:
    """What the status line takes back."""
    *_before, said = list(response.context["messages"])
    undo = Undo.read(said.extra_tags)
    assert undo is not None
    return undo


def test_a_point_moves_to_the_gains_of_whom_a_form_asks_for_and_back(
    client: Client, unit: CooperationUnit
) -> None:
    a_point(unit, EXTRA, 1, "Desuden dette")
    a_point(unit, ATTENTION, 1, "Pas på")
    before = {kind: texts(unit, kind) for kind in (GAIN, TASK, EXTRA, ATTENTION)}
    page = client.get(unit.get_absolute_url())
    assertContains(page, "Flyt til gevinster</a>", count=3)
    assertContains(page, "Flyt til en anden modtager</a>", count=3)
    for kind in (TASK, EXTRA, ATTENTION, GAIN):
        point = point_of(unit, kind, 1)
        there, whose = url(point, "flytning/"), point.beneficiary
        sent = {"beneficiary": WHO, "version": point.version}
        moved = client.post(there, sent, headers=HTMX)

        assert moved["HX-Retarget"] == "#points"
        assertContains(moved, f"er flyttet til gevinster for {WHO.lower()} som nr.")
        assert texts(unit, GAIN)[-1] == point.text
        back = undo_of(moved)
        assertRedirects(
            client.post(back.url, back.fields), f"/samdrift/1/#point-{point.pk}"
        )
        point.refresh_from_db()
        assert (point.kind, point.beneficiary) == (kind, whose)
        assert {each: texts(unit, each) for each in before} == before


def test_the_form_asks_who_gains_and_what_was_moved_or_deleted_since_is_said(
    client: Client, unit: CooperationUnit
) -> None:
    point = point_of(unit, TASK, 1)
    there, sent = url(point, "flytning/"), {"beneficiary": WHO, "version": 1}
    opened = client.get(there, headers=HTMX)
    assertContains(opened, f'<li class="point point--open" id="point-{point.pk}">')
    assertContains(opened, "Hvem får gevinsten?")
    assertContains(client.get(there), "<h1")
    empty = client.post(there, {**sent, "beneficiary": " "}, headers=HTMX)
    assertContains(empty, "Skriv, hvem der får gevinsten.", status_code=422)
    long = client.post(there, {**sent, "beneficiary": "x" * 81})
    assertContains(long, "x" * 81, status_code=422)
    client.post(there, sent)
    for late, fields in ((there, {}), (url(point, "plads/"), {"kind": "desuden"})):
        stale = client.post(late, {"beneficiary": "Andre", "version": 1, **fields})
        assertContains(stale, "Der er intet flyttet.", status_code=409)
    point.refresh_from_db()
    assert (point.kind, point.beneficiary) == (GAIN, WHO)
    points.remove_point(point.pk, by=me())
    assertContains(client.post(there, sent), "er slettet af", status_code=409)
    a_shared_point(a_unit(2))
    shared = Point.objects.exclude(shared=None).get()
    for nowhere in (url(shared, "flytning/"), "/samdrift/1/punkter/999/flytning/"):
        assert client.get(nowhere).status_code == 404


def test_a_form_that_was_open_while_its_point_became_a_gain_keeps_whose_it_is(
    client: Client, unit: CooperationUnit
) -> None:
    point = point_of(unit, TASK, 1)
    points.move_point(point.pk, to=9, kind=GAIN, beneficiary=WHO, by=me())

    client.post(url(point), {"text": "Ny ordlyd", "version": point.version})

    point.refresh_from_db()
    assert (point.text, point.beneficiary) == ("Ny ordlyd", WHO)


def test_an_edit_is_undone_from_the_status_line_unless_somebody_edited_since(
    client: Client, unit: CooperationUnit
) -> None:
    point = point_of(unit, GAIN, 1)
    was, gains = (point.text, point.beneficiary), texts(unit, GAIN)
    sent = {"text": "Rettet", "beneficiary": WHO, "version": point.version}
    undo = undo_of(client.post(url(point), sent, headers=HTMX))
    same = client.post(url(point), {**sent, "version": point.version + 1}, headers=HTMX)
    assertNotContains(same, 'name="undo"')

    assertRedirects(
        client.post(undo.url, undo.fields), f"/samdrift/1/#point-{point.pk}"
    )

    point.refresh_from_db()
    assert (point.text, point.beneficiary) == was
    assert texts(unit, GAIN) == gains
    for fields in (undo.fields, {"undo": "x"}, {"undo": "9" * 40}):
        late = client.post(undo.url, fields, follow=True)
        assertContains(late, "Det er rettet igen siden.")
    point.refresh_from_db()
    assert point.text == was[0]


def test_a_dependency_moves_between_its_kinds_and_back(
    client: Client, unit: CooperationUnit
) -> None:
    other = a_unit(2)
    row = Dependency.objects.create(unit=unit, to=other, kind="elaborates", text="VEU")
    there = f"/samdrift/1/henvisninger/{row.pk}/art/"
    page = client.get("/samdrift/1/")
    assertContains(page, "Flyt til ”placeres sammen med”")
    assertContains(page, '<span class="small quiet">uddybes i</span>')

    sent = {"kind": "placed_with", "seen": "elaborates"}
    moved = client.post(there, sent, headers=HTMX)

    assertContains(moved, "Sammenhængen med samdrift 2 er nu ”placeres sammen med”.")
    back = undo_of(moved)
    client.post(back.url, back.fields)
    row.refresh_from_db()
    assert (row.kind, row.text) == ("elaborates", "VEU")
    late = client.post(there, {**sent, "seen": "placed_with"}, follow=True)
    assertContains(late, "Sammenhængen er ændret imens.")
    for odd in ({"kind": "andet", "seen": "elaborates"}, {}):
        refused = client.post(there, odd, follow=True)
        assertContains(refused, "Vælg, hvordan enhederne hænger sammen.")
    row.refresh_from_db()
    assert row.kind == "elaborates"
    a_proposal(7)
    assert client.post("/forslag/7/henvisninger/1/art/", sent).status_code == 404
    elsewhere = f"/samdrift/2/henvisninger/{row.pk}/art/"
    assert client.post(elsewhere, sent).status_code == 404


def test_the_form_of_a_point_moves_it_too_unless_somebody_did_meanwhile(
    client: Client, unit: CooperationUnit
) -> None:
    proposal = a_proposal(7)
    first = point_of(proposal, GAIN, 1)
    form = client.get(url(first)).content.decode()
    assert '<option value="risiko">Risici</option>' in form
    sent = {"text": "Ny tekst", "version": first.version, "to": "risiko", "open": "x"}
    moved = client.post(url(first), sent, headers=HTMX)

    assert moved["HX-Retarget"] == "#points"
    assertContains(moved, "Gevinsten er gemt.")
    assertContains(moved, "er flyttet til risici som nr. 2.")
    assert texts(proposal, PointKind.RISK)[-1] == "Ny tekst"
    back = undo_of(moved)
    client.post(back.url, back.fields)
    assert texts(proposal, GAIN)[0] == "Ny tekst"

    first.refresh_from_db()
    late = {"text": "Rettet igen", "version": first.version, "to": "risiko"}
    points.move_point(first.pk, to=1, kind=ATTENTION, by=me())
    assertContains(
        client.post(url(first), late, headers=HTMX), "har flyttet punktet imens"
    )
    assert texts(proposal, ATTENTION) == ["Rettet igen"]
    # Refused, with what was chosen; a list that there is not; a shared point.
    empty = client.post(url(first), {"text": "", "to": "risiko"})
    assertContains(empty, '<option value="risiko" selected>', status_code=422)
    assert client.post(url(first), late | {"to": "opgave"}).status_code == 404
    a_shared_point(unit)
    shared = point_of(unit, ATTENTION, 1)
    assert 'name="to"' not in client.get(url(shared)).content.decode()
    task = client.get(url(point_of(unit, TASK, 1))).content.decode()
    assert '<option value="gevinst"' not in task
