"""The list of proposals and the page of one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.choices import Role
from core.asked import REMOVE
from proposals.choices import PointKind
from proposals.models import (
    CooperationUnit,
    CrossReference,
    Figure,
    Point,
    Proposal,
    Term,
)
from proposals.services.records import remove_record
from tests.makers_packets import a_council, a_user
from tests.makers_proposals import (
    a_catalogue,
    a_proposal,
    a_reading,
    a_theme,
    a_unit,
    point_of,
    texts,
)

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
PAGES = ["/forslag/", "/forslag/nyt/", "/forslag/7/", "/forslag/7/oplysninger/"]


@pytest.fixture(autouse=True)
def secretariat(client: Client) -> None:
    """The secretariat of KKR Sjælland is signed in."""
    client.force_login(a_user())


def a_self_reference(proposal: Proposal) -> CrossReference:
    return CrossReference.objects.create(
        proposal=proposal, to=proposal, position=1, wording="jf. forslag 3"
    )


def test_the_list_counts_in_words_by_theme(client: Client) -> None:
    a_proposal(6, gains=("a",), risks=())

    response = client.get("/forslag/")

    counts = "1\xa0gevinst · ingen risici · ingen opmærksomhedspunkter"
    assertContains(response, f'<p class="proposals__counts">{counts}</p>', html=True)
    head = f"1\xa0forslag i 1\xa0tema · {counts}"
    assertContains(response, f'<p class="page-head__facts">{head}</p>', html=True)


def test_a_row_has_one_flag_and_the_error_comes_before_the_warning(
    client: Client,
) -> None:
    proposal = a_proposal(3)
    a_self_reference(proposal)
    a_reading(proposal, "En helt anden titel")
    a_reading(a_proposal(4), "En helt anden titel")

    response = client.get("/forslag/")

    assertContains(response, "Henviser til sig selv", count=1)
    assertContains(response, "To titler", count=1)
    assertContains(response, "Forslag 3 henviser til sig selv.")
    assertContains(response, "2\xa0titler er ikke ens i oversigt og brødtekst.")


def test_a_full_stop_more_is_no_second_title(client: Client) -> None:
    proposal = a_proposal(6)
    a_reading(proposal, f"{proposal.title}.")

    assertNotContains(client.get("/forslag/"), "To titler")


def test_only_those_with_two_titles_can_be_shown(client: Client) -> None:
    a_proposal(6, title="Ens overalt")
    a_reading(a_proposal(7, title="I brødteksten"), "I oversigten")

    response = client.get("/forslag/?vis=titler")

    assertContains(response, "I brødteksten")
    assertNotContains(response, "Ens overalt")


def test_a_council_without_a_catalogue_is_offered_one(client: Client) -> None:
    assertContains(client.get("/forslag/"), "Opret katalog")

    response = client.post("/forslag/katalog/", {"kind": "simplification"}, follow=True)

    assertContains(response, "Ingen forslag endnu.")
    assert client.post("/forslag/katalog/", {"kind": "x"}).status_code == 404


def test_another_councils_proposals_are_not_listed(client: Client) -> None:
    a_proposal(7, council=a_council("hovedstaden"), title="Hemmeligt forslag")

    assertNotContains(client.get("/forslag/"), "Hemmeligt forslag")


@pytest.mark.parametrize("url", PAGES)
def test_those_who_do_not_edit_are_refused(client: Client, url: str) -> None:
    a_proposal()
    client.force_login(a_user(role=Role.MEMBER))

    assert client.get(url).status_code == 404


@pytest.mark.parametrize("url", PAGES[2:])
def test_another_councils_proposal_does_not_exist(client: Client, url: str) -> None:
    a_proposal(7, council=a_council("hovedstaden"))

    assert client.get(url).status_code == 404


def test_a_proposal_is_created_with_the_next_number(client: Client) -> None:
    theme = a_theme(a_proposal(7).catalogue)

    data = {"theme": theme.pk, "title": "Et nyt  forslag"}
    response = client.post("/forslag/nyt/", data)

    assertRedirects(response, "/forslag/8/")
    assert Proposal.objects.get(number=8).title == "Et nyt forslag"


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"title": "Et"}, "Vælg et tema, eller skriv et nyt."),
        ({"new_theme": "Nyt"}, "Skriv forslagets titel."),
    ],
)
def test_a_new_proposal_needs_theme_and_title_and_keeps_what_was_typed(
    client: Client, data: dict[str, str], sentence: str
) -> None:
    a_catalogue()

    response = client.post("/forslag/nyt/", data)

    assertContains(response, sentence, status_code=422)
    for typed in data.values():
        assertContains(response, typed, status_code=422)


def test_number_theme_and_title_are_edited_on_a_page_of_their_own(
    client: Client,
) -> None:
    theme = a_theme(a_proposal(7).catalogue, 2, "Ungdom")

    data = {"number": 9, "theme": theme.pk, "title": "Ny", "version": 1}
    response = client.post("/forslag/7/oplysninger/", data)

    assertRedirects(response, "/forslag/9/")
    row = Proposal.objects.get(number=9)
    assert (row.title, row.theme) == ("Ny", theme)


def test_a_number_that_is_taken_is_refused_beside_the_form(client: Client) -> None:
    row = a_proposal(7)
    a_proposal(8)

    data = {"number": 8, "theme": row.theme_id, "title": row.title, "version": 1}
    response = client.post("/forslag/7/oplysninger/", data)

    sentence = "Et andet forslag har allerede nummeret."
    assertContains(response, sentence, status_code=422)


def test_changes_of_two_people_to_different_fields_are_merged_and_said(
    client: Client,
) -> None:
    row = a_proposal(7)
    data = {"number": 7, "theme": row.theme_id, "title": row.title, "version": 1}
    client.post("/forslag/7/oplysninger/", {**data, "title": "Deres titel"})

    response = client.post(
        "/forslag/7/oplysninger/", {**data, "number": 9}, follow=True
    )

    assertContains(response, "version 2: Titel.")
    assert Proposal.objects.get(number=9).title == "Deres titel"


def test_the_idea_is_edited_in_place_and_cleaned(client: Client) -> None:
    a_proposal(7)
    html = "<p>Ny idé<script>x</script></p>"
    data = {"idea_html": html, "idea_format": "html", "idea": "", "version": 1}

    response = client.post("/forslag/7/ideen/", data, headers=HTMX)

    assertContains(response, '<div class="prose"><p>Ny idé</p></div>', html=True)
    assert Proposal.objects.get().idea == "<p>Ny idé</p>"


def test_two_titles_are_shown_with_nothing_chosen(client: Client) -> None:
    a_reading(a_proposal(7, title="Varighed på praktik"), "Varighed af praktik")

    response = client.get("/forslag/7/")

    assertContains(response, "Titlen er ikke ens i oversigt og brødtekst")
    assertContains(response, '<span class="added">af</span>', html=True)
    assertNotContains(response, " checked")


@pytest.mark.parametrize(
    ("data", "title"),
    [
        ({"choice": "overview"}, "Varighed af praktik"),
        ({"choice": "body"}, "Varighed på praktik"),
        ({"choice": "own", "own": "Længere praktik"}, "Længere praktik"),
    ],
)
def test_the_chosen_title_settles_the_matter_and_can_be_taken_back(
    client: Client, data: dict[str, str], title: str
) -> None:
    a_reading(a_proposal(7, title="Varighed på praktik"), "Varighed af praktik")

    response = client.post("/forslag/7/titel/", {**data, "version": 1}, follow=True)
    assertContains(response, f"<h1>7. {title}</h1>", html=True)
    assertNotContains(response, "Titlen er ikke ens")
    client.post("/forslag/7/titel/", {"undo": "1"})

    assertContains(client.get("/forslag/7/"), "Titlen er ikke ens")


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({}, "Vælg en titel, eller skriv en ny."),
        ({"choice": "own", "own": ""}, "Skriv den nye titel."),
    ],
)
def test_a_choice_of_title_must_be_made(
    client: Client, data: dict[str, str], sentence: str
) -> None:
    a_reading(a_proposal(7, title="Varighed på praktik"), "Varighed af praktik")

    response = client.post("/forslag/7/titel/", {**data, "version": 1})

    assertContains(response, sentence, status_code=422)


def test_a_title_that_somebody_else_changed_is_asked_about(client: Client) -> None:
    row = a_proposal(7, title="Varighed på praktik")
    a_reading(row, "Varighed af praktik")
    data = {"number": 7, "theme": row.theme_id, "title": "Deres", "version": 1}
    client.post("/forslag/7/oplysninger/", data)

    data = {"choice": "overview", "version": 1}
    response = client.post("/forslag/7/titel/", data)

    assertContains(
        response, "I har begge rettet i titlen på forslag 7", status_code=409
    )
    assert Proposal.objects.get().title == "Deres"


def test_a_deleted_proposal_can_be_brought_back(client: Client) -> None:
    row = a_proposal(7)

    response = client.post("/forslag/7/fjernelse/", REMOVE, follow=True)
    assertContains(response, "Forslag 7 er slettet.")
    assert client.get("/forslag/7/").status_code == 404
    response = client.post("/forslag/7/fjernelse/", {"undo": row.pk})

    assertRedirects(response, "/forslag/7/#status")


def test_another_councils_deleted_proposal_cannot_be_brought_back(
    client: Client,
) -> None:
    foreign = a_proposal(7, council=a_council("hovedstaden"))
    Proposal.objects.update(number=None, removed_number=7)

    response = client.post("/forslag/7/fjernelse/", {"undo": foreign.pk})

    assert response.status_code == 404
    assert not Proposal.objects.filter(number=7).exists()


def fill(count: int) -> Proposal:
    """Make so many proposals, the first with so many of everything."""
    first = a_proposal(7, gains=("a",) * count, risks=("b",) * count)
    for n in range(1, count + 1):
        other = a_proposal(10 + n)
        a_theme(first.catalogue, 1 + n, f"Tema {n}")
        a_reading(first, f"Titel {n}", place=f"Sted {n}")
        Figure.objects.create(proposal=first, position=n, printed="1", what="x")
        Term.objects.create(proposal=first, kind="law", position=n, text=f"lov {n}")
        for one, to in ((first, other), (other, first)):
            CrossReference.objects.create(proposal=one, to=to, position=n, wording="x")
    return first


@pytest.mark.parametrize("count", [1, 4])
@pytest.mark.parametrize(
    ("url", "queries"),
    [("/forslag/", 5), ("/forslag/7/", 8), ("/forslag/nyt/", 5)],
)
def test_a_page_asks_the_same_number_of_queries_however_much_it_shows(
    client: Client,
    url: str,
    queries: int,
    count: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    first = fill(count)
    assert len(texts(first, "gain")) == count  # type: ignore[arg-type]

    with django_assert_num_queries(queries):
        response = client.get(url)

    assert response.status_code == 200


def test_who_names_the_same_law_or_scheme_is_told_with_what_both_name(
    client: Client,
) -> None:
    own, same, half, removed, begun = (a_proposal(n) for n in (7, 14, 6, 9, 5))
    for number, field, text in (
        (1, "stays", "Opfølgning i Virksomhedspraktik mv."),
        (2, "summary", "<p>Efter LAB-lovens regler om IPS</p>"),
    ):
        CooperationUnit.objects.filter(pk=a_unit(number).pk).update(**{field: text})
    point = point_of(a_unit(3), PointKind.TASK, 1)
    Point.objects.filter(pk=point.pk).update(text="Kendskab til (LAB-loven)")
    theirs = a_proposal(3, council=a_council("hovedstaden"))
    for row, kind, text in (
        (own, "scheme", "virksomhedspraktik"),
        (own, "law", "LAB-loven"),
        (own, "actor", "kommuner"),
        (same, "scheme", "Virksomhedspraktik"),
        (same, "law", "LAB-loven"),
        (same, "actor", "kommuner"),
        # What a name ends with is like it; what it begins with, or another kind, is not.
        (half, "scheme", "praktik"),
        (half, "scheme", "virksomhed"),
        (half, "actor", "LAB-loven"),
        (begun, "scheme", "virksomhedspraktikker"),
        (own, "scheme", "IPS"),
        (begun, "scheme", "klIPS"),
        (removed, "scheme", "virksomhedspraktik"),
        (theirs, "scheme", "virksomhedspraktik"),
    ):
        Term.objects.create(proposal=row, kind=kind, position=1, text=text)
    remove_record(removed, by=a_user(email="b@x.example"))

    page = client.get("/forslag/7/")

    shared = page.text.partition("Deler ordning eller lov med")[2].partition("</ul>")[0]
    assert re.findall(r'href="([^"]+)">[^<]+</a>([^<]+)', shared) == [
        ("/forslag/6/", " (praktik, ligner virksomhedspraktik)"),
        ("/forslag/14/", " (Virksomhedspraktik, LAB-loven)"),
        ("/samdrift/1/", " (virksomhedspraktik)"),
        ("/samdrift/3/", " (LAB-loven)"),
    ]
    back = client.get("/forslag/6/").text.partition("Deler ordning")[2]
    assert "forenkling 7</a> (virksomhedspraktik, ligner praktik)" in back
    assertNotContains(client.get("/forslag/5/"), "Deler ordning")
