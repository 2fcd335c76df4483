"""Figures, names and references in the browser."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.choices import Role
from core.asked import REMOVE
from proposals.models import CrossReference, Dependency, Figure, Proposal, Term
from tests.makers_packets import a_council, a_user
from tests.makers_proposals import a_proposal, a_unit

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def proposal(client: Client) -> Proposal:
    """A proposal, and its secretariat signed in."""
    client.force_login(a_user())
    return a_proposal(7)


def a_figure(proposal: Proposal) -> Figure:
    return Figure.objects.create(
        proposal=proposal, position=1, printed="13", measure="uger", what="praktik"
    )


def test_a_figure_is_added_with_the_numbers_in_it(
    client: Client, proposal: Proposal
) -> None:
    data = {"printed": "3-5", "measure": "uger", "what": "praktik", "version": ""}

    response = client.post("/forslag/7/tal/ny/", data, headers=HTMX)

    assertContains(response, "Tallet 3-5 uger er tilføjet.")
    row = proposal.figures.get()
    assert (row.low, row.high, row.year) == (Decimal(3), Decimal(5), 0)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"what": "praktik"}, "Skriv tallet."),
        ({"printed": "13"}, "Skriv, hvad tallet er."),
        (
            {"printed": "13", "what": "x", "year": "snart"},
            "Skriv et årstal med fire cifre, eller lad feltet være tomt.",
        ),
    ],
)
def test_a_figure_needs_its_number_and_what_it_counts(
    client: Client, proposal: Proposal, data: dict[str, str], sentence: str
) -> None:
    response = client.post("/forslag/7/tal/ny/", data, headers=HTMX)

    assertContains(response, sentence, status_code=422)
    assert not proposal.figures.exists()


TOO_LARGE = "Tallet kan højst have 11 cifre før kommaet."


@pytest.mark.parametrize("printed", ["9" * 12, "1-" + "9" * 30])
def test_a_figure_too_large_to_keep_is_refused_in_words(
    client: Client, proposal: Proposal, printed: str
) -> None:
    row = a_figure(proposal)
    data = {"printed": printed, "what": "x", "version": 1}

    new = client.post("/forslag/7/tal/ny/", data, headers=HTMX)
    edited = client.post(f"/forslag/7/tal/{row.pk}/", data, headers=HTMX)

    assertContains(new, TOO_LARGE, status_code=422)
    assertContains(edited, TOO_LARGE, status_code=422)
    assert str(proposal.figures.get()) == "13 uger"


def test_the_largest_figure_is_kept(client: Client, proposal: Proposal) -> None:
    client.post("/forslag/7/tal/ny/", {"printed": "9" * 11, "what": "x"})

    assert proposal.figures.get().high == Decimal("9" * 11)


def test_an_edited_figure_is_read_anew_and_raises_the_records_version(
    client: Client, proposal: Proposal
) -> None:
    row = a_figure(proposal)
    data = {"printed": "godt 26", "measure": "uger", "what": "praktik", "version": 1}

    response = client.post(f"/forslag/7/tal/{row.pk}/", data)

    assertRedirects(response, f"/forslag/7/#figure-{row.pk}")
    row.refresh_from_db()
    proposal.refresh_from_db()
    assert (row.low, row.qualifier, proposal.version) == (Decimal(26), "godt", 2)


def test_two_numbers_for_one_figure_are_asked_about(
    client: Client, proposal: Proposal
) -> None:
    row = a_figure(proposal)
    data = {"measure": "uger", "what": "praktik", "version": 1}
    client.post(f"/forslag/7/tal/{row.pk}/", {**data, "printed": "26"})

    response = client.post(f"/forslag/7/tal/{row.pk}/", {**data, "printed": "39"})

    assertContains(
        response, "I har begge rettet i forslag 7, tallet 26 uger", status_code=409
    )


def test_a_deleted_figure_can_be_brought_back(
    client: Client, proposal: Proposal
) -> None:
    row = a_figure(proposal)
    there = f"/forslag/7/tal/{row.pk}/fjernelse/"

    response = client.post(there, REMOVE, headers=HTMX)
    assertContains(response, "Tallet 13 uger er slettet.")
    assert not proposal.figures.exists()
    client.post(there, {"undo": 1})

    assert str(proposal.figures.get()) == "13 uger"


def test_a_figure_of_our_own_says_that_it_is_derived(
    client: Client, proposal: Proposal
) -> None:
    Figure.objects.create(
        proposal=proposal, position=1, printed="10", what="ordninger", is_derived=True
    )

    assertContains(client.get("/forslag/7/"), "udledt")


def test_names_are_edited_in_one_form_one_a_line(
    client: Client, proposal: Proposal
) -> None:
    data = {"law": "lov a\r\n\r\nlov b", "actor": "kommuner"}

    response = client.post("/forslag/7/regler/", data, headers=HTMX)

    names = (f'<a href="/forslag/?lov=lov+{each}">lov {each}</a>' for each in "ab")
    assertContains(response, ", ".join(names))
    assertContains(response, '<a href="/forslag/?aktoer=kommuner">kommuner</a>')
    assert list(proposal.terms.values_list("kind", "text")) == [
        ("actor", "kommuner"),
        ("law", "lov a"),
        ("law", "lov b"),
    ]


def test_anothers_names_are_kept_and_said(client: Client, proposal: Proposal) -> None:
    Term.objects.create(proposal=proposal, kind="law", position=1, text="deres")

    data = {"law": "min", "law_base": ""}
    response = client.post("/forslag/7/regler/", data, headers=HTMX)

    assertContains(response, '">min</a>, <a href="/forslag/?lov=deres">deres</a>')
    assertContains(response, "Flettet med en andens rettelser: Lov eller regel.")


def test_a_name_that_is_too_long_is_refused(client: Client, proposal: Proposal) -> None:
    response = client.post("/forslag/7/regler/", {"law": "x" * 201}, headers=HTMX)

    sentence = "Et navn kan højst fylde 200 tegn."
    assertContains(response, sentence, status_code=422)


def test_a_reference_is_added_put_right_deleted_and_brought_back(
    client: Client, proposal: Proposal
) -> None:
    other, third = a_proposal(8), a_proposal(9)
    data = {"to": other.pk, "wording": "jf. forslag 8"}
    client.post("/forslag/7/henvisninger/ny/", data)
    row = proposal.references.get()

    there = f"/forslag/7/henvisninger/{row.pk}/"
    client.post(there, {"to": third.pk, "wording": "jf. forslag 9", "version": 1})
    client.post(f"{there}fjernelse/", REMOVE)
    assert not proposal.references.exists()
    client.post(f"{there}fjernelse/", {"undo": 1})

    assert list(proposal.references.values_list("to__number", "wording")) == [
        (9, "jf. forslag 9")
    ]


def test_a_reference_to_itself_is_flagged_and_cannot_be_chosen(
    client: Client, proposal: Proposal
) -> None:
    row = CrossReference.objects.create(
        proposal=proposal, to=proposal, position=1, wording="jf. forslag 7"
    )
    assertContains(client.get("/forslag/7/"), "Henviser til sig selv")

    data = {"to": proposal.pk, "wording": "jf. forslag 7"}
    response = client.post(f"/forslag/7/henvisninger/{row.pk}/", data)

    assert response.status_code == 422


def test_two_wordings_of_one_reference_are_asked_about(
    client: Client, proposal: Proposal
) -> None:
    other = a_proposal(8)
    row = CrossReference.objects.create(
        proposal=proposal, to=other, position=1, wording="jf. forslag 8"
    )
    there = f"/forslag/7/henvisninger/{row.pk}/"
    assertContains(client.get(there), 'name="version" value="1"')
    data = {"to": other.pk, "version": 1}
    client.post(there, {**data, "wording": "deres"})

    response = client.post(there, {**data, "wording": "mine"})

    assertContains(response, "I har begge rettet i forslag 7", status_code=409)
    row.refresh_from_db()
    assert (row.wording, row.version) == ("deres", 2)


def test_references_are_shown_from_both_ends(
    client: Client, proposal: Proposal
) -> None:
    other = a_proposal(8)
    CrossReference.objects.create(
        proposal=other, to=proposal, position=1, wording="uddybet i forslag 7"
    )

    assertContains(client.get("/forslag/7/"), "”uddybet i forslag 7”")
    assertContains(client.get("/forslag/8/"), '<a href="/forslag/7/">forenkling 7</a>')


def test_a_dependency_is_added_deleted_and_brought_back(client: Client) -> None:
    client.force_login(a_user())
    unit, other = a_unit(1), a_unit(2)
    data = {"to": other.pk, "kind": "placed_with", "text": "samme enhed"}

    client.post("/samdrift/1/henvisninger/ny/", data)
    row = Dependency.objects.get()
    there = f"/samdrift/1/henvisninger/{row.pk}/fjernelse/"
    client.post(there, REMOVE)
    assert not unit.dependencies.exists()
    client.post(there, {"undo": 1})

    assert unit.dependencies.get().to == other


TAKEN = "Enheden peger allerede på samdrift 2."


def test_a_dependency_made_again_meanwhile_is_not_brought_back_twice(
    client: Client,
) -> None:
    client.force_login(a_user())
    unit, other = a_unit(1), a_unit(2)
    data = {"to": other.pk, "kind": "placed_with", "text": "samme enhed"}
    client.post("/samdrift/1/henvisninger/ny/", data)
    there = f"/samdrift/1/henvisninger/{Dependency.objects.get().pk}/fjernelse/"
    client.post(there, REMOVE)
    client.post("/samdrift/1/henvisninger/ny/", data)

    response = client.post(there, {"undo": 1}, follow=True)

    assertContains(response, TAKEN)
    assert unit.dependencies.count() == 1


@pytest.mark.parametrize("end", ["tal/ny/", "regler/", "henvisninger/ny/", "ideen/"])
def test_a_form_opens_in_place_and_its_page_works_without_javascript(
    client: Client, proposal: Proposal, end: str
) -> None:
    part = client.get(f"/forslag/7/{end}", headers=HTMX)
    whole = client.get(f"/forslag/7/{end}")

    assertContains(part, f'action="/forslag/7/{end}"', count=1)
    assertContains(whole, f'action="/forslag/7/{end}"', count=1)
    assertNotContains(part, "<h1>")
    assertContains(whole, "<h1>")


ADDRESSES = ["tal/ny/", "regler/", "henvisninger/ny/", "ideen/"]


@pytest.mark.parametrize("end", ADDRESSES)
def test_another_councils_record_does_not_exist(client: Client, end: str) -> None:
    a_proposal(7, council=a_council("hovedstaden"))
    client.force_login(a_user())

    assert client.post(f"/forslag/7/{end}", {"law": "x"}).status_code == 404
    assert not Term.objects.exists()


@pytest.mark.parametrize("end", ADDRESSES)
def test_those_who_do_not_edit_are_refused(client: Client, end: str) -> None:
    a_proposal(7)
    client.force_login(a_user(role=Role.REPORTER, organisation=an_organisation()))

    assert client.get(f"/forslag/7/{end}").status_code == 404


def an_organisation() -> object:
    from accounts.models import Organisation  # noqa: PLC0415

    return Organisation.objects.create(slug="hus", name="Erhvervshus")
