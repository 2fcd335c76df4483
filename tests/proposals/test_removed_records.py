"""What others said of a record that is removed: said, shown, flagged, and still printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pytest_django.asserts import assertContains, assertNotContains

from core.asked import REMOVE
from documents import codec
from documents.sources import source
from documents.tree import walk
from kkr.demo.catalogues import load_proposals, load_units
from proposals import references
from proposals.checks import catalogue_findings
from proposals.facts import capital
from proposals.models import Proposal
from proposals.queries.texts import names_of
from proposals.services import parts, records
from tests.makers_packets import a_council, a_user
from tests.makers_proposals import a_proposal, a_unit

if TYPE_CHECKING:
    from django.test import Client

    from accounts.models import User
    from proposals.models import Catalogue

pytestmark = pytest.mark.django_db
FINDING = "Forslag 12 henviser til et forslag, der er fjernet."


@pytest.fixture
def by(client: Client) -> User:
    """The secretariat, signed in; proposals 12 and 3 refer to 4, and 4 to itself."""
    user, four = a_user(), a_proposal(4)
    for number in (12, 3, 12):
        row = Proposal.objects.filter(number=number).first() or a_proposal(number)
        parts.add_reference(row, to=four, wording="jf. tidligere", by=user)
    four.references.create(to=four, position=9, wording="jf. forslag 4")
    client.force_login(user)
    return user


def test_the_notice_names_who_refers_to_the_removed_proposal(
    client: Client, by: User
) -> None:
    response = client.post("/forslag/4/fjernelse/", REMOVE, follow=True)

    assertContains(response, "Forslag 4 er slettet. Forslag 3 og 12 henviser til det.")


def test_the_notice_names_who_leans_on_the_removed_unit(client: Client) -> None:
    client.force_login(user := a_user())
    kind = {"kind": "placed_with", "text": "samme enhed som forslag 1"}
    parts.add_dependency(a_unit(2), to=a_unit(1), **kind, by=user)

    response = client.post("/samdrift/1/fjernelse/", REMOVE, follow=True)

    said = "Samdriftsenhed 1 er slettet. Samdriftsenhed 2 peger på den."
    assertContains(response, said)
    assertContains(client.get("/samdrift/2/"), "Er fjernet")


def test_nobody_is_named_where_nobody_refers(client: Client, by: User) -> None:
    response = client.post("/forslag/12/fjernelse/", REMOVE, follow=True)

    assertContains(response, "Forslag 12 er slettet.")
    assertNotContains(response, "henviser til det")


def test_a_reference_to_a_removed_proposal_is_flagged_until_it_is_put_right(
    client: Client, by: User
) -> None:
    four = records.remove_record(Proposal.objects.get(number=4), by=by)
    printed = {"catalogue": four.catalogue_id}

    found = catalogue_findings(printed)
    assert (found[-1].tone, found[-1].text, found[-1].url) == (
        "bad",
        FINDING,
        "/forslag/12/#links",
    )
    assertContains(client.get("/forslag/"), FINDING)
    assertContains(client.get("/forslag/"), "Henviser til et fjernet")
    page = client.get("/forslag/12/")
    assertContains(page, "”jf. tidligere”")
    assertContains(page, "Er fjernet")
    assertNotContains(page, 'href="/forslag/None/"')
    records.restore_record(four, by=by)
    assert FINDING not in {finding.text for finding in catalogue_findings(printed)}


def printed(kind: str, catalogue: Catalogue) -> dict[str, str]:
    """What the catalogue prints of each record, by key."""
    made = source(f"proposals.{kind}").build({"catalogue": catalogue.pk})
    return {part.key: codec.dumps(part) for _, part in walk(made)}


def test_what_is_printed_of_the_other_proposals_stays_as_it_is() -> None:
    catalogue = load_proposals(a_council())
    before = printed("simplification", catalogue)
    gone = catalogue.proposals.get(number=4)

    records.remove_record(gone, by=a_user())

    after = printed("simplification", catalogue)
    others = {key for key in before if key.startswith("proposal:")} - {
        f"proposal:{gone.key}"
    }
    assert len(others) == 17
    assert {k: after[k] for k in others} == {k: before[k] for k in others}


def test_what_units_say_of_a_removed_one_is_printed_with_the_number_it_had() -> None:
    catalogue = load_units(a_council())
    gone = catalogue.units.get(number=1)
    links = list(gone.depended_on.select_related("unit"))

    records.remove_record(gone, by=a_user())

    after = printed("cooperation", catalogue)
    assert links
    names = names_of(catalogue.council_id)
    for link in links:
        said = capital(references.plain(link.text, names))
        assert "samdrift 1" in said
        assert said in after[f"unit:{link.unit.key}"]
