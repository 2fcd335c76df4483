"""Groups of municipalities of a unit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.models import User
from core.asked import REMOVE
from core.errors import RuleViolationError
from proposals import cooperation
from proposals.choices import Scope
from proposals.cuts import Cut, Field
from proposals.models import Cluster, ClusterMember, CooperationUnit
from proposals.queries.units import unit_list
from proposals.services import clusters
from tests.makers_around import a_group, a_place
from tests.makers_packets import a_council, a_user
from tests.makers_proposals import a_unit

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

pytestmark = pytest.mark.django_db
HTMX: Any = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture(autouse=True)
def secretariat(client: Client) -> None:
    """The secretariat of KKR Sjælland is signed in."""
    client.force_login(a_user())


def a_world() -> tuple[CooperationUnit, Cluster]:
    """Unit 1 for 3-5 municipalities; Faxe and Greve are in group A, Roskilde in none."""
    unit = a_unit(1, least=3, most=5)
    group = a_group(unit, "Gruppe A", "Faxe", "Greve")
    a_place(a_council(), "Roskilde")
    return unit, group


def names(group: Cluster) -> list[str]:
    return [row.municipality.name for row in group.members.all()]


def test_the_page_says_who_is_where_who_is_nowhere_and_what_is_too_few(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    _, group = a_world()

    with django_assert_max_num_queries(8):
        page = client.get("/samdrift/1/")

    assertContains(page, '<td data-label="Kommuner">Faxe, Greve</td>', html=True)
    assertContains(page, "2 af 3 kommuner er placeret.")
    assertContains(page, "Roskilde er ikke i en gruppe")
    few = "Gruppe A har 2\xa0kommuner. Kataloget siger 3-5."
    assertContains(page, few, count=2)
    assertContains(page, "3\xa0ting mangler")
    assertContains(page, "Finansiering og bemanding er ikke oplyst")
    for name in ("Holbæk", "Lejre", "Sorø", "Stevns"):
        a_group(group.unit, f"Gruppe {name}", name)
    with django_assert_max_num_queries(8):
        client.get("/samdrift/1/")


def test_a_group_is_made_edited_and_taken_back_with_its_municipalities(
    client: Client,
) -> None:
    unit, group = a_world()
    faxe, greve, roskilde = (
        a_place(a_council(), name).pk for name in ("Faxe", "Greve", "Roskilde")
    )

    made = client.post(
        "/samdrift/1/grupper/ny/", {"name": "Øst", "members": [roskilde]}
    )
    new = unit.clusters.get(name="Øst")
    assertRedirects(made, f"/samdrift/1/#group-{new.pk}", fetch_redirect_response=False)
    assert names(new) == ["Roskilde"]

    sent = {"name": "Gruppe Å", "members": [greve], "base": [faxe, greve], "version": 1}
    saved = client.post(f"/samdrift/1/grupper/{group.pk}/", sent, **HTMX)
    assertContains(saved, "Gruppe Å er gemt.")
    assertContains(saved, 'id="groups"')
    group.refresh_from_db()
    assert (group.name, group.version, names(group)) == ("Gruppe Å", 2, ["Greve"])

    gone = client.post(f"/samdrift/1/grupper/{group.pk}/fjernelse/", REMOVE, **HTMX)
    assertContains(gone, "Gruppe Å er slettet. Dens kommuner er ikke placeret.")
    assert not ClusterMember.objects.filter(municipality=greve).exists()
    client.post(f"/samdrift/1/grupper/{group.pk}/fjernelse/", {"undo": 1})
    assert names(Cluster.objects.get(pk=group.pk)) == ["Greve"]

    nobody = client.post("/samdrift/1/grupper/placering/", {f"m{faxe}": ""}, **HTMX)
    assertContains(nobody, "Vælg en gruppe, eller fortryd.", status_code=422)
    placed = client.post("/samdrift/1/grupper/placering/", {f"m{faxe}": new.pk}, **HTMX)
    assertContains(placed, "Faxe er placeret.")
    assert names(new) == ["Faxe", "Roskilde"]
    client.post("/samdrift/1/grupper/placering/", {"undo": str(faxe)})
    assert names(new) == ["Roskilde"]


def test_what_is_refused_comes_back_with_what_was_typed(client: Client) -> None:
    unit, group = a_world()
    greve = a_place(a_council(), "Greve").pk
    other = a_group(unit, "Gruppe B")
    edit, sent = f"/samdrift/1/grupper/{other.pk}/", {"version": 1}

    taken = client.post(edit, {**sent, "name": "Ny B", "members": [greve]})
    assertContains(
        taken, "Greve er i Gruppe A. Tag kommunen ud dér først.", status_code=422
    )
    assertContains(taken, "Ny B</textarea>", status_code=422)
    nameless = client.post(edit, {**sent, "name": " "})
    assertContains(nameless, "Skriv gruppens navn.", status_code=422)
    twice = client.post(edit, {**sent, "name": "Gruppe A"})
    assertContains(twice, "En anden gruppe i enheden hedder allerede", status_code=422)
    assert client.post(edit, {**sent, "name": "B", "members": [0]}).status_code == 422
    assert names(other) == []

    clusters.edit_cluster(
        group.pk, version=1, name="Andres", members=[], base=[], by=User.objects.get()
    )
    stale = client.post(f"/samdrift/1/grupper/{group.pk}/", {**sent, "name": "Mit"})
    assert stale.status_code == 409
    assertContains(stale, "Andres", status_code=409)


def test_who_is_in_a_group_is_merged_as_a_set() -> None:
    unit, group = a_world()
    by, council = User.objects.get(), a_council()
    faxe, greve, roskilde = (
        a_place(council, name).pk for name in ("Faxe", "Greve", "Roskilde")
    )
    save: Any = clusters.edit_cluster
    save(
        group.pk, version=1, name="Gruppe A", members=[faxe], base=[faxe, greve], by=by
    )

    saved = save(
        group.pk, version=1, name="Gruppe A", members=[faxe, greve, roskilde],
        base=[faxe, greve], by=by,
    )  # fmt: skip

    assert names(group) == ["Faxe", "Roskilde"]
    assert "members" in saved.merged
    unit.refresh_from_db()
    assert unit.version == 3


def test_a_municipality_is_in_one_group_of_a_unit_and_may_be_in_another_units() -> None:
    unit, group = a_world()
    greve, other = a_place(a_council(), "Greve"), a_group(unit, "Gruppe B")
    elsewhere = a_group(a_unit(2), "Gruppe A", "Greve")

    with pytest.raises(IntegrityError, match="in_one_group"), transaction.atomic():
        ClusterMember.objects.create(cluster=other, unit=unit, municipality=greve)
    assert names(elsewhere) == ["Greve"]
    clusters.remove_cluster(group.pk, by=User.objects.get())
    ClusterMember.objects.create(cluster=other, unit=unit, municipality=greve)
    back = clusters.restore_cluster(unit, group.pk, by=User.objects.get())
    assert (names(back), names(other)) == (["Faxe"], ["Greve"])


def test_groups_that_are_anothers_are_shown_and_edited_there(client: Client) -> None:
    unit, group = a_world()
    other = a_unit(2, groups_of=unit)
    sent = {"number": 2, "title": "To", "scope": "cluster", "version": 1}

    page = client.get("/samdrift/2/")
    assertContains(page, '<a href="/samdrift/1/#groups">samdrift 1</a>', html=True)
    assertContains(page, "Faxe, Greve")
    assertNotContains(page, f"/grupper/{group.pk}/")
    assert client.get("/samdrift/2/grupper/ny/").status_code == 404
    with pytest.raises(RuleViolationError):
        clusters.create_cluster(other, name="X", members=[], by=User.objects.get())
    third = client.post(
        "/samdrift/1/oplysninger/",
        {**sent, "number": 1, "groups_of": a_unit(3).pk},
    )
    assertContains(third, "Enheden har sine egne grupper.", status_code=422)
    own = client.post("/samdrift/2/oplysninger/", {**sent, "groups_of": ""})
    assert own.status_code == 302
    other.refresh_from_db()
    assert other.groups_of is None
    other.groups_of = other
    with pytest.raises(ValidationError):
        other.full_clean()


def test_the_paper_prints_the_groups_where_they_are_asked_for() -> None:
    unit, _ = a_world()
    a_unit(2, scope=Scope.MORE, scope_text="")
    printed = str(
        cooperation.document(unit.catalogue, Cut(also=frozenset({Field.GROUPS})))
    )

    assert "Gruppe A: Faxe, Greve" in printed
    assert "Ikke placeret: Roskilde" in printed
    assert "alle 3 kommuner og flere" in printed
    assert "Finansiering og bemanding: " in printed
    assert "ikke oplyst" in printed
    assert "Gruppe A" not in str(cooperation.document(unit.catalogue))


def test_the_list_counts_who_is_in_no_group() -> None:
    units = [a_unit(number) for number in (1, 2, 3)]
    council = units[0].catalogue.council
    for name in ("Greve", "Faxe"):
        a_place(council, name)
    a_group(units[0], "Nord", "Greve", "Faxe")
    a_group(units[1], "Nord", "Greve")

    rows = unit_list(units[0].catalogue).rows

    everybody = council.municipalities.count()
    assert [row.unplaced for row in rows] == [
        everybody - 2, everybody - 1, everybody
    ]  # fmt: skip
    assert [row.groups for row in rows] == [1, 1, 0]
    assert rows[1].places == ("Greve",)
