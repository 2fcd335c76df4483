"""The list of co-operation units, one unit, and what units share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.choices import Role
from accounts.models import Municipality
from core.asked import REMOVE
from documents import codec
from proposals import cooperation
from proposals.choices import CatalogueKind, PointKind, Scope
from proposals.models import CooperationUnit, Dependency, SharedPoint
from tests.makers_packets import a_council, a_user
from tests.makers_proposals import a_catalogue, a_point, a_shared_point, a_unit

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

pytestmark = pytest.mark.django_db
PAGES = ["/samdrift/", "/samdrift/nyt/", "/samdrift/1/", "/samdrift/1/oplysninger/"]
SHARED = "/samdrift/faelles/taet-samspil/"


@pytest.fixture(autouse=True)
def secretariat(client: Client) -> None:
    """The secretariat of KKR Sjælland is signed in."""
    client.force_login(a_user())


def leans(unit: CooperationUnit, on: CooperationUnit) -> Dependency:
    return Dependency.objects.create(
        unit=unit, to=on, kind="placed_with", text="samme enhed som forslag 1"
    )


def test_the_list_sums_its_rows_and_names_who_gains(client: Client) -> None:
    a_shared_point(a_unit(1), a_unit(2))
    a_point(a_unit(3), PointKind.ATTENTION, 1, "Kun her")

    response = client.get("/samdrift/")

    head = "3\xa0enheder · 3\xa0opgaver · 9\xa0gevinster · 3\xa0opmærksomhedspunkter"
    assertContains(response, f'<p class="page-head__facts">{head}</p>', html=True)
    assertContains(response, "Virksomhederne</a></dt><dd>6</dd>")
    assertContains(response, "alle fælles", count=2)
    assertContains(response, "1 kun her", count=1)


def test_scope_stands_in_the_sources_words_and_a_missing_number_is_said(
    client: Client,
) -> None:
    a_unit(1, scope_text="3-5 kommuner pr. enhed", least=3, most=5)
    a_unit(2, scope_text="flere kommuner")
    a_unit(4, scope=Scope.ALL, scope_text="de 17 kommuner (eventuelt alle)")

    response = client.get("/samdrift/")

    assertContains(response, "antal ikke oplyst", count=1)
    assertContains(
        response, '<span class="table__note">eventuelt alle</span>', html=True
    )
    assertContains(response, "De 17 kommuner")


def test_the_map_has_the_same_edges_as_a_list(client: Client) -> None:
    leans(a_unit(2), a_unit(1))

    response = client.get("/samdrift/")

    assertContains(response, "Enhed 2 bygger på enhed 1</h2>")
    edge = "<div><dt>2 bygger på 1</dt><dd>samme enhed</dd></div>"
    assertContains(response, edge, html=True)
    assertContains(response, 'role="img" aria-label="Kort over enhederne.', count=2)


def test_units_that_end_a_shared_point_alike_stand_together(client: Client) -> None:
    first, second, third = a_unit(1), a_unit(2), a_unit(3)
    shared = a_shared_point(first, second, third)
    shared.points.exclude(unit=third).update(text="")
    shared.points.filter(unit=third).update(text="Vores egen", has_own_wording=True)

    response = client.get("/samdrift/")

    assertContains(response, "1\xa0opmærksomhedspunkt går igen i alle 3")
    assertContains(response, '<span class="sr-only">Enhed </span>1 og 2', html=False)
    assertContains(response, "som ovenfor", count=1)
    assertContains(response, "Egen ordlyd", count=1)


def test_a_council_without_units_is_offered_a_catalogue(client: Client) -> None:
    assertContains(client.get("/samdrift/"), "Opret katalog")

    response = client.post("/forslag/katalog/", {"kind": "cooperation"})

    assertRedirects(response, "/samdrift/")
    assertContains(client.get("/samdrift/"), "Ingen samdriftsenheder endnu.")


@pytest.mark.parametrize("url", PAGES)
def test_those_who_do_not_edit_are_refused(client: Client, url: str) -> None:
    a_unit(1)
    client.force_login(a_user(role=Role.MEMBER))

    assert client.get(url).status_code == 404


@pytest.mark.parametrize("url", [*PAGES[2:], SHARED])
def test_another_councils_unit_does_not_exist(client: Client, url: str) -> None:
    a_shared_point(a_unit(1, council=a_council("hovedstaden")))
    a_catalogue(kind=CatalogueKind.COOPERATION)

    assert client.get(url).status_code == 404


def test_gains_are_numbered_on_over_the_beneficiaries(client: Client) -> None:
    a_unit(1)

    response = client.get("/samdrift/1/")

    numbers = [f'<span class="point__no">{n}</span>' for n in (1, 2, 3)]
    for number in numbers:
        assertContains(response, number, html=True)
    assertContains(response, "<h3>Borgerne</h3>", html=True)


def test_an_addition_after_the_tasks_is_not_counted(client: Client) -> None:
    a_point(a_unit(1), PointKind.EXTRA, 1, "Samle brancher")

    response = client.get("/samdrift/1/")

    assertContains(response, "Samle brancher")
    assertContains(
        response, "1\xa0opgave · 3\xa0gevinster · ingen opmærksomhedspunkter"
    )


def test_a_unit_is_created_with_the_next_number(client: Client) -> None:
    a_unit(6)

    response = client.post("/samdrift/nyt/", {"title": "Syvende", "scope": "all"})

    assertRedirects(response, "/samdrift/7/")


def test_a_new_unit_needs_title_and_scope(client: Client) -> None:
    a_catalogue(kind=CatalogueKind.COOPERATION)

    response = client.post("/samdrift/nyt/", {})

    assertContains(response, "Skriv enhedens titel.", status_code=422)
    assertContains(response, "Vælg, hvem enheden er for.", status_code=422)


def test_the_plain_fields_are_edited_on_one_page(client: Client) -> None:
    a_unit(1)
    data = {"number": 1, "title": "Ny", "scope": "cluster", "least": 3, "most": 5}

    response = client.post("/samdrift/1/oplysninger/", {**data, "version": 1})

    assertRedirects(response, "/samdrift/1/")
    row = CooperationUnit.objects.get()
    assert (row.title, row.least, row.most, row.version) == ("Ny", 3, 5, 2)


def test_a_least_above_the_most_is_refused(client: Client) -> None:
    a_unit(1)
    data = {"number": 1, "title": "Ny", "scope": "cluster", "least": 5, "most": 3}

    response = client.post("/samdrift/1/oplysninger/", {**data, "version": 1})

    sentence = "Højst kan ikke være mindre end mindst."
    assertContains(response, sentence, status_code=422)
    assertContains(response, "Ny</textarea>", status_code=422)


def test_two_titles_for_one_unit_are_asked_about(client: Client) -> None:
    a_unit(1)
    data = {"number": 1, "scope": "cluster", "version": 1}
    client.post("/samdrift/1/oplysninger/", {**data, "title": "Deres"})

    response = client.post("/samdrift/1/oplysninger/", {**data, "title": "Min"})

    assertContains(response, "I har begge rettet i samdrift 1", status_code=409)
    assert CooperationUnit.objects.get().title == "Deres"


def test_a_deleted_unit_can_be_brought_back(client: Client) -> None:
    row = a_unit(1)

    client.post("/samdrift/1/fjernelse/", REMOVE)
    assert client.get("/samdrift/1/").status_code == 404

    response = client.post("/samdrift/1/fjernelse/", {"undo": row.pk})
    assertRedirects(response, "/samdrift/1/#status")


def test_a_new_stem_shows_its_sentences_before_it_is_saved(client: Client) -> None:
    a_shared_point(a_unit(1), a_unit(2))
    data = {"name": "Dialog", "stem": "Løst samspil", "version": 1}

    response = client.post(SHARED, data)

    assertContains(response, "Sådan bliver de 2 sætninger")
    assertContains(response, "Løst samspil med driften i 2")
    assert SharedPoint.objects.get().stem == "Tæt samspil"


def test_a_new_stem_is_saved_when_it_is_confirmed(client: Client) -> None:
    a_shared_point(a_unit(1), a_unit(2))
    data = {"name": "Dialog", "stem": "Løst samspil", "version": 1, "confirmed": 1}

    response = client.post(SHARED, data)

    assertRedirects(response, "/samdrift/")
    assert SharedPoint.objects.get().stem == "Løst samspil"


def test_a_stem_that_shall_be_put_right_first_is_not_saved(client: Client) -> None:
    a_shared_point(a_unit(1))
    data = {"name": "Dialog", "stem": "Løst samspil", "version": 1, "again": 1}

    response = client.post(SHARED, data)

    assertContains(response, "Løst samspil</textarea>")
    assertNotContains(response, "Intet er gemt endnu")


def test_an_empty_stem_is_refused(client: Client) -> None:
    a_shared_point(a_unit(1))

    response = client.post(SHARED, {"name": "Dialog", "stem": "", "version": 1})

    sentence = "Skriv det, som enhederne er fælles om."
    assertContains(response, sentence, status_code=422)


def test_two_stems_are_asked_about_and_the_choice_is_saved(client: Client) -> None:
    a_shared_point(a_unit(1))
    data = {"name": "Tæt dialog", "version": 1, "confirmed": 1}
    client.post(SHARED, {**data, "stem": "Deres"})

    response = client.post(SHARED, {**data, "stem": "Min"})
    assertContains(response, "I har begge rettet i ”Tæt dialog”", status_code=409)
    chosen = {"version__seen": 2, "stem__choice": "mine"}
    client.post(SHARED, {**data, "stem": "Min", **chosen})

    assert SharedPoint.objects.get().stem == "Min"


@pytest.mark.parametrize("count", [1, 4])
@pytest.mark.parametrize(
    ("url", "queries"),
    [
        ("/samdrift/", 7),
        ("/samdrift/1/", 8),
        (SHARED, 6),
        (f"{SHARED}enheder/", 5),
        ("/samdrift/faelles/nyt/", 4),
        ("/samdrift/modtagere/?navn=x", 4),
    ],
)
def test_a_page_asks_the_same_number_of_queries_however_much_it_shows(
    client: Client,
    url: str,
    queries: int,
    count: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    units = [a_unit(n, gains=(("x", "a"),) * count) for n in range(1, count + 2)]
    for unit in units[1:]:
        leans(units[0], unit)
    a_shared_point(*units)

    with django_assert_num_queries(queries):
        response = client.get(url)

    assert response.status_code == 200


def test_a_shared_point_is_taken_out_of_the_chosen_units_and_brought_back(
    client: Client,
) -> None:
    first, second = a_unit(1), a_unit(2)
    shared = a_shared_point(first, second)
    own = shared.points.get(unit=second)
    there = f"{SHARED}fjernelse/"

    response = client.post(there, {"point": [own.pk]}, follow=True)
    left = list(shared.points.filter(position=1).values_list("unit__number"))
    client.post(there, {"undo": str(own.pk)})

    assertContains(response, "”Tæt dialog” er slettet 1\xa0sted.")
    assert left == [(1,)]
    assert shared.points.filter(position=1).count() == 2


def test_taking_a_shared_point_out_asks_from_where(client: Client) -> None:
    a_shared_point(a_unit(1), a_unit(2))

    response = client.post(f"{SHARED}fjernelse/", {})

    assertContains(response, "Vælg mindst én enhed.", status_code=422)
    assertContains(response, 'type="checkbox"', count=2, status_code=422)


def test_another_points_number_cannot_be_smuggled_in(client: Client) -> None:
    unit = a_unit(1)
    a_shared_point(unit)
    task = unit.points.get(kind=PointKind.TASK)

    client.post(f"{SHARED}fjernelse/", {"point": [task.pk]})

    task.refresh_from_db()
    assert task.position == 1


def test_an_undo_of_thousands_of_digits_finds_nothing(client: Client) -> None:
    for there in ("/forslag/7/fjernelse/", "/samdrift/1/fjernelse/"):
        assert client.post(there, {"undo": "9" * 5000}).status_code == 404


@pytest.mark.parametrize(
    ("count", "words"), [(2, "Alle 2 kommuner"), (0, "Alle kommuner")]
)
def test_a_unit_for_all_counts_the_councils_own_municipalities(
    client: Client, count: int, words: str
) -> None:
    for code in range(count):
        Municipality.objects.create(
            code=code, name=f"By {code}", council=a_council(), population=1
        )
    other = a_council("hovedstaden")
    Municipality.objects.create(code=99, name="Hvidovre", council=other, population=1)
    unit = a_unit(1, scope=Scope.ALL, scope_text="")

    assertContains(client.get("/samdrift/"), words)
    assertContains(client.get("/samdrift/1/"), words)
    document = cooperation.document(unit.catalogue)
    assert words.lower() in codec.dumps(document)
